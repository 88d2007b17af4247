//! Nobody picked up: the caller comes back, and the practice finds somebody to
//! call, even when the caller hangs up at once.

use super::super::memory;
use super::super::{Then, TurnReply, engine, facts};
use super::{leave, note};
use crate::live::Change;
use crate::office::Office;
use crate::replay::{Kept, PROGRAM};
use dialogue::state::State;
use dialogue::{Effect, Input, Script, Step};
use domain::event::EventKind;
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use jiff::Timestamp;
use serde_json::json;
use store::conversations::{self, ConversationRow};
use store::events::NewEvent;
use store::{StoreError, Tx, calls, events};

/// How often it is tried to take note of a failed transfer that turns overtake.
const ATTEMPTS: usize = 6;

/// Whether the caller is still there when a transfer is reported to have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// They are, and hear what we say.
    Open,
    /// The call is over.
    Over,
}

/// Takes note that a transfer failed, for this reason: the event, the request to
/// call back, and what the caller hears now. `None` when nobody was being rung,
/// or when that is known already.
pub async fn transfer_failed(
    office: &Office,
    call: &CallId,
    reason: &str,
    line: Line,
) -> Result<Option<TurnReply>, StoreError> {
    let Some(found) = facts::whose(office, call, None).await? else { return Ok(None) };
    let seat = office.memories.seat(call);
    let mut seat = seat.lock().await;
    for _ in 0..ATTEMPTS {
        let failure = Failure { office, call, reason, line, now: now(office) };
        match failure.take_note(found.profile.tenant).await {
            Err(StoreError::Conflict) => {}
            Ok(reply) => {
                if reply.is_some() {
                    // What this process knew of the call is out of date.
                    *seat = None;
                    office.live.publish(found.profile.tenant, Change::Tickets);
                    office.live.publish(found.profile.tenant, Change::Calls);
                }
                return Ok(reply);
            }
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}

fn now(office: &Office) -> Timestamp {
    engine::to_the_millisecond(office.world.clock.now())
}

/// A report that a transfer failed.
struct Failure<'a> {
    office: &'a Office,
    call: &'a CallId,
    reason: &'a str,
    line: Line,
    now: Timestamp,
}

impl Failure<'_> {
    async fn take_note(&self, tenant: TenantId) -> Result<Option<TurnReply>, StoreError> {
        // Most reports are of calls that nobody passed on: those write nothing.
        let mut reader = self.office.db.read(tenant).await?;
        let row = conversations::load(&mut reader, self.call).await?;
        let state = row.as_ref().map(|row| memory::parse(&row.state)).transpose()?;
        let state = state.unwrap_or_default();
        if let Some(row) = row.filter(|_| state.is_ringing()) {
            drop(reader);
            return self.come_back(tenant, row, &state).await.map(Some);
        }
        let passed = events::happened(&mut reader, self.call, EventKind::TransferredHuman).await?
            && !events::happened(&mut reader, self.call, EventKind::TransferFailed).await?;
        let caller = calls::facts(&mut reader, self.call).await?.unwrap_or_default().from_number;
        drop(reader);
        if !passed {
            return Ok(None);
        }
        let caller = caller.and_then(|number| E164::try_from(number).ok());
        self.without_dialogue(tenant, State { caller, ..state }).await.map(Some)
    }

    /// The dialogue goes on from there.
    async fn come_back(
        &self,
        tenant: TenantId,
        row: ConversationRow,
        state: &State,
    ) -> Result<TurnReply, StoreError> {
        let ready = self.office.ready(tenant).await?;
        let script = Script {
            profile: &ready.profile,
            mode: memory::mode(&row.mode),
            register: engine::register(&row.channel),
        };
        let input = Input::TransferFailed(self.reason.to_owned());
        let step = dialogue::step(&script, state, &input, engine::local(script.profile, self.now));
        let mut tx = self.office.db.begin(tenant).await?;
        // Everywhere the call's row is locked before its conversation's: no deadlock.
        self.events(&mut tx, &script, &step).await?;
        let after = serde_json::to_string(&step.state)
            .map_err(|error| StoreError::inconsistent("conversations", error))?;
        let reply = engine::reply(&step);
        if self.line != Line::Open {
            let last = (row.turn, row.revision);
            self.save(&mut tx, &row, last.1).await?;
            conversations::change_state(&mut tx, self.call, last, after).await?;
        } else {
            self.save(&mut tx, &row, row.revision + 1).await?;
            let kept = Kept {
                program: PROGRAM.to_owned(),
                settings: ready.version.to_string(),
                caller: state.caller.is_some(),
                greeted: state.greeted,
                opens: false,
                instead: false,
                missed: Some(self.reason.to_owned()),
                exchanges: Vec::new(),
            };
            self.turn(&mut tx, (&row, &kept), (&step, after), &reply).await?;
        }
        tx.commit().await?;
        Ok(reply)
    }

    async fn events(
        &self,
        tx: &mut Tx,
        script: &Script<'_>,
        step: &Step,
    ) -> Result<(), StoreError> {
        for effect in &step.effects {
            let Effect::Event { kind, subject, context, reason } = effect else { continue };
            let event = NewEvent {
                id: self.office.world.ids.event(self.now),
                call: self.call,
                kind: *kind,
                subject,
                context: &context.to_string(),
                reason: reason.as_deref(),
                day: engine::local(script.profile, self.now).local.date(),
                at: self.now,
            };
            events::create_ivr_event(tx, &event).await?;
            leave(tx, self.office, (self.call, *kind), &step.state, self.now).await?;
        }
        Ok(())
    }

    async fn save(
        &self,
        tx: &mut Tx,
        row: &ConversationRow,
        revision: i64,
    ) -> Result<(), StoreError> {
        let saved = conversations::Conversation {
            call: self.call,
            channel: &row.channel,
            mode: &row.mode,
            version: row.version,
            turn: row.turn,
            revision,
            // A request was written: no turn starts again from before it.
            before: conversations::Before::Gone,
            control_url: None,
            now: self.now,
        };
        conversations::save(tx, &saved).await
    }

    /// What is said now answers the caller's last words from here on.
    async fn turn(
        &self,
        tx: &mut Tx,
        (last, kept): (&ConversationRow, &Kept),
        (step, state): (&Step, String),
        reply: &TurnReply,
    ) -> Result<(), StoreError> {
        let (action, replay) = (reply.then.stored(), serde_json::to_string(kept).ok());
        let turn = conversations::NewTurn {
            call: self.call,
            turn: last.turn,
            revision: last.revision + 1,
            heard: "",
            heard_key: &last.heard_key,
            understood: None,
            rule: step.rule,
            said: &reply.say,
            action: action.as_deref(),
            actions: &json!([EventKind::TransferFailed.as_str()]).to_string(),
            replay,
            state,
            took_us: 0,
            now: self.now,
        };
        conversations::insert_turn(tx, turn).await
    }

    /// A call that a provider's own model passed on: there is no dialogue of ours
    /// to go on with.
    async fn without_dialogue(
        &self,
        tenant: TenantId,
        state: State,
    ) -> Result<TurnReply, StoreError> {
        let profile = self.office.profile(tenant).await?;
        let mut tx = self.office.db.begin(tenant).await?;
        let told = (self.call, EventKind::TransferFailed, Some(self.reason));
        note(&mut tx, self.office, &profile, told, self.now).await?;
        let left = (self.call, EventKind::TransferFailed);
        leave(&mut tx, self.office, left, &state, self.now).await?;
        tx.commit().await?;
        let say = dialogue::handoff::fallback_message();
        Ok(TurnReply { say, then: Then::Listen })
    }
}
