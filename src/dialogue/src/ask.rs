//! What the dialogue asks of the outside, and what comes back.

use domain::availability::{NotBookable, Slot, Wish};
use domain::id::{AppointmentId, CalendarId, ProspectId, ServiceId, TicketId};
use domain::phone::E164;
use domain::qualification::{Answered, Score};
use domain::support::{Priority, Reference};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A question to the outside.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Free slots that meet a wish, soonest first, and, when there are none,
    /// the nearest ones that do not.
    Openings {
        /// What the caller would accept.
        wish: Wish,
        /// How many at most.
        limit: usize,
    },
    /// Book this slot.
    Book(Booking),
    /// Appointments of somebody.
    Find(Identity),
    /// Cancel an appointment whose identity was checked.
    Cancel(AppointmentId),
    /// Move an appointment whose identity was checked, in one transaction.
    Move {
        /// Which.
        appointment: AppointmentId,
        /// Where to.
        to: Slot,
    },
    /// Correct who an appointment made in this call is for, or how to reach them.
    Correct(Correction),
    /// Store something for the practice.
    TakeMessage(Message),
    /// Store somebody who may become a customer.
    CreateProspect(Prospect),
    /// Open a support request.
    OpenTicket(Request),
    /// Complete what waits for the practice since nobody picked up in this
    /// call; store it when nothing does.
    Complete(Message),
}

/// What is needed to book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Booking {
    /// Which start.
    pub slot: Slot,
    /// For whom.
    pub name: String,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Written address, when given.
    pub email: Option<String>,
    /// Why they come, in their words.
    pub motive: Option<String>,
}

/// What changes in an appointment that this call has made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Which.
    pub appointment: AppointmentId,
    /// The name it is to bear.
    pub name: String,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Written address, when given.
    pub email: Option<String>,
}

/// What a caller has given to find an appointment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// The number they call from, when it is known (never one they dictate).
    pub caller: Option<E164>,
    /// The name on the appointment.
    pub name: String,
    /// Its date and hour, when given.
    pub at: Option<DateTime>,
}

/// Something for the practice to read or do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// What it is.
    pub kind: MessageKind,
    /// Who leaves it.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Their words.
    pub text: String,
    /// What they would come for and when, for the waiting list.
    pub wish: Option<Wish>,
}

/// What a message is about (`tickets.category`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A note.
    Message,
    /// Call me back.
    Callback,
    /// A prescription or a document.
    Prescription,
    /// Test results.
    Results,
    /// A complaint.
    Complaint,
    /// A place on the waiting list.
    WaitingList,
}

impl Ask {
    /// The stable short name of the question.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Openings { .. } => "openings",
            Self::Book(_) => "book",
            Self::Find(_) => "find",
            Self::Cancel(_) => "cancel",
            Self::Move { .. } => "move",
            Self::Correct(_) => "correct",
            Self::TakeMessage(_) => "message",
            Self::Complete(_) => "complete",
            Self::CreateProspect(_) => "prospect",
            Self::OpenTicket(_) => "ticket",
        }
    }
}

impl MessageKind {
    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Callback => "callback",
            Self::Prescription => "prescription",
            Self::Results => "results",
            Self::Complaint => "complaint",
            Self::WaitingList => "waiting_list",
        }
    }
}

/// Somebody who may become a customer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prospect {
    /// Who.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Written address, when given.
    pub email: Option<String>,
    /// The tenant's questions in order, with what was answered.
    pub answers: Vec<Answered>,
    /// What the answers are worth.
    pub score: Score,
}

/// A support request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// Who has it.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Written address, when given.
    pub email: Option<String>,
    /// Their words.
    pub text: String,
    /// The tenant's category, by its slug.
    pub category: String,
    /// How urgent.
    pub priority: Priority,
}

/// The outside's answer to an [`Ask`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Ask::Openings`].
    Openings {
        /// Slots that meet the wish.
        slots: Vec<Slot>,
        /// When there are none: the nearest ones.
        nearest: Vec<Slot>,
    },
    /// To [`Ask::Book`]: written.
    Booked(Receipt<Slot>),
    /// To [`Ask::Book`] and [`Ask::Move`]: somebody else has it.
    SlotTaken,
    /// To [`Ask::Book`] and [`Ask::Move`]: the tenant's rules refuse it.
    NotBookable(NotBookable),
    /// To [`Ask::Find`]: appointments that match the identity rule.
    Found(Vec<Known>),
    /// To [`Ask::Cancel`]: written.
    Cancelled(Receipt<Known>),
    /// To [`Ask::Move`]: written.
    Moved(Receipt<Slot>),
    /// To [`Ask::Correct`]: written.
    Corrected(Receipt<Correction>),
    /// To [`Ask::Cancel`], [`Ask::Move`] and [`Ask::Correct`]: it is gone or was changed meanwhile.
    Gone,
    /// To [`Ask::TakeMessage`] and [`Ask::Complete`]: written.
    MessageTaken(Receipt<TicketId>),
    /// To [`Ask::CreateProspect`]: written.
    ProspectCreated(Receipt<ProspectId>),
    /// To [`Ask::OpenTicket`]: written.
    TicketOpened(Receipt<Reference>),
    /// The outside could not be reached; nothing was written. Never told as a
    /// business answer.
    Failed,
}

/// An appointment whose owner was identified.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Which.
    pub appointment: AppointmentId,
    /// When, local.
    pub local: DateTime,
    /// For whom.
    pub name: String,
    /// What.
    pub service: ServiceId,
    /// With whom; `None` in what an older version stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
}

/// Proof that something is written in the transaction that also stores this
/// turn: if that transaction does not commit, the sentence made from the
/// receipt is never said. Confirming sentences take one as their argument, and
/// only [`Receipt::committed_with`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt<T> {
    id: String,
    of: T,
}

impl<T> Receipt<T> {
    /// Attests that the row `id` holds `of`. Called by the shell only: inside
    /// the transaction that writes the row and stores the turn, or from the
    /// answer that was stored with that transaction, to replay the turn.
    pub fn committed_with(id: impl Into<String>, of: T) -> Self {
        Self { id: id.into(), of }
    }

    /// The written row.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What was written.
    pub fn of(&self) -> &T {
        &self.of
    }
}
