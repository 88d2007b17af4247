//! What is said of the recording of a call.

use super::{Rung, spoken};
use crate::{Mode, Script};
use domain::tenant::notices::Recording;

/// What is said of the recording in the first words, before their question.
pub fn recording<'a>(script: &Script<'a>) -> Option<&'a str> {
    let notices = &script.profile.notices;
    if script.mode != Mode::Full || !spoken(script) {
        return None;
    }
    match (notices.record, &notices.recording) {
        (Recording::Off, _) | (Recording::Asked, None) => None,
        (_, Some(own)) => Some(own),
        (Recording::Announced, None) => {
            Some("Cet appel est enregistré ; dites-le si vous ne le souhaitez pas.")
        }
    }
}

/// Asks for consent.
pub fn consent(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Acceptez-vous que cet appel soit enregistré ?",
        _ => "Peut-on enregistrer cet appel ? Dites oui ou non.",
    }
}

/// The caller agrees.
pub fn thanks() -> &'static str {
    "Merci."
}

/// The caller refuses.
pub fn not_recorded(record: Recording) -> &'static str {
    match record {
        Recording::Off => "D'accord, vos paroles ne seront plus conservées.",
        Recording::Announced | Recording::Asked => {
            "D'accord, l'enregistrement de cet appel ne sera pas gardé."
        }
    }
}
