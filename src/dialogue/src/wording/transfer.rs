//! Passing to a human.

use crate::Script;
use crate::wording::practice;

/// The call is being passed on.
pub fn passing(script: &Script<'_>) -> String {
    format!("Je vous passe {}, ne quittez pas.", practice(script))
}

/// Nobody can take the call now; what follows offers a message.
pub fn prevented() -> &'static str {
    "Personne ne peut vous répondre pour le moment."
}

/// The caller is back: nobody picked up.
pub fn came_back() -> &'static str {
    "Personne n'a pu répondre."
}
