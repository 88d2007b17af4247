//! The words of messages: templates with named places, `{prenom}`.
//!
//! Strict: a place that is unknown or unclosed is refused when the template is
//! saved, with its position; so is one that must be there and is not. What
//! fills the places holds no brace, so none ever reaches a person.

mod health;
mod usual;

pub use health::{forbidden_word, without_health_words};
pub use usual::{LANGUAGES, usual};

use super::sender::{Reach, invites_an_answer};
use super::{Channel, Event};
use std::collections::BTreeMap;

/// The longest template, in characters: what a text message may hold.
const LONGEST: usize = 1600;
/// The longest value, in characters.
const LONGEST_VALUE: usize = 4000;

/// Every name of a place, and what it is.
pub const VARIABLES: &[(&str, &str)] = &[
    ("cabinet", "le nom du cabinet"),
    ("prenom", "le prénom de la personne"),
    ("nom", "le nom de la personne"),
    ("date", "le jour du rendez-vous : « mardi 24 novembre »"),
    ("heure", "l’heure du rendez-vous : « 14 h 30 »"),
    ("service", "ce qui est réservé"),
    ("praticien", "avec qui"),
    ("adresse", "l’adresse du cabinet"),
    ("telephone", "le numéro du cabinet"),
    ("lien", "le lien personnel : confirmer, déplacer, annuler, ne plus recevoir"),
    ("reference", "la référence de la demande"),
    ("reponse", "la réponse écrite par le cabinet"),
    ("message", "les mots du cabinet"),
    ("resume", "ce qui s’est passé et ce qui attend"),
];

/// What a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// What it says.
    pub event: Event,
    /// How it travels.
    pub channel: Channel,
    /// Whether the tenant's trade is one of health.
    pub trade: Trade,
    /// Whether it can be answered.
    pub reach: Reach,
}

/// Whether a tenant's trade is one of health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// It is: text messages say nothing of it.
    Health,
    /// It is not.
    Other,
}

/// A template that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(&'static str),
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (caractère {position})")]
pub struct TemplateError {
    /// The character, from 1.
    pub position: usize,
    /// What is wrong, for the person who writes it.
    pub problem: String,
}

/// A template cannot be filled: nothing is known for this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing fills {{{0}}}")]
pub struct Missing(pub &'static str);

impl TemplateError {
    fn at(position: usize, problem: impl Into<String>) -> Self {
        Self { position: position + 1, problem: problem.into() }
    }
}

impl Template {
    /// Reads a template and checks that it fits its use.
    pub fn parse(text: &str, wanted: Use) -> Result<Self, TemplateError> {
        if let Some((at, _)) = text.char_indices().nth(LONGEST) {
            let at = text[..at].chars().count();
            return Err(TemplateError::at(at, "le modèle dépasse 1 600 caractères"));
        }
        let template = Self(pieces(text)?);
        template.check(text, wanted)?;
        Ok(template)
    }

    fn check(&self, text: &str, wanted: Use) -> Result<(), TemplateError> {
        let end = text.chars().count();
        if text.trim().is_empty() {
            return Err(TemplateError::at(0, "le modèle est vide"));
        }
        for name in required(wanted.event) {
            if !self.has(name) {
                let problem =
                    format!("il manque {{{name}}} : sans lui le message ne dit pas l’essentiel");
                return Err(TemplateError::at(end, problem));
            }
        }
        let rings = wanted.channel != Channel::Email;
        if rings
            && wanted.trade == Trade::Health
            && let Some((at, word)) = forbidden_word(text)
        {
            let problem = format!(
                "« {word} » révèle une information de santé : un SMS peut être lu par d’autres"
            );
            return Err(TemplateError::at(at, problem));
        }
        if rings && wanted.reach == Reach::OneWay && invites_an_answer(text) {
            let problem = "l’expéditeur ne reçoit pas de réponse : mettez {lien} à la place";
            return Err(TemplateError::at(0, problem));
        }
        Ok(())
    }

    /// Whether it has this place.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Place(place) if *place == name))
    }

    /// The words with every place filled.
    pub fn fill(&self, values: &BTreeMap<String, String>) -> Result<String, Missing> {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Place(name) => {
                    let value = values.get(*name).map(|value| harmless(value));
                    // A name that nobody told leaves no hole.
                    let value = value.filter(|value| !value.trim().is_empty());
                    out.push_str(&value.ok_or(Missing(name))?);
                }
            }
        }
        Ok(out.trim().to_owned())
    }
}

/// The places without which a message says nothing.
fn required(event: Event) -> &'static [&'static str] {
    match event {
        Event::Confirmation | Event::Moved => &["date", "heure"],
        Event::Reminder24h | Event::Reminder => &["date", "heure"],
        Event::Reminder1h => &["heure"],
        Event::Cancellation => &["date"],
        Event::TicketReply => &["reponse"],
        Event::Daily => &["resume"],
        Event::Free => &["message"],
        Event::MissedCallback | Event::Test => &[],
    }
}

fn pieces(text: &str) -> Result<Vec<Piece>, TemplateError> {
    let (mut pieces, mut rest, mut at) = (Vec::new(), text, 0);
    while let Some(brace) = rest.find(['{', '}']) {
        let before = &rest[..brace];
        at += before.chars().count();
        if rest[brace..].starts_with('}') {
            return Err(TemplateError::at(at, "une accolade fermante sans ouvrante"));
        }
        let inside = &rest[brace + 1..];
        let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
        let end = end.ok_or_else(|| TemplateError::at(at, "cette accolade n’est pas fermée"))?;
        let name = known(&inside[..end]).ok_or_else(|| unknown(at, &inside[..end]))?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Place(name));
        at += inside[..end].chars().count() + 2;
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn known(name: &str) -> Option<&'static str> {
    VARIABLES.iter().find(|(known, _)| *known == name.trim()).map(|(known, _)| *known)
}

fn unknown(at: usize, name: &str) -> TemplateError {
    let name: String = name.chars().take(30).collect();
    let known: Vec<&str> = VARIABLES.iter().map(|(known, _)| *known).collect();
    TemplateError::at(at, format!("{{{name}}} n’existe pas ; possibles : {}", known.join(", ")))
}

/// A value as it may stand in a message: without braces and control characters.
fn harmless(value: &str) -> String {
    let plain = |c: char| match c {
        '{' => '(',
        '}' => ')',
        '\n' => '\n',
        c if c.is_control() => ' ',
        c => c,
    };
    value.chars().take(LONGEST_VALUE).map(plain).collect()
}

/// Invented values, to show what a template looks like.
pub fn examples() -> BTreeMap<String, String> {
    let values = [
        ("cabinet", "Cabinet Martin"),
        ("prenom", "Camille"),
        ("nom", "Lefèvre"),
        ("date", "mardi 24 novembre"),
        ("heure", "14 h 30"),
        ("service", "rendez-vous"),
        ("praticien", "Alex Martin"),
        ("adresse", "12 rue des Lilas"),
        ("telephone", "01 99 00 12 34"),
        ("lien", "https://uwi.example/r/AbCdEfGhIjKlMnOpQrStUvWx"),
        ("reference", "T4821"),
        ("reponse", "Votre document vous attend."),
        ("message", "Le cabinet est fermé vendredi."),
        ("resume", "12 appels, 5 rendez-vous pris, 1 message attend."),
    ];
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[cfg(test)]
mod tests;
