//! Whether the providers still have what we configured: each assistant and
//! each number is compared, what differs is kept for people to see, and can be
//! set right.

use super::steps::{self, Halt, Work};
use super::voice::{self, Unmade};
use super::{NumberError, Pending};
use crate::office::Desk;
use crate::providers::{Providers, Voice};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::agents::AgentRow;
use store::drifts::{self, DriftRow};
use store::numbers::NumberRow;
use store::{StoreError, agents, numbers, provisionings};
use vendors::drift::Difference;
use vendors::fault::Fault;
use vendors::twilio::sid::NumberSid;
use vendors::vapi::api::{Api, NumberId};
use vendors::vapi::numbers::{NumberChange, PhoneNumber};

/// The most assistants of a tenant that are looked at.
const MOST: i64 = 10_000;
/// The longest value that is kept of a setting, in characters.
const LONGEST: usize = 300;

/// A setting that is not as we configured it. Secrets are masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Where: `/model/url`; empty: the whole thing is gone.
    pub path: String,
    /// What we configured.
    pub wanted: Value,
    /// What the provider has; null when nothing.
    pub found: Value,
}

/// An assistant or a number that is not as we configured it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Which assistant.
    pub agent_id: String,
    /// Which number of it; `None`: the assistant itself.
    pub phone_number: Option<String>,
    /// What differs; never empty.
    pub settings: Vec<Setting>,
    /// When it was looked at.
    pub checked_at: Timestamp,
}

impl Desk {
    /// What was not as we configured it when it was last looked at; nobody is
    /// asked.
    pub async fn drifts(&self) -> Result<Vec<Drift>, StoreError> {
        let rows = drifts::all(&mut self.office().db.read(self.tenant()).await?).await?;
        rows.into_iter().map(read).collect()
    }

    /// Sets an assistant and its numbers right at their providers, and looks
    /// again; what still differs.
    pub async fn repair_agent(
        &self,
        providers: &Providers,
        id: &str,
    ) -> Result<Vec<Drift>, NumberError> {
        self.must_spend()?;
        let agent = self.agent(id).await?;
        let work = Work { office: self.office(), providers, tenant: self.tenant() };
        let halted = |halt| match halt {
            Halt::Store(error) => NumberError::Store(error),
            Halt::Fault(fault) => NumberError::fault(&fault, Pending::Never),
            _ => NumberError::NoAgent,
        };
        repair(&work, agent).await.map_err(halted)?;
        let agent = self.agent(id).await?;
        look(&work, &agent, &mut Listed::default()).await.map_err(halted)?;
        let all = self.drifts().await?;
        Ok(all.into_iter().filter(|drift| drift.agent_id == id).collect())
    }
}

fn read(row: DriftRow) -> Result<Drift, StoreError> {
    let settings = serde_json::from_str(&row.found);
    let settings = settings.map_err(|error| StoreError::inconsistent("drifts", error))?;
    let checked_at = Timestamp::from_millisecond(row.checked_at);
    let checked_at = checked_at.map_err(|error| StoreError::inconsistent("drifts", error))?;
    Ok(Drift { agent_id: row.agent_id, phone_number: row.phone_number, settings, checked_at })
}

/// The numbers at Vapi, which lists all or none: asked for once in a run.
#[derive(Default)]
pub(super) struct Listed(Option<HashMap<String, PhoneNumber>>);

impl Listed {
    async fn number(&mut self, api: &Api, number: &str) -> Result<Option<PhoneNumber>, Fault> {
        if self.0.is_none() {
            let all = api.phone_numbers().await?.into_iter();
            self.0 = Some(all.map(|known| (known.number.clone(), known)).collect());
        }
        Ok(self.0.as_ref().and_then(|all| all.get(number)).cloned())
    }
}

/// Looks at everything of a tenant; what differs, and what could not be seen.
pub(super) async fn look_at_all(
    work: &Work<'_>,
    listed: &mut Listed,
) -> Result<(Vec<Drift>, Vec<Fault>), StoreError> {
    let begun = work.office.world.clock.now();
    let all = agents::list(&mut work.office.db.read(work.tenant).await?, MOST).await?;
    let mut faults = Vec::new();
    for agent in &all {
        match look(work, agent, listed).await {
            Err(Halt::Store(error)) => return Err(error),
            Err(Halt::Fault(fault)) => faults.push(fault),
            _ => {}
        }
    }
    if faults.is_empty() {
        let mut tx = work.begin().await?;
        drifts::forget(&mut tx, begun).await?;
        tx.commit().await?;
    }
    let rows = drifts::all(&mut work.office.db.read(work.tenant).await?).await?;
    let found = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok((found, faults))
}

/// Compares an assistant and its numbers, and keeps what differs.
async fn look(work: &Work<'_>, agent: &AgentRow, listed: &mut Listed) -> Result<(), Halt> {
    if agent.provider_agent_id.is_some() {
        let found = voice::differences(work.office, work.providers, work.tenant, agent).await;
        let found = found.map_err(|unmade| match unmade {
            Unmade::Fault(fault) => Halt::Fault(fault),
            Unmade::Store(error) => Halt::Store(error),
        })?;
        keep(work, (&agent.agent_id, agent, None), settings(found)).await?;
    }
    for number in active(work, agent).await? {
        let found = of_number(work, agent, &number, listed).await?;
        keep(work, (&number.id, agent, Some(&number.phone_number)), found).await?;
    }
    Ok(())
}

async fn active(work: &Work<'_>, agent: &AgentRow) -> Result<Vec<NumberRow>, StoreError> {
    let mut reader = work.office.db.read(work.tenant).await?;
    let all = numbers::of_agent(&mut reader, &agent.agent_id).await?;
    Ok(all.into_iter().filter(|number| number.status == "active").collect())
}

fn settings(found: Vec<Difference>) -> Vec<Setting> {
    let setting = |difference: Difference| Setting {
        path: difference.path,
        wanted: short(difference.wanted),
        found: short(difference.found.unwrap_or_default()),
    };
    found.into_iter().map(setting).collect()
}

/// Long texts are kept by how they begin.
fn short(value: Value) -> Value {
    let text = match &value {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => value.to_string(),
        _ => return value,
    };
    if text.chars().count() <= LONGEST {
        return value;
    }
    format!("{}…", text.chars().take(LONGEST).collect::<String>()).into()
}

/// Where Twilio and Vapi report a number's calls, and who answers.
async fn of_number(
    work: &Work<'_>,
    agent: &AgentRow,
    number: &NumberRow,
    listed: &mut Listed,
) -> Result<Vec<Setting>, Halt> {
    let Some(telephony) = &work.providers.twilio else { return Ok(Vec::new()) };
    let sid = NumberSid::parse(&number.phone_number_sid);
    let sid = sid.ok_or_else(|| StoreError::inconsistent("phone_numbers", "no name"))?;
    let Some(owned) = telephony.client.number(&sid).await? else {
        let wanted = json!(number.friendly_name);
        return Ok(vec![Setting { path: String::new(), wanted, found: Value::Null }]);
    };
    let mut wanted = json!({ "agent": agent.provider_agent_id, "server": null });
    let mut found = wanted.clone();
    if let Some(hooks) = work.providers.hooks() {
        wanted["voice_url"] = hooks.voice.as_str().into();
        wanted["status_callback"] = hooks.status.as_str().into();
        found["voice_url"] = owned.voice_url.into();
        found["status_callback"] = owned.status_callback.into();
    }
    if let (Some(Voice::Vapi), Some(api)) = (Voice::parse(&agent.provider), &work.providers.vapi) {
        let known = listed.number(api, &number.phone_number).await?;
        let server = voice::server(work.providers);
        wanted["server"] = server["url"].clone();
        found["agent"] =
            json!(known.as_ref().and_then(|known| known.assistant.as_ref()).map(|id| id.as_str()));
        found["server"] = json!(known.and_then(|known| known.server_url));
    }
    Ok(settings(vendors::drift::compare(&wanted, &found)))
}

async fn keep(
    work: &Work<'_>,
    (subject, agent, number): (&str, &AgentRow, Option<&String>),
    found: Vec<Setting>,
) -> Result<(), StoreError> {
    let row = DriftRow {
        subject: subject.to_owned(),
        agent_id: agent.agent_id.clone(),
        phone_number: number.cloned(),
        found: serde_json::to_string(&found).unwrap_or_else(|_| "[]".to_owned()),
        checked_at: work.office.world.clock.now().as_millisecond(),
    };
    let mut tx = work.begin().await?;
    drifts::put(&mut tx, &row).await?;
    tx.commit().await
}

/// Configures an assistant and its numbers anew. An assistant that is gone is
/// made again, under its mark.
pub(super) async fn repair(work: &Work<'_>, agent: AgentRow) -> Result<(), Halt> {
    let agent = match voice::update(work.office, work.providers, work.tenant, &agent).await {
        Ok(()) => agent,
        Err(Unmade::Fault(Fault::NotFound)) => AgentRow { provider_agent_id: None, ..agent },
        Err(unmade) => return Err(unmade.into()),
    };
    let agent = voice::ensure(work.office, work.providers, work.tenant, agent).await?;
    for number in active(work, &agent).await? {
        let mut reader = work.office.db.read(work.tenant).await?;
        let wish = provisionings::get(&mut reader, &number.id).await?;
        drop(reader);
        let Some(wish) = wish else { continue };
        if let (Some(api), Some(known)) =
            (&work.providers.vapi, number.voice_number_id.as_deref().and_then(NumberId::parse))
        {
            let (assistant, server) = (voice::assistant_id(&agent), voice::server(work.providers));
            let change = NumberChange {
                assistant: assistant.as_ref(),
                server: Some(&server),
                ..NumberChange::default()
            };
            api.update_number(&known, &change).await?;
        }
        steps::hook_up(work, &wish).await?;
    }
    Ok(())
}
