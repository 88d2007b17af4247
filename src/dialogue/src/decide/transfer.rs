//! Passing to a human, by the tenant's rules; and coming back from it.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{ending, recovery};
use crate::ask::{Ask, Message, MessageKind};
use crate::handoff::{self, Passing};
use crate::state::{Done, Handoff, Pending};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::wording::transfer as said;
use crate::{Mode, Next, Register};
use domain::event::EventKind;
use jiff::SignedDuration;

/// A "merci" so soon after "ne quittez pas" is no return from the transfer.
const STILL_RINGING: SignedDuration = SignedDuration::from_secs(10);

/// The caller asks for somebody by what a rule of the tenant's calls them:
/// "passez-moi la comptabilité".
pub(super) fn named(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let cue = handoff::cue(turn.script.profile, &heard.words).map(str::to_owned);
    let Some(cue) = cue else { return Reaction::Nothing };
    let asks = handoff::asks_to_be_passed(&heard.words)
        && !heard.understood.intents.contains(&Intent::Callback);
    turn.state.cue = cue;
    match asks {
        true => Reaction::Ends(transfer(turn)),
        false => Reaction::Nothing,
    }
}

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
        Ok(passing) => {
            turn.event(EventKind::TransferredHuman, "");
            turn.state.done.push(Done::Transferred);
            turn.state.pending = None;
            let to = passing.to.number.clone();
            turn.state.handoff = Some(Handoff::Ringing { to: to.clone(), since: turn.now.instant });
            let say = said::passing(turn.script, passing.by);
            Outcome { say, next: Next::Transfer(to), rule: "transfer" }
        }
        Err(reason) => prevent(turn, reason),
    }
}

fn prevent(turn: &mut Turn<'_>, reason: &'static str) -> Outcome {
    turn.event_because(EventKind::TransferPrevented, "", reason);
    let again = turn.state.pending == Some(Pending::OfferMessage);
    let prevented = prevented(turn, reason);
    if turn.state.handoff.is_none() {
        turn.state.handoff = Some(Handoff::Prevented);
    }
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

/// Why nobody can be rung, and from when somebody can when that is why.
fn prevented(turn: &Turn<'_>, reason: &str) -> String {
    let next = handoff::next(turn.script.profile, &turn.state, intents(turn), turn.now.local);
    match next.filter(|_| reason == "outside_hours") {
        Some(from) => said::prevented_until(from),
        None => said::prevented().to_owned(),
    }
}

fn intents<'t>(turn: &'t Turn<'_>) -> &'t [Intent] {
    turn.heard.as_ref().map_or(&[], |heard| &heard.understood.intents)
}

/// Who can be rung now, or why nobody can.
fn reachable<'a>(turn: &Turn<'a>) -> Result<Passing<'a>, &'static str> {
    if turn.script.mode == Mode::MessageOnly {
        return Err("unrouted");
    }
    let profile = turn.script.profile;
    if profile.transfer.is_none() && profile.transfer_rules.is_empty() {
        return Err("no_number");
    }
    if turn.script.register == Register::Written {
        return Err("written");
    }
    if turn.state.done.contains(&Done::Transferred) {
        return Err("already_tried");
    }
    handoff::passing(profile, &turn.state, intents(turn), turn.now.local).ok_or("outside_hours")
}

/// True when the caller could be passed to somebody now.
pub(super) fn can(turn: &Turn<'_>) -> bool {
    reachable(turn).is_ok()
}

/// A caller who only thanks while it rings waits on.
pub(super) fn waits(turn: &Turn<'_>) -> Option<Outcome> {
    let Some(Handoff::Ringing { to, since }) = &turn.state.handoff else { return None };
    let heard = turn.heard.as_ref()?;
    let early = turn.now.instant.duration_since(*since) < STILL_RINGING;
    let thanks = heard.understood.intents.iter().all(|intent| *intent == Intent::Thanks)
        && (!heard.understood.intents.is_empty()
            || heard.understood.polarity == Some(Polarity::Yes));
    (early && thanks && heard.words.len() <= 4).then(|| Outcome {
        say: said::hold().to_owned(),
        next: Next::Transfer(to.clone()),
        rule: "still_passing",
    })
}

/// A caller who is heard of after a transfer has come back: nobody picked up.
/// The practice finds it waiting, whatever the caller does now.
pub(super) fn missed(turn: &mut Turn<'_>, reason: &str) -> bool {
    if !turn.state.is_ringing() {
        return false;
    }
    note_missed(turn, reason);
    true
}

fn note_missed(turn: &mut Turn<'_>, reason: &str) {
    turn.event_because(EventKind::TransferFailed, "", reason);
    turn.state.handoff = Some(Handoff::Missed);
    turn.state.pending = Some(Pending::OfferMessage);
    turn.state.last_said = said::fallback();
}

/// A call that was passed on as it arrived: nothing has been said in it.
fn rang_at_once(turn: &Turn<'_>) -> bool {
    !turn.state.greeted && turn.state.pending.is_none() && turn.state.goals.is_empty()
}

/// The telephone company says that nobody picked up.
pub(super) fn failed(turn: &mut Turn<'_>, reason: &str) -> Outcome {
    if rang_at_once(turn) {
        turn.state.done.push(Done::Transferred);
        note_missed(turn, reason);
        turn.lead(said::came_back());
        return turn.ask(Pending::OfferMessage, "transfer_failed");
    }
    if missed(turn, reason) {
        turn.lead(said::came_back());
        return turn.ask(Pending::OfferMessage, "transfer_failed");
    }
    match turn.state.pending {
        Some(pending) => turn.ask(pending, "transfer_over"),
        None => super::advance(turn),
    }
}

/// What is noted for somebody who agrees to leave a message.
pub(super) fn message_kind(turn: &Turn<'_>) -> MessageKind {
    match turn.state.handoff {
        Some(_) => MessageKind::Callback,
        None => MessageKind::Message,
    }
}

/// How a message is written: after a missed transfer it completes what waits.
pub(super) fn note(turn: &Turn<'_>, mut message: Message) -> Ask {
    let general = message.kind == MessageKind::Message;
    match turn.state.handoff {
        Some(Handoff::Missed) if message.kind != MessageKind::WaitingList => Ask::Complete(message),
        Some(_) if general => {
            message.kind = MessageKind::Callback;
            Ask::TakeMessage(message)
        }
        _ => Ask::TakeMessage(message),
    }
}
