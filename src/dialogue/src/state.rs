//! The state of a call: goals and collected fields, not a list of screens.
//!
//! Serialised with the call after every turn, so every part has a default: a
//! call that began under an older version goes on under a newer one.

mod agents;
mod compact;
mod fields;
mod handoff;
mod progress;

pub use agents::{Interview, Trouble};
pub use fields::{Certainty, Contact, Field, Preference, Relative, Source, Toward};
pub use handoff::{Consent, Handoff};
pub use progress::{Done, Goal, Pending, Waiting};

use crate::ask::Known;
use crate::understand::Window;
use domain::availability::Slot;
use domain::id::ServiceId;
use domain::phone::E164;
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
    /// What was asked where only messages are taken: the message begins with it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub opening: String,
    /// True once the caller refused to give a name: a message needs none.
    #[serde(skip_serializing_if = "is_default")]
    pub nameless: bool,
    /// True once the caller said that it is urgent: the message says so.
    #[serde(skip_serializing_if = "is_default")]
    pub pressing: bool,
    /// Who comes after them in this call; empty while the name is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_name: Option<String>,
    /// What is booked after the current service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_service: Option<ServiceId>,
    /// How to reach them.
    #[serde(skip_serializing_if = "is_default")]
    pub contact: Contact,
    /// Why they come, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motive: Option<String>,
    /// When they would come.
    #[serde(skip_serializing_if = "is_default")]
    pub wish: Preference,
    /// The slots the caller is choosing from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Slot>,
    /// The hour that was said, while the only offer within it is being agreed
    /// to: "10 h" is not yet 10 h 45.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meant: Option<DateTime>,
    /// The offers among which the caller has chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Slot>,
    /// Starts already offered and not wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<DateTime>,
    /// Offers refused as a whole since the last choice.
    #[serde(skip_serializing_if = "is_default")]
    pub refusals: u8,
    /// The slot the caller has chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Slot>,
    /// Their existing appointments, once identified; the chosen one alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Known>,
    /// The one appointment that a look-up has told: what is said of a time next
    /// is about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Known>,
    /// True once an appointment was looked for in vain: what is said of it is
    /// for the practice.
    #[serde(skip_serializing_if = "is_default")]
    pub unfound: bool,
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
    #[serde(skip_serializing_if = "is_default")]
    pub silences: u8,
    /// Misunderstandings since something was last understood, whatever the question.
    #[serde(skip_serializing_if = "is_default")]
    pub lost: u8,
    /// Times the outside could not be reached.
    #[serde(skip_serializing_if = "is_default")]
    pub failures: u8,
    /// True once the caller refused to be recorded: what they say is stored redacted.
    #[serde(skip_serializing_if = "is_default")]
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
    /// The appointment that this call has moved, and when it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<(Known, DateTime)>,
    /// True when a human was offered beside the waiting list.
    #[serde(skip_serializing_if = "is_default")]
    pub human_offered: bool,
    /// What this call has booked and not yet offered to confirm in writing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unconfirmed: Vec<Known>,
    /// What the last answered question was about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub answered: String,
    /// Insults heard.
    #[serde(skip_serializing_if = "is_default")]
    pub insults: u8,
    /// True while the caller is spoken to in English.
    #[serde(skip_serializing_if = "is_default")]
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
    #[serde(skip_serializing_if = "is_default")]
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

    /// The offer that is being agreed to, since only its hour was said, and the
    /// hour as it was said.
    pub fn agreeing(&self) -> Option<(&Slot, DateTime)> {
        let meant = self.meant?;
        let [only] = &self.offered[..] else { return None };
        let same = only.local.date() == meant.date() && only.local.hour() == meant.hour();
        same.then_some((only, meant))
    }

    /// The current goal.
    pub fn goal(&self) -> Option<Goal> {
        self.goals.first().copied()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
