//! Appointments (`rendez_vous`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `rendez_vous.status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the statuses say it")]
pub enum Status {
    Confirmed,
    Cancelled,
    Completed,
    NoShow,
    Rescheduled,
}

impl Status {
    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
            Self::Rescheduled => "rescheduled",
        }
    }

    /// Reads [`Status::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Confirmed, Self::Cancelled, Self::Completed, Self::NoShow, Self::Rescheduled]
            .into_iter()
            .find(|status| status.as_str() == text)
    }

    /// True when the appointment keeps its time: nobody else may have it.
    pub fn keeps_time(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Rescheduled)
    }

    /// True when an appointment may go from this status to `next`. What was
    /// cancelled or moved away stays so: somebody else may have its time. Whether
    /// somebody came may be corrected, and taken back.
    pub fn can_become(self, next: Self) -> bool {
        match self {
            Self::Confirmed => next != Self::Confirmed,
            Self::Completed => matches!(next, Self::NoShow | Self::Confirmed),
            Self::NoShow => matches!(next, Self::Completed | Self::Confirmed),
            Self::Cancelled | Self::Rescheduled => false,
        }
    }
}

/// What is done to an appointment after it was made (`rendez_vous_history.change`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It got another time, calendar or service.
    Moved,
    /// It was cancelled.
    Cancelled,
    /// They came.
    Completed,
    /// They did not come.
    NoShow,
    /// What was said of their coming was taken back.
    Restored,
    /// Another appointment took its place.
    Rescheduled,
    /// For whom it is, or what is noted of it, was corrected.
    Corrected,
}

impl Change {
    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
            Self::Restored => "restored",
            Self::Rescheduled => "rescheduled",
            Self::Corrected => "corrected",
        }
    }
}

impl From<Status> for Change {
    /// The change by which an appointment gets that status.
    fn from(status: Status) -> Self {
        match status {
            Status::Confirmed => Self::Restored,
            Status::Cancelled => Self::Cancelled,
            Status::Completed => Self::Completed,
            Status::NoShow => Self::NoShow,
            Status::Rescheduled => Self::Rescheduled,
        }
    }
}

/// The length of a bucket, in milliseconds.
const BUCKET_MS: i64 = 5 * 60 * 1000;
/// No appointment lasts longer, so that no input makes the list of buckets long.
const MAX_BUCKETS: i64 = 24 * 12;

/// The five-minute buckets (instant in milliseconds divided by 300,000) that
/// `start..end` touches, at most those of 24 hours. One row per calendar and
/// bucket, unique, keeps two appointments from overlapping in any database.
pub fn buckets(start: Timestamp, end: Timestamp) -> impl Iterator<Item = i64> {
    let first = start.as_millisecond().div_euclid(BUCKET_MS);
    let last = (end.as_millisecond() - 1).div_euclid(BUCKET_MS);
    first..(last + 1).min(first + MAX_BUCKETS)
}

/// `rendez_vous.created_by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// The assistant, in a call.
    Sara,
    /// A person of the practice.
    Manual,
    /// A written conversation or the API.
    Web,
}

impl Author {
    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sara => "sara",
            Self::Manual => "manual",
            Self::Web => "web",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Status; 5] = [
        Status::Confirmed,
        Status::Cancelled,
        Status::Completed,
        Status::NoShow,
        Status::Rescheduled,
    ];

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    #[test]
    fn an_end_is_an_end() {
        for next in ALL {
            assert!(!Status::Cancelled.can_become(next));
            assert!(!Status::Rescheduled.can_become(next));
            assert!(!next.can_become(next));
        }
        assert!(Status::Confirmed.can_become(Status::Cancelled));
        assert!(Status::Completed.can_become(Status::NoShow));
        assert!(Status::NoShow.can_become(Status::Confirmed));
        assert!(!Status::Completed.can_become(Status::Cancelled));
    }

    #[test]
    fn stored_names_read_back() {
        for status in ALL {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
    }

    #[test]
    fn an_unaligned_appointment_takes_every_bucket_it_touches() {
        assert_eq!(buckets(at(0), at(30)).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(buckets(at(7), at(12)).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(buckets(at(-5), at(0)).collect::<Vec<_>>(), [-1]);
        assert_eq!(buckets(at(10), at(10)).count(), 0);
        assert_eq!(buckets(at(10), at(5)).count(), 0);
        assert_eq!(buckets(Timestamp::MIN, Timestamp::MAX).count(), 288);
    }

    proptest! {
        #[test]
        fn overlapping_appointments_share_a_bucket(
            a in 0i64..600, a_length in 1i64..90, b in 0i64..600, b_length in 1i64..90,
        ) {
            let first: Vec<i64> = buckets(at(a), at(a + a_length)).collect();
            let shared = buckets(at(b), at(b + b_length)).any(|bucket| first.contains(&bucket));
            let overlap = a < b + b_length && b < a + a_length;
            prop_assert!(shared || !overlap);
        }

        #[test]
        fn aligned_neighbours_share_none(a in 0i64..100, length in 1i64..20) {
            let first: Vec<i64> = buckets(at(a * 5), at((a + length) * 5)).collect();
            let next = buckets(at((a + length) * 5), at((a + length + 1) * 5));
            prop_assert!(next.into_iter().all(|bucket| !first.contains(&bucket)));
        }
    }
}
