//! How long personal data is kept.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// `[retention]` of a tenant's settings, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// What was heard and said, and what providers made of it.
    pub transcripts_days: u32,
    /// Messages dealt with, and who called.
    pub messages_days: u32,
    /// Events, which name nobody.
    pub events_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { transcripts_days: 30, messages_days: 365, events_days: 730 }
    }
}

impl Retention {
    /// The instant before which something kept for `days` goes.
    pub fn horizon(now: Timestamp, days: u32) -> Timestamp {
        now.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_horizon_lies_whole_days_back_and_never_overflows() {
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        assert_eq!(Retention::horizon(now, 30), "2026-10-24T08:00:00Z".parse().unwrap());
        assert_eq!(Retention::horizon(now, u32::MAX), Timestamp::MIN);
    }
}
