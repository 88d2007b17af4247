//! Nothing that is free meets the wish: why, and what is nearest.

use super::{OFFERS, look, wished};
use crate::decide::turn::{Outcome, Turn};
use crate::decide::{advance as go_on, beyond, closed, waiting, whom, wish};
use crate::state::Preference;
use crate::understand::Window;
use crate::wording::booking as said;
use domain::availability::Slot;
use domain::event::EventKind;
use jiff::Span as Days;
use jiff::civil::Date;

/// Says why, and offers or looks for what is nearest.
pub(super) fn nothing_free(turn: &mut Turn<'_>, nearest: &[Slot]) -> Outcome {
    let declined = turn.state.declined.clone();
    let fresh: Vec<Slot> =
        nearest.iter().filter(|slot| !declined.contains(&slot.local)).cloned().collect();
    if let Some(outcome) = beyond::nothing(turn) {
        return outcome;
    }
    let explained = turn.state.wish.near.is_some();
    if !explained
        && declined.is_empty()
        && let Some(outcome) = closed::nearest(turn)
    {
        return outcome;
    }
    if !explained
        && declined.is_empty()
        && let Some(from) = wish::part_of_open_day(turn)
    {
        turn.event(EventKind::TimeConstraintImpossible, &from.to_string());
        let with = wished(turn);
        turn.lead(said::nearest(&with));
        wish::widen(turn, from);
        return look(turn);
    }
    if let Some(outcome) = whom::others(turn, fresh.is_empty()) {
        return outcome;
    }
    if !explained {
        turn.event(EventKind::TimeConstraintImpossible, &subject(turn));
        let reason = reason(turn, &fresh);
        turn.lead(reason);
    }
    if fresh.is_empty() || !explained && too_far(turn) {
        let outcome = waiting::offer(turn, "nothing_free");
        let service = turn.state.wish.service.take();
        turn.state.wish = Preference { service, ..Preference::default() };
        return outcome;
    }
    turn.state.offered = fresh.into_iter().take(OFFERS).collect();
    go_on(turn)
}

/// True when all that is wished for lies beyond what can be booked: what is
/// free today is no answer.
fn too_far(turn: &Turn<'_>) -> bool {
    let from = |window: &Window| window.span.from.map(|from| from.date());
    let first = turn.state.wish.within.iter().filter_map(from).min();
    first.is_some_and(|first| first >= horizon(turn)) && turn.state.declined.is_empty()
}

/// The last day on which can be booked.
fn horizon(turn: &Turn<'_>) -> Date {
    let days = Days::new().days(turn.script.profile.booking.horizon_days);
    turn.now.local.date().checked_add(days).unwrap_or(Date::MAX)
}

/// Why nothing meets the wish.
fn reason(turn: &Turn<'_>, nearest: &[Slot]) -> String {
    let profile = turn.script.profile;
    let days: Vec<Date> =
        turn.state.wish.within.iter().filter_map(|window| Some(window.span.from?.date())).collect();
    let last = horizon(turn);
    match (&days[..], turn.state.declined.is_empty()) {
        (_, false) if nearest.is_empty() => said::nothing_else().to_owned(),
        (_, false) => said::nothing_else_but().to_owned(),
        ([first, ..], true) if *first >= last => said::too_far().to_owned(),
        ([day, rest @ ..], true)
            if rest.iter().all(|other| other == day) && profile.openings_on(*day).is_empty() =>
        {
            said::closed(*day)
        }
        (_, true) if nearest.is_empty() => said::nothing().to_owned(),
        (_, true) => said::nearest(&wished(turn)),
    }
}

/// What distinguishes two impossible wishes of one call: the first day wished.
fn subject(turn: &Turn<'_>) -> String {
    turn.state
        .wish
        .within
        .first()
        .and_then(|window| window.span.from)
        .map_or_else(String::new, |from| from.to_string())
}
