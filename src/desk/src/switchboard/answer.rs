//! One turn of a call: find it, step the dialogue, commit, answer.

use super::engine::{self, Told, heard, input, local, register};
use super::memory::{LastTurn, Memory};
use super::opening;
use super::serve::Dealings;
use super::store_turn::{self, Made};
use super::which::{Which, heard_key, which};
use super::{Then, TurnReply, TurnRequest};
use crate::office::Office;
use crate::replay::Exchange;
use dialogue::{
    Effect, Input, MAX_ROUNDS, Mode, Next, Now, Script, State, Step, technical_failure,
};
use domain::appointment::Author;
use domain::id::CallId;
use domain::routing::Channel;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{StoreError, conversations};

/// How often a turn is tried that others overtake.
const ATTEMPTS: usize = 12;
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
        if memory.is_none() {
            let known = match attempt {
                0 => opening::guess(office, call, request).await,
                _ => opening::find(office, call, request).await,
            };
            match known {
                Ok(known) => *memory = known,
                Err(StoreError::Unavailable(_)) if attempt == 0 => continue,
                Err(error) => return Err(error),
            }
        }
        match answer(office, &mut memory, call, request).await {
            // Somebody else was faster, with this call or with a slot: read again.
            Err(StoreError::Conflict) => *memory = None,
            // A connection may have died unnoticed; what is in memory stays.
            Err(StoreError::Unavailable(_)) if attempt == 0 => {}
            answered => {
                // Nothing more is expected; what comes all the same is read again.
                if answered.as_ref().is_ok_and(|reply| reply.then == Then::HangUp) {
                    office.memories.forget(call);
                }
                return answered;
            }
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
    let Some(memory) = seat.clone() else { return Ok(refused()) };
    let (turn, key) = (i64::from(request.user_messages), heard_key(&request.heard));
    let start = match (which(memory.last.as_ref(), turn, &key), &memory.last) {
        (Which::Repeat, Some(last)) => {
            let answer = last.answer.clone();
            return Ok(answer);
        }
        (Which::Earlier, Some(last)) => {
            let (last, tenant) = (last.answer.clone(), memory.tenant);
            let mut reader = office.db.read(tenant).await?;
            let stored = conversations::answer_to(&mut reader, call, turn).await?;
            return Ok(stored.map_or(last, TurnReply::stored));
        }
        (Which::Reworded, Some(LastTurn { before: Some(before), revision, .. })) => {
            Start { state: Arc::clone(before), turn, key, revision: revision + 1, instead: true }
        }
        (Which::Reworded, Some(last)) => {
            let state = Arc::clone(&memory.state);
            Start { state, turn, key, revision: last.revision + 1, instead: false }
        }
        _ => Start { state: Arc::clone(&memory.state), turn, key, revision: 0, instead: false },
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
    /// It takes the place of the last turn: it starts where that started.
    instead: bool,
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
    let ready = office.ready(memory.tenant).await?;
    let memory = Memory { mode: ready.limit(memory.mode), ..memory };
    let profile = ready.profile;
    let now = engine::to_the_millisecond(office.world.clock.now());
    let found = opening::caller(request.caller.as_deref(), &profile);
    let caller = memory.caller.clone().or_else(|| found.clone());
    let told = Told { caller: caller.as_ref(), greeted: request.greeted };
    let state = told.set_out(&start.state);
    let mut dealings = Dealings {
        office,
        profile: &profile,
        mode: memory.mode,
        call: Some(call),
        author: author(request.channel),
        now,
        held: memory.held.clone(),
        tx: None,
        wrote: Vec::new(),
    };
    let register = register(request.channel.as_str());
    let script = Script { profile: &profile, mode: memory.mode, register };
    let heard = heard(&request.heard);
    let input = input(start.turn, &heard);
    let talk = talk(&script, state, input, local(&profile, now), &mut dealings).await?;
    let made = Made {
        call,
        request,
        turn: start.turn,
        revision: start.revision,
        instead: start.instead,
        caller_known: caller.is_some(),
        settings: ready.version,
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
    /// What was asked of the outside, and what it answered.
    pub exchanges: Vec<Exchange>,
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
    let mut exchanges = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let Next::Ask(ask) = &step.next else { break };
        let answer = dealings.answer(ask).await?;
        exchanges.push(Exchange::of(ask, &answer));
        step = dialogue::step(script, &step.state, &Input::Answer(answer), now);
        effects.append(&mut step.effects);
    }
    Ok(Talk { step, understood, effects, exchanges })
}

fn author(channel: Channel) -> Author {
    match channel {
        Channel::Vocal => Author::Sara,
        _ => Author::Web,
    }
}

/// What the caller hears when the turn could not be stored.
pub(crate) fn technical() -> TurnReply {
    let say = format!("{} Pouvez-vous répéter ?", technical_failure());
    TurnReply { say, then: Then::Listen }
}

/// What a caller hears when the operator refuses calls to unknown numbers.
fn refused() -> TurnReply {
    TurnReply { say: dialogue::not_in_service().to_owned(), then: Then::HangUp }
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
    let register = register(request.channel.as_str());
    let script = Script { profile: &profile, mode: Mode::MessageOnly, register };
    let input = input(request.user_messages.into(), &heard(&request.heard));
    let step = dialogue::step(&script, &State::new(request.greeted), &input, now);
    Ok(match step.next {
        Next::Ask(_) => technical(),
        Next::HangUp => TurnReply { say: step.say, then: Then::HangUp },
        Next::Listen | Next::Transfer(_) => TurnReply { say: step.say, then: Then::Listen },
    })
}
