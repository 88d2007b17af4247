//! What can come of asking a provider, the same for all of them.
//!
//! Who called acts on three questions: may I ask again ([`Fault::outcome`]),
//! when ([`Fault::wait`]), and what must a person change ([`Refusal::reason`]).

use std::fmt;
use std::time::Duration;

/// Why a provider did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The credentials are wrong, or do not allow this. Nothing was done.
    #[error("the provider does not accept the credentials")]
    Unauthorised,
    /// The object is not there (any more). Nothing was done.
    #[error("the provider does not know the object")]
    NotFound,
    /// Understood and refused. Nothing was done; asking again changes nothing.
    #[error("the provider refused: {0}")]
    Refused(Refusal),
    /// Too many requests. Nothing was done; the same request may be sent later.
    #[error("the provider asks to wait")]
    RateLimited {
        /// How long, if the provider says it (at most an hour is believed).
        wait: Option<Duration>,
    },
    /// No usable answer.
    #[error("the provider could not be reached: {cause}")]
    Unavailable {
        /// Whether the request may have been carried out all the same.
        outcome: Outcome,
        /// What was seen.
        #[source]
        cause: Cause,
    },
}

/// What is known about the effect of a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It had none: it may be sent again.
    NotDone,
    /// It may have had one: look it up before asking again.
    Unknown,
}

/// What was seen instead of an answer.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// A server error with this status.
    #[error("status {0}")]
    Status(u16),
    /// The connection failed, was cut, or took too long.
    #[error("connection failed")]
    Transport(#[source] reqwest::Error),
    /// A success whose body cannot be read.
    #[error("answer cannot be read")]
    Unreadable,
}

/// A refusal in the provider's own terms and in ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The provider's own code: stable, unlike its message (`21422`).
    pub code: Option<u32>,
    /// What it means for us.
    pub reason: Reason,
    /// The provider's sentence, in English, for a person who looks into it.
    /// May name a telephone number: it does not belong into a log.
    pub message: String,
}

/// What a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The number was sold to somebody else meanwhile: search again.
    NumberGone,
    /// The number is not one that is sold, or not a number.
    NumberInvalid,
    /// No number is for sale there.
    NoNumbers,
    /// Not an area code.
    AreaCodeInvalid,
    /// A trial account may not buy this.
    TrialAccount,
    /// The number needs an approved regulatory bundle of its country and kind.
    BundleRequired,
    /// The number needs an address.
    AddressRequired,
    /// The number needs an address in its own country or zone.
    LocalAddressRequired,
    /// A document is missing.
    DocumentRequired,
    /// A document was handed in and does not satisfy the rules.
    DocumentInsufficient,
    /// The object is in use, or was already there.
    Conflict,
    /// The request itself is not acceptable.
    Invalid,
    /// Anything else; see the code.
    Other,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} (status {}", self.reason, self.status)?;
        match self.code {
            Some(code) => write!(f, ", code {code})"),
            None => f.write_str(")"),
        }
    }
}

impl Fault {
    /// Whether the request may have been carried out although it failed.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unavailable { outcome, .. } => *outcome,
            _ => Outcome::NotDone,
        }
    }

    /// How long the provider wants to be left alone, if it says so.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { wait } => *wait,
            _ => None,
        }
    }

    /// Why the request was refused, when that is what happened.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Refused(refusal) => Some(refusal.reason),
            _ => None,
        }
    }

    /// Whether the same request may succeed later without anybody changing anything.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Unavailable { .. })
    }

    pub(crate) fn unreadable() -> Self {
        Self::Unavailable { outcome: Outcome::Unknown, cause: Cause::Unreadable }
    }
}
