//! The snapshot: what happened over a period, in the tenant's own days.

use crate::office::Desk;
use crate::sessions::instant;
use domain::event::EventKind;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::collections::HashMap;
use store::dashboard::calls::CallFilter;
use store::dashboard::figures::{self, Counters};
use store::{Reader, StoreError, dashboard};

/// Over which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Today.
    Today,
    /// Today and the six days before.
    SevenDays,
    /// Today and the 29 days before.
    ThirtyDays,
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Self; 3] = [Self::Today, Self::SevenDays, Self::ThirtyDays];

    /// The name in addresses and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::SevenDays => "7d",
            Self::ThirtyDays => "30d",
        }
    }

    /// Reads [`Period::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.as_str() == text)
    }

    /// How many days.
    pub fn days(self) -> i64 {
        match self {
            Self::Today => 1,
            Self::SevenDays => 7,
            Self::ThirtyDays => 30,
        }
    }
}

/// Days of a tenant, both included, and the instants between which they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// First instant.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
}

impl Days {
    /// The days from `from` to `to` in a zone; swapped when they are in the wrong order.
    pub fn between(from: Date, to: Date, zone: &TimeZone) -> Self {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let next = to.tomorrow().unwrap_or(to);
        Self { from, to, start: midnight(from, zone), end: midnight(next, zone) }
    }

    /// A period that ends today.
    pub fn of(period: Period, today: Date, zone: &TimeZone) -> Self {
        Self::between(back(today, period.days() - 1), today, zone)
    }

    /// As many days just before.
    pub fn before(&self, zone: &TimeZone) -> Self {
        let length = (self.to - self.from).get_days();
        let to = back(self.from, 1);
        Self::between(back(to, i64::from(length)), to, zone)
    }

    /// Every day, in order; at most 400.
    pub fn each(&self) -> impl Iterator<Item = Date> + use<> {
        let to = self.to;
        self.from.series(Span::new().days(1)).take_while(move |day| *day <= to).take(400)
    }
}

fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

fn back(day: Date, days: i64) -> Date {
    day.saturating_sub(Span::new().days(days))
}

/// A call or booking that was the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// The provider's name of the call.
    pub call_id: String,
    /// When.
    pub at: Timestamp,
}

/// What happened over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Over which days.
    pub days: Days,
    /// The sums.
    pub total: Counters,
    /// Each day, days with nothing included.
    pub each: Vec<(Date, Counters)>,
    /// The last call that began in it.
    pub last_call: Option<Last>,
    /// The last booking made in it.
    pub last_booking: Option<Last>,
}

impl Desk {
    /// What happened over a period that ends today.
    pub async fn snapshot(&self, period: Period) -> Result<Snapshot, StoreError> {
        let zone = self.zone().await?;
        let days = Days::of(period, self.today(&zone), &zone);
        self.snapshot_of(days).await
    }

    /// What happened over given days.
    pub async fn snapshot_of(&self, days: Days) -> Result<Snapshot, StoreError> {
        let mut reader = self.reader().await?;
        let each = each_day(&mut reader, &days).await?;
        let total = each.iter().fold(Counters::default(), |sum, (_, day)| add(&sum, day));
        let last_call = last_call(&mut reader, &days).await?;
        let last_booking = last_booking(&mut reader, &days).await?;
        Ok(Snapshot { days, total, each, last_call, last_booking })
    }

    /// The sums of given days.
    pub async fn totals(&self, days: &Days) -> Result<Counters, StoreError> {
        let counted = figures::days(&mut self.reader().await?, days.from, days.to).await?;
        Ok(counted.iter().fold(Counters::default(), |sum, day| add(&sum, &day.counters)))
    }

    /// The tenant's time zone.
    pub async fn zone(&self) -> Result<TimeZone, StoreError> {
        Ok(self.office().profile(self.tenant()).await?.zone.clone())
    }

    /// The tenant's day.
    pub fn today(&self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.now()).date()
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.office().world.clock.now()
    }

    pub(crate) async fn reader(&self) -> Result<Reader, StoreError> {
        self.office().db.read(self.tenant()).await
    }
}

async fn each_day(reader: &mut Reader, days: &Days) -> Result<Vec<(Date, Counters)>, StoreError> {
    let counted = figures::days(reader, days.from, days.to).await?;
    let mut counted: HashMap<String, Counters> =
        counted.into_iter().map(|day| (day.day, day.counters)).collect();
    Ok(days.each().map(|day| (day, counted.remove(&day.to_string()).unwrap_or_default())).collect())
}

async fn last_call(reader: &mut Reader, days: &Days) -> Result<Option<Last>, StoreError> {
    let filter = CallFilter {
        from: days.start.as_millisecond(),
        to: days.end.as_millisecond(),
        ..CallFilter::default()
    };
    let found = dashboard::calls::page(reader, &filter, 1).await?;
    Ok(found
        .into_iter()
        .next()
        .map(|call| Last { call_id: call.call_sid, at: instant(call.started_at) }))
}

async fn last_booking(reader: &mut Reader, days: &Days) -> Result<Option<Last>, StoreError> {
    let kind = EventKind::BookingConfirmed.as_str();
    let (from, to) = (days.start.as_millisecond(), days.end.as_millisecond());
    let found = figures::last_event(reader, kind, from, to).await?;
    Ok(found.map(|(call_id, at)| Last { call_id, at: instant(at) }))
}

fn add(sum: &Counters, day: &Counters) -> Counters {
    Counters {
        calls: sum.calls + day.calls,
        bookings: sum.bookings + day.bookings,
        transfers: sum.transfers + day.transfers,
        abandons: sum.abandons + day.abandons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_is_made_of_whole_local_days() {
        let paris = TimeZone::get("Europe/Paris").expect("a zone");
        let days = Days::of(Period::SevenDays, date(2026, 10, 27), &paris);
        assert_eq!((days.from, days.to), (date(2026, 10, 21), date(2026, 10, 27)));
        // The clocks go back on the 25th: the week has one hour more.
        let hours = (days.end.as_second() - days.start.as_second()) / 3_600;
        assert_eq!(hours, 7 * 24 + 1);
        assert_eq!(days.each().count(), 7);
        let before = days.before(&paris);
        assert_eq!((before.from, before.to), (date(2026, 10, 14), date(2026, 10, 20)));
        assert_eq!(before.end, days.start);
    }

    #[test]
    fn days_given_the_wrong_way_round_are_swapped_and_extremes_hold() {
        let days = Days::between(date(2026, 2, 2), date(2026, 1, 1), &TimeZone::UTC);
        assert_eq!(days.from, date(2026, 1, 1));
        let ends = Days::between(Date::MIN, Date::MAX, &TimeZone::UTC);
        assert_eq!(ends.each().count(), 400);
        assert_eq!(ends.before(&TimeZone::UTC).from, Date::MIN);
    }
}
