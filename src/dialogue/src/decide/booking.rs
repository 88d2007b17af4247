//! A booking: when, which slot, for whom, how to reach them, then the write.

mod nothing;

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{
    advance as go_on, closed, confirmation, contact, family, services, waiting, whom, wish,
};
use crate::ask::{Ask, Booking, Known, Receipt};
use crate::state::{Done, Goal, Pending, Waiting};
use crate::wording::Rung;
use crate::wording::contact::VOCAL_CONTACT_CONFIRM_OK;
use crate::wording::{booking as said, services as services_said};
use domain::availability::{NotBookable, Slot, spread};
use domain::event::EventKind;
use domain::id::AppointmentId;
use domain::tenant::Service;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Span as Days};

/// Slots asked for, of which at most [`OFFERS`] are offered.
const LIMIT: usize = 30;
/// The same when the last ones of a day are wanted.
const LATEST_LIMIT: usize = 120;
/// Slots offered at a time.
pub(super) const OFFERS: usize = 3;
/// Minutes that a caller may take to choose and give a number.
const MARGIN_MINUTES: i64 = 5;
/// Starts remembered as not wanted.
const MAX_DECLINED: usize = 12;

/// What a booking lacks.
pub(super) fn advance(turn: &mut Turn<'_>) -> Outcome {
    if let Some(outcome) = slot(turn) {
        return outcome;
    }
    if turn.state.name.is_none() {
        return turn.ask(Pending::QualifName, "ask_name");
    }
    if let Some(outcome) = contact::advance(turn, "booking") {
        return outcome;
    }
    book(turn)
}

/// What is asked until a slot is chosen; shared with moving.
pub(super) fn slot(turn: &mut Turn<'_>) -> Option<Outcome> {
    if turn.state.chosen.is_some() {
        return None;
    }
    if !turn.state.offered.is_empty() {
        return Some(turn.ask(Pending::WaitConfirm, "offer_slots"));
    }
    if let Some(outcome) = whom::ask(turn) {
        return Some(outcome);
    }
    if turn.state.wish.stated {
        return Some(look(turn));
    }
    let booking = turn.state.goal() == Some(Goal::Book);
    if booking && turn.state.name.is_none() {
        return Some(turn.ask(Pending::QualifName, "ask_name"));
    }
    Some(turn.ask(Pending::QualifPref, "ask_preference"))
}

/// Asks for free slots.
pub(super) fn look(turn: &mut Turn<'_>) -> Outcome {
    let wish = wish::wish(turn);
    let limit = if turn.state.wish.latest { LATEST_LIMIT } else { LIMIT };
    turn.outside(Ask::Openings { wish, limit }, Waiting::Openings, "look_for_slots")
}

/// Free slots came back.
pub(super) fn openings(turn: &mut Turn<'_>, slots: &[Slot], nearest: &[Slot]) -> Outcome {
    let slots = in_time(turn, slots);
    if let Some(exact) = wish::exact(turn, &slots) {
        let with = whom_of(turn, &exact);
        turn.lead(said::free(exact.local, &with));
        turn.state.chosen = Some(exact);
        return go_on(turn);
    }
    if let Some(point) = wish::point(turn) {
        return around(turn, point);
    }
    if slots.is_empty() {
        return nothing::nothing_free(turn, &in_time(turn, nearest));
    }
    turn.state.offered = match turn.state.wish.near {
        Some(point) => wish::closest(&slots, point, OFFERS),
        None if turn.state.wish.latest => wish::last_of_days(&slots, LATEST_LIMIT),
        None => spread(&slots, OFFERS),
    };
    go_on(turn)
}

/// The hour that was asked for is not free: what is, on that day, is offered.
fn around(turn: &mut Turn<'_>, point: DateTime) -> Outcome {
    turn.event(EventKind::TimeConstraintImpossible, &point.to_string());
    let sentence = match closed::reason(turn) {
        Some(sentence) => sentence,
        None if turn.script.profile.openings_on(point.date()).is_empty() => {
            said::closed(point.date())
        }
        None => said::not_free(point, &wished(turn)),
    };
    turn.lead(sentence);
    wish::widen(turn, point);
    look(turn)
}

/// " avec le docteur Martin", where several receive.
fn whom_of(turn: &Turn<'_>, slot: &Slot) -> String {
    crate::wording::whom::with(turn.script.profile, Some(&slot.calendar))
}

/// The same for the one person wished for.
fn wished(turn: &Turn<'_>) -> String {
    whom::named(turn).map_or_else(String::new, |person| format!(" avec {person}"))
}

/// Leaves out what could no longer be booked by the time the caller has chosen.
fn in_time(turn: &Turn<'_>, slots: &[Slot]) -> Vec<Slot> {
    let notice = i64::from(turn.script.profile.booking.notice_minutes);
    let margin = SignedDuration::from_mins(notice.saturating_add(MARGIN_MINUTES));
    let late = |slot: &&Slot| slot.start.duration_since(turn.now.instant) >= margin;
    slots.iter().filter(late).cloned().collect()
}

/// None of the offered slots suits: others are looked for. The second time the
/// caller is asked what would suit; the fourth time the waiting list is offered.
pub(super) fn decline_offers(turn: &mut Turn<'_>) -> Reaction {
    set_aside(turn);
    turn.state.refusals = turn.state.refusals.saturating_add(1);
    match turn.state.refusals {
        2 => {
            turn.state.wish.within.clear();
            turn.state.wish.stated = false;
            Reaction::Ends(turn.ask_at(Pending::QualifPref, Rung::Rephrase, "ask_other_preference"))
        }
        4.. => Reaction::Ends(nothing_suits(turn)),
        _ => Reaction::Took,
    }
}

/// Neither the offers nor another day: what else there is.
pub(super) fn nothing_suits(turn: &mut Turn<'_>) -> Outcome {
    turn.state.refusals = 0;
    turn.event(EventKind::TimeConstraintImpossible, "refused");
    turn.lead(said::nothing_suits());
    waiting::offer(turn, "nothing_suits")
}

/// The offered slots are not offered again.
pub(super) fn set_aside(turn: &mut Turn<'_>) {
    turn.state.meant = None;
    let offered = std::mem::take(&mut turn.state.offered);
    turn.state.declined.extend(offered.into_iter().map(|slot| slot.local));
    let over = turn.state.declined.len().saturating_sub(MAX_DECLINED);
    turn.state.declined.drain(..over);
    turn.state.chosen = None;
}

fn book(turn: &mut Turn<'_>) -> Outcome {
    let (Some(slot), Some(name)) = (turn.state.chosen.clone(), turn.state.name.clone()) else {
        return turn.ask(Pending::QualifPref, "ask_preference");
    };
    let booking = Booking {
        slot,
        name: name.value,
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        email: turn.state.contact.email.clone(),
        motive: turn.state.motive.clone(),
    };
    turn.outside(Ask::Book(booking), Waiting::Book, "book")
}

/// The booking is written.
pub(super) fn booked(turn: &mut Turn<'_>, receipt: &Receipt<Slot>) -> Outcome {
    let name = turn.state.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let with = whom_of(turn, receipt.of());
    let noted = turn.state.lead.contains(VOCAL_CONTACT_CONFIRM_OK);
    turn.lead(match noted {
        true => said::confirmed_too(receipt, &with, &name),
        false => said::confirmed(receipt, &with, &name),
    });
    let services = &turn.script.profile.services;
    let service = turn.script.profile.service(&receipt.of().service);
    if let Some(service) = service.filter(|_| services.len() > 1) {
        turn.lead(services_said::booked(&service.name));
    }
    turn.event(EventKind::BookingConfirmed, receipt.id());
    let known = receipt.id().parse::<AppointmentId>().ok().map(|appointment| Known {
        appointment,
        local: receipt.of().local,
        name,
        service: receipt.of().service.clone(),
        calendar: Some(receipt.of().calendar.clone()),
    });
    confirmation::note(turn, known.as_ref());
    turn.state.done.push(Done::Booked(known));
    turn.state.told = None;
    finish_goal(turn);
    family::next(turn, receipt.of());
    if turn.state.goal() != Some(Goal::Book) {
        services::next(turn, receipt.of());
    }
    go_on(turn)
}

/// What is being booked, or the tenant's first service.
pub(super) fn service<'t>(turn: &Turn<'t>) -> Option<&'t Service> {
    let profile = turn.script.profile;
    let wanted = turn.state.wish.service.as_ref().and_then(|id| profile.service(id));
    wanted.or(profile.services.first())
}

/// When what was booked is over.
pub(super) fn end(turn: &Turn<'_>, slot: &Slot) -> DateTime {
    let minutes = turn.script.profile.service(&slot.service).map_or(30, |service| service.minutes);
    let length = Days::new().minutes(i64::from(minutes));
    slot.local.checked_add(length).unwrap_or(slot.local)
}

/// Somebody else has the slot: others are looked for.
pub(super) fn taken(turn: &mut Turn<'_>) -> Outcome {
    turn.lead(said::just_gone());
    refused(turn)
}

/// The tenant's rules refuse the slot: others are looked for.
pub(super) fn not_bookable(turn: &mut Turn<'_>, why: NotBookable) -> Outcome {
    turn.lead(said::not_bookable(why));
    refused(turn)
}

fn refused(turn: &mut Turn<'_>) -> Outcome {
    if let Some(slot) = turn.state.chosen.take() {
        turn.state.declined.push(slot.local);
    }
    turn.state.offered.clear();
    if let Some(point) = wish::point(turn) {
        wish::widen(turn, point);
    }
    look(turn)
}

/// The goal is reached; what belonged to it alone is forgotten.
pub(super) fn finish_goal(turn: &mut Turn<'_>) {
    if !turn.state.goals.is_empty() {
        turn.state.goals.remove(0);
    }
    turn.state.offered.clear();
    turn.state.passed.clear();
    turn.state.meant = None;
    turn.state.declined.clear();
    turn.state.refusals = 0;
    turn.state.chosen = None;
    turn.state.motive = None;
    turn.state.message = None;
    turn.state.sought = None;
    turn.state.moving = None;
    turn.state.known.clear();
    turn.state.known_when.clear();
}
