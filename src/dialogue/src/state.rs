//! The state of a call: goals and collected fields, not a list of screens.

use domain::phone::E164;
use serde::{Deserialize, Serialize};

/// Everything a call remembers between turns. Serialised with the call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The number the caller calls from, when the network shows it. Set by the
    /// shell before each step, never by the dialogue.
    pub caller: Option<E164>,
    /// True once the disclosure has been said (by us or by the provider's
    /// first message).
    pub greeted: bool,
}

impl State {
    /// A call that begins. `greeted`: the provider has already spoken our
    /// first message, which contains the disclosure.
    pub fn new(greeted: bool) -> Self {
        Self { greeted, ..Self::default() }
    }
}
