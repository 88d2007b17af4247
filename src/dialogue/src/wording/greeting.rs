//! The first words, and what is offered.

use super::{Rung, spoken};
use crate::{Mode, Script};

/// The first message of a call: who answers, that it is an automatic
/// assistant, and one question. Neutral when the dialled number is nobody's.
pub fn first_message(script: &Script<'_>) -> String {
    format!("{} {}", disclosure(script), help(script, Rung::First))
}

/// Who answers and that it is an automatic assistant.
pub fn disclosure(script: &Script<'_>) -> String {
    let assistant = match spoken(script) {
        true => "un assistant vocal automatique",
        false => "un assistant automatique",
    };
    match script.mode {
        Mode::Full => format!("{}, bonjour. Je suis {assistant}.", script.profile.name.trim()),
        Mode::MessageOnly => format!("Bonjour. Je suis {assistant}."),
    }
}

/// What the caller may ask for.
pub fn help(script: &Script<'_>, rung: Rung) -> String {
    let sentence = match (script.mode, rung) {
        (Mode::MessageOnly, Rung::First) => "Quel message voulez-vous laisser ?",
        (Mode::MessageOnly, Rung::Rephrase) => {
            "Je peux seulement prendre un message. Je vous écoute."
        }
        (Mode::MessageOnly, _) => "Voulez-vous laisser un message ? Dites oui ou non.",
        (Mode::Full, Rung::First) => "Que puis-je faire pour vous ?",
        (Mode::Full, Rung::Rephrase) => {
            "C'est pour prendre, déplacer ou annuler un rendez-vous, ou pour une question ?"
        }
        (Mode::Full, Rung::Example) => {
            "Dites par exemple : je voudrais un rendez-vous mardi matin. Je vous écoute."
        }
        (Mode::Full, _) => "Souhaitez-vous prendre un rendez-vous ? Dites oui ou non.",
    };
    sentence.to_owned()
}
