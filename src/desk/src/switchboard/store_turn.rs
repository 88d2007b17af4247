//! Committing a turn: the new state, the turn, its events, the booking, all or
//! nothing.

use super::answer::Talk;
use super::handoff;
use super::hold;
use super::memory::{HeardOf, LastTurn, Memory};
use super::serve::{Dealings, Wrote};
use super::{TurnReply, TurnRequest};
use super::{confirm, engine};
use crate::live::Change;
use crate::replay::{Kept, PROGRAM};
use dialogue::{Effect, Mode, State};
use domain::event::EventKind;
use domain::id::CallId;
use domain::phone::E164;
use domain::routing::Channel;
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use store::conversations::Before;
use store::events::NewEvent;
use store::{StoreError, Tx, calls, conversations, events};

/// A turn that was made and is to be stored.
pub(crate) struct Made<'a> {
    pub call: &'a CallId,
    pub request: &'a TurnRequest,
    pub turn: i64,
    pub revision: i64,
    /// It took the place of the last turn.
    pub instead: bool,
    pub caller_known: bool,
    /// The version of the tenant's settings.
    pub settings: Arc<str>,
    pub heard: String,
    pub heard_key: String,
    /// The caller's number when this turn is the first to bring it.
    pub new_caller: Option<E164>,
    /// The state the turn started from.
    pub before: Arc<State>,
    pub talk: Talk,
    pub began: Instant,
}

/// What is kept instead of words that are not to be kept.
const REDACTED: &str = "[expurgé]";

/// Stores a turn; gives what to remember of the call.
pub(crate) async fn commit(
    mut dealings: Dealings<'_>,
    memory: Memory,
    made: Made<'_>,
) -> Result<Memory, StoreError> {
    let reply = engine::reply(&made.talk.step);
    let before = dealings.wrote.is_empty().then(|| Arc::clone(&made.before));
    if handoff::leaves(&made.talk.effects) {
        // Left once in a call: the turn may start again from before it.
        dealings.wrote.push(Wrote::Ticket);
    }
    // Written out before the transaction opens: others wait for it.
    let past = match (dealings.wrote.is_empty(), memory.version, made.instead) {
        (false, ..) => Before::Gone,
        (true, 0, _) => Before::Nothing,
        (true, _, true) => Before::Kept,
        (true, _, false) => Before::Last,
    };
    let state = text_of(&made.talk.step.state)?;
    let texts = Texts { understood: understood(&made), replay: replay(&memory, &made), state };
    dealings.open().await?;
    let Some(mut tx) = dealings.tx.take() else { return Err(StoreError::Conflict) };
    if memory.version == 0 {
        begin_call(&mut tx, &dealings, &memory, &made).await?;
    } else if let Some(caller) = &made.new_caller {
        calls::note_caller(&mut tx, made.call, caller).await?;
    }
    // Everywhere the call's row is locked before its conversation's: no deadlock.
    for effect in &made.talk.effects {
        insert_event(&mut tx, &dealings, &made, effect).await?;
    }
    let held = match dealings.wrote.contains(&Wrote::Appointment) {
        // Another call that is just now looking sees the hold or the appointment,
        // never neither: the hold goes with a later turn.
        true => memory.held.clone(),
        false => {
            let needed = hold::needed(&made.talk.step.state, &reply.then);
            hold::renew(&mut tx, made.call, memory.held.as_ref(), needed, dealings.now).await?
        }
    };
    save(&mut tx, &dealings, &memory, &made, past).await?;
    insert_turn(&mut tx, &dealings, &made, (&reply, texts)).await?;
    tx.commit().await?;
    tell(&dealings, &made);
    let last = LastTurn {
        turn: made.turn,
        revision: made.revision,
        heard_key: made.heard_key,
        answer: reply,
        before,
    };
    let state = Arc::new(made.talk.step.state);
    Ok(Memory { version: memory.version + 1, last: Some(last), state, held, ..memory })
}

/// What is written of a turn in JSON.
struct Texts {
    understood: Option<String>,
    replay: Option<String>,
    state: String,
}

/// The first turn of a call writes the call.
async fn begin_call(
    tx: &mut Tx,
    dealings: &Dealings<'_>,
    memory: &Memory,
    made: &Made<'_>,
) -> Result<(), StoreError> {
    if memory.heard_of == HeardOf::Never {
        calls::place_new(tx, made.call, dealings.now).await?;
    }
    if made.request.channel != Channel::Vocal {
        return Ok(());
    }
    let begun = super::Begun {
        call: made.call,
        caller: made.new_caller.as_ref(),
        dialled: memory.dialled.as_ref(),
        mode: memory.mode,
    };
    match (memory.heard_of, begun.caller) {
        (HeardOf::Begun, Some(caller)) => calls::note_caller(tx, made.call, caller).await,
        (HeardOf::Begun, None) => Ok(()),
        (HeardOf::Never | HeardOf::Placed, _) => {
            let (office, profile, now) = (dealings.office, dealings.profile, dealings.now);
            super::begin_new_call(tx, office, profile, &begun, now).await
        }
    }
}

async fn save(
    tx: &mut Tx,
    dealings: &Dealings<'_>,
    memory: &Memory,
    made: &Made<'_>,
    before: Before,
) -> Result<(), StoreError> {
    let saved = conversations::Conversation {
        call: made.call,
        channel: made.request.channel.as_str(),
        mode: if memory.mode == Mode::Full { "full" } else { "message_only" },
        version: memory.version,
        turn: made.turn,
        revision: made.revision,
        before,
        control_url: made.request.control_url.as_deref(),
        now: dealings.now,
    };
    conversations::save(tx, &saved).await
}

fn text_of(state: &State) -> Result<String, StoreError> {
    json_of(state).map_err(|error| StoreError::inconsistent("conversations", error))
}

/// JSON in a buffer that need not grow.
fn json_of(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = Vec::with_capacity(1_000);
    serde_json::to_writer(&mut text, value)?;
    String::from_utf8(text).map_err(serde_json::Error::custom)
}

async fn insert_turn(
    tx: &mut Tx,
    dealings: &Dealings<'_>,
    made: &Made<'_>,
    (reply, texts): (&TurnReply, Texts),
) -> Result<(), StoreError> {
    let redacted = made.talk.effects.contains(&Effect::RedactHeard);
    let action = reply.then.stored();
    let took = made.began.elapsed().as_micros();
    let turn = conversations::NewTurn {
        call: made.call,
        turn: made.turn,
        revision: made.revision,
        heard: if redacted { REDACTED } else { &made.heard },
        heard_key: &made.heard_key,
        understood: texts.understood,
        rule: made.talk.step.rule,
        said: &reply.say,
        action: action.as_deref(),
        actions: &actions(&made.talk.effects),
        replay: texts.replay,
        state: texts.state,
        took_us: i64::try_from(took).unwrap_or(i64::MAX),
        now: dealings.now,
    };
    conversations::insert_turn(tx, turn).await
}

/// What was understood, as far as it may be kept.
fn understood(made: &Made<'_>) -> Option<String> {
    let redacted = made.talk.effects.contains(&Effect::RedactHeard);
    made.talk.understood.as_ref().map(|understood| match redacted {
        true => json!({ "emergency": understood.emergency }).to_string(),
        false => json_of(understood).unwrap_or_default(),
    })
}

/// What a replay of the turn needs; nothing when its words are not kept.
fn replay(memory: &Memory, made: &Made<'_>) -> Option<String> {
    if made.talk.effects.contains(&Effect::RedactHeard) {
        return None;
    }
    let kept = Kept {
        program: PROGRAM.to_owned(),
        settings: made.settings.to_string(),
        caller: made.caller_known,
        greeted: made.request.greeted,
        opens: memory.version == 0,
        instead: made.instead,
        missed: None,
        failed: None,
        exchanges: made.talk.exchanges.clone(),
    };
    json_of(&kept).ok()
}

/// The names of the events of a turn, for the call's page.
fn actions(effects: &[Effect]) -> String {
    let names = effects.iter().filter_map(|effect| match effect {
        Effect::Event { kind, .. } => Some(kind.as_str()),
        _ => None,
    });
    json!(names.collect::<Vec<_>>()).to_string()
}

async fn insert_event(
    tx: &mut Tx,
    dealings: &Dealings<'_>,
    made: &Made<'_>,
    effect: &Effect,
) -> Result<(), StoreError> {
    if let Effect::ConfirmByText { booked, to } = effect {
        return confirm::order(tx, dealings.profile, (booked, to), dealings.now).await;
    }
    let Effect::Event { kind, subject, context, reason } = effect else { return Ok(()) };
    let (office, now) = (dealings.office, dealings.now);
    let event = NewEvent {
        id: office.world.ids.event(now),
        call: made.call,
        kind: *kind,
        subject,
        context: &context.to_string(),
        reason: reason.as_deref(),
        day: engine::local(dealings.profile, now).local.date(),
        at: now,
    };
    events::create_ivr_event(tx, &event).await?;
    let of = (office, dealings.profile);
    handoff::leave(tx, of, (made.call, *kind), &made.talk.step.state, now).await
}

/// Tells the log and the open pages.
fn tell(dealings: &Dealings<'_>, made: &Made<'_>) {
    let tenant = dealings.profile.tenant;
    if let Some(caller) = &made.new_caller {
        super::log_caller(made.call, "chat", caller);
    }
    for effect in &made.talk.effects {
        if let Effect::CallerId { last2, next, context } = effect {
            log_caller_id(made.call, last2.as_deref(), next, context);
        }
        if let Effect::Event { kind: EventKind::Emergency, .. } = effect {
            tracing::warn!(call_id = %made.call, %tenant, "EMERGENCY");
        }
    }
    dealings.office.live.publish_turn(tenant);
    for wrote in &dealings.wrote {
        let change = match wrote {
            Wrote::Appointment => Change::Appointments,
            Wrote::Ticket => Change::Tickets,
            Wrote::Prospect => Change::Prospects,
        };
        dealings.office.live.publish(tenant, change);
    }
}

fn log_caller_id(call: &CallId, last2: Option<&str>, next: &str, context: &str) {
    match last2 {
        Some(last2) => {
            tracing::info!(call_id = %call, last2, next, context, "CALLER_ID_FOUND");
        }
        None => tracing::info!(call_id = %call, next, context, "CALLER_ID_NOT_FOUND"),
    }
}
