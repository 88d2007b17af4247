//! Cancelling, moving and looking up. Nothing of an appointment is said or
//! changed before its owner is identified by the outside's rule.

mod relative;
mod told;
mod which;

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{advance as go_on, booking, contact, recovery, wish};
use crate::ask::{Ask, Identity, Known, Receipt};
use crate::state::{Done, Goal, Pending, Waiting};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::wording::{booking as moving, existing as said, whom};
use domain::availability::Slot;
use domain::event::EventKind;
use jiff::civil::DateTime;
pub(super) use relative::told_from_it;
pub(super) use told::{changes, says_again, spoken_of};
use which::from_and_to;
pub(super) use which::{old_and_new, one_and_other};

/// Appointments remembered.
const MAX_KNOWN: usize = 3;

/// What the goal lacks.
pub(super) fn advance(turn: &mut Turn<'_>) -> Outcome {
    match (turn.state.known.len(), turn.state.goal()) {
        (0, _) => identify(turn),
        (_, Some(Goal::Lookup)) => tell(turn),
        (1, Some(Goal::Move)) => move_it(turn),
        (1, _) => turn.ask(Pending::CancelConfirm, "confirm_cancel"),
        _ => turn.ask(Pending::ChooseKnown, "choose_appointment"),
    }
}

fn identify(turn: &mut Turn<'_>) -> Outcome {
    let Some(name) = turn.state.name.clone() else {
        return turn.ask(Pending::IdentifyName, "identify_name");
    };
    let caller = contact::usable(turn).cloned();
    let at = exact(turn);
    if caller.is_none() && at.is_none() {
        return match turn.state.pending {
            Some(Pending::IdentifyWhen) => recovery::clarify(turn),
            _ => turn.ask(Pending::IdentifyWhen, "identify_when"),
        };
    }
    let identity = Identity { caller, name: name.value, at };
    turn.outside(Ask::Find(identity), Waiting::Find, "find_appointment")
}

/// The date and hour they said of it, when precise.
fn exact(turn: &Turn<'_>) -> Option<DateTime> {
    wish::pointed(turn.state.known_when.first()?)
}

/// Appointments came back.
pub(super) fn found(turn: &mut Turn<'_>, found: &[Known]) -> Outcome {
    let said_when = &turn.state.known_when;
    let meant = |known: &&Known| said_when.iter().any(|window| window.span.contains(known.local));
    let mut matching: Vec<Known> = found.iter().filter(meant).cloned().collect();
    if matching.is_empty() {
        matching = found.to_vec();
    }
    matching.truncate(MAX_KNOWN);
    if matching.is_empty() {
        return not_found(turn);
    }
    turn.state.known = matching;
    go_on(turn)
}

fn not_found(turn: &mut Turn<'_>) -> Outcome {
    if exact(turn).is_none() && turn.state.pending == Some(Pending::IdentifyWhen) {
        return recovery::clarify(turn);
    }
    if exact(turn).is_none() {
        turn.lead(said::not_found_yet());
        return turn.ask(Pending::IdentifyWhen, "identify_when");
    }
    if turn.state.goal() == Some(Goal::Cancel) {
        turn.event_because(EventKind::CancelFailed, "", "not_found");
    }
    turn.lead(said::not_found());
    turn.state.unfound = true;
    booking::finish_goal(turn);
    turn.ask(Pending::OfferMessage, "not_found")
}

fn tell(turn: &mut Turn<'_>) -> Outcome {
    let told = said::tell(turn.script.profile, &turn.state.known);
    turn.lead(told);
    turn.state.told = match &turn.state.known[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    turn.event(EventKind::QuestionAnswered, "lookup");
    turn.state.done.push(Done::Answered);
    booking::finish_goal(turn);
    go_on(turn)
}

fn move_it(turn: &mut Turn<'_>) -> Outcome {
    let first_time = !turn.state.wish.stated && turn.state.pending != Some(Pending::QualifPref);
    if first_time && let Some(one) = turn.state.known.first() {
        let sentence = said::to_move(turn.script.profile, one);
        turn.lead(sentence);
    }
    if let Some(at) = turn.state.known.first().map(|one| one.local) {
        relative::settle(turn, at);
    }
    if let Some(time) = turn.state.known.first().map(|one| one.local.time()) {
        wish::settle_hour(turn, time);
    }
    if let Some(outcome) = booking::slot(turn) {
        return outcome;
    }
    match (turn.state.known.first(), turn.state.chosen.clone()) {
        (Some(one), Some(to)) => {
            let appointment = one.appointment;
            turn.outside(Ask::Move { appointment, to }, Waiting::Move, "move")
        }
        _ => turn.ask(Pending::QualifPref, "ask_preference"),
    }
}

/// The move is written.
pub(super) fn moved(turn: &mut Turn<'_>, receipt: &Receipt<Slot>) -> Outcome {
    if let Some(one) = turn.state.known.first().cloned() {
        let calendar = Some(receipt.of().calendar.clone());
        let now = Known { local: receipt.of().local, calendar, ..one.clone() };
        turn.state.moved = Some((now.clone(), one.local));
        remember(turn, Some(now), &one);
    }
    let with = whom::with(turn.script.profile, Some(&receipt.of().calendar));
    turn.lead(moving::moved(receipt, &with));
    turn.event(EventKind::ModifyDone, receipt.id());
    turn.state.done.push(Done::Moved);
    booking::finish_goal(turn);
    go_on(turn)
}

/// "Remettez-le comme avant": what this call has moved goes back.
pub(super) fn undo(turn: &mut Turn<'_>) -> Reaction {
    const BACK: [&str; 6] = [
        "comme avant",
        "comme c etait",
        "l ancien",
        "celui d avant",
        "laisse comme",
        "laissez comme",
    ];
    let Some((known, before)) = turn.state.moved.clone() else { return Reaction::Nothing };
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let back = cues::any(&heard.words, &BACK) && heard.understood.when.is_empty();
    if !back || !turn.state.goals.is_empty() {
        return Reaction::Nothing;
    }
    turn.state.goals.push(Goal::Move);
    turn.state.known = vec![known];
    // Its "non" answers nothing else.
    turn.state.pending = None;
    wish::at(turn, before);
    if let Some(heard) = &mut turn.heard {
        heard.understood.intents.clear();
    }
    Reaction::Took
}

/// "J'ai un empêchement", "je pourrai pas mardi", of an appointment that is being
/// moved: why, and no cancellation.
pub(super) fn excuses(turn: &Turn<'_>) -> bool {
    const CANCELS: [&str; 20] = [
        "annul*",
        "anul*",
        "decommand*",
        "supprim*",
        "enlev*",
        "retir*",
        "effac*",
        "desist*",
        "renonc*",
        "liber*",
        "laiss*",
        "resili*",
        "besoin",
        "veux plus",
        "plus venir",
        "viendr*",
        "viens",
        "vient",
        "finalement",
        "du tout",
    ];
    let Some(heard) = &turn.heard else { return false };
    turn.state.goal() == Some(Goal::Move)
        && heard.understood.intents.contains(&Intent::Cancel)
        && !cues::any(&heard.words, &CANCELS)
}

/// The cancellation was agreed to.
pub(super) fn cancel(turn: &mut Turn<'_>) -> Outcome {
    match turn.state.known.first() {
        Some(one) => {
            let appointment = one.appointment;
            turn.outside(Ask::Cancel(appointment), Waiting::Cancel, "cancel")
        }
        None => go_on(turn),
    }
}

/// The cancellation is written.
pub(super) fn cancelled(turn: &mut Turn<'_>, receipt: &Receipt<Known>) -> Outcome {
    remember(turn, None, receipt.of());
    turn.lead(said::cancelled(receipt));
    turn.event(EventKind::CancelDone, receipt.id());
    turn.state.done.push(Done::Cancelled);
    booking::finish_goal(turn);
    go_on(turn)
}

/// What this call booked or told has changed since.
fn remember(turn: &mut Turn<'_>, now: Option<Known>, was: &Known) {
    if turn.state.told.as_ref().is_some_and(|told| told.appointment == was.appointment) {
        turn.state.told.clone_from(&now);
    }
    for done in &mut turn.state.done {
        if let Done::Booked(Some(known)) = done
            && known.appointment == was.appointment
        {
            *done = Done::Booked(now.clone());
        }
    }
}

/// It was cancelled or changed meanwhile.
pub(super) fn gone(turn: &mut Turn<'_>) -> Outcome {
    if turn.state.goal() == Some(Goal::Cancel) {
        turn.event_because(EventKind::CancelFailed, "", "gone");
    }
    turn.lead(said::gone());
    booking::finish_goal(turn);
    turn.ask(Pending::OfferMessage, "gone")
}

/// The date and hour asked for; true when any were said.
pub(super) fn told_when(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let said = wish::closed(&heard.understood.when);
    if said.is_empty() {
        return false;
    }
    let names_a_day = wish::names_a_day(&heard.words);
    turn.state.known_when = wish::merged(&turn.state.known_when, &said, names_a_day);
    true
}

/// A date said without being asked for, about the existing appointment or,
/// once it is known, about where to move it.
pub(super) fn told_any_time(turn: &mut Turn<'_>) -> bool {
    match turn.state.goal() {
        Some(Goal::Move) if !turn.state.known.is_empty() => {
            wish::merge(turn);
            true
        }
        Some(Goal::Move) => from_and_to(turn),
        Some(Goal::Cancel | Goal::Lookup) => told_when(turn),
        _ => false,
    }
}
