//! Where a call stands: what is wanted, what is asked, what has been achieved.

use crate::ask::{Known, MessageKind};
use domain::support::Reference;
use serde::{Deserialize, Serialize};

/// What a caller wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A new appointment.
    Book,
    /// To cancel one.
    Cancel,
    /// To move one.
    Move,
    /// To hear of one.
    Lookup,
    /// To leave something for the practice.
    Message(MessageKind),
    /// To tell what they are looking for: the tenant's questions.
    Qualify,
    /// To have something looked after: a support request.
    Support,
    /// To correct the name or number of what this call has booked.
    Correct,
}

/// A question the caller is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// What they want.
    Start,
    /// Whether they agree to be recorded.
    Consent,
    /// Their name.
    QualifName,
    /// When they would come.
    QualifPref,
    /// With whom they would come.
    WithWhom,
    /// Which of the offered slots.
    WaitConfirm,
    /// Whether the caller's number is the right one.
    ContactConfirm,
    /// Their number.
    QualifContact,
    /// The name on an existing appointment.
    IdentifyName,
    /// The date and hour of an existing appointment.
    IdentifyWhen,
    /// Which of their appointments.
    ChooseKnown,
    /// Whether to cancel it.
    CancelConfirm,
    /// What to note for the practice.
    MessageText,
    /// Whether to take a message, as what was asked cannot be done.
    OfferMessage,
    /// One of the tenant's own questions; `State::interview` says which.
    QualifQuestion,
    /// Whether a prospect would like an appointment as well.
    OfferAppointment,
    /// What has to be looked after.
    TicketText,
    /// What it is about.
    TicketCategory,
    /// How urgent it is.
    TicketUrgency,
    /// The waiting list, a callback or a human, as no slot suits.
    OfferWaiting,
    /// Whether to confirm by text message.
    ConfirmByText,
    /// Anything else.
    AnythingElse,
}

impl Pending {
    /// The public name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Consent => "RECORDING_CONSENT",
            Self::QualifName => "QUALIF_NAME",
            Self::QualifPref => "QUALIF_PREF",
            Self::WithWhom => "WITH_WHOM",
            Self::WaitConfirm => "WAIT_CONFIRM",
            Self::ContactConfirm => "CONTACT_CONFIRM",
            Self::QualifContact => "QUALIF_CONTACT",
            Self::IdentifyName => "IDENTIFY_NAME",
            Self::IdentifyWhen => "IDENTIFY_WHEN",
            Self::ChooseKnown => "CHOOSE_APPOINTMENT",
            Self::CancelConfirm => "CANCEL_CONFIRM",
            Self::MessageText => "MESSAGE_TEXT",
            Self::OfferMessage => "OFFER_MESSAGE",
            Self::QualifQuestion => "QUALIF_QUESTION",
            Self::OfferAppointment => "OFFER_APPOINTMENT",
            Self::TicketText => "TICKET_TEXT",
            Self::TicketCategory => "TICKET_CATEGORY",
            Self::TicketUrgency => "TICKET_URGENCY",
            Self::OfferWaiting => "OFFER_WAITING_LIST",
            Self::ConfirmByText => "CONFIRM_BY_TEXT",
            Self::AnythingElse => "ANYTHING_ELSE",
        }
    }
}

/// What the outside is being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named after the questions in `ask`")]
pub enum Waiting {
    Openings,
    Book,
    Find,
    Cancel,
    Move,
    Correct,
    Message,
    Prospect,
    Ticket,
}

/// Something achieved in this call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// An appointment was made.
    Booked(Option<Known>),
    /// An appointment was cancelled.
    Cancelled,
    /// An appointment was moved.
    Moved,
    /// A question was answered.
    Answered,
    /// Something was noted for the practice.
    Noted,
    /// The prospect was stored.
    Qualified,
    /// A support request was opened.
    Ticketed(Reference),
    /// The caller was passed to a human.
    Transferred,
    /// The caller was told what to do in an emergency.
    Warned,
    /// The caller left with nothing.
    Abandoned,
}
