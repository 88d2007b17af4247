//! When a message may ring in somebody's pocket: the law for commercial
//! messages, decency for the others. Mail does not ring.

use super::{Channel, Class, Origin};
use crate::time::holidays::{Territory, holiday};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

/// From when to when messages of something that the person has with the
/// practice may ring, local hours.
pub(crate) const DAY: (i8, i8) = (8, 21);
/// The same for messages that want to sell; never on Sundays and holidays.
const COMMERCIAL: (i8, i8) = (10, 20);
/// Further ahead no allowed hour is looked for: holidays never last so long.
const HORIZON: usize = 14;

/// Where the person is, as far as we know: where the practice is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Whose local time counts.
    pub zone: &'a TimeZone,
    /// Whose holidays count.
    pub territory: Territory,
}

/// The first instant from `now` on at which the message may ring: `now` itself
/// when it may at once.
pub fn first_allowed(
    class: &Class,
    origin: Origin,
    channel: Channel,
    now: Timestamp,
    place: Place<'_>,
) -> Timestamp {
    let waits_for_it = matches!(origin, Origin::Confirmation | Origin::Test);
    let ((from, to), commercial) = match class {
        Class::Commercial(_) => (COMMERCIAL, true),
        Class::Transactional if waits_for_it => return now,
        Class::Transactional => (DAY, false),
    };
    if channel == Channel::Email {
        return now;
    }
    let local = place.zone.to_datetime(now);
    let allowed = |day: &Date| !commercial || is_weekday(*day, place.territory);
    let days = std::iter::successors(Some(local.date()), |day| day.tomorrow().ok()).take(HORIZON);
    let starts = days.filter(allowed).map(|day| (day.at(from, 0, 0, 0), day.at(to, 0, 0, 0)));
    let mut starts = starts.filter(|(_, end)| local < *end);
    let first = starts.next().map_or(local, |(start, _)| start);
    if first <= local { now } else { instant(first, place.zone).max(now) }
}

fn is_weekday(day: Date, territory: Territory) -> bool {
    day.weekday() != Weekday::Sunday && holiday(day, territory).is_none()
}

/// A local time that a change of clocks skips is taken an hour later.
fn instant(local: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::Consent;
    use super::*;

    fn first(class: &Class, origin: Origin, channel: Channel, now: &str) -> String {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let place = Place { zone: &zone, territory: Territory::Metropole };
        let first = first_allowed(class, origin, channel, now.parse().unwrap(), place);
        first.to_zoned(zone.clone()).strftime("%a %d %H:%M").to_string()
    }

    fn reminder(now: &str) -> String {
        first(&Class::Transactional, Origin::Reminder, Channel::Sms, now)
    }

    fn advertisement(now: &str) -> String {
        let given_at = "2026-01-01T00:00:00Z".parse().unwrap();
        let class = Class::Commercial(Consent { given_at, proof: "formulaire".into() });
        first(&class, Origin::Campaign, Channel::Sms, now)
    }

    #[test]
    fn a_reminder_waits_for_the_morning_and_a_confirmation_does_not() {
        assert_eq!(reminder("2026-11-23T20:59:00+01:00"), "Mon 23 20:59");
        assert_eq!(reminder("2026-11-23T21:00:00+01:00"), "Tue 24 08:00");
        assert_eq!(reminder("2026-11-24T03:00:00+01:00"), "Tue 24 08:00");
        let night = "2026-11-23T23:30:00+01:00";
        let confirmed = first(&Class::Transactional, Origin::Confirmation, Channel::Sms, night);
        assert_eq!(confirmed, "Mon 23 23:30");
        let mail = first(&Class::Transactional, Origin::Reminder, Channel::Email, night);
        assert_eq!(mail, "Mon 23 23:30");
    }

    #[test]
    fn nobody_is_sold_anything_in_the_evening_on_sundays_and_holidays() {
        assert_eq!(advertisement("2026-11-23T09:59:00+01:00"), "Mon 23 10:00");
        assert_eq!(advertisement("2026-11-28T20:00:00+01:00"), "Mon 30 10:00");
        // A Friday at Christmas, and the Sunday after it.
        assert_eq!(advertisement("2026-12-24T20:30:00+01:00"), "Sat 26 10:00");
    }

    #[test]
    fn the_morning_comes_at_its_local_hour_when_the_clocks_change() {
        assert_eq!(reminder("2026-03-28T22:00:00+01:00"), "Sun 29 08:00");
        assert_eq!(reminder("2026-10-24T22:00:00+02:00"), "Sun 25 08:00");
    }
}
