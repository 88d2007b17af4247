//! Appointments (`rendez_vous`).

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
