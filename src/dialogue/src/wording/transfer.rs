//! Passing to a human.

use crate::Script;
use crate::handoff::By;
use crate::speak;
use crate::wording::{Rung, message, practice};
use jiff::civil::DateTime;

/// The call is being passed on.
pub fn passing(script: &Script<'_>, by: By) -> String {
    match by {
        By::Rule => "Je vous passe la personne qui s'en occupe, ne quittez pas.".to_owned(),
        By::Default => format!("Je vous passe {}, ne quittez pas.", practice(script)),
    }
}

/// The caller says thanks while it rings.
pub fn hold() -> &'static str {
    "Ne quittez pas."
}

/// Nobody can take the call now; what follows offers a message.
pub fn prevented() -> &'static str {
    "Personne ne peut vous répondre pour le moment."
}

/// Nobody can take the call before then.
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

/// What the caller hears who comes back from a transfer; spoken by the provider
/// itself where it can.
pub fn fallback() -> String {
    format!("{} {}", came_back(), message::offer(Rung::First))
}
