//! What is written to people: on which channel, of which class, why.
//!
//! Start with [`Class`] (what a message may do) and [`Event`] (what it says).
//! [`template`] makes the words, [`segments`] counts what a text message costs,
//! [`hours`] says when it may ring, [`sender`] who may send it, [`stop`] who
//! does not want it.

pub mod hours;
pub mod segments;
pub mod sender;
pub mod stop;
pub mod template;
mod text;

use crate::email::EmailAddress;
use crate::id::{AppointmentId, CallId, ProspectId, TicketId};
use crate::phone::E164;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in the order of this list.
            pub const ALL: &[$name] = &[$(Self::$variant),+];

            /// The stored word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the stored word back.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}

words! {
    /// How a message travels.
    Channel {
        /// A text message.
        Sms = "sms",
        /// A mail.
        Email = "email",
        /// WhatsApp.
        WhatsApp = "whatsapp",
    }
}

words! {
    /// Why a message is sent: caps are counted per origin.
    Origin {
        /// Something was just agreed with the person, who waits for it: at any hour.
        Confirmation = "confirmation",
        /// An appointment comes.
        Reminder = "reminder",
        /// The practice cancels or moves an appointment.
        Change = "change",
        /// A call that nobody took.
        Callback = "callback",
        /// The practice answers a request.
        Reply = "reply",
        /// The practice is told what happened.
        Daily = "daily",
        /// The practice tells its customers something.
        Campaign = "campaign",
        /// Somebody tries the channel out: at any hour.
        Test = "test",
    }
}

words! {
    /// What a message says: the name of its template.
    Event {
        /// An appointment was made.
        Confirmation = "confirmation",
        /// An appointment is tomorrow.
        Reminder24h = "reminder_24h",
        /// An appointment is within the hour.
        Reminder1h = "reminder_1h",
        /// An appointment comes, at any other distance.
        Reminder = "reminder",
        /// An appointment was cancelled.
        Cancellation = "cancellation",
        /// An appointment has another time.
        Moved = "moved",
        /// A call was missed.
        MissedCallback = "missed_callback",
        /// An answer to a request.
        TicketReply = "ticket_reply",
        /// What happened and what waits, to the practice.
        Daily = "daily",
        /// Words of the practice's own.
        Free = "free",
        /// A try.
        Test = "test",
    }
}

words! {
    /// What became of a message; see [`Status::may_become`].
    Status {
        /// Not yet given to a provider.
        Pending = "pending",
        /// A provider has it, or may have it: nobody has said yet.
        Unknown = "unknown",
        /// The provider has it.
        Sent = "sent",
        /// The person's device has it.
        Delivered = "delivered",
        /// The person has seen it.
        Read = "read",
        /// It could not be delivered.
        Failed = "failed",
        /// It was not sent, and will not be.
        Refused = "refused",
    }
}

impl Status {
    /// Whether a report may change it: statuses only move forward. A delivery
    /// that is reported after a failure is believed (a second device got it).
    pub fn may_become(self, next: Self) -> bool {
        let rank = |status: Self| match status {
            Self::Pending => 0,
            Self::Unknown => 1,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Delivered => 4,
            Self::Read => 5,
            Self::Refused => 6,
        };
        self != Self::Refused && rank(next) > rank(self)
    }
}

/// A message's recipient, which also says how it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// By text message.
    Sms(E164),
    /// By mail.
    Email(EmailAddress),
    /// By WhatsApp.
    WhatsApp(E164),
}

impl Recipient {
    /// Reads a stored address; `None` when it is none of that channel.
    pub fn parse(channel: Channel, address: &str) -> Option<Self> {
        match channel {
            Channel::Sms => E164::parse(address, "FR").ok().map(Self::Sms),
            Channel::WhatsApp => E164::parse(address, "FR").ok().map(Self::WhatsApp),
            Channel::Email => EmailAddress::parse(address).ok().map(Self::Email),
        }
    }

    /// How it travels.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Sms(_) => Channel::Sms,
            Self::Email(_) => Channel::Email,
            Self::WhatsApp(_) => Channel::WhatsApp,
        }
    }

    /// The address, in the form to store and to compare.
    pub fn address(&self) -> String {
        match self {
            Self::Sms(number) | Self::WhatsApp(number) => number.as_str().to_owned(),
            Self::Email(email) => email.key(),
        }
    }

    /// What logs and lists show of it.
    pub fn masked(&self) -> String {
        match self {
            Self::Sms(number) | Self::WhatsApp(number) => number.masked(),
            Self::Email(email) => email.masked(),
        }
    }
}

/// What a message is by law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// Belongs to something that the person has with the practice.
    Transactional,
    /// Wants to sell: only to who agreed, and not at all hours.
    Commercial(Consent),
}

impl Class {
    /// The stored word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Transactional => "transactional",
            Self::Commercial(_) => "commercial",
        }
    }

    /// What is stored of the consent, JSON.
    pub fn consent_json(&self) -> Option<String> {
        match self {
            Self::Transactional => None,
            Self::Commercial(consent) => {
                Some(serde_json::to_string(consent).expect("a time and a text are JSON"))
            }
        }
    }

    /// Reads the stored columns back; `None`: unreadable, or without consent.
    pub fn read(word: &str, consent: Option<&str>) -> Option<Self> {
        match word {
            "transactional" => Some(Self::Transactional),
            "commercial" => serde_json::from_str(consent?).ok().map(Self::Commercial),
            _ => None,
        }
    }
}

/// That a person wants to be sent commercial messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When they said so.
    pub given_at: Timestamp,
    /// How: what was asked and where, to be shown on request.
    pub proof: String,
}

/// What a message is about: it can be cancelled with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A call.
    Call(CallId),
    /// An appointment.
    Appointment(AppointmentId),
    /// A request that waits for the practice.
    Ticket(TicketId),
    /// Somebody who may become a customer.
    Prospect(ProspectId),
    /// The practice itself: its daily mail, a try.
    Tenant,
}

impl Cause {
    /// The stored word of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Call(_) => "call",
            Self::Appointment(_) => "appointment",
            Self::Ticket(_) => "ticket",
            Self::Prospect(_) => "prospect",
            Self::Tenant => "tenant",
        }
    }

    /// The stored id; empty for the practice itself.
    pub fn id(&self) -> String {
        match self {
            Self::Call(id) => id.to_string(),
            Self::Appointment(id) => id.to_string(),
            Self::Ticket(id) => id.to_string(),
            Self::Prospect(id) => id.to_string(),
            Self::Tenant => String::new(),
        }
    }
}

#[cfg(test)]
mod tests;
