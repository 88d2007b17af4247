//! Nothing was heard: the question again, differently, then goodbye.

use super::turn::{Outcome, Turn};
use super::{advance, ending};
use crate::Next;
use crate::wording::{self, Rung, recovery as said};
use domain::event::EventKind;

/// Silent turns before goodbye.
const PATIENCE: u8 = 4;

/// Reacts to silence.
pub(super) fn silence(turn: &mut Turn<'_>) -> Outcome {
    turn.state.silences = turn.state.silences.saturating_add(1);
    let times = turn.state.silences;
    turn.event(EventKind::EmptyMessage, &times.to_string());
    if times >= PATIENCE {
        return ending::depart(turn, said::silence_goodbye().to_owned(), "silence_goodbye");
    }
    let still_there = said::silence(times);
    if times == 1 {
        return Outcome { say: still_there.to_owned(), next: Next::Listen, rule: "silence" };
    }
    turn.lead(still_there);
    let Some(pending) = turn.state.pending else { return advance(turn) };
    let rung = if times == 2 { Rung::First } else { Rung::Rephrase };
    let say = wording::question(turn.script, &turn.state, pending, rung);
    Outcome { say, next: Next::Listen, rule: "silence" }
}
