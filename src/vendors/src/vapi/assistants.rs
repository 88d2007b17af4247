//! Assistants that stay: one per agent of a tenant. What one is made of comes
//! from [`Plan`](super::assistant::Plan), the same settings as for a transient one.

use super::api::{Api, AssistantId};
use crate::fault::Fault;
use reqwest::Method;
use serde_json::{Value, json};

/// An assistant as Vapi keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assistant {
    /// Its name at Vapi.
    pub id: AssistantId,
    /// The name shown in Vapi's dashboard.
    pub name: String,
    /// Our mark on it, given to [`marked`].
    pub mark: Option<String>,
    /// Everything that is set, for [`drift`](crate::drift::compare).
    pub settings: Value,
}

impl Assistant {
    fn read(settings: Value) -> Option<Self> {
        let id = AssistantId::parse(settings["id"].as_str()?)?;
        let name = settings["name"].as_str().unwrap_or_default().to_owned();
        let mark = settings["metadata"]["uwiMark"].as_str().map(str::to_owned);
        Some(Self { id, name, mark, settings })
    }
}

/// Settings with our mark: finds the assistant whose creation was not answered.
/// The metadata also comes back with every chat request of its calls.
pub fn marked(mut settings: Value, mark: &str) -> Value {
    settings["metadata"] = json!({ "uwiMark": mark });
    settings
}

impl Api {
    /// Creates an assistant from `settings` that are [`marked`].
    ///
    /// *Repeating:* never blindly: a second time makes a second assistant
    /// (which costs nothing, but answers nobody). After an unknown outcome look
    /// for the mark with [`Self::assistants`].
    pub async fn create_assistant(&self, settings: &Value) -> Result<Assistant, Fault> {
        let made = self.send(Method::POST, "/assistant", settings).await?;
        Assistant::read(made.json()?).ok_or_else(Fault::unreadable)
    }

    /// An assistant; `None` when there is none of that name.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn assistant(&self, id: &AssistantId) -> Result<Option<Assistant>, Fault> {
        match self.get(&format!("/assistant/{id}"), &[]).await {
            Err(Fault::NotFound) => Ok(None),
            found => Assistant::read(found?.json()?).ok_or_else(Fault::unreadable).map(Some),
        }
    }

    /// The account's assistants, newest first.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn assistants(&self) -> Result<Vec<Assistant>, Fault> {
        let list = self.list("/assistant").await?;
        Ok(list.into_iter().filter_map(Assistant::read).collect())
    }

    /// Sets an assistant's settings; what is not named stays.
    ///
    /// *Repeating:* safe, it sets values.
    pub async fn update_assistant(
        &self,
        id: &AssistantId,
        settings: &Value,
    ) -> Result<Assistant, Fault> {
        let path = format!("/assistant/{id}");
        let changed = self.send(Method::PATCH, &path, settings).await?;
        Assistant::read(changed.json()?).ok_or_else(Fault::unreadable)
    }

    /// Removes an assistant. Refused with
    /// [`Reason::Conflict`](crate::fault::Reason::Conflict) while it is pinned.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_assistant(&self, id: &AssistantId) -> Result<(), Fault> {
        self.delete(&format!("/assistant/{id}")).await
    }
}
