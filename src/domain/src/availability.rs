//! What can be booked: pure, over weekly hours, closures, holidays, notice,
//! horizon and busy intervals, in the tenant's time zone.

use crate::id::{CalendarId, ServiceId};
use crate::tenant::Profile;
use crate::time::Span;
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

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
}

/// At most `limit` free slots that meet the wish, soonest first.
pub fn openings(
    profile: &Profile,
    wish: &Wish,
    busy: &[Busy],
    now: Timestamp,
    limit: usize,
) -> Vec<Slot> {
    let _ = (profile, wish, busy, now, limit);
    Vec::new()
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
    let _ = (profile, service, calendar, local, now);
    Err(NotBookable::Unknown)
}
