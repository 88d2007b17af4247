//! From what was said to windows on the calendar.

use super::{
    days::{DaySpan, Days, HORIZON, plus},
    group::Group,
    slots::{Open, Slot, slots},
};
use crate::understand::{Grain, Window};
use domain::time::Span;
use jiff::civil::{Date, DateTime, Time as ClockTime};

/// Most windows ever listed.
const MOST: usize = 200;

const NOON: u16 = 720;

/// A window and what it is sorted by.
type Keyed = ((u8, DateTime), Window);

/// Everything a group of positive or negative statements allows or excludes.
pub(super) fn of_group(group: &Group, now: DateTime) -> Vec<Keyed> {
    let mut slots = slots(&group.times);
    if group.negative {
        slots.iter_mut().for_each(widen);
    }
    let days = group_days(group, &slots, now);
    let mut found = Vec::new();
    for span in days {
        if slots.is_empty() {
            found.push(whole(&span));
            continue;
        }
        for day in counted(span, group, now.date()) {
            for slot in &slots {
                if group.days.is_empty() && is_over(slot.to, day, now) {
                    continue;
                }
                found.extend(at(day, slot, span.rank));
            }
        }
        if found.len() > MOST {
            break;
        }
    }
    found
}

/// Who does not want the morning does not want the hours before it either.
fn widen(slot: &mut Slot) {
    if slot.from <= 8 * 60 && slot.to - slot.from > 60 {
        slot.from = 0;
    }
    if slot.to >= 20 * 60 && slot.to - slot.from > 60 {
        slot.to = 1440;
    }
}

fn group_days(group: &Group, slots: &[Slot], now: DateTime) -> Vec<DaySpan> {
    let minute = minute_of(now);
    let over = match slots.first() {
        None => minute >= NOON,
        Some(slot) if slot.grain == Grain::Day => minute >= NOON,
        Some(slot) if slot.open == Open::Start => slot.to <= minute,
        Some(slot) => slot.from <= minute && minute > 0,
    };
    if group.days.is_empty() {
        return Days::Every(group.mask).settle(now.date(), false);
    }
    group.days.iter().flat_map(|days| days.settle(now.date(), over)).collect()
}

/// The days of a span, for a time on each of them.
fn counted(span: DaySpan, group: &Group, today: Date) -> Vec<Date> {
    if span.is_day() {
        return span.from.into_iter().collect();
    }
    let limit = if span.to.is_none() { HORIZON } else { 62 };
    let fits = |day: &Date| group.mask & (1 << super::days::weekday_of(*day)) != 0;
    span.days(today, limit).filter(fits).collect()
}

fn whole(span: &DaySpan) -> Keyed {
    let midnight = |day: Date| day.to_datetime(ClockTime::midnight());
    let (from, to) = (span.from.map(midnight), span.to.map(midnight));
    let window = Window { span: Span { from, to }, grain: span.grain };
    ((span.rank, from.unwrap_or(DateTime::MIN)), window)
}

fn at(day: Date, slot: &Slot, rank: u8) -> Option<Keyed> {
    let from = minute(day, slot.from)?;
    let to = minute(day, slot.to)?;
    let span = Span {
        from: (slot.open != Open::Start).then_some(from),
        to: (slot.open != Open::End).then_some(to),
    };
    Some(((rank.saturating_add(slot.rank), from), Window { span, grain: slot.grain }))
}

fn minute(day: Date, minute: u16) -> Option<DateTime> {
    if minute >= 1440 {
        return Some(plus(day, 1)?.to_datetime(ClockTime::midnight()));
    }
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    Some(day.at(hour, minute, 0, 0))
}

fn minute_of(now: DateTime) -> u16 {
    u16::try_from(i16::from(now.hour()) * 60 + i16::from(now.minute())).unwrap_or(0)
}

fn is_over(to: u16, day: Date, now: DateTime) -> bool {
    day == now.date() && to <= minute_of(now)
}

/// The windows in order, each once, without what is past.
pub(super) fn ordered(mut found: Vec<Keyed>, now: DateTime) -> Vec<Window> {
    let today = now.date().to_datetime(ClockTime::midnight());
    found.retain(|(_, window)| {
        let Span { from, to } = window.span;
        // At the end of the calendar both sides may be missing.
        (from.is_some() || to.is_some())
            && to.is_none_or(|to| to > today)
            && from.zip(to).is_none_or(|(from, to)| from < to)
    });
    let ahead = |window: &Window| closed(window).1 > now;
    if found.iter().any(|(_, window)| ahead(window)) {
        found.retain(|(_, window)| ahead(window));
    }
    found.sort_by_key(|(key, _)| *key);
    each_once(found.into_iter().map(|(_, window)| window))
}

fn each_once(windows: impl Iterator<Item = Window>) -> Vec<Window> {
    let mut once: Vec<Window> = Vec::new();
    for window in windows {
        if once.len() < MOST && !once.contains(&window) {
            once.push(window);
        }
    }
    once
}

/// A window closed on both sides: before or after an hour ends with its day.
pub(super) fn closed(window: &Window) -> (DateTime, DateTime) {
    let timed = matches!(window.grain, Grain::Minute | Grain::Hour);
    let Span { from, to } = window.span;
    let start = match (from, to) {
        (Some(from), _) => from,
        // The day of a midnight that ends something is the day before.
        (None, Some(to)) if timed => {
            let day = if to.time() == ClockTime::midnight() { plus(to.date(), -1) } else { None };
            day.unwrap_or(to.date()).to_datetime(ClockTime::midnight())
        }
        _ => DateTime::MIN,
    };
    let end = match (from, to) {
        (_, Some(to)) => to,
        (Some(from), None) if timed => {
            plus(from.date(), 1).map_or(DateTime::MAX, |day| day.to_datetime(ClockTime::midnight()))
        }
        _ => DateTime::MAX,
    };
    (start, end)
}

/// What bounds to the hour leave of the windows; alone they are windows
/// themselves, and so they are when they leave nothing.
pub(super) fn within(windows: Vec<Window>, limits: &[Span]) -> Vec<Window> {
    if limits.is_empty() {
        return windows;
    }
    let met = limits.iter().fold(windows, |windows, limit| {
        windows.iter().filter_map(|window| bounded(window, limit)).collect()
    });
    if !met.is_empty() {
        return met;
    }
    let alone = limits.iter().map(|limit| Window { span: *limit, grain: Grain::Day });
    let all =
        |window: &Window| limits.iter().try_fold(*window, |left, limit| bounded(&left, limit));
    let first: Vec<Window> = alone.clone().take(1).filter_map(|window| all(&window)).collect();
    if first.is_empty() { each_once(alone) } else { first }
}

fn bounded(window: &Window, limit: &Span) -> Option<Window> {
    let (from, to) = closed(window);
    let from = limit.from.map_or(from, |start| start.max(from));
    let to = limit.to.map_or(to, |end| end.min(to));
    let span = Span {
        from: (from != DateTime::MIN).then_some(from),
        to: (to != DateTime::MAX).then_some(to),
    };
    (from < to).then_some(Window { span, grain: window.grain })
}

/// What `except` leaves of the windows.
pub(super) fn without(windows: Vec<Window>, except: &[Window]) -> Vec<Window> {
    let mut left = windows;
    for hole in except {
        let (start, end) = closed(hole);
        left = left.into_iter().flat_map(|window| cut(window, start, end)).take(MOST).collect();
    }
    each_once(left.into_iter())
}

fn cut(window: Window, start: DateTime, end: DateTime) -> Vec<Window> {
    let (from, to) = closed(&window);
    if end <= from || to <= start {
        return vec![window];
    }
    let grain = match window.grain {
        Grain::Week | Grain::Month => Grain::Day,
        other => other,
    };
    let midnight = |at: DateTime| at.time() == ClockTime::midnight();
    let grain = if midnight(start) && midnight(end) { grain } else { grain_of_part(grain) };
    let mut rest = Vec::new();
    if from < start {
        let from = if from == DateTime::MIN { None } else { Some(from) };
        rest.push(Window { span: Span { from, to: Some(start) }, grain });
    }
    if end < to {
        let to = if to == DateTime::MAX { None } else { Some(to) };
        rest.push(Window { span: Span { from: Some(end), to }, grain });
    }
    rest
}

fn grain_of_part(grain: Grain) -> Grain {
    if grain == Grain::Day { Grain::Hour } else { grain }
}
