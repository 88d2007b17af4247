//! What can be booked: pure, over weekly hours, closures, holidays, notice,
//! horizon and busy intervals, in the tenant's time zone.
//!
//! Where appointments start: at the opening of the doors, then every duration of
//! the service. A start that would meet time already taken moves to the end of
//! that time (on the next five minutes), and the steps go on from there until
//! the doors close, so that a practice's day fills without holes. A wish for one
//! precise minute is tried at that minute too. Local times that the clocks skip
//! are never offered; those that come twice are offered once, at the first.

mod day;
mod spread;
mod taken;

pub use spread::spread;

use crate::id::{CalendarId, ServiceId};
use crate::tenant::{Profile, Service};
use crate::time::{Span, hours};
use day::{Window, first_instant};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use taken::Taken;

/// A bookable start.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// On which calendar.
    pub calendar: CalendarId,
    /// What is booked.
    pub service: ServiceId,
    /// Local wall time of the start.
    pub local: DateTime,
    /// The same as an instant.
    pub start: Timestamp,
    /// The instant at which it ends.
    pub end: Timestamp,
}

/// Time already taken on a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Whose.
    pub calendar: CalendarId,
    /// First taken instant.
    pub start: Timestamp,
    /// First free instant afterwards.
    pub end: Timestamp,
}

/// What a caller would accept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Which service; `None`: the tenant's first.
    pub service: Option<ServiceId>,
    /// Union of acceptable spans of local wall time; empty: any time.
    pub within: Vec<Span>,
    /// Spans that do not suit.
    pub except: Vec<Span>,
    /// Acceptable calendars; empty: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarId>,
}

/// No search goes further, whatever a tenant's horizon says.
const MAX_HORIZON_DAYS: u32 = 1100;

/// At most `limit` free slots that meet the wish, soonest first. A start that is
/// free on several acceptable calendars is offered on the first of them. Searching stops at
/// `limit`.
pub fn openings(
    profile: &Profile,
    wish: &Wish,
    busy: &[Busy],
    now: Timestamp,
    limit: usize,
) -> Vec<Slot> {
    let Some(service) = service(profile, wish.service.as_ref()) else { return Vec::new() };
    let Ok(earliest) = earliest(profile, now) else { return Vec::new() };
    let taken = Taken::by_calendar(&profile.calendars, busy);
    let suits: Vec<bool> = profile.calendars.iter().map(|one| wish.suits(&one.id)).collect();
    let week = hours::normalised(profile.hours.clone());
    let mut slots = Vec::new();
    for date in bookable_days(profile, now) {
        if slots.len() >= limit {
            break;
        }
        let Some(wish) = wish.between(date.at(0, 0, 0, 0), date.at(23, 59, 59, 0)) else {
            continue;
        };
        if profile.closed_on(date).is_some() {
            continue;
        }
        let mut starts = Vec::new();
        for opening in week.iter().filter(|opening| opening.day == date.weekday()) {
            let Some(window) = Window::new(&profile.zone, date, opening) else { continue };
            let bounds = (date.to_datetime(opening.from), date.to_datetime(opening.to));
            let Some(wish) = wish.between(bounds.0, bounds.1) else { continue };
            for (calendar, taken) in taken.iter().enumerate().filter(|(at, _)| suits[*at]) {
                let wanted = limit - slots.len();
                let search = day::Search { window: &window, taken, service, earliest, wish: &wish };
                starts.extend(search.starts(wanted).into_iter().map(|at| (at, calendar)));
            }
        }
        starts.sort_unstable();
        starts.dedup_by_key(|(at, _)| *at);
        let found = starts.into_iter().map(|(at, calendar)| Slot {
            calendar: profile.calendars[calendar].id.clone(),
            service: service.id.clone(),
            local: at.local,
            start: at.start,
            end: at.end,
        });
        slots.extend(found.take(limit - slots.len()));
    }
    slots
}

impl Wish {
    /// True when a slot that starts at `local` would do.
    pub fn accepts(&self, local: DateTime) -> bool {
        let wanted = self.within.is_empty() || self.within.iter().any(|s| s.contains(local));
        wanted && !self.except.iter().any(|span| span.contains(local))
    }

    /// True when a slot on that calendar would do.
    pub fn suits(&self, calendar: &CalendarId) -> bool {
        self.calendars.is_empty() || self.calendars.contains(calendar)
    }

    /// The part of the wish that speaks of the times from `first` to `last`;
    /// `None` when none of them would do.
    fn between(&self, first: DateTime, last: DateTime) -> Option<Self> {
        let touches = |span: &&Span| {
            span.from.is_none_or(|from| from <= last) && span.to.is_none_or(|to| to > first)
        };
        let within: Vec<Span> = self.within.iter().filter(touches).copied().collect();
        if within.is_empty() && !self.within.is_empty() {
            return None;
        }
        let except = self.except.iter().filter(touches).copied().collect();
        Some(Self { within, except, ..Self::default() })
    }

    /// The first local time after everything that is wished; `None` when open.
    fn ends(&self) -> Option<DateTime> {
        let ends: Option<Vec<DateTime>> = self.within.iter().map(|span| span.to).collect();
        ends?.into_iter().max()
    }
}

fn service<'a>(profile: &'a Profile, wanted: Option<&ServiceId>) -> Option<&'a Service> {
    let found = match wanted {
        Some(id) => profile.service(id),
        None => profile.services.first(),
    };
    found.filter(|service| service.minutes > 0)
}

/// The first instant that respects the notice.
fn earliest(profile: &Profile, now: Timestamp) -> Result<Timestamp, jiff::Error> {
    now.checked_add(SignedDuration::from_mins(profile.booking.notice_minutes.into()))
}

/// From today on, as many days as the horizon has.
fn bookable_days(profile: &Profile, now: Timestamp) -> impl Iterator<Item = Date> {
    let today = profile.zone.to_datetime(now).date();
    let days = profile.booking.horizon_days.min(MAX_HORIZON_DAYS);
    std::iter::successors(Some(today), |date| date.tomorrow().ok()).take(days as usize)
}

/// Why a start cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotBookable {
    /// In the past or before the notice has passed.
    #[error("too soon")]
    TooSoon,
    /// After the horizon.
    #[error("too far ahead")]
    TooFar,
    /// Outside opening hours, or a closure or holiday.
    #[error("closed at that time")]
    Closed,
    /// The local time does not exist (the clocks go forward).
    #[error("no such local time")]
    NoSuchTime,
    /// The tenant has no such service or calendar.
    #[error("unknown service or calendar")]
    Unknown,
}

/// The slot that starts at a local time, if the tenant's rules allow it. Says
/// nothing of other appointments: the database does.
pub fn slot_at(
    profile: &Profile,
    service: Option<&ServiceId>,
    calendar: Option<&CalendarId>,
    local: DateTime,
    now: Timestamp,
) -> Result<Slot, NotBookable> {
    let service = self::service(profile, service).ok_or(NotBookable::Unknown)?;
    let calendar = match calendar {
        Some(id) => profile.calendar(id),
        None => profile.calendars.first(),
    };
    let calendar = calendar.ok_or(NotBookable::Unknown)?;
    let start = first_instant(&profile.zone, local).ok_or(NotBookable::NoSuchTime)?;
    if earliest(profile, now).map_err(|_| NotBookable::TooFar)? > start {
        return Err(NotBookable::TooSoon);
    }
    if past_horizon(profile, local.date(), now) {
        return Err(NotBookable::TooFar);
    }
    let end = start
        .checked_add(SignedDuration::from_mins(service.minutes.into()))
        .map_err(|_| NotBookable::TooFar)?;
    let open = profile.closed_on(local.date()).is_none()
        && hours::normalised(profile.hours.clone())
            .iter()
            .filter(|opening| opening.day == local.date().weekday())
            .filter_map(|opening| Window::new(&profile.zone, local.date(), opening))
            .any(|window| window.holds(start, end));
    if !open {
        return Err(NotBookable::Closed);
    }
    let (calendar, service) = (calendar.id.clone(), service.id.clone());
    Ok(Slot { calendar, service, local, start, end })
}

fn past_horizon(profile: &Profile, date: Date, now: Timestamp) -> bool {
    let today = profile.zone.to_datetime(now).date();
    let days = i64::from(profile.booking.horizon_days.min(MAX_HORIZON_DAYS));
    today.checked_add(days.days()).is_ok_and(|first_refused| date >= first_refused)
}

#[cfg(test)]
mod tests;
