//! Whoever was speaking for us cannot go on: an apology, and a message.

use super::turn::{Outcome, Turn};
use crate::ask::MessageKind;
use crate::state::{Goal, Handoff, Pending, Preference};
use crate::wording::breakdown as said;
use domain::event::EventKind;

/// Takes the caller over. What they have told of themselves is kept; what they
/// wanted becomes a message, because nobody knows what they have heard of it.
pub(super) fn take_over(turn: &mut Turn<'_>, reason: &str) -> Outcome {
    turn.event_because(EventKind::AgentFailed, "", reason);
    let state = &mut turn.state;
    state.goals = vec![Goal::Message(MessageKind::Callback)];
    state.handoff = Some(Handoff::Missed);
    state.wish = Preference::default();
    state.chosen = None;
    state.waiting = None;
    state.message = None;
    state.offered.clear();
    state.unfinished.clear();
    state.lead.clear();
    (state.silences, state.lost, state.rounds) = (0, 0, 0);
    let sorry = if turn.state.english { said::sorry_in_english() } else { said::sorry() };
    turn.lead(sorry);
    turn.ask(Pending::MessageText, "agent_failed")
}
