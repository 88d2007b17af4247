//! The state of a call: goals and collected fields, not a list of screens.
//!
//! Serialised with the call after every turn, so every part has a default: a
//! call that began under an older version goes on under a newer one.

mod agents;
mod compact;
mod fields;
mod handoff;

pub use agents::{Interview, Trouble};
pub use fields::{Certainty, Contact, Field, Preference, Source};
pub use handoff::{Consent, Handoff};

use crate::ask::{Known, MessageKind};
use crate::understand::Window;
use domain::availability::Slot;
use domain::phone::E164;
use domain::support::Reference;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything a call remembers between turns. Serialised with the call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The number the caller calls from, when the network shows it. Set by the
    /// shell before each step, never by the dialogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller: Option<E164>,
    /// True once the disclosure has been said (by us or by the provider's
    /// first message).
    pub greeted: bool,
    /// What the caller wants, the current goal first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// The question the caller is to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// What the outside is being asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waiting>,
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Field<String>>,
    /// How to reach them.
    pub contact: Contact,
    /// Why they come, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motive: Option<String>,
    /// When they would come.
    pub wish: Preference,
    /// The slots the caller is choosing from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Slot>,
    /// Starts already offered and not wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<DateTime>,
    /// Offers refused as a whole since the last choice.
    pub refusals: u8,
    /// The slot the caller has chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Slot>,
    /// Their existing appointments, once identified; the chosen one alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Known>,
    /// What they said of the existing appointment's date.
    #[serde(with = "compact", skip_serializing_if = "Vec::is_empty")]
    pub known_when: Vec<Window>,
    /// The words of a message being taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The tenant's questions, as far as they are answered.
    #[serde(skip_serializing_if = "Interview::is_empty")]
    pub interview: Interview,
    /// The support request being taken.
    #[serde(skip_serializing_if = "Trouble::is_empty")]
    pub trouble: Trouble,
    /// Misunderstandings per question, by its public name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stumbles: BTreeMap<String, u8>,
    /// Silent turns in a row.
    pub silences: u8,
    /// Misunderstandings since something was last understood, whatever the question.
    pub lost: u8,
    /// Times the outside could not be reached.
    pub failures: u8,
    /// True once the caller refused to be recorded: what they say is stored redacted.
    pub unrecorded: bool,
    /// Whether the caller agrees to be recorded, where that is asked.
    #[serde(skip_serializing_if = "is_default")]
    pub consent: Consent,
    /// Where passing to a human stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Handoff>,
    /// The last words of a transfer rule that were said, as the tenant writes them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cue: String,
    /// What was looked for in vain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sought: Option<Preference>,
    /// The appointment that the caller would move if a place came free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moving: Option<DateTime>,
    /// True when a human was offered beside the waiting list.
    #[serde(skip_serializing_if = "is_default")]
    pub human_offered: bool,
    /// What the last answered question was about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub answered: String,
    /// Insults heard.
    pub insults: u8,
    /// True while the caller is spoken to in English.
    pub english: bool,
    /// Words that a pause seems to have cut, to be read with what follows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unfinished: String,
    /// The last thing said, for "pardon ?".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub last_said: String,
    /// Sentences that precede the reply, kept while the outside is asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lead: String,
    /// Rounds with the outside in this turn.
    pub rounds: u8,
    /// What has been achieved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Done>,
}

impl State {
    /// A call that begins. `greeted`: the provider has already spoken our
    /// first message, which contains the disclosure.
    pub fn new(greeted: bool) -> Self {
        Self { greeted, ..Self::default() }
    }

    /// The public name of what is expected now: of the pending question, or of
    /// the outcome once the call is over.
    pub fn pending_name(&self) -> &'static str {
        match (self.pending, self.done.last()) {
            (Some(pending), _) => pending.as_str(),
            (None, Some(Done::Transferred)) => "TRANSFERRED",
            (None, Some(Done::Booked(_))) => "CONFIRMED",
            (None, Some(Done::Qualified)) => "QUALIFIED",
            (None, Some(Done::Ticketed(_))) => "TICKET_OPENED",
            (None, Some(Done::Abandoned)) => "ABANDONED",
            (None, _) => Pending::Start.as_str(),
        }
    }

    /// True when the caller got something: a booking, a move, a cancellation,
    /// an answer, a note, a transfer, or what to do in an emergency.
    pub fn served(&self) -> bool {
        self.done.iter().any(|done| *done != Done::Abandoned)
    }

    /// True while somebody is being rung for the caller.
    pub fn is_ringing(&self) -> bool {
        matches!(self.handoff, Some(Handoff::Ringing { .. }))
    }

    /// The current goal.
    pub fn goal(&self) -> Option<Goal> {
        self.goals.first().copied()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

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
