//! The dialogue of a call: understanding of French, state, decision, wording.
//!
//! Pure: no I/O, no clock, no randomness, and it never panics. Start with
//! [`step`]; [`understand::understand`] is its first half. What needs the
//! outside (free slots, a booking) is asked for with [`Next::Ask`] and comes
//! back as an [`Input::Answer`]; at most [`MAX_ROUNDS`] per caller turn.

pub mod ask;
mod decide;
pub mod handoff;
pub mod speak;
pub mod state;
pub mod understand;
mod wording;

pub use ask::{Answer, Ask, Receipt};
pub use state::State;
pub use wording::breakdown::{not_in_service, out_of_order};
pub use wording::contact::{
    VOCAL_CONTACT_CONFIRM_CALLER_ID, VOCAL_CONTACT_CONFIRM_NO, VOCAL_CONTACT_CONFIRM_OK,
    VOCAL_CONTACT_NO_CALLER_ID,
};
pub use wording::greeting::first_message;
pub use wording::recovery::failed as technical_failure;

use domain::{event::EventKind, phone::E164, tenant::Profile};
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

/// Rounds of question and answer with the outside in one caller turn.
pub const MAX_ROUNDS: usize = 4;

/// What the assistant of one call may say and do.
#[derive(Debug, Clone)]
pub struct Script<'a> {
    /// The tenant whose number was dialled.
    pub profile: &'a Profile,
    /// How far it may go.
    pub mode: Mode,
    /// Spoken or written.
    pub register: Register,
}

/// How far the assistant may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything the tenant's agents do.
    Full,
    /// The dialled number is nobody's: neutral wording, no tenant's name,
    /// no booking; a message is taken.
    MessageOnly,
}

/// Spoken or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// A telephone voice.
    Voice,
    /// The written demo, SMS, WhatsApp.
    Written,
}

/// The time of a turn, in both forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub instant: Timestamp,
    /// The tenant's wall clock at that instant.
    pub local: DateTime,
}

/// What comes into the dialogue.
#[derive(Debug, Clone)]
pub enum Input {
    /// The call begins and we speak first. (Not sent when the provider speaks
    /// the first message itself: [`State::new`] with `greeted` says so.)
    Start,
    /// The caller said something; empty or blank text is silence.
    Heard(String),
    /// The caller pressed keys (`0-9*#`).
    Keypad(String),
    /// What was asked for with [`Next::Ask`].
    Answer(Answer),
    /// The call was being passed to a human, and nobody picked up: why, as a
    /// short stable name (`no-answer`, `busy`, ...).
    TransferFailed(String),
    /// Whoever was speaking for us cannot go on, and we take over: why, as a
    /// short stable name (`unreachable`, `broke_off`).
    AgentFailed(String),
}

/// The outcome of one step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state after it.
    pub state: State,
    /// What to say; empty while asking the outside.
    pub say: String,
    /// What happened, to be stored with the turn.
    pub effects: Vec<Effect>,
    /// What to do next.
    pub next: Next,
    /// Why: the rule that decided, a stable short name (`offer_slots`,
    /// `confirm_caller_number`, ...), shown on the call's page.
    pub rule: &'static str,
    /// What was understood, for the call's page; `None` for answers.
    pub understood: Option<understand::Understanding>,
}

/// Something to store.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// An event of the call.
    Event {
        /// Its kind.
        kind: EventKind,
        /// What distinguishes two events of one kind in one call (an
        /// appointment's id, a question); empty when there can be only one.
        subject: String,
        /// Facts without personal data.
        context: serde_json::Value,
        /// A short reason, when there is one.
        reason: Option<String>,
    },
    /// A diagnostic line for the log: `CALLER_ID_FOUND` or `CALLER_ID_NOT_FOUND`.
    CallerId {
        /// The last two digits when the caller's number is known.
        last2: Option<String>,
        /// The question that follows (`CONTACT_CONFIRM`, `QUALIF_CONTACT`).
        next: &'static str,
        /// What is being done ("booking").
        context: &'static str,
    },
    /// The heard text of this turn is stored redacted.
    RedactHeard,
    /// The caller wants this appointment confirmed by text message.
    ConfirmByText {
        /// Which.
        booked: ask::Known,
        /// Where to.
        to: E164,
    },
}

/// What to do after saying [`Step::say`].
#[derive(Debug, Clone)]
pub enum Next {
    /// Wait for the caller.
    Listen,
    /// Ask the outside and step again with the answer.
    Ask(Ask),
    /// Say it and pass the call to this number.
    Transfer(E164),
    /// Say it and hang up.
    HangUp,
}

/// Advances a call: total, deterministic, never panics.
pub fn step(script: &Script<'_>, state: &State, input: &Input, now: Now) -> Step {
    decide::step(script, state, input, now)
}

/// What to store when the call ends without our having said goodbye: an
/// abandon, when the caller got nothing.
pub fn ended(state: &State) -> Vec<Effect> {
    decide::ended(state)
}
