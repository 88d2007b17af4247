//! Passing a call that Twilio brought to us on to an agent: we keep the
//! number's voice URL, and with it the fallback when ElevenLabs is silent.

use super::api::{AgentId, Api};
use crate::fault::Fault;
use domain::phone::E164;
use reqwest::Method;
use serde_json::{Map, Value, json};

/// An incoming call for an agent.
#[derive(Debug, Clone, Copy)]
pub struct Bridge<'a> {
    /// Who answers.
    pub agent: &'a AgentId,
    /// Who calls; ElevenLabs wants a text, so a withheld number is `anonymous`.
    pub caller: Option<&'a E164>,
    /// The called number.
    pub dialled: &'a E164,
    /// Twilio's name for the call: comes back with every request to our model.
    pub call: &'a str,
    /// Another first message for this call.
    pub first_message: Option<&'a str>,
    /// Every variable that the agent's texts use.
    pub variables: &'a Map<String, Value>,
}

impl Bridge<'_> {
    fn body(&self) -> Value {
        let caller = self.caller.map_or("anonymous", E164::as_str);
        let mut data = json!({
            "dynamic_variables": self.variables,
            // What Vapi's requests carry by themselves, in the same places.
            "custom_llm_extra_body": {
                "call": { "id": self.call },
                "customer": { "number": caller },
                "phoneNumber": { "number": self.dialled.as_str() },
            },
        });
        if let Some(text) = self.first_message {
            data["conversation_config_override"] = json!({ "agent": { "first_message": text } });
        }
        json!({
            "agent_id": self.agent.as_str(),
            "from_number": caller,
            "to_number": self.dialled.as_str(),
            "direction": "inbound",
            "conversation_initiation_client_data": data,
        })
    }
}

impl Api {
    /// The TwiML that connects the caller with the agent, to be answered to
    /// Twilio unchanged as `text/xml`. Twilio waits 15 s, so use a short
    /// [`Self::with_timeout`].
    ///
    /// *Repeating:* not done: the caller waits. A call that was registered and
    /// never connected ends by itself.
    pub async fn bridge(&self, bridge: &Bridge<'_>) -> Result<String, Fault> {
        let path = "/v1/convai/twilio/register-call";
        let twiml = self.send(Method::POST, path, &bridge.body()).await?.text()?;
        unquoted(&twiml).ok_or_else(Fault::unreadable)
    }
}

/// The description says "a plain string": as such, or as JSON.
fn unquoted(answer: &str) -> Option<String> {
    let text = serde_json::from_str::<String>(answer).unwrap_or_else(|_| answer.to_owned());
    text.trim_start().starts_with('<').then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_exchange_is_the_one_that_is_made() {
        let file = include_str!("../../tests/fixtures/elevenlabs/rest/twilio.register-call.json");
        let exchange: Value = serde_json::from_str(file).unwrap();
        let agent = AgentId::parse("agent_demo0000000000000000000001").unwrap();
        let (caller, dialled) =
            (E164::parse("+33639981234", "FR"), E164::parse("+33939240575", "FR"));
        let variables = json!({ "tenant_id": "demo", "caller_name": "Camille Martin" });
        let bridge = Bridge {
            agent: &agent,
            caller: Some(&caller.unwrap()),
            dialled: &dialled.unwrap(),
            call: "CA00000000000000000000000000000001",
            first_message: None,
            variables: variables.as_object().unwrap(),
        };
        let mut body = bridge.body();
        body["conversation_initiation_client_data"]
            .as_object_mut()
            .unwrap()
            .remove("custom_llm_extra_body");
        assert_eq!(body, exchange["request"]["json"]);
        let twiml = exchange["response"]["body"].as_str().unwrap();
        assert_eq!(unquoted(twiml).as_deref(), Some(twiml));
        assert_eq!(unquoted(&json!(twiml).to_string()).as_deref(), Some(twiml));
        assert_eq!(unquoted("Internal error"), None);
    }
}
