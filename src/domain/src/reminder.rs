//! When people are reminded of an appointment.
//!
//! A reminder of whole days comes at the same hour on the wall so many days
//! before, whatever the clocks do in between; minutes are minutes. One that
//! would come at night waits for the morning if the morning leaves at least
//! half of its time before the appointment; otherwise it comes the evening
//! before. It is of use until a quarter of its time is left. Night is when the
//! tenant says so, and also when no such message may ring anywhere.

use crate::message::Channel;
use crate::message::hours::DAY as DAY_HOURS;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// How long before the night an evening's reminder comes: time enough to try again.
const EVENING: SignedDuration = SignedDuration::from_hours(2);

/// What a tenant has decided about reminders and other messages on appointments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminding {
    /// The reminders of every appointment, longest before first.
    pub rules: Vec<Rule>,
    /// When nobody is written to.
    pub night: Night,
    /// The customer is told when the practice moves an appointment.
    pub tells_moved: bool,
    /// The customer is told when the practice cancels an appointment.
    pub tells_cancelled: bool,
}

/// One reminder of every appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// How long before the start, in minutes.
    pub minutes: u32,
    /// How it travels.
    pub channel: Channel,
    /// How it travels when that cannot be.
    pub fallback: Option<Channel>,
}

impl Rule {
    /// The ways in the order in which they are tried.
    pub fn channels(&self) -> impl Iterator<Item = Channel> {
        std::iter::once(self.channel).chain(self.fallback)
    }
}

/// Local hours at which nobody is written to; none when both are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    /// First minute.
    pub from: Time,
    /// First minute after.
    pub to: Time,
}

impl Default for Reminding {
    /// A day and an hour before, by text message or else by mail.
    fn default() -> Self {
        let rule =
            |minutes| Rule { minutes, channel: Channel::Sms, fallback: Some(Channel::Email) };
        Self {
            rules: vec![rule(DAY), rule(60)],
            night: Night::default(),
            tells_moved: true,
            tells_cancelled: true,
        }
    }
}

/// When nothing may ring, whatever a tenant has decided.
const RINGS_NOWHERE: Night =
    Night { from: time(DAY_HOURS.1, 0, 0, 0), to: time(DAY_HOURS.0, 0, 0, 0) };
/// The smallest step of a clock here.
const INSTANT: SignedDuration = SignedDuration::from_millis(1);

impl Default for Night {
    fn default() -> Self {
        RINGS_NOWHERE
    }
}

/// When a reminder is to be sent: `from` inclusive, `until` exclusive, and not
/// at night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When it comes.
    pub from: Timestamp,
    /// From when on it is of no use.
    pub until: Timestamp,
}

impl Reminding {
    /// When a reminder of an appointment is to be sent. `None`: its time lies
    /// beyond what calendars count.
    pub fn due(&self, rule: &Rule, start: Timestamp, zone: &TimeZone) -> Option<Due> {
        let nominal = before(start, rule.minutes, zone)?;
        let quarter = SignedDuration::from_secs(i64::from(rule.minutes) * 60 / 4);
        let until = start.checked_sub(quarter).ok()?;
        let Some((evening, morning)) = self.night_around(nominal, zone) else {
            return Some(Due { from: nominal, until });
        };
        let half = SignedDuration::from_secs(i64::from(rule.minutes) * 60 / 2);
        let waits = start.duration_since(morning) >= half;
        let from = if waits { morning } else { evening.checked_sub(EVENING).ok()? };
        Some(Due { from, until })
    }

    /// The instants at which the night around `at` begins and ends, the tenant's
    /// or everybody's or, where they meet, both together; `None` by day.
    pub fn night_around(&self, at: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let nights = [self.night, RINGS_NOWHERE];
        let (mut from, mut to) = nights.iter().find_map(|night| night.around(at, zone))?;
        for night in nights.iter().chain(&nights) {
            if let Some((_, later)) = night.around(to, zone) {
                to = later;
            }
            let before = from.checked_sub(INSTANT).ok()?;
            if let Some((earlier, _)) = night.around(before, zone) {
                from = earlier;
            }
        }
        Some((from, to))
    }

    /// When the next night after `at` begins, the tenant's or everybody's.
    pub fn next_night(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let nights = [self.night, RINGS_NOWHERE];
        nights.iter().filter_map(|night| night.next(at, zone)).min()
    }

    /// How long before an appointment its first reminder can come at most.
    pub fn longest(&self) -> SignedDuration {
        let minutes = self.rules.iter().map(|rule| rule.minutes).max().unwrap_or_default();
        // A night, an evening, and an hour for the clocks.
        SignedDuration::from_mins(i64::from(minutes)) + SignedDuration::from_hours(24)
    }
}

impl Night {
    /// The instants at which the night around `at` begins and ends; `None` by day.
    pub fn around(&self, at: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let local = zone.to_datetime(at);
        let (date, now) = (local.date(), local.time());
        let (first, last) = if self.from <= self.to {
            (self.from <= now && now < self.to).then_some((date, date))?
        } else if now >= self.from {
            (date, date.tomorrow().ok()?)
        } else if now < self.to {
            (date.yesterday().ok()?, date)
        } else {
            return None;
        };
        Some((instant(first, self.from, zone)?, instant(last, self.to, zone)?))
    }

    /// When the next night after `at` begins; `None` when there are none.
    pub fn next(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        if self.from == self.to {
            return None;
        }
        let date = zone.to_datetime(at).date();
        let nights = [date, date.tomorrow().ok()?];
        let mut begins = nights.into_iter().filter_map(|date| instant(date, self.from, zone));
        begins.find(|begin| *begin > at)
    }
}

/// Whole days back on the wall, the rest by the minute.
fn before(start: Timestamp, minutes: u32, zone: &TimeZone) -> Option<Timestamp> {
    let days = Span::new().try_days(minutes / DAY).ok()?;
    let local: DateTime = zone.to_datetime(start).checked_sub(days).ok()?;
    let day = if minutes < DAY { start } else { at_wall(local, zone)? };
    day.checked_sub(SignedDuration::from_mins(i64::from(minutes % DAY))).ok()
}

fn instant(date: Date, hour: Time, zone: &TimeZone) -> Option<Timestamp> {
    at_wall(date.to_datetime(hour), zone)
}

/// A local time that a change of clocks skips is taken an hour later, one that
/// comes twice the first time.
fn at_wall(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    /// When the reminder of an appointment comes, and until when it is of use.
    fn due(minutes: u32, start: &str) -> (String, String) {
        let zone = paris();
        let start = zone.to_timestamp(start.parse::<DateTime>().unwrap()).unwrap();
        let rule = Rule { minutes, channel: Channel::Sms, fallback: None };
        let due = Reminding::default().due(&rule, start, &zone).unwrap();
        let told = |at: Timestamp| zone.to_datetime(at).strftime("%d %H:%M").to_string();
        (told(due.from), told(due.until))
    }

    #[test]
    fn a_day_before_is_the_same_hour_when_the_clocks_change() {
        assert_eq!(due(1440, "2026-11-24T10:00").0, "23 10:00");
        // Forward on Sunday 29 March 2026, back on Sunday 25 October.
        assert_eq!(due(1440, "2026-03-29T10:00").0, "28 10:00");
        assert_eq!(due(1440, "2026-03-30T02:30").0, "29 08:00");
        assert_eq!(due(1440, "2026-10-25T10:00").0, "24 10:00");
        assert_eq!(due(60, "2026-10-25T10:00").0, "25 09:00");
        assert_eq!(due(7 * 1440, "2026-10-28T10:00").0, "21 10:00");
        assert_eq!(due(1440 + 60, "2026-10-26T10:00").0, "25 09:00");
    }

    #[test]
    fn nothing_comes_at_night() {
        assert_eq!(due(60, "2026-11-24T09:00"), ("24 08:00".into(), "24 08:45".into()));
        assert_eq!(due(60, "2026-11-24T08:30"), ("24 08:00".into(), "24 08:15".into()));
        assert_eq!(due(60, "2026-11-24T08:00"), ("23 19:00".into(), "24 07:45".into()));
        assert_eq!(due(60, "2026-11-24T08:15").0, "23 19:00");
        assert_eq!(due(1440, "2026-11-24T07:00").0, "23 08:00");
        assert_eq!(due(1440, "2026-11-24T21:30").0, "24 08:00");
        assert_eq!(due(60, "2026-11-24T22:30").0, "24 19:00");
    }

    #[test]
    fn a_shorter_night_rings_nobody_up_and_loses_no_reminder() {
        let zone = paris();
        let at = |text: &str| zone.to_timestamp(text.parse::<DateTime>().unwrap()).unwrap();
        let due = |from: i8, to: i8, start: &str| {
            let night = Night { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
            let rule = Rule { minutes: 60, channel: Channel::Sms, fallback: None };
            let reminding = Reminding { night, ..Reminding::default() };
            let due = reminding.due(&rule, at(start), &zone).unwrap();
            zone.to_datetime(due.from).strftime("%d %H:%M").to_string()
        };
        assert_eq!(due(22, 6, "2026-11-24T08:00"), "23 19:00");
        assert_eq!(due(22, 6, "2026-11-24T09:00"), "24 08:00");
        // None at all, a later morning, and one that begins before everybody's.
        assert_eq!(due(6, 6, "2026-11-24T08:00"), "23 19:00");
        assert_eq!(due(23, 9, "2026-11-24T09:15"), "23 19:00");
        assert_eq!(due(19, 1, "2026-11-24T08:00"), "23 17:00");
        let early = Night { from: time(19, 0, 0, 0), to: time(1, 0, 0, 0) };
        let reminding = Reminding { night: early, ..Reminding::default() };
        assert_eq!(
            reminding.next_night(at("2026-11-24T12:00"), &zone),
            Some(at("2026-11-24T19:00"))
        );
    }

    #[test]
    fn a_night_can_lie_within_a_day_or_be_none() {
        let at = |text: &str| paris().to_timestamp(text.parse::<DateTime>().unwrap()).unwrap();
        let (one, eight) = (time(1, 0, 0, 0), time(8, 0, 0, 0));
        let night = Night { from: one, to: eight };
        assert!(night.around(at("2026-11-24T00:59"), &paris()).is_none());
        assert!(night.around(at("2026-11-24T01:00"), &paris()).is_some());
        assert_eq!(night.next(at("2026-11-24T01:00"), &paris()), Some(at("2026-11-25T01:00")));
        let none = Night { from: eight, to: eight };
        assert!(none.around(at("2026-11-24T08:00"), &paris()).is_none());
        assert_eq!(none.next(at("2026-11-24T08:00"), &paris()), None);
    }

    proptest! {
        #[test]
        fn every_reminder_comes_by_day_in_time_and_before_it_is_useless(
            quarter in 0i64..35_000, minutes in 5u32..20_000, zone in 0usize..4,
        ) {
            let zones = ["Europe/Paris", "America/New_York", "Indian/Reunion", "Australia/Lord_Howe"];
            let zone = TimeZone::get(zones[zone]).unwrap();
            let start = Timestamp::from_second(1_767_225_600 + quarter * 900).unwrap();
            let reminding = Reminding::default();
            let rule = Rule { minutes, channel: Channel::Sms, fallback: None };
            let due = reminding.due(&rule, start, &zone).unwrap();
            prop_assert!(reminding.night.around(due.from, &zone).is_none());
            prop_assert!(due.from < due.until && due.until < start);
            let longest = Reminding { rules: vec![rule], ..reminding }.longest();
            prop_assert!(start.duration_since(due.from) <= longest);
        }
    }
}
