//! News from outside that the caller hears now: after their last words, or as
//! the first thing in the call.

use super::super::facts::Found;
use super::super::memory;
use super::super::{TurnReply, engine, which};
use super::{Line, leave};
use crate::office::Office;
use crate::replay::{Kept, PROGRAM};
use dialogue::state::State;
use dialogue::{Effect, Input, Mode, Script, Step};
use domain::id::CallId;
use domain::phone::E164;
use domain::routing::Channel;
use jiff::Timestamp;
use serde_json::json;
use store::conversations::{self, ConversationRow};
use store::events::NewEvent;
use store::{StoreError, Tx, calls, events};

/// What has happened to a call.
pub(super) struct News<'a> {
    pub(super) office: &'a Office,
    pub(super) call: &'a CallId,
    pub(super) found: &'a Found,
    pub(super) input: &'a Input,
    pub(super) line: Line,
    pub(super) now: Timestamp,
}

/// Where the conversation stands.
struct Stand {
    channel: String,
    mode: Mode,
    version: i64,
    turn: i64,
    last: Option<Last>,
    state: State,
}

/// The last turn.
struct Last {
    revision: i64,
    heard_key: String,
}

impl News<'_> {
    /// Steps the dialogue with it and commits: what the caller hears, and after
    /// which turn.
    pub(super) async fn tell(
        &self,
        row: Option<ConversationRow>,
    ) -> Result<(TurnReply, i64), StoreError> {
        let tenant = self.found.profile.tenant;
        let ready = self.office.ready(tenant).await?;
        let mut tx = self.office.db.begin(tenant).await?;
        self.found.begin(&mut tx, self.office, self.call, None).await?;
        let stand = self.stand(&mut tx, row).await?;
        let script = Script {
            profile: &ready.profile,
            mode: ready.limit(stand.mode),
            register: engine::register(&stand.channel),
        };
        let now = engine::local(script.profile, self.now);
        let step = dialogue::step(&script, &stand.state, self.input, now);
        // Everywhere the call's row is locked before its conversation's: no deadlock.
        self.events(&mut tx, &script, &step).await?;
        let after = serde_json::to_string(&step.state)
            .map_err(|error| StoreError::inconsistent("conversations", error))?;
        let reply = engine::reply(&step);
        match stand.last.as_ref().filter(|_| self.line == Line::Over) {
            Some(last) => {
                self.save(&mut tx, &stand, last.revision).await?;
                let last = (stand.turn, last.revision);
                conversations::change_state(&mut tx, self.call, last, after).await?;
            }
            None => {
                let revision = stand.last.as_ref().map_or(0, |last| last.revision + 1);
                self.save(&mut tx, &stand, revision).await?;
                let kept = self.kept(&stand, &ready.version);
                let made = (&step, after, revision);
                self.turn(&mut tx, (&stand, &kept), made, &reply).await?;
            }
        }
        tx.commit().await?;
        Ok((reply, stand.turn))
    }

    async fn stand(&self, tx: &mut Tx, row: Option<ConversationRow>) -> Result<Stand, StoreError> {
        if let Some(row) = row {
            let (revision, heard_key) = (row.revision, row.heard_key);
            return Ok(Stand {
                state: memory::parse(&row.state)?,
                mode: memory::mode(&row.mode),
                channel: row.channel,
                version: row.version,
                turn: row.turn,
                last: Some(Last { revision, heard_key }),
            });
        }
        let known = calls::facts(tx, self.call).await?.unwrap_or_default();
        let caller = known.from_number.and_then(|number| E164::try_from(number).ok());
        Ok(Stand {
            channel: Channel::Vocal.as_str().to_owned(),
            mode: if known.unrouted == 1 { Mode::MessageOnly } else { Mode::Full },
            version: 0,
            turn: 0,
            last: None,
            state: State { caller, ..State::default() },
        })
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
            let (of, told) = ((self.office, script.profile), (self.call, *kind));
            leave(tx, of, told, &step.state, self.now).await?;
        }
        Ok(())
    }

    async fn save(&self, tx: &mut Tx, stand: &Stand, revision: i64) -> Result<(), StoreError> {
        let saved = conversations::Conversation {
            call: self.call,
            channel: &stand.channel,
            mode: if stand.mode == Mode::Full { "full" } else { "message_only" },
            version: stand.version,
            turn: stand.turn,
            revision,
            // A request was written: no turn starts again from before it.
            before: conversations::Before::Gone,
            control_url: None,
            now: self.now,
        };
        conversations::save(tx, &saved).await
    }

    fn kept(&self, stand: &Stand, settings: &str) -> Kept {
        let (missed, failed) = match self.input {
            Input::TransferFailed(reason) => (Some(reason.clone()), None),
            Input::AgentFailed(reason) => (None, Some(reason.clone())),
            _ => (None, None),
        };
        Kept {
            program: PROGRAM.to_owned(),
            settings: settings.to_owned(),
            caller: stand.state.caller.is_some(),
            greeted: stand.state.greeted,
            opens: stand.last.is_none(),
            instead: false,
            missed,
            failed,
            exchanges: Vec::new(),
        }
    }

    /// What is said now answers the caller's last words from here on.
    async fn turn(
        &self,
        tx: &mut Tx,
        (stand, kept): (&Stand, &Kept),
        (step, state, revision): (&Step, String, i64),
        reply: &TurnReply,
    ) -> Result<(), StoreError> {
        let (action, replay) = (reply.then.stored(), serde_json::to_string(kept).ok());
        let kinds = step.effects.iter().filter_map(|effect| match effect {
            Effect::Event { kind, .. } => Some(kind.as_str()),
            _ => None,
        });
        let first = which::heard_key("");
        let turn = conversations::NewTurn {
            call: self.call,
            turn: stand.turn,
            revision,
            heard: "",
            heard_key: stand.last.as_ref().map_or(&first, |last| &last.heard_key),
            understood: None,
            rule: step.rule,
            said: &reply.say,
            action: action.as_deref(),
            actions: &json!(kinds.collect::<Vec<_>>()).to_string(),
            replay,
            state,
            took_us: 0,
            now: self.now,
        };
        conversations::insert_turn(tx, turn).await
    }
}
