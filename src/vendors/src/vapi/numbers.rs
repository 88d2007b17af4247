//! Our telephone numbers as Vapi knows them.

use super::api::{Api, AssistantId, NumberId};
use crate::fault::Fault;
use crate::twilio::client::Credentials;
use domain::phone::E164;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

/// A telephone number of our account at Vapi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// Its name at Vapi.
    pub id: NumberId,
    /// As Vapi writes it.
    pub number: String,
    /// The name shown in Vapi's dashboard.
    pub name: String,
    /// Who answers; `None`: the server is asked.
    pub assistant: Option<AssistantId>,
    /// Where its messages go; `None`: to the organisation's server.
    pub server_url: Option<String>,
}

impl PhoneNumber {
    fn read(item: &Value) -> Option<Self> {
        let text = |path: &str| Some(item.pointer(path)?.as_str()?.to_owned());
        Some(Self {
            id: NumberId::parse(&text("/id")?)?,
            number: text("/number")?,
            name: text("/name").unwrap_or_default(),
            assistant: text("/assistantId").and_then(|id| AssistantId::parse(&id)),
            server_url: text("/server/url").or_else(|| text("/serverUrl")),
        })
    }
}

/// A number of ours at Twilio that Vapi is to answer. Vapi then sets the
/// number's voice URL at Twilio to its own.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The number.
    pub number: &'a E164,
    /// Opens the Twilio account: Vapi keeps it.
    pub twilio: &'a Credentials,
    /// The name shown in Vapi's dashboard, 40 characters.
    pub name: &'a str,
    /// Who answers; `None`: our server is asked for each call.
    pub assistant: Option<&'a AssistantId>,
    /// Where its messages go, from
    /// [`Plan::server`](super::assistant::Plan::server).
    pub server: &'a Value,
    /// Who is dialled when nobody can answer.
    pub fallback: Option<&'a E164>,
}

impl Import<'_> {
    fn body(&self) -> Value {
        let mut body = json!({
            "provider": "twilio",
            "number": self.number.as_str(),
            "twilioAccountSid": self.twilio.account.as_str(),
            "twilioAuthToken": self.twilio.token.expose_secret(),
            "name": short(self.name),
            // Text messages stay with us.
            "smsEnabled": false,
            "server": self.server,
        });
        if let Some(assistant) = self.assistant {
            body["assistantId"] = assistant.as_str().into();
        }
        if let Some(number) = self.fallback {
            body["fallbackDestination"] = json!({ "type": "number", "number": number.as_str() });
        }
        body
    }
}

/// What is changed on a number; `None` stays as it is. An assistant can be
/// exchanged, not taken away: Vapi documents no way to.
#[derive(Debug, Clone, Copy, Default)]
pub struct NumberChange<'a> {
    /// A new name.
    pub name: Option<&'a str>,
    /// Who answers from now on.
    pub assistant: Option<&'a AssistantId>,
    /// Where its messages go from now on.
    pub server: Option<&'a Value>,
}

impl NumberChange<'_> {
    fn body(&self) -> Value {
        let mut body = json!({ "provider": "twilio" });
        if let Some(name) = self.name {
            body["name"] = short(name).into();
        }
        if let Some(assistant) = self.assistant {
            body["assistantId"] = assistant.as_str().into();
        }
        if let Some(server) = self.server {
            body["server"] = server.clone();
        }
        body
    }
}

fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

impl Api {
    /// Lets Vapi answer a number of ours at Twilio.
    ///
    /// *Repeating:* safe: a number is known once, the second time is refused
    /// with [`Reason::Conflict`](crate::fault::Reason::Conflict). After an
    /// unknown outcome or that refusal find it with [`Self::phone_numbers`].
    pub async fn import_number(&self, import: &Import<'_>) -> Result<PhoneNumber, Fault> {
        let made = self.send(Method::POST, "/phone-number", &import.body()).await?;
        PhoneNumber::read(&made.json()?).ok_or_else(Fault::unreadable)
    }

    /// The account's telephone numbers.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn phone_numbers(&self) -> Result<Vec<PhoneNumber>, Fault> {
        Ok(self.list("/phone-number").await?.iter().filter_map(PhoneNumber::read).collect())
    }

    /// Changes who answers a number.
    ///
    /// *Repeating:* safe, it sets values.
    pub async fn update_number(
        &self,
        id: &NumberId,
        change: &NumberChange<'_>,
    ) -> Result<PhoneNumber, Fault> {
        let path = format!("/phone-number/{id}");
        let changed = self.send(Method::PATCH, &path, &change.body()).await?;
        PhoneNumber::read(&changed.json()?).ok_or_else(Fault::unreadable)
    }

    /// Lets Vapi forget a number; it stays ours at Twilio, without a voice URL.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_number(&self, id: &NumberId) -> Result<(), Fault> {
        self.delete(&format!("/phone-number/{id}")).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounts_numbers_are_read() {
        let exchange = include_str!("../../tests/fixtures/vapi/rest/phone-number.list.json");
        let exchange: Value = serde_json::from_str(exchange).unwrap();
        let number = PhoneNumber::read(&exchange["response"]["json"][0]).unwrap();
        assert_eq!(number.number, "+33939240575");
        assert!(number.assistant.is_some() && number.server_url.is_some());
        assert_eq!(PhoneNumber::read(&json!({ "message": "x" })), None);
    }
}
