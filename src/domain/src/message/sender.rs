//! Who may send a text message to French people.

use crate::phone::E164;
use std::fmt;

/// The sender of text messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A name of 3 to 11 characters: nobody can answer it.
    Name(String),
    /// A short code, five digits.
    Short(String),
    /// A telephone number that can be written to.
    Number(E164),
}

/// Why a text cannot be a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SenderError {
    /// Not 3 to 11 plain letters, digits and spaces with a letter among them.
    #[error(
        "un nom d’expéditeur a de 3 à 11 lettres sans accent, chiffres ou espaces, dont une lettre au moins"
    )]
    Name,
    /// 06 and 07 are for people: no platform may send from them.
    #[error(
        "les numéros en 06 et 07 sont réservés aux personnes : une plateforme ne peut pas écrire depuis l’un d’eux"
    )]
    Mobile,
    /// Nothing is there.
    #[error("l’expéditeur manque")]
    Empty,
}

impl Sender {
    /// Reads a sender as somebody types it.
    pub fn parse(text: &str) -> Result<Self, SenderError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SenderError::Empty);
        }
        let has_letter = text.chars().any(|c| c.is_alphabetic());
        if !has_letter {
            return Self::digits(text);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
        let fits = (3..=11).contains(&text.len()) && text.chars().all(plain);
        if fits { Ok(Self::Name(text.to_owned())) } else { Err(SenderError::Name) }
    }

    fn digits(text: &str) -> Result<Self, SenderError> {
        if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self::Short(text.to_owned()));
        }
        let number = E164::parse(text, "FR").map_err(|_| SenderError::Name)?;
        let national = number.national_number();
        let mobile = number.country_code() == "33" && national.starts_with(['6', '7']);
        if mobile { Err(SenderError::Mobile) } else { Ok(Self::Number(number)) }
    }

    /// As providers take it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Short(code) => code,
            Self::Number(number) => number.as_str(),
        }
    }

    /// Whether people can answer it.
    pub fn reach(&self) -> Reach {
        match self {
            Self::Name(_) => Reach::OneWay,
            Self::Short(_) | Self::Number(_) => Reach::TwoWay,
        }
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a message can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It cannot: it must not ask to, and carries a link.
    OneWay,
    /// It can.
    TwoWay,
}

/// Words by which a text asks to be answered, folded.
const INVITATIONS: &[&str] = &[
    "repondez",
    "pour repondre",
    "repondre a ce",
    "repondre oui",
    "repondre par",
    "repondre stop",
    "reponse par sms",
    "reponse a ce",
    "en retour",
    "envoyez stop",
    "envoyez oui",
    "envoyez non",
    "renvoyez",
    "stop au",
    "stop sms",
    "par retour",
    "ecrivez nous",
    "reply",
    "tapez",
];

/// True when a text asks for an answer.
pub fn invites_an_answer(text: &str) -> bool {
    let folded = super::text::fold(text);
    INVITATIONS.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_sends_from_a_name_or_a_number_that_is_not_a_persons() {
        assert_eq!(Sender::parse(" Cab Martin ").unwrap().reach(), Reach::OneWay);
        assert_eq!(Sender::parse("36180").unwrap().reach(), Reach::TwoWay);
        let number = Sender::parse("01 99 00 12 34").unwrap();
        assert_eq!((number.as_str(), number.reach()), ("+33199001234", Reach::TwoWay));
        for mobile in ["06 39 98 12 34", "+33639981234", "0033639981234"] {
            assert_eq!(Sender::parse(mobile), Err(SenderError::Mobile), "{mobile}");
        }
        for bad in ["ab", "Cabinet Martin", "Café", "Cab-Martin", "1234"] {
            assert_eq!(Sender::parse(bad), Err(SenderError::Name), "{bad}");
        }
        assert_eq!(Sender::parse(" "), Err(SenderError::Empty));
    }

    #[test]
    fn a_text_that_asks_for_an_answer_is_recognised() {
        for text in ["Répondez OUI", "STOP au 36180", "Pour annuler, envoyez STOP"] {
            assert!(invites_an_answer(text), "{text}");
        }
        for text in ["Votre rendez-vous est confirmé.", "Nous n’avons pas pu vous répondre."] {
            assert!(!invites_an_answer(text), "{text}");
        }
    }
}
