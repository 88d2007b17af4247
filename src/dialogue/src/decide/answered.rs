//! What the outside answers.

use super::turn::{Outcome, Turn};
use super::{booking, correction, ending, existing, messages, qualify, support};
use crate::Answer;
use crate::state::{Pending, Waiting};
use crate::wording::contact;
use crate::wording::recovery as said;
use domain::event::EventKind;

/// Failures after which the call ends.
const MAX_FAILURES: u8 = 3;

/// Reacts to an answer; one that was not asked for is a failure.
pub(super) fn answered(turn: &mut Turn<'_>, answer: &Answer) -> Outcome {
    let waiting = turn.state.waiting.take();
    match (waiting, answer) {
        (Some(Waiting::Openings), Answer::Openings { slots, nearest }) => {
            booking::openings(turn, slots, nearest)
        }
        (Some(Waiting::Book), Answer::Booked(receipt)) => booking::booked(turn, receipt),
        (Some(Waiting::Book | Waiting::Move), Answer::SlotTaken) => booking::taken(turn),
        (Some(Waiting::Book | Waiting::Move), Answer::NotBookable(why)) => {
            booking::not_bookable(turn, *why)
        }
        (Some(Waiting::Find), Answer::Found(found)) => existing::found(turn, found),
        (Some(Waiting::Cancel), Answer::Cancelled(receipt)) => existing::cancelled(turn, receipt),
        (Some(Waiting::Move), Answer::Moved(receipt)) => existing::moved(turn, receipt),
        (Some(Waiting::Correct), Answer::Corrected(receipt)) => {
            correction::corrected(turn, receipt)
        }
        (Some(Waiting::Cancel | Waiting::Move | Waiting::Correct), Answer::Gone) => {
            existing::gone(turn)
        }
        (Some(Waiting::Message), Answer::MessageTaken(receipt)) => messages::taken(turn, receipt),
        (Some(Waiting::Prospect), Answer::ProspectCreated(receipt)) => {
            qualify::created(turn, receipt)
        }
        (Some(Waiting::Ticket), Answer::TicketOpened(receipt)) => support::opened(turn, receipt),
        _ => failed(turn, waiting),
    }
}

/// Nothing was written and nothing is known: never told as a business answer.
fn failed(turn: &mut Turn<'_>, waiting: Option<Waiting>) -> Outcome {
    turn.state.failures = turn.state.failures.saturating_add(1);
    if waiting == Some(Waiting::Cancel) {
        turn.event_because(EventKind::CancelFailed, "", "outside_failed");
    }
    if turn.state.failures >= MAX_FAILURES || waiting == Some(Waiting::Message) {
        return ending::depart(turn, said::failed_goodbye().to_owned(), "outside_failed");
    }
    // "C'est noté" beside "rien n'a été enregistré" would contradict itself.
    turn.state.lead =
        turn.state.lead.replace(contact::VOCAL_CONTACT_CONFIRM_OK, "").trim().to_owned();
    turn.lead(said::failed());
    turn.ask(Pending::OfferMessage, "outside_failed")
}
