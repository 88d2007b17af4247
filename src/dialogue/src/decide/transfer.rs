//! Passing to a human, by the tenant's rules.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{ending, recovery};
use crate::state::{Done, Goal, Pending};
use crate::understand::intents::Intent;
use crate::wording::transfer as said;
use crate::{Mode, Next, Register};
use domain::event::EventKind;
use domain::phone::E164;

/// The caller asks for a human.
pub(super) fn request(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    match heard.understood.intents.contains(&Intent::Human) {
        true => Reaction::Ends(transfer(turn)),
        false => Reaction::Nothing,
    }
}

/// Passes the call, or says why not and offers a message.
pub(super) fn transfer(turn: &mut Turn<'_>) -> Outcome {
    match reachable(turn) {
        Ok(number) => {
            turn.event(EventKind::TransferredHuman, "");
            turn.state.done.push(Done::Transferred);
            turn.state.pending = None;
            let say = said::passing(turn.script);
            Outcome { say, next: Next::Transfer(number), rule: "transfer" }
        }
        Err(reason) => {
            turn.event_because(EventKind::TransferPrevented, "", reason);
            let again = turn.state.pending == Some(Pending::OfferMessage);
            let prevented = prevented(turn, reason);
            if again && turn.state.stumbles.contains_key(Pending::OfferMessage.as_str()) {
                turn.lead(prevented);
                return ending::depart(turn, said::call_again().to_owned(), "transfer_insisted");
            }
            if again {
                turn.lead(said::nobody());
                return recovery::clarify(turn);
            }
            turn.lead(prevented);
            turn.ask(Pending::OfferMessage, "transfer_prevented")
        }
    }
}

/// Why nobody can be rung, and when the doors open when that is why.
fn prevented(turn: &Turn<'_>, reason: &str) -> String {
    let now = turn.now.local;
    let closed = reason == "outside_hours" && !turn.script.profile.is_open_at(now);
    match turn.script.profile.next_opening(now).filter(|_| closed) {
        Some((date, opening)) => said::prevented_until(date.to_datetime(opening.from)),
        None => said::prevented().to_owned(),
    }
}

/// Who can be rung now, or why nobody can.
fn reachable(turn: &Turn<'_>) -> Result<E164, &'static str> {
    if turn.script.mode == Mode::MessageOnly {
        return Err("unrouted");
    }
    let transfer = turn.script.profile.transfer.as_ref().ok_or("no_number")?;
    if turn.script.register == Register::Written {
        return Err("written");
    }
    if turn.state.done.contains(&Done::Transferred) {
        return Err("already_tried");
    }
    match turn.script.profile.transfers_at(turn.now.local) {
        true => Ok(transfer.number.clone()),
        false => Err("outside_hours"),
    }
}

/// A caller who speaks after a transfer has come back: nobody picked up.
pub(super) fn came_back(turn: &mut Turn<'_>) -> bool {
    let back = turn.state.pending.is_none()
        && turn.state.done.last() == Some(&Done::Transferred)
        && turn.state.goal().is_none_or(|goal| !matches!(goal, Goal::Message(_)));
    if back {
        turn.lead(said::came_back());
        turn.state.pending = Some(Pending::OfferMessage);
    }
    back
}
