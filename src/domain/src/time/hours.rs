//! Weekly opening hours and exceptional closures.

use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

const MINUTES_OF_A_DAY: i32 = 24 * 60;

/// One opening period of one weekday, local time, `to` exclusive and later than `from`.
/// A `to` of 23:59 means midnight, which no [`Time`] of the same day can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The weekday.
    pub day: Weekday,
    /// When the doors open.
    pub from: Time,
    /// When they close.
    pub to: Time,
}

impl Opening {
    /// Minutes from midnight at which the doors open.
    pub fn from_minute(&self) -> i32 {
        minute(self.from)
    }

    /// Minutes from midnight at which they close, at most 1440.
    pub fn to_minute(&self) -> i32 {
        if minute(self.to) == MINUTES_OF_A_DAY - 1 { MINUTES_OF_A_DAY } else { minute(self.to) }
    }

    /// True when `at` lies on this weekday between the doors' opening and closing.
    pub fn contains(&self, at: DateTime) -> bool {
        let now = minute(at.time());
        at.date().weekday() == self.day && self.from_minute() <= now && now < self.to_minute()
    }
}

fn minute(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// True when some opening of the week contains `at`.
pub fn is_open(week: &[Opening], at: DateTime) -> bool {
    week.iter().any(|opening| opening.contains(at))
}

/// The same week, Monday first, with overlapping and touching periods joined
/// and empty ones left out.
pub fn normalised(mut week: Vec<Opening>) -> Vec<Opening> {
    week.retain(|opening| opening.from < opening.to);
    week.sort_by_key(|o| (o.day.to_monday_zero_offset(), o.from, o.to));
    week.dedup_by(|next, kept| {
        let joins = next.day == kept.day && next.from <= kept.to;
        if joins {
            kept.to = kept.to.max(next.to);
        }
        joins
    });
    week
}

/// Days on which a tenant is closed although its weekly hours say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub to: Date,
    /// What may be told to a caller ("congés d'été").
    pub reason: Option<String>,
}

impl Closure {
    /// True when `date` is one of its days.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn opening(day: Weekday, from: i8, to: i8) -> Opening {
        Opening { day, from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) }
    }

    #[test]
    fn the_door_is_open_from_the_first_minute_to_the_last() {
        let week = [opening(Weekday::Tuesday, 9, 12)];
        let tuesday = date(2026, 11, 24);
        assert!(!is_open(&week, tuesday.at(8, 59, 0, 0)));
        assert!(is_open(&week, tuesday.at(9, 0, 0, 0)));
        assert!(is_open(&week, tuesday.at(11, 59, 59, 0)));
        assert!(!is_open(&week, tuesday.at(12, 0, 0, 0)));
        assert!(!is_open(&week, date(2026, 11, 25).at(10, 0, 0, 0)));
    }

    #[test]
    fn closing_at_23_59_means_midnight() {
        let late =
            Opening { day: Weekday::Friday, from: time(20, 0, 0, 0), to: time(23, 59, 0, 0) };
        assert!(late.contains(date(2026, 11, 27).at(23, 59, 30, 0)));
        assert_eq!(late.to_minute(), 1440);
    }

    #[test]
    fn a_week_is_put_in_order_and_overlaps_are_joined() {
        let week = normalised(vec![
            opening(Weekday::Friday, 14, 18),
            opening(Weekday::Monday, 11, 13),
            opening(Weekday::Monday, 9, 12),
            opening(Weekday::Friday, 9, 9),
            opening(Weekday::Monday, 13, 14),
            opening(Weekday::Monday, 15, 17),
        ]);
        assert_eq!(
            week,
            [
                opening(Weekday::Monday, 9, 14),
                opening(Weekday::Monday, 15, 17),
                opening(Weekday::Friday, 14, 18)
            ]
        );
    }

    #[test]
    fn a_closure_covers_its_first_and_its_last_day() {
        let closure = Closure { from: date(2026, 12, 24), to: date(2026, 12, 26), reason: None };
        let covered: Vec<bool> = (23..=27).map(|day| closure.covers(date(2026, 12, day))).collect();
        assert_eq!(covered, [false, true, true, true, false]);
    }
}
