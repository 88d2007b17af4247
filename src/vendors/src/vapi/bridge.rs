//! Passing a call that Twilio brought to us on to an assistant of Vapi's: we
//! keep the number's voice URL, and with it the fallback when Vapi is silent.

use super::api::{Api, AssistantId, NumberId};
use crate::fault::Fault;
use domain::phone::E164;
use reqwest::Method;
use serde_json::{Value, json};

/// An incoming call for an assistant.
#[derive(Debug, Clone, Copy)]
pub struct Bridge<'a> {
    /// Who answers.
    pub assistant: &'a AssistantId,
    /// The called number, which Vapi must know.
    pub number: &'a NumberId,
    /// Who calls.
    pub caller: &'a E164,
}

impl Api {
    /// The TwiML that connects the caller with the assistant, to be answered to
    /// Twilio unchanged as `text/xml`. Twilio waits 15 s, so use a short
    /// [`Self::with_timeout`].
    ///
    /// *Repeating:* not done: the caller waits. A call that was registered and
    /// never connected ends by itself.
    pub async fn bridge(&self, bridge: &Bridge<'_>) -> Result<String, Fault> {
        let body = json!({
            "phoneCallProviderBypassEnabled": true,
            "assistantId": bridge.assistant.as_str(),
            "phoneNumberId": bridge.number.as_str(),
            "customer": { "number": bridge.caller.as_str() },
        });
        let made: Value = self.send(Method::POST, "/call", &body).await?.json()?;
        let twiml = made.pointer("/phoneCallProviderDetails/twiml").and_then(Value::as_str);
        twiml.map(str::to_owned).ok_or_else(Fault::unreadable)
    }
}
