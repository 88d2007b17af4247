//! Where passing to a human and the consent to a recording stand.

use domain::phone::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where passing the call to a human stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handoff {
    /// Nobody could be rung.
    Prevented,
    /// Somebody is being rung.
    Ringing {
        /// Who.
        to: E164,
        /// Since when.
        since: Timestamp,
    },
    /// Nobody picked up: the practice finds a request to call back, which what
    /// the caller says completes.
    Missed,
}

/// Whether the caller agrees to be recorded, where that is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Not asked so far.
    #[default]
    Unasked,
    /// Asked and, so far, not answered: that is no consent.
    Asked,
    /// Given.
    Given,
    /// Refused.
    Refused,
}
