//! The state of a call: goals and collected fields, not a list of screens.
//!
//! Serialised with the call after every turn, so every part has a default: a
//! call that began under an older version goes on under a newer one.

use crate::ask::{Known, MessageKind};
use crate::understand::{Window, phones::Dictation};
use domain::availability::Slot;
use domain::id::ServiceId;
use domain::phone::E164;
use domain::time::Span;
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_when: Vec<Window>,
    /// The words of a message being taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
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
    /// Insults heard.
    pub insults: u8,
    /// True while the caller is spoken to in English.
    pub english: bool,
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
            (None, Some(Done::Abandoned)) => "ABANDONED",
            (None, _) => Pending::Start.as_str(),
        }
    }

    /// True when the caller got something: a booking, a move, a cancellation,
    /// an answer, a note, a transfer, or what to do in an emergency.
    pub fn served(&self) -> bool {
        self.done.iter().any(|done| *done != Done::Abandoned)
    }

    /// The current goal.
    pub fn goal(&self) -> Option<Goal> {
        self.goals.first().copied()
    }
}

/// A value the dialogue collects, with where it comes from and how sure it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
    /// How sure it is.
    pub certainty: Certainty,
}

impl<T> Field<T> {
    /// A value from `source` that needs no further question.
    pub fn sure(value: T, source: Source) -> Self {
        Self { value, source, certainty: Certainty::Sure }
    }

    /// A value that a clearer one replaces without being asked.
    pub fn likely(value: T, source: Source) -> Self {
        Self { value, source, certainty: Certainty::Likely }
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The telephone network.
    Network,
    /// Said in answer to our question.
    Answered,
    /// Said without being asked.
    Volunteered,
    /// Pressed on the keypad.
    Keyed,
}

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Confirmed, or plainly said.
    Sure,
    /// Probably right.
    Likely,
}

/// How to reach the caller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The number to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Field<E164>>,
    /// Written address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The caller said that the number they call from is not to be used.
    pub not_caller: bool,
    /// The caller prefers to leave none.
    pub withheld: bool,
    /// Groups of digits dictated so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictation: Option<Dictation>,
    /// The readings of an ambiguous dictation, as dialled nationally.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<String>,
    /// Keys pressed so far.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub keyed: String,
}

impl Contact {
    /// True when nothing more need be asked.
    pub fn settled(&self) -> bool {
        self.phone.is_some() || self.email.is_some() || self.withheld
    }
}

/// When and for what the caller would come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preference {
    /// Acceptable windows; empty: any time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Window>,
    /// Windows that do not suit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Span>,
    /// The hour that was asked for and is not free: offers are close to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<DateTime>,
    /// True once the caller has said anything about it, "n'importe quand" included.
    pub stated: bool,
    /// What is to be booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
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
    /// To correct the name or number of what this call has booked.
    Correct,
}

/// A question the caller is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// What they want.
    Start,
    /// Their name.
    QualifName,
    /// When they would come.
    QualifPref,
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
    /// Anything else.
    AnythingElse,
}

impl Pending {
    /// The public name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::QualifName => "QUALIF_NAME",
            Self::QualifPref => "QUALIF_PREF",
            Self::WaitConfirm => "WAIT_CONFIRM",
            Self::ContactConfirm => "CONTACT_CONFIRM",
            Self::QualifContact => "QUALIF_CONTACT",
            Self::IdentifyName => "IDENTIFY_NAME",
            Self::IdentifyWhen => "IDENTIFY_WHEN",
            Self::ChooseKnown => "CHOOSE_APPOINTMENT",
            Self::CancelConfirm => "CANCEL_CONFIRM",
            Self::MessageText => "MESSAGE_TEXT",
            Self::OfferMessage => "OFFER_MESSAGE",
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
    /// The caller was passed to a human.
    Transferred,
    /// The caller was told what to do in an emergency.
    Warned,
    /// The caller left with nothing.
    Abandoned,
}
