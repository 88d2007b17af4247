//! Taken time per calendar, in order and without overlaps.

use super::Busy;
use crate::tenant::Calendar;
use jiff::Timestamp;

/// The taken time of one calendar: sorted, disjoint.
pub(super) struct Taken(Vec<(Timestamp, Timestamp)>);

impl Taken {
    /// In the order of `calendars`; time of any other calendar is left out.
    pub(super) fn by_calendar(calendars: &[Calendar], busy: &[Busy]) -> Vec<Self> {
        let of = |calendar: &Calendar| {
            let own = busy.iter().filter(|b| b.calendar == calendar.id && b.start < b.end);
            Self::joined(own.map(|b| (b.start, b.end)).collect())
        };
        calendars.iter().map(of).collect()
    }

    fn joined(mut intervals: Vec<(Timestamp, Timestamp)>) -> Self {
        intervals.sort_unstable();
        intervals.dedup_by(|next, kept| {
            let meets = next.0 <= kept.1;
            if meets {
                kept.1 = kept.1.max(next.1);
            }
            meets
        });
        Self(intervals)
    }

    /// When the time that `start..end` would meet ends; `None` when it is free.
    pub(super) fn blocks_until(&self, start: Timestamp, end: Timestamp) -> Option<Timestamp> {
        let next = self.0.partition_point(|interval| interval.1 <= start);
        self.0.get(next).filter(|interval| interval.0 < end).map(|interval| interval.1)
    }
}
