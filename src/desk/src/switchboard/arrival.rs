//! A call that arrives at a telephone company: who answers it?

use super::facts::{self, Found};
use super::handoff::{self, Destination};
use super::incident;
use crate::live::Change;
use crate::office::Office;
use crate::providers::{Providers, Voice};
use dialogue::Mode;
use domain::event::EventKind;
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use jiff::{SignedDuration, Timestamp};
use serde_json::Map;
use std::time::Duration;
use store::calls::{self, carrier};
use store::{StoreError, Tx, numbers};
use vendors::elevenlabs::api::AgentId;
use vendors::elevenlabs::bridge::Bridge as ElevenLabsBridge;
use vendors::fault::{Fault, Outcome};
use vendors::vapi::api::{AssistantId, NumberId};
use vendors::vapi::bridge::Bridge as VapiBridge;

/// How long a voice provider may take to take a call over: the caller hears
/// it ring, and the telephone company waits 15 seconds for all of our answer.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// A call that ended so long ago is not heard of again.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// A call that arrives.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The telephone company's name for it.
    pub call: CallId,
    /// The dialled number as it is written.
    pub dialled: Option<String>,
    /// The caller's number as it is written.
    pub caller: Option<String>,
    /// The line that passed the call on to ours, as it is written.
    pub forwarded_from: Option<String>,
}

/// Who answers.
#[derive(Debug, Clone)]
pub enum Answering {
    /// Nobody: the operator refuses calls to numbers that are nobody's.
    Refused,
    /// The call is over already.
    Over,
    /// We ourselves, by what the telephone company hears and says for us.
    Assistant,
    /// A voice agent.
    Agent(Box<Agent>),
    /// A human.
    Human(Destination),
    /// The number's agent rests, and there is no human: a request to call back.
    Resting,
}

/// A voice agent for a call.
#[derive(Debug, Clone)]
pub struct Agent {
    tenant: TenantId,
    call: CallId,
    voice: Voice,
    /// The provider's name of it.
    name: String,
    /// The provider's name of the dialled number.
    number: Option<String>,
    dialled: E164,
    caller: Option<E164>,
}

/// Takes note of a call that arrives, and says who answers it: any number of
/// times, and always the same while nothing changes.
pub async fn arrive(office: &Office, arrival: &Arrival) -> Result<Answering, StoreError> {
    let dialled = arrival.dialled.as_deref();
    let Some(found) = facts::whose(office, &arrival.call, dialled).await? else {
        let number = dialled.and_then(|raw| E164::parse(raw, "FR").ok());
        let masked = number.map_or_else(|| "none".to_owned(), |number| number.masked());
        incident(office, "unrouted_number", &masked).await;
        return Ok(Answering::Refused);
    };
    let caller = super::opening::caller(arrival.caller.as_deref(), &found.profile);
    let mut tx = office.db.begin(found.profile.tenant).await?;
    let begun = found.begin(&mut tx, office, &arrival.call, caller.as_ref()).await?;
    let known = calls::facts(&mut tx, &arrival.call).await?.unwrap_or_default();
    if known.ended_at.is_some() {
        return Ok(Answering::Over);
    }
    let from = arrival.forwarded_from.as_deref();
    let from = from.and_then(|raw| E164::parse(raw, &found.profile.country).ok());
    let mode = if known.unrouted == 1 { Mode::MessageOnly } else { Mode::Full };
    let picked = Pick { office, found: &found, arrival, caller: caller.as_ref(), mode };
    let (answering, assistant) = picked.answering(&mut tx).await?;
    carrier::note_arrival(&mut tx, &arrival.call, from.as_ref(), assistant.as_deref()).await?;
    tx.commit().await?;
    if let (true, Some(caller)) = (begun, &caller) {
        super::log_caller(&arrival.call, "incoming", caller);
    }
    office.live.publish(found.profile.tenant, Change::Calls);
    Ok(answering)
}

/// What decides who answers.
struct Pick<'a> {
    office: &'a Office,
    found: &'a Found,
    arrival: &'a Arrival,
    caller: Option<&'a E164>,
    mode: Mode,
}

impl Pick<'_> {
    /// Who answers, and our name of the assistant if one does.
    async fn answering(&self, tx: &mut Tx) -> Result<(Answering, Option<String>), StoreError> {
        let (office, profile) = (self.office, &self.found.profile);
        // Nothing leaves the test tenant, and nobody else's number leads anywhere.
        if self.mode == Mode::MessageOnly || profile.tenant == office.rules.test.tenant {
            return Ok((Answering::Assistant, None));
        }
        let line = self.line(tx).await?;
        if let Line::Works(agent, ours) = line {
            return Ok((Answering::Agent(agent), Some(ours)));
        }
        let now = office.world.clock.now();
        let local = now.to_zoned(profile.zone.clone()).datetime();
        let Some(to) = dialogue::handoff::for_words(profile, "", local) else {
            let rests = matches!(line, Line::Rests);
            let answering = if rests { Answering::Resting } else { Answering::Assistant };
            return Ok((answering, None));
        };
        let told = (&self.arrival.call, EventKind::TransferredHuman, None);
        handoff::note(tx, office, profile, told, now).await?;
        Ok((Answering::Human(Destination::of(to)), None))
    }

    async fn line(&self, tx: &mut Tx) -> Result<Line, StoreError> {
        let dialled = self.arrival.dialled.as_deref();
        let Some(dialled) = dialled.and_then(|raw| E164::parse(raw, "FR").ok()) else {
            return Ok(Line::None);
        };
        let Some((number, agent)) = numbers::answering(tx, &dialled).await? else {
            return Ok(Line::None);
        };
        if agent.status != "active" {
            return Ok(Line::Rests);
        }
        let voice = Voice::parse(&agent.provider);
        let Some((voice, name)) = voice.zip(agent.provider_agent_id) else { return Ok(Line::None) };
        let line = Agent {
            tenant: self.found.profile.tenant,
            call: self.arrival.call.clone(),
            voice,
            name,
            number: number.voice_number_id,
            dialled,
            caller: self.caller.cloned(),
        };
        Ok(Line::Works(Box::new(line), agent.agent_id))
    }
}

/// What the dialled number has at a voice provider.
enum Line {
    /// Nothing.
    None,
    /// An agent that is paused.
    Rests,
    /// An agent that answers, with our name of it.
    Works(Box<Agent>, String),
}

/// Passes a call to its voice agent: the document that connects the caller with
/// it. A failure of the database here is none of the caller's.
pub async fn bridge(
    office: &Office,
    providers: &Providers,
    agent: &Agent,
) -> Result<String, Fault> {
    match agent.voice {
        Voice::Vapi => {
            let api = providers.vapi.as_ref().ok_or(Fault::Unauthorised)?;
            let number = agent.number.as_deref().and_then(NumberId::parse);
            let asked = VapiBridge {
                assistant: &AssistantId::parse(&agent.name).ok_or(Fault::NotFound)?,
                number: &number.ok_or(Fault::NotFound)?,
                caller: agent.caller.as_ref(),
                call: &agent.call,
            };
            let bridged = api.clone().with_timeout(PATIENCE).bridge(&asked).await?;
            if let Err(error) = passed_on(office, agent, &bridged.call).await {
                tracing::error!(call_id = %agent.call, %error, "the agent's call is not noted");
            }
            Ok(bridged.twiml)
        }
        Voice::ElevenLabs => {
            let api = providers.elevenlabs.as_ref().ok_or(Fault::Unauthorised)?;
            let asked = ElevenLabsBridge {
                agent: &AgentId::parse(&agent.name).ok_or(Fault::NotFound)?,
                caller: agent.caller.as_ref(),
                dialled: &agent.dialled,
                call: agent.call.as_str(),
                first_message: None,
                variables: &Map::new(),
            };
            api.clone().with_timeout(PATIENCE).bridge(&asked).await
        }
    }
}

async fn passed_on(office: &Office, agent: &Agent, theirs: &CallId) -> Result<(), StoreError> {
    let mut tx = office.db.begin(agent.tenant).await?;
    carrier::note_passed_on(&mut tx, &agent.call, theirs).await?;
    tx.commit().await
}

/// Why a voice agent did not take a call, in a word.
pub fn unreachable(fault: &Fault) -> &'static str {
    match (fault, fault.outcome()) {
        (Fault::Unauthorised, _) => "not_configured",
        (Fault::NotFound, _) => "agent_missing",
        (Fault::Refused(_), _) => "refused",
        (_, Outcome::Unknown) => "no_answer_in_time",
        _ => "unreachable",
    }
}

/// Whom a call may be passed to now: nobody's telephone rings for the test tenant.
pub async fn rings(
    office: &Office,
    call: &CallId,
    number: &E164,
) -> Result<Option<Destination>, StoreError> {
    let Some(found) = facts::whose(office, call, None).await? else { return Ok(None) };
    let allowed = found.profile.tenant != office.rules.test.tenant;
    Ok(allowed.then(|| Destination::at(&found.profile, number)))
}

/// True when a call ended so long ago that whoever speaks of it repeats himself.
pub async fn is_long_over(office: &Office, call: &CallId) -> Result<bool, StoreError> {
    let Some(found) = facts::whose(office, call, None).await? else { return Ok(false) };
    let mut reader = office.db.read(found.profile.tenant).await?;
    let ended = calls::facts(&mut reader, call).await?.unwrap_or_default().ended_at;
    let ended = ended.and_then(|at| Timestamp::from_millisecond(at).ok());
    let now = office.world.clock.now();
    Ok(ended.is_some_and(|at| now.duration_since(at) > STALE))
}

/// Takes note that the telephone company reports the end of a call. One that
/// has ended stays as it ended; only how long it took is corrected.
pub async fn carrier_ended(office: &Office, end: super::CallEnd) -> Result<(), StoreError> {
    let found = facts::whose(office, &end.call, end.dialled.as_deref()).await?;
    let Some(found) = found else { return Ok(()) };
    let mut reader = office.db.read(found.profile.tenant).await?;
    let known = calls::facts(&mut reader, &end.call).await?.unwrap_or_default();
    drop(reader);
    if known.ended_at.is_some() && end.status != "completed" {
        return Ok(());
    }
    super::call_ended(office, end).await
}
