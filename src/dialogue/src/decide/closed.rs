//! Wishes for times at which the doors are closed: said so, and what is nearest
//! is looked for.

use super::turn::{Outcome, Turn};
use super::{booking, wish};
use crate::state::Toward;
use crate::understand::{Grain, Window};
use crate::wording::booking as said;
use domain::event::EventKind;
use domain::time::Span;
use domain::time::hours::Opening;
use jiff::Span as Duration;
use jiff::civil::{Date, DateTime, Time};

/// How far before or after a closed time is looked, in hours.
const AROUND_HOURS: i64 = 2;
/// The same between two openings, on either side.
const BETWEEN_HOURS: i64 = 1;

/// The sentence when the doors are closed at all the hours wished on days that
/// have any; `None` when some are open, or no hour was said.
pub(super) fn reason(turn: &Turn<'_>) -> Option<String> {
    let windows = &turn.state.wish.within;
    let timed = |window: &Window| window.grain <= Grain::Hour;
    if windows.is_empty() || !windows.iter().all(timed) {
        return None;
    }
    let sides: Vec<Side> =
        windows.iter().filter_map(|window| side(turn, window)).flatten().collect();
    let days = windows.iter().filter_map(day_of).filter(|day| opens(turn, *day));
    // One side for each window of a day with any hours: all of them are closed.
    if sides.is_empty() || sides.len() != days.count() {
        return None;
    }
    let all = |side: Side| sides.iter().all(|other| *other == side);
    let span = windows.first()?.span;
    let (from, to) = span.from.zip(span.to)?;
    Some(match () {
        () if windows.iter().any(|window| wish::pointed(window).is_some()) => {
            said::closed_then().to_owned()
        }
        // "Après 18 h" goes on until midnight; "le soir" does not.
        () if all(Side::After) && to.time() == Time::midnight() => {
            said::closed_beyond(Toward::Later, from.time())
        }
        () if all(Side::Before) && from.time() == Time::midnight() => {
            said::closed_beyond(Toward::Earlier, to.time())
        }
        () => said::closed_meanwhile().to_owned(),
    })
}

/// Where a window lies beside the opening hours of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Between,
    After,
}

/// `None` for a day without hours; `Some(None)` when the doors are open then.
fn side(turn: &Turn<'_>, window: &Window) -> Option<Option<Side>> {
    let (from, to) = window.span.from.zip(window.span.to)?;
    let openings = openings(turn, from.date());
    let first = openings.iter().map(|opening| opening.from).min()?;
    let last = openings.iter().map(|opening| opening.to).max()?;
    let day = from.date();
    let meets = |opening: &Opening| {
        from < day.to_datetime(opening.to) && day.to_datetime(opening.from) < to
    };
    Some(match () {
        () if openings.iter().any(meets) => None,
        () if day.to_datetime(last) <= from => Some(Side::After),
        () if to <= day.to_datetime(first) => Some(Side::Before),
        () => Some(Side::Between),
    })
}

fn day_of(window: &Window) -> Option<Date> {
    window.span.from.zip(window.span.to).map(|(from, _)| from.date())
}

fn opens(turn: &Turn<'_>, day: Date) -> bool {
    !openings(turn, day).is_empty()
}

fn openings(turn: &Turn<'_>, day: Date) -> Vec<Opening> {
    let hours = turn.script.profile.openings_on(day);
    hours.into_iter().filter(|opening| opening.day == day.weekday()).collect()
}

/// Says that the doors are closed then, and looks for what is nearest: the last
/// hours of the days when it is too late, the first when it is too early.
pub(super) fn nearest(turn: &mut Turn<'_>) -> Option<Outcome> {
    let reason = reason(turn)?;
    let subject = turn.state.wish.within.first().and_then(|window| window.span.from);
    turn.event(
        EventKind::TimeConstraintImpossible,
        &subject.map_or_else(String::new, |at| at.to_string()),
    );
    turn.lead(reason);
    let mut late = true;
    let mut around: Vec<Window> = Vec::new();
    for window in turn.state.wish.within.clone() {
        late &= side(turn, &window).flatten().is_none_or(|side| side == Side::After);
        around.extend(beside(turn, &window));
    }
    around.truncate(super::windows::MAX_WINDOWS);
    turn.state.wish.within = around;
    turn.state.wish.latest = late;
    turn.state.wish.near = None;
    Some(booking::look(turn))
}

/// The open hours just before and after a closed window.
fn beside(turn: &Turn<'_>, window: &Window) -> Vec<Window> {
    let Some((from, to)) = window.span.from.zip(window.span.to) else { return Vec::new() };
    let day = from.date();
    let openings = openings(turn, day);
    let before =
        openings.iter().map(|opening| opening.to).filter(|end| day.to_datetime(*end) <= from).max();
    let after = openings
        .iter()
        .map(|opening| opening.from)
        .filter(|start| to <= day.to_datetime(*start))
        .min();
    let between = before.is_some() && after.is_some();
    let hours = Duration::new().hours(if between { BETWEEN_HOURS } else { AROUND_HOURS });
    let until = |end: Time| {
        let end = day.to_datetime(end);
        span(end.checked_sub(hours).ok()?, end)
    };
    let since = |start: Time| {
        let start = day.to_datetime(start);
        span(start, start.checked_add(hours).ok()?)
    };
    before.and_then(until).into_iter().chain(after.and_then(since)).collect()
}

/// Not of the grain of hours: what is found there is near, not what was asked.
fn span(from: DateTime, to: DateTime) -> Option<Window> {
    Some(Window { span: Span { from: Some(from), to: Some(to) }, grain: Grain::Day })
}
