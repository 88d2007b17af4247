//! One turn of a call: find it, step the dialogue, commit, answer.

use super::memory::{LastTurn, Memory};
use super::opening;
use super::serve::Dealings;
use super::store_turn::{self, Made};
use super::which::{Which, heard_key, which};
use super::{Then, TurnReply, TurnRequest};
use crate::office::Office;
use dialogue::{
    Effect, Input, MAX_ROUNDS, Mode, Next, Now, Register, Script, State, Step, technical_failure,
};
use domain::appointment::Author;
use domain::id::CallId;
use domain::routing::Channel;
use domain::tenant::Profile;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{StoreError, conversations};

/// How often a turn is tried that others overtake.
const ATTEMPTS: usize = 6;
/// The longest utterance that is read, in bytes.
const HEARD_LIMIT: usize = 4_000;
/// How long a caller waits for a database before hearing that there is a
/// problem. Longer silences end calls.
const PATIENCE: Duration = Duration::from_secs(4);

/// Answers one turn. Never fails: when nothing else is possible the caller
/// hears that there is a technical problem, and nothing is said to be done
/// that is not stored.
pub async fn answer_turn(office: &Arc<Office>, request: TurnRequest) -> TurnReply {
    let Some(call) = request.call.clone() else {
        return stateless(office, &request).await;
    };
    match tokio::time::timeout(PATIENCE, attempts(office, &call, &request)).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => {
            tracing::error!(call_id = %call, %error, "a turn could not be stored");
            technical()
        }
        Err(_) => {
            tracing::error!(call_id = %call, "the database took too long for a turn");
            technical()
        }
    }
}

async fn attempts(
    office: &Office,
    call: &CallId,
    request: &TurnRequest,
) -> Result<TurnReply, StoreError> {
    let seat = office.memories.seat(call);
    let mut memory = seat.lock().await;
    for attempt in 0..ATTEMPTS {
        match answer(office, &mut memory, call, request).await {
            // Another instance went on with this call: read it again.
            Err(StoreError::Conflict) => *memory = None,
            // A connection may have died unnoticed; what is in memory stays.
            Err(StoreError::Unavailable(_)) if attempt == 0 => {}
            answered => return answered,
        }
    }
    Err(StoreError::Conflict)
}

async fn answer(
    office: &Office,
    seat: &mut Option<Memory>,
    call: &CallId,
    request: &TurnRequest,
) -> Result<TurnReply, StoreError> {
    let known = match seat.clone() {
        Some(memory) => Some(memory),
        None => opening::find(office, call, request).await?,
    };
    let Some(memory) = known else { return Ok(refused()) };
    let (turn, key) = (i64::from(request.user_messages), heard_key(&request.heard));
    let start = match (which(memory.last.as_ref(), turn, &key), &memory.last) {
        (Which::Repeat, Some(last)) => {
            let answer = last.answer.clone();
            *seat = Some(memory);
            return Ok(answer);
        }
        (Which::Earlier, Some(last)) => {
            let (last, tenant) = (last.answer.clone(), memory.tenant);
            *seat = Some(memory);
            let mut reader = office.db.read(tenant).await?;
            let stored = conversations::answer_to(&mut reader, call, turn).await?;
            return Ok(stored.map_or(last, TurnReply::stored));
        }
        (Which::Reworded, Some(LastTurn { before: Some(before), revision, .. })) => {
            Start { state: Arc::clone(before), turn, key, revision: revision + 1 }
        }
        (Which::Reworded, Some(last)) => {
            Start { state: Arc::clone(&memory.state), turn, key, revision: last.revision + 1 }
        }
        _ => Start { state: Arc::clone(&memory.state), turn, key, revision: 0 },
    };
    let after = go_on(office, memory, call, request, start).await?;
    let reply = after.last.as_ref().map_or_else(technical, |last| last.answer.clone());
    *seat = Some(after);
    Ok(reply)
}

/// From where a turn starts.
struct Start {
    state: Arc<State>,
    turn: i64,
    key: String,
    revision: i64,
}

/// Steps the dialogue and commits.
async fn go_on(
    office: &Office,
    memory: Memory,
    call: &CallId,
    request: &TurnRequest,
    start: Start,
) -> Result<Memory, StoreError> {
    let began = Instant::now();
    let profile = office.profile(memory.tenant).await?;
    let now = office.world.clock.now();
    let found = opening::caller(request.caller.as_deref(), &profile);
    let caller = memory.caller.clone().or_else(|| found.clone());
    let mut state = State::clone(&start.state);
    state.caller.clone_from(&caller);
    state.greeted |= request.greeted;
    let mut dealings = Dealings {
        office,
        profile: &profile,
        mode: memory.mode,
        call: Some(call),
        author: author(request.channel),
        now,
        tx: None,
        wrote: Vec::new(),
    };
    let script =
        Script { profile: &profile, mode: memory.mode, register: register(request.channel) };
    let heard = heard(request);
    let input = input(request, &heard);
    let talk = talk(&script, state, input, local(&profile, now), &mut dealings).await?;
    let made = Made {
        call,
        request,
        turn: start.turn,
        revision: start.revision,
        heard,
        heard_key: start.key,
        new_caller: found.filter(|_| memory.caller.is_none()),
        before: start.state,
        talk,
        began,
    };
    store_turn::commit(dealings, Memory { caller, ..memory }, made).await
}

/// What was said in one turn, with everything that led to it.
pub(crate) struct Talk {
    /// The last step.
    pub step: Step,
    /// What was understood of the caller.
    pub understood: Option<dialogue::understand::Understanding>,
    /// What happened, over all steps.
    pub effects: Vec<Effect>,
}

async fn talk(
    script: &Script<'_>,
    state: State,
    input: Input,
    now: Now,
    dealings: &mut Dealings<'_>,
) -> Result<Talk, StoreError> {
    let mut step = dialogue::step(script, &state, &input, now);
    let understood = step.understood.take();
    let mut effects = std::mem::take(&mut step.effects);
    for _ in 0..MAX_ROUNDS {
        let Next::Ask(ask) = &step.next else { break };
        let answer = dealings.answer(ask).await?;
        step = dialogue::step(script, &step.state, &Input::Answer(answer), now);
        effects.append(&mut step.effects);
    }
    Ok(Talk { step, understood, effects })
}

/// What was heard, at most as much as anybody says in one breath.
fn heard(request: &TurnRequest) -> String {
    request.heard[..request.heard.floor_char_boundary(HEARD_LIMIT)].to_owned()
}

fn input(request: &TurnRequest, heard: &str) -> Input {
    if request.user_messages == 0 {
        return Input::Start;
    }
    match vendors::vapi::chat::keypad(heard) {
        Some(keys) => Input::Keypad(keys),
        None => Input::Heard(heard.to_owned()),
    }
}

fn author(channel: Channel) -> Author {
    match channel {
        Channel::Vocal => Author::Sara,
        _ => Author::Web,
    }
}

fn register(channel: Channel) -> Register {
    match channel {
        Channel::Vocal => Register::Voice,
        _ => Register::Written,
    }
}

/// The time of a turn on the tenant's wall.
pub(crate) fn local(profile: &Profile, now: jiff::Timestamp) -> Now {
    Now { instant: now, local: now.to_zoned(profile.zone.clone()).datetime() }
}

/// What the caller hears when the turn could not be stored.
pub(crate) fn technical() -> TurnReply {
    let say = format!("{} Pouvez-vous répéter ?", technical_failure());
    TurnReply { say, then: Then::Listen }
}

/// What a caller hears when the operator refuses calls to unknown numbers.
fn refused() -> TurnReply {
    let say = "Bonjour. Ce numéro n'est pas attribué. Au revoir.".to_owned();
    TurnReply { say, then: Then::HangUp }
}

/// A request that does not say of which call it is: answered from the start
/// each time, stored nowhere, counted.
async fn stateless(office: &Arc<Office>, request: &TurnRequest) -> TurnReply {
    super::incident(office, "missing_call_id", "turn").await;
    match answer_once(office, request).await {
        Ok(reply) => reply,
        Err(error) => {
            tracing::error!(%error, "a turn without a call could not be answered");
            technical()
        }
    }
}

async fn answer_once(office: &Office, request: &TurnRequest) -> Result<TurnReply, StoreError> {
    let place = opening::place(office, request.channel, request.dialled.as_deref()).await?;
    let Some(tenant) = place.tenant else { return Ok(refused()) };
    let profile = office.profile(tenant).await?;
    let now = local(&profile, office.world.clock.now());
    let script =
        Script { profile: &profile, mode: Mode::MessageOnly, register: register(request.channel) };
    let step = dialogue::step(
        &script,
        &State::new(request.greeted),
        &input(request, &heard(request)),
        now,
    );
    Ok(match step.next {
        Next::Ask(_) => technical(),
        Next::HangUp => TurnReply { say: step.say, then: Then::HangUp },
        Next::Listen | Next::Transfer(_) => TurnReply { say: step.say, then: Then::Listen },
    })
}
