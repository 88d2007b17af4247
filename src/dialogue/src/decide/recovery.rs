//! Not understood: a ladder of distinct sentences per question, never a loop.

use super::turn::{Outcome, Turn};
use super::{advance, ending, qualify, support};
use crate::state::Pending;
use crate::wording::{Rung, contact, recovery as said, spoken};
use domain::event::EventKind;

/// Misunderstandings in a row, over all questions, after which a message is offered.
const MAX_LOST: u8 = 6;

/// Nothing in the utterance helped.
pub(super) fn stumble(turn: &mut Turn<'_>) -> Outcome {
    let pending = turn.state.pending.unwrap_or(Pending::Start);
    let times = count(turn, pending);
    turn.state.lost = turn.state.lost.saturating_add(1);
    turn.event(EventKind::RecoveryStep, &format!("{}:{times}", pending.as_str()));
    if turn.state.lost >= MAX_LOST {
        turn.event(EventKind::AntiLoopTrigger, pending.as_str());
        return end(turn, pending);
    }
    if qualify::give_up(turn, times) || support::give_up(turn, pending, times) {
        return advance(turn);
    }
    if pending == Pending::QualifContact && turn.state.contact.dictation.take().is_some() {
        turn.lead(contact::not_a_number());
        return turn.ask_at(pending, Rung::Rephrase, "incomplete_number");
    }
    match rung(turn, pending, times) {
        Some(rung) => {
            turn.lead(said::not_understood(times));
            turn.ask_at(pending, rung, "recovery")
        }
        None => end(turn, pending),
    }
}

/// Understood, but not enough to go on: the question in other words, without
/// an apology; the ladder goes on if that does not help.
pub(super) fn clarify(turn: &mut Turn<'_>) -> Outcome {
    let Some(pending) = turn.state.pending else { return stumble(turn) };
    match turn.state.stumbles.get(pending.as_str()) {
        None => {
            count(turn, pending);
            turn.ask_at(pending, Rung::Rephrase, "clarify")
        }
        Some(_) => stumble(turn),
    }
}

fn count(turn: &mut Turn<'_>, pending: Pending) -> u8 {
    let times = turn.state.stumbles.entry(pending.as_str().to_owned()).or_default();
    *times = times.saturating_add(1);
    *times
}

/// The rung for the n-th misunderstanding; `None` above the ladder.
fn rung(turn: &Turn<'_>, pending: Pending, times: u8) -> Option<Rung> {
    let keys = spoken(turn.script)
        && matches!(
            pending,
            Pending::WaitConfirm | Pending::ContactConfirm | Pending::QualifContact
        );
    match times {
        1 => Some(Rung::Rephrase),
        2 if pending != Pending::OfferMessage => Some(Rung::Example),
        3 if pending != Pending::OfferMessage => Some(Rung::Closed),
        4 if keys => Some(Rung::Keypad),
        _ => None,
    }
}

/// The ladder has ended: a message, or goodbye.
fn end(turn: &mut Turn<'_>, pending: Pending) -> Outcome {
    let hopeless =
        matches!(pending, Pending::OfferMessage | Pending::MessageText | Pending::AnythingElse)
            || turn.state.stumbles.contains_key(Pending::OfferMessage.as_str());
    if hopeless {
        return ending::depart(turn, said::give_up().to_owned(), "give_up");
    }
    turn.lead(said::ladder_end());
    turn.ask(Pending::OfferMessage, "ladder_end")
}
