//! The next move, from what is missing, uncertain or asked.

use crate::{Input, Next, Now, Script, State, Step};

/// See [`crate::step`].
pub fn step(_script: &Script<'_>, state: &State, _input: &Input, _now: Now) -> Step {
    Step {
        state: state.clone(),
        say: String::new(),
        effects: Vec::new(),
        next: Next::Listen,
        rule: "none",
        understood: None,
    }
}
