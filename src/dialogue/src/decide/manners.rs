//! About the conversation itself rather than its goals: again, slower, insults.

use super::turn::{Outcome, Turn};
use super::{advance, ending};
use crate::Next;
use crate::state::Pending;
use crate::understand::intents::Intent;
use crate::wording::recovery as said;
use domain::event::EventKind;

/// Insults after which the call ends.
const MAX_INSULTS: u8 = 3;

/// Ends the turn when nothing else was asked for.
pub(super) fn conversation(turn: &mut Turn<'_>) -> Option<Outcome> {
    let heard = turn.heard.as_ref()?;
    match heard.understood.intents[..] {
        [Intent::Repeat] => Some(repeat(turn)),
        [Intent::Slower] | [Intent::Repeat, Intent::Slower] | [Intent::Slower, Intent::Repeat] => {
            Some(slower(turn))
        }
        [Intent::Insult] => Some(insult(turn)),
        _ => None,
    }
}

/// The last words again.
fn repeat(turn: &mut Turn<'_>) -> Outcome {
    turn.event(EventKind::RepeatUsed, "");
    again(turn, "repeat")
}

/// The last words again, slower.
fn slower(turn: &mut Turn<'_>) -> Outcome {
    let outcome = again(turn, "slower");
    turn.lead(said::slower());
    outcome
}

fn again(turn: &mut Turn<'_>, rule: &'static str) -> Outcome {
    if turn.state.last_said.is_empty() {
        return advance(turn);
    }
    let say = turn.state.last_said.clone();
    Outcome { say, next: Next::Listen, rule }
}

/// Stays calm and goes on; the third time says goodbye.
fn insult(turn: &mut Turn<'_>) -> Outcome {
    turn.state.insults = turn.state.insults.saturating_add(1);
    if turn.state.insults >= MAX_INSULTS {
        return ending::depart(turn, said::calm_goodbye().to_owned(), "insults");
    }
    turn.lead(said::calm());
    match turn.state.pending {
        Some(Pending::Start | Pending::AnythingElse) | None => {
            turn.ask(Pending::OfferMessage, "insult")
        }
        Some(pending) => turn.ask(pending, "insult"),
    }
}
