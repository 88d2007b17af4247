//! One opening period of one day: which starts fit in it.

use super::{Taken, Wish};
use crate::tenant::Service;
use crate::time::Span;
use crate::time::hours::Opening;
use jiff::civil::{Date, DateTime, time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Starts lie on these minutes of the clock.
const GRID: i32 = 5;

/// The first instant at which the clocks show `local`; `None` when they skip it.
pub(super) fn first_instant(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => None,
        _ => ambiguous.earlier().ok(),
    }
}

/// A possible start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Start {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) local: DateTime,
}

/// An opening period on a date.
pub(super) struct Window<'a> {
    zone: &'a TimeZone,
    date: Date,
    from: i32,
    to: i32,
    /// The instant of local midnight, when the clocks do not change within the
    /// period, so that instants follow by addition.
    midnight: Option<Timestamp>,
}

impl<'a> Window<'a> {
    /// `None` at the edges of the calendar.
    pub(super) fn new(zone: &'a TimeZone, date: Date, opening: &Opening) -> Option<Self> {
        let (from, to) = (opening.from_minute(), opening.to_minute());
        let opens = zone.to_ambiguous_timestamp(local_at(date, from)?);
        let closes = zone.to_ambiguous_timestamp(local_at(date, to)?);
        let steady = opens.offset() == closes.offset() && !opens.is_ambiguous();
        let minutes = SignedDuration::from_mins(from.into());
        let midnight =
            if steady { Some(opens.earlier().ok()?.checked_sub(minutes).ok()?) } else { None };
        Some(Self { zone, date, from, to, midnight })
    }

    fn instant(&self, minute: i32) -> Option<Timestamp> {
        match self.midnight {
            Some(midnight) => midnight.checked_add(SignedDuration::from_mins(minute.into())).ok(),
            None => first_instant(self.zone, local_at(self.date, minute)?),
        }
    }

    /// Minutes after midnight that the clock shows at `instant`, rounded up.
    fn minute_at(&self, instant: Timestamp) -> i64 {
        let past = match self.midnight {
            Some(midnight) => instant.duration_since(midnight),
            None => {
                let local = self.zone.to_datetime(instant);
                local.duration_since(self.date.at(0, 0, 0, 0))
            }
        };
        let whole = past.as_mins();
        if SignedDuration::from_mins(whole) < past { whole + 1 } else { whole }
    }

    /// True when the clock shows a time of this period at both ends and the
    /// whole lasts no longer than the doors are open.
    pub(super) fn holds(&self, start: Timestamp, end: Timestamp) -> bool {
        let inside = |instant| {
            (i64::from(self.from)..=i64::from(self.to)).contains(&self.minute_at(instant))
        };
        let closes = match self.midnight {
            Some(midnight) => midnight.checked_add(SignedDuration::from_mins(self.to.into())).ok(),
            None => local_at(self.date, self.to)
                .and_then(|local| self.zone.to_ambiguous_timestamp(local).earlier().ok()),
        };
        let change = match self.midnight {
            Some(_) => None,
            // Clocks that go back may show a time before the opening again.
            None => self.zone.following(start).next().map(|change| change.timestamp()),
        };
        inside(start)
            && inside(end)
            && closes.is_some_and(|closes| end <= closes)
            && change.is_none_or(|change| change >= end || inside(change))
    }
}

/// The wall time `minute` minutes after the date's midnight, 1440 being the next day's.
fn local_at(date: Date, minute: i32) -> Option<DateTime> {
    if minute == 24 * 60 {
        return Some(date.tomorrow().ok()?.at(0, 0, 0, 0));
    }
    let hour = i8::try_from(minute / 60).ok().filter(|hour| (0..24).contains(hour))?;
    let minute = i8::try_from(minute % 60).ok()?;
    Some(date.to_datetime(time(hour, minute, 0, 0)))
}

/// What is looked for on one calendar in one period.
pub(super) struct Search<'a> {
    pub(super) window: &'a Window<'a>,
    pub(super) taken: &'a Taken,
    pub(super) service: &'a Service,
    pub(super) earliest: Timestamp,
    pub(super) wish: &'a Wish,
}

impl Search<'_> {
    /// The first `limit` free starts that meet the wish, soonest first.
    pub(super) fn starts(&self, limit: usize) -> Vec<Start> {
        let mut found = Vec::new();
        let length = i32::try_from(self.service.minutes).unwrap_or(i32::MAX);
        let enough = self.wish.ends();
        let mut minute = self.window.from;
        while minute.saturating_add(length) <= self.window.to && found.len() < limit {
            let Some(start) = self.start(minute) else {
                minute += length;
                continue;
            };
            if enough.is_some_and(|end| start.local >= end) {
                break;
            }
            match self.taken.blocks_until(start.start, start.end) {
                Some(free) => minute = self.next_on_grid(minute, free),
                None => {
                    if self.suits(&start) {
                        found.push(start);
                    }
                    minute += length;
                }
            }
        }
        self.add_precise(&mut found);
        found
    }

    fn start(&self, minute: i32) -> Option<Start> {
        let start = self.window.instant(minute)?;
        let end = start.checked_add(SignedDuration::from_mins(self.service.minutes.into())).ok()?;
        Some(Start { start, end, local: local_at(self.window.date, minute)? })
    }

    /// The first minute of the grid at which the clock has passed `free`, and in
    /// any case a later one than `minute` (clocks that go back show it again).
    fn next_on_grid(&self, minute: i32, free: Timestamp) -> i32 {
        let after = self.window.minute_at(free).clamp(0, i64::from(self.window.to));
        let after = i32::try_from(after).unwrap_or(self.window.to);
        (after.max(minute + 1) + GRID - 1) / GRID * GRID
    }

    fn suits(&self, start: &Start) -> bool {
        start.start >= self.earliest
            && self.wish.accepts(start.local)
            && self.window.holds(start.start, start.end)
    }

    /// Adds the minutes asked for precisely, even between the usual starts.
    fn add_precise(&self, found: &mut Vec<Start>) {
        for span in &self.wish.within {
            let Some(minute) = self.precise(span) else { continue };
            let Some(start) = self.start(minute) else { continue };
            let free = self.taken.blocks_until(start.start, start.end).is_none();
            if free && self.suits(&start) && !found.contains(&start) {
                found.push(start);
            }
        }
    }

    /// The minute of this day that a span of at most five minutes names.
    fn precise(&self, span: &Span) -> Option<i32> {
        let (from, to) = (span.from?, span.to?);
        let short = to.duration_since(from) <= SignedDuration::from_mins(GRID.into());
        let minute = i32::from(from.hour()) * 60 + i32::from(from.minute());
        let on_grid = minute % GRID == 0 && from.second() == 0 && from.subsec_nanosecond() == 0;
        (short && on_grid && from.date() == self.window.date).then_some(minute)
    }
}
