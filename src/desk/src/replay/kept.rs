//! What is kept with a turn so that it can be replayed: everything that went
//! into the dialogue besides the words, the hour and the call itself.

use super::slots::Slots;
use dialogue::ask::{Correction, Known};
use dialogue::{Answer, Ask, Receipt};
use domain::availability::{NotBookable, Slot};
use domain::id::{ProspectId, TicketId};
use domain::support::Reference;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The program's version, as it is kept with each turn.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What went into a turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The program that made the turn.
    #[serde(rename = "v")]
    pub program: String,
    /// Its tenant's settings, hashed.
    #[serde(rename = "s")]
    pub settings: String,
    /// The caller's number was known.
    #[serde(rename = "c", default, skip_serializing_if = "is_false")]
    pub caller: bool,
    /// Something had been said before.
    #[serde(rename = "g", default, skip_serializing_if = "is_false")]
    pub greeted: bool,
    /// The turn began the conversation.
    #[serde(rename = "o", default, skip_serializing_if = "is_false")]
    pub opens: bool,
    /// The turn took the place of the one before: it began where that began.
    #[serde(rename = "r", default, skip_serializing_if = "is_false")]
    pub instead: bool,
    /// Not words of the caller's, but the news that a transfer failed, and why.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<String>,
    /// Not words of the caller's, but the news that the voice agent failed, and why.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// What was asked of the outside, and what it answered.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// One question to the outside with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Exchange(pub Asked, Reply);

impl Exchange {
    /// What is kept of a question and its answer.
    pub fn of(ask: &Ask, answer: &Answer) -> Self {
        Self(Asked::of(ask), Reply::of(answer))
    }

    /// The answer, as the dialogue heard it; `None` when it cannot be read.
    pub fn answer(&self) -> Option<Answer> {
        self.1.read()
    }
}

/// A question: its name, and its hash to tell it from another of that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked(pub String, String);

impl Asked {
    /// What is kept of a question.
    pub fn of(ask: &Ask) -> Self {
        let whole = serde_json::to_vec(ask).unwrap_or_default();
        Self(ask.name().to_owned(), hex::encode(&Sha256::digest(&whole)[..4]))
    }
}

/// An [`Answer`] as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Openings(Slots, Slots),
    Booked(String, Slot),
    SlotTaken,
    NotBookable(NotBookable),
    Found(Vec<Known>),
    Cancelled(String, Known),
    Moved(String, Slot),
    Corrected(String, Correction),
    Gone,
    MessageTaken(TicketId),
    ProspectCreated(ProspectId),
    TicketOpened(String, Reference),
    Failed,
}

impl Reply {
    fn of(answer: &Answer) -> Self {
        match answer {
            Answer::Openings { slots, nearest } => {
                Self::Openings(Slots::write(slots), Slots::write(nearest))
            }
            Answer::Booked(receipt) => Self::Booked(receipt.id().to_owned(), receipt.of().clone()),
            Answer::SlotTaken => Self::SlotTaken,
            Answer::NotBookable(why) => Self::NotBookable(*why),
            Answer::Found(found) => Self::Found(found.clone()),
            Answer::Cancelled(receipt) => {
                Self::Cancelled(receipt.id().to_owned(), receipt.of().clone())
            }
            Answer::Moved(receipt) => Self::Moved(receipt.id().to_owned(), receipt.of().clone()),
            Answer::Corrected(receipt) => {
                Self::Corrected(receipt.id().to_owned(), receipt.of().clone())
            }
            Answer::Gone => Self::Gone,
            Answer::MessageTaken(receipt) => Self::MessageTaken(*receipt.of()),
            Answer::ProspectCreated(receipt) => Self::ProspectCreated(*receipt.of()),
            Answer::TicketOpened(receipt) => {
                Self::TicketOpened(receipt.id().to_owned(), receipt.of().clone())
            }
            Answer::Failed => Self::Failed,
        }
    }

    /// The only place where receipts are made of what was stored. Each stands in
    /// a turn's row, which was committed together with what the receipt attests;
    /// and what is replayed is compared and shown, never said to a caller.
    fn read(&self) -> Option<Answer> {
        Some(match self {
            Self::Openings(slots, nearest) => {
                Answer::Openings { slots: slots.read()?, nearest: nearest.read()? }
            }
            Self::Booked(id, slot) => Answer::Booked(attested(id, slot)),
            Self::SlotTaken => Answer::SlotTaken,
            Self::NotBookable(why) => Answer::NotBookable(*why),
            Self::Found(found) => Answer::Found(found.clone()),
            Self::Cancelled(id, known) => Answer::Cancelled(attested(id, known)),
            Self::Moved(id, slot) => Answer::Moved(attested(id, slot)),
            Self::Corrected(id, correction) => Answer::Corrected(attested(id, correction)),
            Self::Gone => Answer::Gone,
            Self::MessageTaken(ticket) => {
                Answer::MessageTaken(attested(&ticket.to_string(), ticket))
            }
            Self::ProspectCreated(prospect) => {
                Answer::ProspectCreated(attested(&prospect.to_string(), prospect))
            }
            Self::TicketOpened(id, reference) => Answer::TicketOpened(attested(id, reference)),
            Self::Failed => Answer::Failed,
        })
    }
}

fn attested<T: Clone>(id: &str, of: &T) -> Receipt<T> {
    Receipt::committed_with(id, of.clone())
}
