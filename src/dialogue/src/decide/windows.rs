//! Windows of a wish: how new ones bear on those before.

use crate::understand::calendar;
use crate::understand::words::Word;
use crate::understand::{Grain, Window};
use domain::time::Span;
use jiff::Span as Duration;
use jiff::civil::{Date, DateTime, Time};

/// Windows kept; the rest of a long list is further away than what is offered.
pub(super) const MAX_WINDOWS: usize = 24;

/// New windows refine the old ones where both can be met; a time without a
/// day keeps the day; otherwise the new ones replace them.
pub(super) fn merged(old: &[Window], new: &[Window], names_a_day: bool) -> Vec<Window> {
    let refined: Vec<Window> =
        new.iter().flat_map(|new| old.iter().filter_map(|old| meet(old, new))).collect();
    let kept = match (refined.is_empty(), names_a_day) {
        (false, _) => refined,
        (true, false) => on_days_of(old, new),
        (true, true) => Vec::new(),
    };
    let result = if kept.is_empty() { new.to_vec() } else { kept };
    result.into_iter().take(MAX_WINDOWS).collect()
}

/// "Plutôt jeudi", when the coming week was asked for, is the Thursday of that
/// week.
pub(super) fn in_that_week(old: &[Window], new: Vec<Window>, words: &[Word]) -> Vec<Window> {
    const NEARER: [&str; 5] = ["ce", "cette", "demain", "aujourdhui", "prochain"];
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.folded.as_str()));
    let apart =
        |new: &[Window]| !new.iter().any(|new| old.iter().any(|old| meet(old, new).is_some()));
    if old.is_empty() || !says(&calendar::WEEKDAYS) || says(&NEARER) || !apart(&new) {
        return new;
    }
    let later = |at: Option<DateTime>| at.map(|at| at.checked_add(Duration::new().weeks(1)));
    let shifted: Option<Vec<Window>> = new
        .iter()
        .map(|window| {
            let span = Span {
                from: later(window.span.from).transpose().ok()?,
                to: later(window.span.to).transpose().ok()?,
            };
            Some(Window { span, grain: window.grain })
        })
        .collect();
    shifted.filter(|shifted| !apart(shifted)).unwrap_or(new)
}

/// These windows at that hour, on each of their days.
pub(super) fn at_that_hour(windows: &[Window], time: Time) -> Vec<Window> {
    let mut hours: Vec<Window> = Vec::new();
    for window in windows {
        for hour in hours_of(window, time) {
            if hours.len() < MAX_WINDOWS && !hours.contains(&hour) {
                hours.push(hour);
            }
        }
    }
    hours
}

/// That hour on the days of a window; on the first alone when its end is open.
fn hours_of(window: &Window, time: Time) -> Vec<Window> {
    let Some(from) = window.span.from else { return Vec::new() };
    let ends = window.span.to.filter(|to| to.date() > from.date());
    let days = std::iter::successors(Some(from.date()), |day| day.tomorrow().ok());
    let at = |day: Date| {
        let from = day.to_datetime(time);
        let to = from.checked_add(Duration::new().hours(1)).ok();
        Window { span: Span { from: Some(from), to }, grain: Grain::Hour }
    };
    // A window of hours is its day's, whatever hours they were.
    let Some(to) = ends else { return vec![at(from.date())] };
    days.take(MAX_WINDOWS).take_while(|day| day.to_datetime(time) < to).map(at).collect()
}

/// Windows of hours, open within their day only: "mardi avant dix heures" does
/// not mean Monday.
pub(super) fn closed(windows: &[Window]) -> Vec<Window> {
    windows.iter().map(|window| within_its_day(*window)).collect()
}

fn within_its_day(mut window: Window) -> Window {
    let span = &mut window.span;
    if window.grain <= Grain::Hour {
        match (span.from, span.to) {
            (None, Some(to)) => span.from = Some(to.date().at(0, 0, 0, 0)),
            (Some(from), None) => {
                span.to = from.date().tomorrow().ok().map(|next| next.at(0, 0, 0, 0))
            }
            _ => {}
        }
    }
    window
}

fn meet(a: &Window, b: &Window) -> Option<Window> {
    let from = a.span.from.max(b.span.from);
    let to = match (a.span.to, b.span.to) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let empty = from.zip(to).is_some_and(|(from, to)| from >= to);
    let grain = a.grain.min(b.grain);
    (!empty).then_some(Window { span: Span { from, to }, grain })
}

fn on_days_of(old: &[Window], new: &[Window]) -> Vec<Window> {
    let days: Vec<Date> = old.iter().filter_map(|window| Some(window.span.from?.date())).collect();
    new.iter()
        .filter(|window| window.span.from.is_some_and(|from| days.contains(&from.date())))
        .copied()
        .collect()
}
