//! What kind of number a run of digits is, by the words around it.

use super::tokens::{Doubt, Token};
use crate::understand::calendar;
use crate::understand::words::{Joint, Word};

/// What the words around a run say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// The utterance holds nothing else.
    Alone,
    /// There are other words, none of which speaks against a telephone number.
    Amid,
    /// A time, a date, a price, an age, an address; or no number at all.
    Other,
}

/// The nature of the run that words `start..end` are.
pub(super) fn of(words: &[Word], start: usize, end: usize, tokens: &[Token]) -> Nature {
    if start == 0 && end == words.len() {
        return Nature::Alone;
    }
    let after = words.get(end);
    let before = start.checked_sub(1).map(|place| &words[place]);
    let sign = |word: &Word| matches!(word.joint, Joint::Sign('/' | ':'));
    let measured = after.is_some_and(|word| is_unit(&word.folded) || sign(word))
        || before.is_some_and(|word| is_unit(&word.folded) || is_hour(&word.folded) || sign(word));
    // A long run is a number to call, whatever word comes next.
    if measured && tokens.len() <= 6 {
        return Nature::Other;
    }
    if identifies(&words[..start]) {
        return Nature::Other;
    }
    if after.is_some_and(|word| is_scale(&word.folded))
        || before.is_some_and(|word| is_scale(&word.folded))
    {
        return Nature::Other;
    }
    let weak = tokens
        .iter()
        .all(|token| !matches!(token, Token::Figure(_) | Token::Atom { doubt: Doubt::None, .. }));
    if weak { Nature::Other } else { Nature::Amid }
}

/// "Mon numéro de sécu c'est le…": a number to be known by, not to be called at.
fn identifies(before: &[Word]) -> bool {
    /// How far before the digits it is named.
    const REACH: usize = 6;
    let near = before.iter().rev().take(REACH);
    let mut near = near.take_while(|word| word.stop != Some('.')).map(|word| word.folded.as_str());
    near.find_map(|word| match word {
        "telephone" | "portable" | "mobile" | "fixe" | "tel" | "joindre" => Some(false),
        "secu" | "securite" | "sociale" | "vitale" | "dossier" | "assure" | "nir" | "adherent" => {
            Some(true)
        }
        _ => None,
    })
    .unwrap_or(false)
}

fn is_unit(folded: &str) -> bool {
    calendar::is_named(folded)
        || matches!(
            folded,
            "h" | "heure"
                | "heures"
                | "min"
                | "minute"
                | "minutes"
                | "seconde"
                | "secondes"
                | "euro"
                | "euros"
                | "centime"
                | "centimes"
                | "an"
                | "ans"
                | "mois"
                | "jour"
                | "jours"
                | "semaine"
                | "semaines"
                | "rue"
                | "avenue"
                | "boulevard"
                | "place"
                | "chemin"
                | "impasse"
                | "bis"
                | "ter"
                | "er"
                | "eme"
                | "kilos"
                | "metres"
                | "km"
                | "kg"
                | "cm"
                | "mg"
                | "personnes"
                | "enfants"
                | "degres"
                | "demi"
                | "demie"
                | "quart"
                | "matin"
                | "soir"
                | "midi"
        )
}

/// Words that a time or a date follows.
fn is_hour(folded: &str) -> bool {
    matches!(
        folded,
        "vers" | "entre" | "avant" | "depuis" | "dans" | "jusqu" | "environ" | "partir" | "minuit"
    )
}

/// A number above a thousand is no part of a dictation.
fn is_scale(folded: &str) -> bool {
    matches!(
        folded,
        "mille"
            | "million"
            | "millions"
            | "milliard"
            | "milliards"
            | "billion"
            | "billiard"
            | "m"
            | "k"
    )
}
