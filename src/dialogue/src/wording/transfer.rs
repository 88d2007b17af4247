//! Passing to a human.

use crate::Script;
use crate::speak;
use crate::wording::practice;
use jiff::civil::DateTime;

/// The call is being passed on.
pub fn passing(script: &Script<'_>) -> String {
    format!("Je vous passe {}, ne quittez pas.", practice(script))
}

/// Nobody can take the call now; what follows offers a message.
pub fn prevented() -> &'static str {
    "Personne ne peut vous répondre pour le moment."
}

/// Nobody can take the call before the doors open.
pub fn prevented_until(opening: DateTime) -> String {
    format!("Personne ne peut vous répondre avant {}.", speak::moment(opening))
}

/// The caller insists.
pub fn nobody() -> &'static str {
    "Je comprends, mais je n'ai personne à vous passer."
}

/// The caller insists again.
pub fn call_again() -> &'static str {
    "Vous pouvez rappeler plus tard. Au revoir."
}

/// The caller is back: nobody picked up.
pub fn came_back() -> &'static str {
    "Personne n'a pu répondre."
}
