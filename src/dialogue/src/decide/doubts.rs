//! Dates that cannot be meant as they were said: the caller is told, and asked
//! again.

use super::goals;
use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::wish;
use crate::Next;
use crate::state::{Goal, Pending};
use crate::understand::dates::Doubt;
use crate::wording::booking as said;
use jiff::civil::Date;

/// Asks again for a date that cannot be meant.
pub(super) fn ask(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let bare = heard.understood.intents.is_empty() && heard.understood.topic.is_none();
    let Some(doubt) = heard.understood.doubt else { return Reaction::Nothing };
    if turn.state.goals.is_empty() && bare && goals::books(turn) {
        turn.state.goals.push(Goal::Book);
    }
    let comes = match turn.state.goal() {
        Some(Goal::Book) => true,
        Some(Goal::Move) => !turn.state.known.is_empty(),
        _ => false,
    };
    match doubt {
        Doubt::NoSuchDate { day, month } => no_such_date(turn, (day, month), comes),
        Doubt::Contradiction { date, weekday } if comes => which(turn, date, weekday),
        Doubt::Contradiction { .. } => Reaction::Nothing,
    }
}

fn no_such_date(turn: &mut Turn<'_>, (day, month): (i8, i8), comes: bool) -> Reaction {
    let asked = turn.state.pending == Some(Pending::IdentifyWhen);
    if !(comes || asked) {
        return Reaction::Nothing;
    }
    turn.lead(said::no_such_date(day, month));
    let said_more = turn.heard.as_ref().is_some_and(|heard| !heard.understood.when.is_empty());
    match () {
        () if said_more || !turn.state.offered.is_empty() => Reaction::Took,
        () if asked => Reaction::Ends(turn.ask(Pending::IdentifyWhen, "no_such_date")),
        () => Reaction::Ends(turn.ask(Pending::QualifPref, "no_such_date")),
    }
}

/// Keeps both days: the answer picks one of them.
fn which(turn: &mut Turn<'_>, date: Date, weekday: Date) -> Reaction {
    let offered = |day: Date| turn.state.offered.iter().any(|slot| slot.local.date() == day);
    if offered(date) || offered(weekday) {
        return Reaction::Nothing;
    }
    wish::merge(turn);
    let meant = [date, weekday];
    let day = |at: Option<jiff::civil::DateTime>| at.map(|at| at.date());
    turn.state
        .wish
        .within
        .retain(|window| day(window.span.from).is_some_and(|day| meant.contains(&day)));
    turn.state.wish.stated = false;
    turn.state.pending = Some(Pending::QualifPref);
    let say = said::which_day(date, weekday);
    Reaction::Ends(Outcome { say, next: Next::Listen, rule: "which_day" })
}
