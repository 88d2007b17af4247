//! Sentences about the caller's name: its letters, and why it is needed.

use super::practice;
use crate::Script;

/// How the name is written, letter by letter.
pub fn written(letters: &str) -> String {
    format!("J'ai noté {letters}.")
}

/// The name was noted wrongly.
pub fn sorry() -> &'static str {
    "Excusez-moi."
}

/// Why a name is needed.
pub fn needed(script: &Script<'_>) -> String {
    format!("Il me faut un nom pour le noter ; {}.", whose(script))
}

/// Nothing can be booked without one.
pub fn impossible() -> &'static str {
    "Je comprends. Sans nom, je ne peux pas réserver."
}

fn whose(script: &Script<'_>) -> &'static str {
    match practice(script) {
        "le cabinet" => "seul le cabinet le verra",
        _ => "seule l'équipe le verra",
    }
}
