//! Our telephone numbers as ElevenLabs knows them. Not needed for
//! [`bridge`](super::bridge)d calls; a number that is imported is answered by
//! ElevenLabs directly, and its voice URL at Twilio becomes ElevenLabs'.

use super::api::{AgentId, Api, NumberId};
use crate::fault::Fault;
use crate::twilio::client::Credentials;
use domain::phone::E164;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

/// A telephone number of our account at ElevenLabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// Its name at ElevenLabs.
    pub id: NumberId,
    /// As ElevenLabs writes it.
    pub number: String,
    /// The name shown in ElevenLabs' dashboard.
    pub label: String,
    /// Who answers.
    pub agent: Option<AgentId>,
}

impl PhoneNumber {
    fn read(item: &Value) -> Option<Self> {
        Some(Self {
            id: NumberId::parse(item["phone_number_id"].as_str()?)?,
            number: item["phone_number"].as_str()?.to_owned(),
            label: item["label"].as_str().unwrap_or_default().to_owned(),
            agent: item["assigned_agent"]["agent_id"].as_str().and_then(AgentId::parse),
        })
    }
}

impl Api {
    /// Lets ElevenLabs answer a number of ours at Twilio; assign an agent next.
    ///
    /// *Repeating:* never blindly. After an unknown outcome look for the number
    /// with [`Self::phone_numbers`]: it may be known already.
    pub async fn import_number(
        &self,
        number: &E164,
        label: &str,
        twilio: &Credentials,
    ) -> Result<NumberId, Fault> {
        let body = json!({
            "provider": "twilio",
            "phone_number": number.as_str(),
            "label": label,
            "sid": twilio.account.as_str(),
            "token": twilio.token.expose_secret(),
        });
        let made: Value =
            self.send(Method::POST, "/v1/convai/phone-numbers", &body).await?.json()?;
        let id = made["phone_number_id"].as_str().and_then(NumberId::parse);
        id.ok_or_else(Fault::unreadable)
    }

    /// The account's telephone numbers.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn phone_numbers(&self) -> Result<Vec<PhoneNumber>, Fault> {
        let list: Vec<Value> = self.get("/v1/convai/phone-numbers", &[]).await?.json()?;
        Ok(list.iter().filter_map(PhoneNumber::read).collect())
    }

    /// Sets who answers a number; `None`: nobody.
    ///
    /// *Repeating:* safe, it sets a value.
    pub async fn assign_number(
        &self,
        id: &NumberId,
        agent: Option<&AgentId>,
    ) -> Result<PhoneNumber, Fault> {
        let body = json!({ "agent_id": agent.map(AgentId::as_str) });
        let path = format!("/v1/convai/phone-numbers/{id}");
        let changed = self.send(Method::PATCH, &path, &body).await?;
        PhoneNumber::read(&changed.json()?).ok_or_else(Fault::unreadable)
    }

    /// Lets ElevenLabs forget a number; it stays ours at Twilio.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_number(&self, id: &NumberId) -> Result<(), Fault> {
        self.delete(&format!("/v1/convai/phone-numbers/{id}")).await
    }
}
