//! The functions that a provider's own model may call during a call: the same
//! rules and the same rows as the dialogue, answered with one French sentence.

mod arguments;
mod reading;
mod words;
mod writing;

use super::facts::{self, Found};
use super::{Then, incident, opening};
use crate::live::Change;
use crate::office::Office;
use dialogue::{Mode, technical_failure};
use domain::event::EventKind;
use domain::id::CallId;
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::Timestamp;
use serde_json::{Map, Value};
use store::events::NewEvent;
use store::{StoreError, Tx, calls, events};

/// How often something is tried at which other calls are faster.
const ATTEMPTS: usize = 4;

/// One call of a function.
#[derive(Debug, Clone)]
pub struct ToolCall {
    /// In which call; `None`: only questions are answered.
    pub call: Option<CallId>,
    /// The dialled number as the provider wrote it.
    pub dialled: Option<String>,
    /// The caller's number as the provider wrote it.
    pub caller: Option<String>,
    /// The function.
    pub name: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
}

/// What a function gave: a sentence saying what was found or done, or one
/// saying what could not be done.
pub type Told = Result<String, String>;

/// The answer to a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolReply {
    /// What it gave.
    pub told: Told,
    /// What follows; a transfer names who is rung.
    pub then: Then,
}

/// Carries out a function. Never fails: what goes wrong is a sentence too, and
/// nothing is said to be done that is not stored.
pub async fn tool(office: &Office, asked: ToolCall) -> ToolReply {
    match carry_out(office, &asked).await {
        Ok(reply) => reply,
        Err(error) => {
            tracing::error!(tool = asked.name.as_str(), %error, "a function could not be carried out");
            ToolReply { told: Err(technical_failure().to_owned()), then: Then::Listen }
        }
    }
}

/// Everything a function works with.
pub(crate) struct Work<'a> {
    office: &'a Office,
    profile: &'a Profile,
    call: &'a CallId,
    /// The number the network shows, never one of the arguments.
    caller: Option<E164>,
    arguments: &'a Map<String, Value>,
    now: Timestamp,
}

async fn carry_out(office: &Office, asked: &ToolCall) -> Result<ToolReply, StoreError> {
    let Some(call) = &asked.call else {
        incident(office, "missing_call_id", "tool").await;
        return Ok(listen(Err(words::no_call().to_owned())));
    };
    let Some(found) = facts::whose(office, call, asked.dialled.as_deref()).await? else {
        return Ok(listen(Err(words::no_call().to_owned())));
    };
    let (caller, mode) = prepare(office, call, &found, asked).await?;
    let work = Work {
        office,
        profile: &found.profile,
        call,
        caller,
        arguments: &asked.arguments,
        now: office.world.clock.now(),
    };
    let told = match asked.name.as_str() {
        "take_message" => work.take_message().await?,
        _ if mode == Mode::MessageOnly => Err(words::messages_only().to_owned()),
        "get_slots" | "find_slots" => work.get_slots().await?,
        "book" => work.book().await?,
        "cancel" => work.cancel().await?,
        "modify" => work.modify().await?,
        "transfer" => return work.transfer().await,
        "opening_hours" => work.opening_hours().await?,
        "faq" => work.faq().await?,
        _ => Err(words::unknown_function().to_owned()),
    };
    Ok(listen(told))
}

fn listen(told: Told) -> ToolReply {
    ToolReply { told, then: Then::Listen }
}

/// Makes sure that the call exists; gives who calls and whether only messages
/// are taken: the dialled number is nobody's, or its tenant is not in use.
async fn prepare(
    office: &Office,
    call: &CallId,
    found: &Found,
    asked: &ToolCall,
) -> Result<(Option<E164>, Mode), StoreError> {
    let brought = opening::caller(asked.caller.as_deref(), &found.profile);
    let mut tx = office.db.begin(found.profile.tenant).await?;
    found.begin(&mut tx, office, call, brought.as_ref()).await?;
    let known = calls::facts(&mut tx, call).await?.unwrap_or_default();
    tx.commit().await?;
    let caller = known.from_number.and_then(|number| E164::try_from(number).ok());
    let mode = if known.unrouted == 1 { Mode::MessageOnly } else { Mode::Full };
    let mode = office.ready(found.profile.tenant).await?.limit(mode);
    Ok((caller.or(brought), mode))
}

impl Work<'_> {
    async fn event(
        &self,
        tx: &mut Tx,
        kind: EventKind,
        subject: &str,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let event = NewEvent {
            id: self.office.world.ids.event(self.now),
            call: self.call,
            kind,
            subject,
            context: r#"{"via":"tool"}"#,
            reason,
            day: self.now.to_zoned(self.profile.zone.clone()).date(),
            at: self.now,
        };
        events::create_ivr_event(tx, &event).await
    }

    /// Stores an event that comes with no other row.
    async fn note(
        &self,
        kind: EventKind,
        subject: &str,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut tx = self.office.db.begin(self.profile.tenant).await?;
        self.event(&mut tx, kind, subject, reason).await?;
        self.commit(tx, Change::Calls).await
    }

    async fn commit(&self, tx: Tx, change: Change) -> Result<(), StoreError> {
        tx.commit().await?;
        self.office.live.publish_turn(self.profile.tenant);
        self.office.live.publish(self.profile.tenant, change);
        Ok(())
    }
}
