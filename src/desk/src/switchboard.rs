//! Calls, before and while their tenant is known.

mod agents;
mod answer;
mod arrival;
mod assistant;
mod confirm;
mod ending;
pub(crate) mod engine;
mod facts;
mod handoff;
pub(crate) mod hold;
pub(crate) mod memory;
mod opening;
mod serve;
mod store_turn;
mod tool;
mod which;

pub use answer::answer_turn;
pub use arrival::{
    Agent, Answering, Arrival, arrive, bridge, carrier_ended, is_long_over, rings, unreachable,
};
pub use assistant::{AssistantPlan, assistant_for, first_message};
pub use ending::{CallEnd, SILENCE, agent_ended, call_ended, close_silent_calls};
pub use facts::{CallFacts, call_facts};
pub use handoff::{
    Alone, Destination, Line, Resumed, left_alone, ringing, transfer_destination, transfer_failed,
};
pub use opening::{Place, place};
pub use tool::{Told, ToolCall, ToolReply, tool};

use crate::office::Office;
use dialogue::Mode;
use domain::event::EventKind;
use domain::tenant::Profile;
use domain::{id::CallId, phone::E164, routing::Channel};
use jiff::Timestamp;
use store::events::NewEvent;
use store::{StoreError, Tx, calls, events, hooks};

/// One turn of a call or written conversation, as a provider sent it.
#[derive(Debug, Clone)]
pub struct TurnRequest {
    /// The provider's name of the call. `None`: the caller is answered
    /// politely, nothing is stored, the case is counted.
    pub call: Option<CallId>,
    /// By which channel.
    pub channel: Channel,
    /// The dialled number as the provider wrote it.
    pub dialled: Option<String>,
    /// The caller's number as the provider wrote it.
    pub caller: Option<String>,
    /// How many user messages the history has, this one included. Zero: the
    /// provider asks us to speak first.
    pub user_messages: u32,
    /// The text of the last user message; empty when nothing was heard.
    pub heard: String,
    /// True when the history already has an assistant message (ours, with the
    /// disclosure, spoken by the provider).
    pub greeted: bool,
    /// The call's live-control URL, already checked to be the provider's.
    pub control_url: Option<String>,
}

/// What to say and do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnReply {
    /// The sentence; never empty.
    pub say: String,
    /// What follows it.
    pub then: Then,
}

/// What follows a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Listen to the caller.
    Listen,
    /// End the call.
    HangUp,
    /// Pass the call to this number.
    Transfer(E164),
}

/// A call that begins.
pub(crate) struct Begun<'a> {
    pub call: &'a CallId,
    pub caller: Option<&'a E164>,
    pub dialled: Option<&'a E164>,
    pub mode: Mode,
}

impl<'a> Begun<'a> {
    fn row(&self, office: &Office, profile: &Profile, now: Timestamp) -> calls::NewCall<'a> {
        calls::NewCall {
            call: self.call,
            id: office.world.ids.uuid(now),
            from: self.caller,
            to: self.dialled,
            unrouted: self.mode == Mode::MessageOnly,
            day: now.to_zoned(profile.zone.clone()).date(),
            at: now,
        }
    }
}

/// Writes a call with its first event, unless it exists; true when it was
/// written. The call's tenant is settled already.
pub(crate) async fn begin_call(
    tx: &mut Tx,
    office: &Office,
    profile: &Profile,
    begun: &Begun<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let new = begun.row(office, profile, now);
    if !calls::insert(tx, &new).await? {
        return Ok(false);
    }
    first_event(tx, office, &new).await?;
    Ok(true)
}

/// Writes a call that does not exist, with its first event.
/// [`StoreError::Conflict`], here or at the commit, when it does.
pub(crate) async fn begin_new_call(
    tx: &mut Tx,
    office: &Office,
    profile: &Profile,
    begun: &Begun<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let new = begun.row(office, profile, now);
    calls::insert_new(tx, &new).await?;
    first_event(tx, office, &new).await
}

async fn first_event(
    tx: &mut Tx,
    office: &Office,
    new: &calls::NewCall<'_>,
) -> Result<(), StoreError> {
    if new.unrouted {
        let detail = new.to.map_or_else(|| "none".to_owned(), E164::masked);
        hooks::count_incident(tx, "unrouted_number", &detail, new.at).await?;
    }
    let started = NewEvent {
        id: office.world.ids.event(new.at),
        call: new.call,
        kind: EventKind::CallStarted,
        subject: "",
        context: "{}",
        reason: None,
        day: new.day,
        at: new.at,
    };
    events::create_ivr_event(tx, &started).await
}

/// Counts a case that an operator must see. A failure is logged only: no call
/// is harmed by it.
pub async fn incident(office: &Office, kind: &str, masked_detail: &str) {
    if let Err(error) = count_incident(office, kind, masked_detail).await {
        tracing::error!(kind, %error, "an incident could not be counted");
    }
}

/// Keeps a webhook that could not be read, for a person to look at, and counts
/// it. The body is redacted by the caller; the same one again is kept once. A
/// failure is logged only.
pub async fn set_aside(office: &Office, provider: &str, redacted: &str, problem: &str) {
    if let Err(error) = keep_aside(office, provider, redacted, problem).await {
        tracing::error!(provider, problem, %error, "an unreadable webhook could not be kept");
    }
}

async fn keep_aside(
    office: &Office,
    provider: &str,
    redacted: &str,
    problem: &str,
) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let key = which::heard_key(redacted);
    let hook = hooks::Hook { provider, key: &key, kind: "unreadable", call: None };
    let mut tx = office.db.begin_directory().await?;
    hooks::set_aside(&mut tx, &hook, (redacted, problem), now).await?;
    hooks::count_incident(&mut tx, "unreadable_hook", provider, now).await?;
    tx.commit().await
}

async fn count_incident(office: &Office, kind: &str, detail: &str) -> Result<(), StoreError> {
    let mut tx = office.db.begin_directory().await?;
    hooks::count_incident(&mut tx, kind, detail, office.world.clock.now()).await?;
    tx.commit().await
}

/// The line that says that the caller's number is known now.
pub(crate) fn log_caller(call: &CallId, msg_type: &str, caller: &E164) {
    tracing::info!(call_id = %call, msg_type, phone_masked = caller.masked(), "CALLER_ID_PERSISTED");
}
