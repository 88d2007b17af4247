//! A registered call, and what the agent and the caller say on it.

use super::super::signature::sign;
use super::STREAM;
use super::answer::Refuse;
use crate::simulator::{Line, Talk, Words, World};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn register(
    State(world): State<World>,
    Json(body): Json<Value>,
) -> Result<impl IntoResponse, Refuse> {
    let names = ["agent_id", "from_number", "to_number"];
    if let Some(name) = names.iter().find(|name| !body[**name].is_string()) {
        return Err(Refuse::field(name));
    }
    let mut state = world.state();
    let agent = body["agent_id"].as_str().unwrap_or_default();
    state.elevenlabs.agents.get(agent).ok_or_else(Refuse::agent)?;
    let conversation = format!("conv_{}", &world.digits(&mut state)[..26]);
    let twiml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://api.elevenlabs.io{STREAM}?agent_id={agent}"><Parameter name="conversation_id" value="{conversation}"/></Stream></Connect></Response>"#
    );
    state.elevenlabs.registered.put(&conversation, body);
    Ok(([(header::CONTENT_TYPE, "text/html")], twiml))
}

impl World {
    /// The caller is connected with a call that was registered before; `false`
    /// when `url` and `conversation` are none of ElevenLabs'.
    pub(crate) async fn elevenlabs_stream(
        &self,
        url: &str,
        conversation: &str,
        call: &str,
        talk: &mut Talk,
    ) -> bool {
        let registered = self.state().elevenlabs.registered.take(conversation);
        let Some(registered) = registered.filter(|_| url.contains(STREAM)) else { return false };
        let agent = registered["agent_id"].as_str().unwrap_or_default();
        let Some(agent) = self.state().elevenlabs.agents.get(agent).cloned() else { return false };
        talk.lines.push(Line::Agent { provider: "elevenlabs".to_owned() });
        let reason = self.converse(&agent, &registered, call, talk).await;
        self.report(conversation, call, &registered, talk, reason).await;
        true
    }

    async fn converse(
        &self,
        agent: &Value,
        registered: &Value,
        call: &str,
        talk: &mut Talk,
    ) -> &'static str {
        let config = &agent["conversation_config"]["agent"];
        let data = &registered["conversation_initiation_client_data"];
        let own = &data["conversation_config_override"]["agent"]["first_message"];
        let first = own.as_str().or_else(|| config["first_message"].as_str()).unwrap_or_default();
        talk.hear(first);
        let mut history = vec![json!({ "role": "assistant", "content": first })];
        while let Some(words) = talk.next() {
            let text = match words {
                Words::Speech(text) => text,
                Words::Keys { keys } => keys,
                Words::Tool { .. } => continue,
            };
            history.push(json!({ "role": "user", "content": text }));
            let Some((said, tool)) = self.think(config, data, &history).await else {
                talk.fail("the model did not answer");
                return "custom_llm_error";
            };
            talk.hear(&said);
            history.push(json!({ "role": "assistant", "content": said }));
            match tool.as_deref() {
                Some("end_call") => return "end_call tool was called.",
                // ElevenLabs has no access to the Twilio account of such a call.
                Some(other) => talk.fail(format!("{other} is not available on this call")),
                None => {}
            }
            if self.is_called_away(call) {
                break;
            }
        }
        "Call ended by remote party"
    }

    /// Asks the agent's model: what it says, and the tool it calls.
    async fn think(
        &self,
        config: &Value,
        data: &Value,
        history: &[Value],
    ) -> Option<(String, Option<String>)> {
        let model = &config["prompt"]["custom_llm"];
        let Some(url) = model["url"].as_str() else {
            return Some(("(réponse du modèle hébergé)".to_owned(), None));
        };
        let tools = config["prompt"]["built_in_tools"].as_object().into_iter().flatten();
        let tools: Vec<_> = tools
            .map(|(name, _)| json!({ "type": "function", "function": { "name": name } }))
            .collect();
        let body = json!({
            "messages": history, "model": model["model_id"], "stream": true, "tools": tools,
            "elevenlabs_extra_body": data["custom_llm_extra_body"],
        });
        let url = format!("{}/chat/completions", url.trim_end_matches('/'));
        let mut request = self.client().post(url).json(&body).timeout(PATIENCE);
        for (name, value) in model["request_headers"].as_object().into_iter().flatten() {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
        let answer = request.send().await.ok()?.error_for_status().ok()?;
        Some(heard(&answer.text().await.ok()?))
    }

    async fn report(
        &self,
        conversation: &str,
        call: &str,
        registered: &Value,
        talk: &Talk,
        reason: &str,
    ) {
        let Some(url) = self.state().elevenlabs.webhook.clone() else { return };
        let started = self.now().as_second();
        let body = json!({
            "type": "post_call_transcription",
            "event_timestamp": started + talk.seconds(),
            "data": {
                "agent_id": registered["agent_id"],
                "conversation_id": conversation,
                "status": "done",
                "transcript": [],
                "metadata": {
                    "start_time_unix_secs": started,
                    "call_duration_secs": talk.seconds(),
                    "cost": 0,
                    "termination_reason": reason,
                    "phone_call": {
                        "type": "twilio", "direction": "inbound",
                        "agent_number": registered["to_number"],
                        "external_number": registered["from_number"],
                        "call_sid": call,
                    },
                },
                "conversation_initiation_client_data":
                    registered["conversation_initiation_client_data"],
            },
        })
        .to_string();
        let signature = sign(&self.setup().elevenlabs_secret, self.now(), body.as_bytes());
        let request = self.client().post(url).body(body).timeout(PATIENCE);
        let request = request
            .header("content-type", "application/json")
            .header("elevenlabs-signature", signature);
        // A report that fails is not sent again, as with ElevenLabs' default.
        let _ = request.send().await;
    }
}

/// The words and the tool of a streamed answer.
fn heard(stream: &str) -> (String, Option<String>) {
    let (mut text, mut tool) = (String::new(), None);
    for frame in stream.lines().filter_map(|line| line.strip_prefix("data:")) {
        let Ok(frame) = serde_json::from_str::<Value>(frame) else { continue };
        let delta = frame.pointer("/choices/0/delta").unwrap_or(&Value::Null);
        text.push_str(delta["content"].as_str().unwrap_or_default());
        let name = delta.pointer("/tool_calls/0/function/name").and_then(Value::as_str);
        tool = tool.or_else(|| name.map(str::to_owned));
    }
    (text, tool)
}
