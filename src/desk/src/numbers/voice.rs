//! The assistant at the voice provider: made once, found by its mark, changed
//! and removed with ours.

use crate::agents::rewrite;
use crate::office::Office;
use crate::providers::{Providers, Voice};
use crate::switchboard::{Destination, first_message};
use dialogue::handoff;
use domain::id::TenantId;
use domain::tenant::Profile;
use secrecy::SecretString;
use serde_json::Value;
use store::StoreError;
use store::agents::AgentRow;
use vendors::drift::{self, Difference};
use vendors::elevenlabs::agent::{Brain, Plan as ElevenLabsPlan};
use vendors::elevenlabs::api::AgentId;
use vendors::fault::{Fault, Outcome, Reason};
use vendors::vapi::api::AssistantId;
use vendors::vapi::assistant::{Plan, words};
use vendors::vapi::assistants::marked;
use vendors::vapi::destination::Destination as VapiDestination;

/// A French voice of ElevenLabs' own list.
const ELEVENLABS_VOICE: &str = "XB0fDUnXU5powFXDhCwa";

/// What marks an assistant at its provider: whose it is and which.
pub(super) fn mark(tenant: TenantId, agent: &str) -> String {
    format!("uwi:{tenant}:{agent}")
}

/// Reads [`mark`] back.
pub(super) fn read_mark(mark: &str) -> Option<(TenantId, &str)> {
    let (tenant, agent) = mark.strip_prefix("uwi:")?.split_once(':')?;
    agent.starts_with("agent_").then_some((TenantId(tenant.parse().ok()?), agent))
}

/// The provider's name of a Vapi assistant.
pub(super) fn assistant_id(agent: &AgentRow) -> Option<AssistantId> {
    agent.provider_agent_id.as_deref().and_then(AssistantId::parse)
}

/// True when a refusal says that it is there already, or nobody knows.
pub(super) fn is_there(fault: &Fault, reason: Reason) -> bool {
    fault.reason() == Some(reason) || fault.outcome() == Outcome::Unknown
}

/// What an assistant of ours is made of.
struct Made {
    name: String,
    first: String,
    words: Vec<String>,
    transfers: Vec<VapiDestination>,
    fallback: String,
    profile: std::sync::Arc<Profile>,
}

impl Made {
    async fn of(office: &Office, tenant: TenantId, agent: &AgentRow) -> Result<Self, StoreError> {
        let profile = office.profile(tenant).await?;
        let transfers = Destination::all(&profile).into_iter();
        let transfers = transfers
            .map(|to| VapiDestination { number: to.number, ring_seconds: to.ring_seconds });
        Ok(Self {
            name: agent.agent_name.clone(),
            first: first_message(&profile),
            words: words(&profile),
            transfers: transfers.collect(),
            fallback: handoff::fallback_message(),
            profile,
        })
    }

    fn vapi(&self, providers: &Providers, mark: &str) -> Value {
        let plan = Plan {
            name: &self.name,
            first_message: &self.first,
            base_url: &providers.home,
            secret: providers.secret.as_ref(),
            transfers: &self.transfers,
            fallback: &self.fallback,
            recording: self.profile.notices.record,
            words: &self.words,
        };
        marked(plan.assistant(), mark)
    }

    fn elevenlabs(&self, providers: &Providers, mark: &str, language: &str) -> Value {
        let secret: Option<&SecretString> = providers.secret.as_ref();
        let plan = ElevenLabsPlan {
            name: &self.name,
            mark,
            first_message: &self.first,
            language,
            voice: ELEVENLABS_VOICE,
            brain: Brain::Ours { base_url: &providers.home, secret },
            transfer: None,
            words: &self.words,
            webhook: None,
        };
        plan.agent()
    }
}

/// Where Vapi reports what happens on a number.
pub(super) fn server(providers: &Providers) -> Value {
    let recording = domain::tenant::notices::Recording::Off;
    let plan = Plan {
        name: "",
        first_message: "",
        base_url: &providers.home,
        secret: providers.secret.as_ref(),
        transfers: &[],
        fallback: "",
        recording,
        words: &[],
    };
    plan.server()
}

/// The assistant with its provider's name: made there unless it is. What the
/// provider does not give is never invented.
pub(crate) async fn ensure(
    office: &Office,
    providers: &Providers,
    tenant: TenantId,
    agent: AgentRow,
) -> Result<AgentRow, Unmade> {
    if agent.provider_agent_id.is_some() {
        return Ok(agent);
    }
    let made = Made::of(office, tenant, &agent).await?;
    let name = create(providers, &agent, &made, &mark(tenant, &agent.agent_id)).await?;
    let mut tx = office.db.begin(tenant).await?;
    let now = office.world.clock.now();
    let written = rewrite(&mut tx, &agent.agent_id, now, |row| {
        row.provider_agent_id = Some(name.clone());
        "active".clone_into(&mut row.status);
    });
    let written = written.await?;
    tx.commit().await?;
    if let Some(row) = written {
        return Ok(row);
    }
    // Deleted while the provider made it.
    let gone = AgentRow { provider_agent_id: Some(name), status: "deleted".to_owned(), ..agent };
    remove(providers, &gone).await?;
    Ok(gone)
}

/// Why an assistant was not made.
pub(crate) enum Unmade {
    /// The provider failed.
    Fault(Fault),
    /// The database failed.
    Store(StoreError),
}

impl From<Fault> for Unmade {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Unmade {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unmade> for super::steps::Halt {
    fn from(unmade: Unmade) -> Self {
        match unmade {
            Unmade::Fault(fault) => Self::Fault(fault),
            Unmade::Store(error) => Self::Store(error),
        }
    }
}

/// Looks for the mark first: an earlier try may have made it.
async fn create(
    providers: &Providers,
    agent: &AgentRow,
    made: &Made,
    mark: &str,
) -> Result<String, Fault> {
    match Voice::parse(&agent.provider) {
        Some(Voice::ElevenLabs) => {
            let api = providers.elevenlabs.as_ref().ok_or(Fault::Unauthorised)?;
            let mut all = api.agents().await?.into_iter();
            if let Some(known) = all.find(|known| known.tags.iter().any(|tag| tag == mark)) {
                return Ok(known.id.to_string());
            }
            let id = api.create_agent(&made.elevenlabs(providers, mark, &agent.language)).await?;
            Ok(id.to_string())
        }
        _ => {
            let api = providers.vapi.as_ref().ok_or(Fault::Unauthorised)?;
            let mut all = api.assistants().await?.into_iter();
            if let Some(known) = all.find(|known| known.mark.as_deref() == Some(mark)) {
                return Ok(known.id.to_string());
            }
            let made = api.create_assistant(&made.vapi(providers, mark)).await?;
            Ok(made.id.to_string())
        }
    }
}

/// Tells the provider what an assistant is like now.
pub(crate) async fn update(
    office: &Office,
    providers: &Providers,
    tenant: TenantId,
    agent: &AgentRow,
) -> Result<(), Unmade> {
    let made = Made::of(office, tenant, agent).await?;
    let mark = mark(tenant, &agent.agent_id);
    let Some(name) = agent.provider_agent_id.as_deref() else { return Ok(()) };
    match Voice::parse(&agent.provider) {
        Some(Voice::ElevenLabs) => {
            let api = providers.elevenlabs.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AgentId::parse(name).ok_or(Fault::NotFound)?;
            api.update_agent(&id, &made.elevenlabs(providers, &mark, &agent.language)).await?;
        }
        _ => {
            let api = providers.vapi.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AssistantId::parse(name).ok_or(Fault::NotFound)?;
            api.update_assistant(&id, &made.vapi(providers, &mark)).await?;
        }
    }
    Ok(())
}

/// What an assistant has at its provider that we did not configure so.
pub(super) async fn differences(
    office: &Office,
    providers: &Providers,
    tenant: TenantId,
    agent: &AgentRow,
) -> Result<Vec<Difference>, Unmade> {
    let made = Made::of(office, tenant, agent).await?;
    let mark = mark(tenant, &agent.agent_id);
    let name = agent.provider_agent_id.as_deref().unwrap_or_default();
    let (wanted, found) = match Voice::parse(&agent.provider) {
        Some(Voice::ElevenLabs) => {
            let api = providers.elevenlabs.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AgentId::parse(name).ok_or(Fault::NotFound)?;
            let found = api.agent(&id).await?.map(|found| found.settings);
            (made.elevenlabs(providers, &mark, &agent.language), found)
        }
        _ => {
            let api = providers.vapi.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AssistantId::parse(name).ok_or(Fault::NotFound)?;
            let found = api.assistant(&id).await?.map(|found| found.settings);
            (made.vapi(providers, &mark), found)
        }
    };
    Ok(match found {
        Some(found) => drift::compare(&wanted, &found),
        None => {
            let (path, wanted) = (String::new(), agent.agent_name.clone().into());
            vec![Difference { path, wanted, found: None }]
        }
    })
}

/// Removes an assistant at its provider; one that is gone is removed.
pub(crate) async fn remove(providers: &Providers, agent: &AgentRow) -> Result<(), Fault> {
    let Some(name) = agent.provider_agent_id.as_deref() else { return Ok(()) };
    match Voice::parse(&agent.provider) {
        Some(Voice::ElevenLabs) => {
            let api = providers.elevenlabs.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AgentId::parse(name).ok_or(Fault::NotFound)?;
            api.delete_agent(&id).await
        }
        _ => {
            let api = providers.vapi.as_ref().ok_or(Fault::Unauthorised)?;
            let id = AssistantId::parse(name).ok_or(Fault::NotFound)?;
            api.delete_assistant(&id).await
        }
    }
}
