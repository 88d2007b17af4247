//! The assistants of a tenant: made here and at their voice provider, changed
//! and removed in both places.

mod duty;
mod end;

pub use duty::{Duty, Line};
pub(crate) use end::retire;

use crate::numbers::voice::{self, Unmade};
use crate::numbers::{NumberError, Pending};
use crate::office::Desk;
use crate::providers::{Providers, Voice};
use crate::tokens;
use domain::numbers::AGENTS_PER_TENANT;
use domain::tenant::AgentKind;
use jiff::Timestamp;
use store::agents::{self, AgentRow};
use store::identity::tokens::revoke_line;
use store::{StoreError, Tx, tenants};
use uuid::Uuid;

/// The most assistants that a list shows.
const LIMIT: i64 = 1000;
/// The longest name of an assistant, in characters.
const NAME: usize = 80;
/// What the token of an assistant may do.
const SCOPES: &str = "read appointments:write";

/// An assistant to be made.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// As its tenant calls it.
    pub name: String,
    /// Two letters.
    pub language: String,
    /// What it does.
    pub kind: AgentKind,
    /// Who speaks; `None`: whoever is configured.
    pub voice: Option<Voice>,
}

/// What is changed of an assistant; `None` stays.
#[derive(Debug, Clone, Default)]
pub struct AgentChange {
    /// A new name.
    pub name: Option<String>,
    /// Another language.
    pub language: Option<String>,
    /// Another job.
    pub kind: Option<AgentKind>,
}

/// The stored word of a kind.
fn word(kind: AgentKind) -> &'static str {
    match kind {
        AgentKind::Appointment => "appointment",
        AgentKind::Qualification => "qualification",
        AgentKind::Support => "support",
    }
}

/// A name of 1 to 80 characters on one line.
fn name(raw: &str) -> Result<String, NumberError> {
    let name = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=NAME).contains(&name.chars().count()) && !name.contains(char::is_control);
    if fits { Ok(name) } else { Err(NumberError::BadField("agent_name")) }
}

/// Two letters, or a tag that begins with them (`fr-FR`).
fn language(raw: &str) -> Result<String, NumberError> {
    let tag = raw.trim().to_ascii_lowercase();
    let main = tag.split('-').next().unwrap_or_default();
    let fits = main.len() == 2 && main.bytes().all(|byte| byte.is_ascii_lowercase());
    if fits && tag.len() <= 8 {
        Ok(main.to_owned())
    } else {
        Err(NumberError::BadField("language"))
    }
}

/// The name of an assistant that is made under an id.
pub fn agent_id(id: Uuid) -> String {
    format!("agent_{}", id.simple())
}

impl Desk {
    /// Makes an assistant, here and at its voice provider. Again with the same
    /// `id`: goes on where it stopped.
    pub async fn create_agent(
        &self,
        providers: &Providers,
        new: &NewAgent,
        id: Uuid,
    ) -> Result<AgentRow, NumberError> {
        self.must_spend()?;
        let row = self.new_agent(providers, new, id)?;
        let office = self.office();
        let mut tx = office.db.begin(self.tenant()).await?;
        if !tenants::is_active(&mut tx).await? {
            return Err(NumberError::NoAgent);
        }
        if agents::list(&mut tx, LIMIT).await?.len() >= AGENTS_PER_TENANT {
            return Err(NumberError::Limit);
        }
        agents::insert(&mut tx, &row).await?;
        let mut kept = agents::get(&mut tx, &row.agent_id).await?.ok_or(NumberError::NoAgent)?;
        if kept.status == "deleted" {
            // One that could not be finished is tried anew; one that a person deleted is gone.
            if kept.taken_back == 0 {
                return Err(NumberError::NoAgent);
            }
            kept = row;
            agents::update(&mut tx, &kept, office.world.clock.now()).await?;
        }
        tx.commit().await?;
        let status = if kept.provider_agent_id.is_some() { "active" } else { "inactive" };
        let kept = AgentRow { status: status.to_owned(), ..kept };
        match voice::ensure(office, providers, self.tenant(), kept.clone()).await {
            Ok(made) => Ok(made),
            Err(Unmade::Store(error)) => Err(error.into()),
            Err(Unmade::Fault(fault)) => {
                // What the provider may have made all the same is found by its mark.
                self.drop_agent(&kept).await?;
                Err(NumberError::fault(&fault, Pending::Never))
            }
        }
    }

    fn new_agent(
        &self,
        providers: &Providers,
        new: &NewAgent,
        id: Uuid,
    ) -> Result<AgentRow, NumberError> {
        let voice = new.voice.or_else(|| providers.voice());
        let voice = voice.ok_or(NumberError::NotConfigured("a voice provider"))?;
        let now = self.office().world.clock.now().as_millisecond();
        Ok(AgentRow {
            agent_id: agent_id(id),
            provider: voice.as_str().to_owned(),
            provider_agent_id: None,
            agent_name: name(&new.name)?,
            agent_type: word(new.kind).to_owned(),
            language: language(&new.language)?,
            status: "inactive".to_owned(),
            token_prefix: None,
            taken_back: 0,
            created_at: now,
            updated_at: now,
        })
    }

    /// An assistant that is not deleted.
    pub async fn agent(&self, id: &str) -> Result<AgentRow, NumberError> {
        let found = agents::get(&mut self.office().db.read(self.tenant()).await?, id).await?;
        found.filter(|agent| agent.status != "deleted").ok_or(NumberError::NoAgent)
    }

    /// The tenant's assistants, newest first.
    pub async fn agents(&self) -> Result<Vec<AgentRow>, StoreError> {
        agents::list(&mut self.office().db.read(self.tenant()).await?, LIMIT).await
    }

    /// Makes the token of an assistant; the text is its only copy. An earlier
    /// token of it ends. `secret`: the same text again for the same request.
    pub async fn issue_agent_token(
        &self,
        agent: &AgentRow,
        secret: Option<[u8; 24]>,
    ) -> Result<String, StoreError> {
        let office = self.office();
        let now = office.world.clock.now();
        let mut tx = office.db.begin(self.tenant()).await?;
        if let Some(earlier) = &agent.token_prefix {
            revoke_line(&mut tx, earlier, now).await?;
        }
        let what = (agent.agent_name.as_str(), SCOPES);
        let made = tokens::for_agent(office, &mut tx, what, secret).await?;
        let prefix = Some(made.prefix.clone());
        rewrite(&mut tx, &agent.agent_id, now, |row| row.token_prefix = prefix).await?;
        tx.commit().await?;
        Ok(made.text)
    }

    /// The token that was made for a request, again; `None` when another has
    /// taken its place.
    pub async fn agent_token_again(
        &self,
        id: Uuid,
        secret: [u8; 24],
    ) -> Result<Option<String>, StoreError> {
        let id = agent_id(id);
        let found = agents::get(&mut self.office().db.read(self.tenant()).await?, &id).await?;
        let prefix = found.and_then(|agent| agent.token_prefix);
        let text = prefix.map(|prefix| tokens::text(&prefix, secret));
        let Some(text) = text else { return Ok(None) };
        Ok(tokens::check(self.office(), &text).await?.map(|_| text))
    }

    /// Changes an assistant here and at its provider; when the provider fails,
    /// nothing is changed here.
    pub async fn change_agent(
        &self,
        providers: &Providers,
        id: &str,
        change: &AgentChange,
    ) -> Result<AgentRow, NumberError> {
        self.must_spend()?;
        let mut row = self.agent(id).await?;
        let name = change.name.as_deref().map(name).transpose()?;
        let language = change.language.as_deref().map(language).transpose()?;
        let kind = change.kind.map(|kind| word(kind).to_owned());
        let edit = |row: &mut AgentRow| {
            row.agent_name = name.unwrap_or_else(|| row.agent_name.clone());
            row.language = language.unwrap_or_else(|| row.language.clone());
            row.agent_type = kind.unwrap_or_else(|| row.agent_type.clone());
        };
        edit.clone()(&mut row);
        match voice::update(self.office(), providers, self.tenant(), &row).await {
            Ok(()) => {}
            Err(Unmade::Store(error)) => return Err(error.into()),
            Err(Unmade::Fault(fault)) => return Err(NumberError::fault(&fault, Pending::Never)),
        }
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let written = rewrite(&mut tx, id, self.office().world.clock.now(), edit).await?;
        tx.commit().await?;
        written.ok_or(NumberError::NoAgent)
    }
}

/// Changes an assistant as it is now, whatever was read of it before: what
/// somebody else has changed meanwhile stays. `None` when it is deleted.
pub(crate) async fn rewrite(
    tx: &mut Tx,
    id: &str,
    now: Timestamp,
    edit: impl FnOnce(&mut AgentRow),
) -> Result<Option<AgentRow>, StoreError> {
    if !agents::lock(tx, id).await? {
        return Ok(None);
    }
    let Some(mut row) = agents::get(tx, id).await? else { return Ok(None) };
    edit(&mut row);
    agents::update(tx, &row, now).await?;
    Ok(Some(row))
}
