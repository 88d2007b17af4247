//! ElevenLabs' REST API: an account and its agents.

use crate::exchange::{Answer, exchange, sentence};
use crate::fault::{Fault, Reason, Refusal};
use crate::id::{is_plain, provider_id};
use reqwest::{Client, Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use std::time::Duration;

/// Where ElevenLabs' API is.
pub const BASE: &str = "https://api.elevenlabs.io";

const TIMEOUT: Duration = Duration::from_secs(10);

/// Pages of agents that are followed at most, with 100 each.
const MAX_PAGES: usize = 100;

provider_id! {
    /// An agent.
    AgentId: is_plain,
    /// A telephone number as ElevenLabs knows it.
    NumberId: is_plain,
    /// A conversation: a call that an agent took.
    ConversationId: is_plain,
}

/// Asks ElevenLabs on behalf of one account. Cheap to clone. What every call
/// answers besides its success is a [`Fault`].
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: String,
    key: SecretString,
    timeout: Duration,
}

/// An agent as ElevenLabs keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Its name at ElevenLabs.
    pub id: AgentId,
    /// The name shown in ElevenLabs' dashboard.
    pub name: String,
    /// Everything that is set, for [`drift`](crate::drift::compare).
    pub settings: Value,
}

/// An agent in a list: without its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name at ElevenLabs.
    pub id: AgentId,
    /// The name shown in ElevenLabs' dashboard.
    pub name: String,
    /// Its tags; our mark is one of them.
    pub tags: Vec<String>,
}

impl Agent {
    fn read(settings: Value) -> Option<Self> {
        let id = AgentId::parse(settings["agent_id"].as_str()?)?;
        let name = settings["name"].as_str().unwrap_or_default().to_owned();
        Some(Self { id, name, settings })
    }
}

impl Listed {
    fn read(item: &Value) -> Option<Self> {
        let tags = item["tags"].as_array().into_iter().flatten();
        Some(Self {
            id: AgentId::parse(item["agent_id"].as_str()?)?,
            name: item["name"].as_str().unwrap_or_default().to_owned(),
            tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    }
}

impl Api {
    /// An account; `base` stands in for [`BASE`].
    pub fn new(client: Client, base: Option<&Url>, key: SecretString) -> Self {
        let base = base.map_or(BASE, Url::as_str).trim_end_matches('/').to_owned();
        Self { client, base, key, timeout: TIMEOUT }
    }

    /// The same with another time limit per call.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Creates an agent from [`Plan::agent`](super::agent::Plan::agent).
    ///
    /// *Repeating:* never blindly: a second time makes a second agent (which
    /// costs nothing, but answers nobody). After an unknown outcome look for
    /// the mark with [`Self::agents`].
    pub async fn create_agent(&self, settings: &Value) -> Result<AgentId, Fault> {
        let made = self.send(Method::POST, "/v1/convai/agents/create", settings).await?;
        let made: Value = made.json()?;
        let id = made["agent_id"].as_str().and_then(AgentId::parse);
        id.ok_or_else(Fault::unreadable)
    }

    /// An agent; `None` when there is none of that name.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn agent(&self, id: &AgentId) -> Result<Option<Agent>, Fault> {
        match self.get(&format!("/v1/convai/agents/{id}"), &[]).await {
            Err(Fault::NotFound) => Ok(None),
            found => Agent::read(found?.json()?).ok_or_else(Fault::unreadable).map(Some),
        }
    }

    /// All agents of the account.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn agents(&self) -> Result<Vec<Listed>, Fault> {
        let (mut all, mut query) = (Vec::new(), vec![("page_size", "100".to_owned())]);
        for _ in 0..MAX_PAGES {
            let page: Value = self.get("/v1/convai/agents", &query).await?.json()?;
            let items = page["agents"].as_array().ok_or_else(Fault::unreadable)?;
            all.extend(items.iter().filter_map(Listed::read));
            match page["next_cursor"].as_str() {
                Some(next) if page["has_more"] == true => {
                    query.truncate(1);
                    query.push(("cursor", next.to_owned()));
                }
                _ => return Ok(all),
            }
        }
        Err(Fault::unreadable())
    }

    /// Sets an agent's settings; what is not named stays.
    ///
    /// *Repeating:* safe, it sets values.
    pub async fn update_agent(&self, id: &AgentId, settings: &Value) -> Result<Agent, Fault> {
        let path = format!("/v1/convai/agents/{id}");
        let changed = self.send(Method::PATCH, &path, settings).await?;
        Agent::read(changed.json()?).ok_or_else(Fault::unreadable)
    }

    /// Removes an agent.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_agent(&self, id: &AgentId) -> Result<(), Fault> {
        self.delete(&format!("/v1/convai/agents/{id}")).await
    }

    pub(super) async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Answer, Fault> {
        let request = self.request(Method::GET, path);
        exchange(if query.is_empty() { request } else { request.query(query) }, refusal).await
    }

    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Answer, Fault> {
        exchange(self.request(method, path).json(body), refusal).await
    }

    pub(super) async fn delete(&self, path: &str) -> Result<(), Fault> {
        match exchange(self.request(Method::DELETE, path), refusal).await {
            Ok(_) | Err(Fault::NotFound) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        request.header("xi-api-key", self.key.expose_secret()).timeout(self.timeout)
    }
}

/// Reads `{"detail": {"status", "message"}}` or a list of `{"loc", "msg"}`.
fn refusal(status: u16, body: &Value) -> Refusal {
    let detail = &body["detail"];
    let message = match detail.as_array() {
        Some(list) => sentence(Some(&list.iter().map(|item| item["msg"].clone()).collect())),
        None => sentence(detail.get("message").or(Some(detail))),
    };
    let reason = match status {
        409 => Reason::Conflict,
        400 if message.to_lowercase().contains("already") => Reason::Conflict,
        400 | 422 => Reason::Invalid,
        _ => Reason::Other,
    };
    Refusal { status, code: None, reason, message }
}
