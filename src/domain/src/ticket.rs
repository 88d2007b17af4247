//! What becomes of a request that waits for the practice: its status, and
//! until when somebody should have answered it.

use crate::support::Priority;
use crate::tenant::Profile;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// `tickets.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    Open,
    /// Somebody works on it.
    InProgress,
    /// The customer's turn: nothing presses.
    WaitingCustomer,
    /// Dealt with.
    Resolved,
    /// Done for good.
    Closed,
}

impl Status {
    /// Every status, in the order of a request's life.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::InProgress, Self::WaitingCustomer, Self::Resolved, Self::Closed];

    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::WaitingCustomer => "waiting_customer",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads [`Status::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// True when the practice should do something.
    pub fn waits(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }

    /// True when it was dealt with.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }

    /// True when it may become `to`. What is done for good is only opened again.
    pub fn may_become(self, to: Self) -> bool {
        match self {
            Self::Open | Self::InProgress | Self::WaitingCustomer => self != to,
            Self::Resolved => matches!(to, Self::Open | Self::Closed),
            Self::Closed => to == Self::Open,
        }
    }
}

/// Minutes of opening within which a request should be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the priorities say it")]
pub struct Delays {
    pub urgent: u32,
    pub high: u32,
    pub medium: u32,
    pub low: u32,
}

impl Default for Delays {
    /// An hour, half a day, two days and a week of eight hours a day.
    fn default() -> Self {
        Self { urgent: 60, high: 240, medium: 960, low: 2_400 }
    }
}

impl Delays {
    /// For a request of this priority.
    pub fn of(&self, priority: Priority) -> u32 {
        match priority {
            Priority::Urgent => self.urgent,
            Priority::High => self.high,
            Priority::Medium => self.medium,
            Priority::Low => self.low,
        }
    }
}

/// The most days looked at for opening hours.
const HORIZON: usize = 400;

impl Profile {
    /// When a request of this priority should be answered that begins to wait
    /// at `from`: only the tenant's opening hours count.
    pub fn due(&self, priority: Priority, from: Timestamp) -> Timestamp {
        self.after_opening(from, self.following.delays.of(priority))
    }

    /// The instant at which the tenant has been open for so many minutes since
    /// `from`. One that is not open at all within a year counts every minute.
    pub fn after_opening(&self, from: Timestamp, minutes: u32) -> Timestamp {
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        let first = self.zone.to_datetime(from).date();
        let days = std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(HORIZON);
        for date in days {
            for opening in self.openings_on(date) {
                let start = instant(&self.zone, date.to_datetime(opening.from)).max(from);
                let length =
                    instant(&self.zone, date.to_datetime(opening.to)).duration_since(start);
                if length >= left {
                    return start.saturating_add(left).unwrap_or(start);
                }
                left -= length.max(SignedDuration::ZERO);
            }
        }
        from.saturating_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(from)
    }
}

/// The first instant of a wall time; one that a clock change skips is the one after it.
pub(crate) fn instant(zone: &TimeZone, local: jiff::civil::DateTime) -> Timestamp {
    zone.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TenantId;
    use crate::tenant::settings::Settings;

    fn profile(hours: &str) -> Profile {
        let file = format!("name = \"Cabinet Martin\"\n{hours}");
        Settings::from_toml(&file).unwrap().profile(TenantId(1)).unwrap()
    }

    const WEEK: &str = "[[hours]]\ndays = [\"mon-fri\"]\nfrom = \"09:00\"\nto = \"12:00\"\n\
        [[hours]]\ndays = [\"mon-fri\"]\nfrom = \"14:00\"\nto = \"18:00\"\n";

    fn due(profile: &Profile, priority: Priority, from: &str) -> String {
        let zone = &profile.zone;
        let due = profile.due(priority, zone.to_timestamp(from.parse().unwrap()).unwrap());
        zone.to_datetime(due).to_string()
    }

    #[test]
    fn only_opening_hours_count() {
        let profile = profile(WEEK);
        for (priority, from, expected) in [
            (Priority::Urgent, "2026-11-23T09:30:00", "2026-11-23T10:30:00"),
            (Priority::Urgent, "2026-11-23T11:30:00", "2026-11-23T14:30:00"),
            (Priority::Urgent, "2026-11-23T23:00:00", "2026-11-24T10:00:00"),
            (Priority::Urgent, "2026-11-27T17:30:00", "2026-11-30T09:30:00"),
            (Priority::High, "2026-11-23T11:00:00", "2026-11-23T17:00:00"),
            (Priority::Medium, "2026-11-23T09:00:00", "2026-11-25T11:00:00"),
            // The eleventh is a public holiday.
            (Priority::Urgent, "2026-11-10T19:00:00", "2026-11-12T10:00:00"),
        ] {
            assert_eq!(due(&profile, priority, from), expected, "{priority:?} {from}");
        }
    }

    #[test]
    fn a_change_of_the_clocks_moves_no_due_time() {
        let profile =
            profile("[[hours]]\ndays = [\"mon-sun\"]\nfrom = \"01:00\"\nto = \"05:00\"\n");
        // The clocks go forward at two and back at three.
        let spring = due(&profile, Priority::High, "2026-03-29T00:30:00");
        assert_eq!(spring, "2026-03-30T02:00:00");
        let autumn = due(&profile, Priority::High, "2026-10-25T00:30:00");
        assert_eq!(autumn, "2026-10-25T04:00:00");
    }

    #[test]
    fn who_is_never_open_answers_by_the_clock() {
        let profile = profile("");
        assert_eq!(due(&profile, Priority::Urgent, "2026-11-23T23:30:00"), "2026-11-24T00:30:00");
        let late = profile.after_opening(Timestamp::MAX, u32::MAX);
        assert_eq!(late, Timestamp::MAX);
    }

    #[test]
    fn what_is_done_for_good_is_only_opened_again() {
        assert!(
            Status::ALL.iter().all(|to| Status::Closed.may_become(*to) == (*to == Status::Open))
        );
        assert!(!Status::Resolved.may_become(Status::InProgress));
        assert!(Status::Open.may_become(Status::Closed) && !Status::Open.may_become(Status::Open));
        for status in Status::ALL {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
    }
}
