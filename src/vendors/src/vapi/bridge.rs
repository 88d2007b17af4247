//! Passing a call that Twilio brought to us on to an assistant of Vapi's: we
//! keep the number's voice URL, and with it the fallback when Vapi is silent.

use super::api::{Api, AssistantId, NumberId};
use super::call::CARRIER;
use crate::fault::Fault;
use domain::id::CallId;
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
    /// Who calls; `None`: they hide their number.
    pub caller: Option<&'a E164>,
    /// Twilio's name for the call: comes back with everything that Vapi says of it.
    pub call: &'a CallId,
}

/// A call that Vapi waits for.
#[derive(Debug, Clone)]
pub struct Bridged {
    /// Vapi's name for its part of the call.
    pub call: CallId,
    /// What connects the caller with the assistant: to be answered to Twilio as
    /// `text/xml`.
    pub twiml: String,
}

impl Bridge<'_> {
    fn body(&self) -> Value {
        let customer = match self.caller {
            Some(number) => json!({ "number": number.as_str() }),
            None => json!({ "number": "anonymous", "numberE164CheckEnabled": false }),
        };
        json!({
            "phoneCallProviderBypassEnabled": true,
            "assistantId": self.assistant.as_str(),
            "phoneNumberId": self.number.as_str(),
            "customer": customer,
            "assistantOverrides": { "metadata": { CARRIER: self.call.as_str() } },
        })
    }
}

impl Api {
    /// Registers the call. Twilio waits 15 s, so use a short [`Self::with_timeout`].
    ///
    /// *Repeating:* not done: the caller waits. A call that was registered and
    /// never connected ends by itself.
    pub async fn bridge(&self, bridge: &Bridge<'_>) -> Result<Bridged, Fault> {
        let made: Value = self.send(Method::POST, "/call", &bridge.body()).await?.json()?;
        let text = |path: &str| made.pointer(path).and_then(Value::as_str);
        let call = text("/id").and_then(CallId::parse);
        let twiml = text("/phoneCallProviderDetails/twiml").map(str::to_owned);
        let bridged = call.zip(twiml).map(|(call, twiml)| Bridged { call, twiml });
        bridged.ok_or_else(Fault::unreadable)
    }
}
