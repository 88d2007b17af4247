//! Identifiers. Tenants keep the integers of the first documents; everything
//! else is a UUID version 7, made by the caller from its clock and generator.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A customer business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(pub i64);

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A phone call, named by its provider (Vapi's `call.id`, a Twilio `CallSid`,
/// or a written conversation's own name). Trimmed, 1 to 128 printable ASCII
/// characters without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(String);

impl CallId {
    /// Accepts a provider's name for a call; `None` when it is not usable as one.
    pub fn parse(raw: &str) -> Option<Self> {
        let name = raw.trim();
        let usable = (1..=128).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic());
        usable.then(|| Self(name.to_owned()))
    }

    /// The name as the provider writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A UUID version 7 of an instant (milliseconds since 1970, taken modulo 2^48)
/// and random bytes, both supplied by the caller. Sorts by time.
pub fn uuid_v7(unix_ms: i64, random: [u8; 10]) -> uuid::Uuid {
    // The 48 low bits: the layout has no room for more.
    let millis = unix_ms.cast_unsigned() & 0xFFFF_FFFF_FFFF;
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

uuid_id! {
    /// An appointment (`rendez_vous`).
    AppointmentId,
    /// An event of a call (`ivr_events`).
    EventId,
    /// A message to or from a person (`channel_messages_log`).
    MessageId,
    /// Somebody who may become a customer (`prospects`).
    ProspectId,
    /// A message, callback or other request that waits for the practice (`tickets`).
    TicketId,
}

/// A bookable resource of a tenant (a practitioner, a room): a short slug,
/// unique within the tenant, stable across changes of its displayed name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CalendarId(pub String);

/// Something that can be booked (a consultation): a slug like [`CalendarId`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceId(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_sort_by_time() {
        let first = uuid_v7(1_795_000_000_000, [0xFF; 10]);
        let second = uuid_v7(1_795_000_000_001, [0; 10]);
        assert_eq!(first.get_version_num(), 7);
        assert_eq!(first.get_variant(), uuid::Variant::RFC4122);
        assert!(first < second);
        assert_ne!(first, uuid_v7(1_795_000_000_000, [0xFE; 10]));
    }

    #[test]
    fn no_clock_makes_an_id_panic() {
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            assert_eq!(uuid_v7(millis, [7; 10]).get_version_num(), 7);
        }
    }

    #[test]
    fn names_of_calls_are_checked() {
        assert_eq!(CallId::parse("  CA12 ").as_ref().map(CallId::as_str), Some("CA12"));
        for raw in ["", "  ", "a b", "é", "a\n b", &"x".repeat(129)] {
            assert_eq!(CallId::parse(raw), None);
        }
    }
}
