//! Who speaks and what is kept, in the words of the tenant's settings.

use super::practice;
use crate::Script;

/// What becomes of what is said in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The voice is recorded.
    Voice,
    /// Only the written words are kept.
    Words,
    /// The caller refused: neither.
    Nothing,
}

/// Whether the call is recorded.
pub fn recording(kept: Kept, script: &Script<'_>) -> String {
    match kept {
        Kept::Voice => {
            "Oui, cet appel est enregistré. Dites-le si vous ne le souhaitez pas.".to_owned()
        }
        Kept::Words => {
            format!("Non, votre voix n'est pas enregistrée. {}", words_kept(kept, script))
        }
        Kept::Nothing => format!("Non. {}", words_kept(kept, script)),
    }
}

/// What the caller's data is for and how long it is kept.
pub fn data(kept: Kept, script: &Script<'_>) -> String {
    let days = span(script.profile.retention.messages_days);
    format!(
        "Vos informations servent seulement à traiter votre demande avec {}. {} Vos coordonnées sont gardées {days}.",
        practice(script),
        words_kept(kept, script)
    )
}

/// What was said before a refusal is kept like any other words.
fn words_kept(kept: Kept, script: &Script<'_>) -> String {
    match kept {
        Kept::Nothing => {
            "Vous avez refusé l'enregistrement : depuis, vos paroles ne sont plus gardées."
                .to_owned()
        }
        Kept::Voice | Kept::Words => {
            let days = span(script.profile.retention.transcripts_days);
            format!("Le texte de l'échange est gardé {days}.")
        }
    }
}

fn span(days: u32) -> String {
    match days {
        0 | 1 => "un jour au plus".to_owned(),
        365 => "un an".to_owned(),
        730 => "deux ans".to_owned(),
        days => format!("{days} jours"),
    }
}

/// A wish for erasure is passed on.
pub fn erasure() -> &'static str {
    "Je transmets votre demande d'effacement."
}

/// Nobody of flesh and blood speaks.
pub fn automatic() -> &'static str {
    "Je suis un assistant automatique, pas une personne."
}
