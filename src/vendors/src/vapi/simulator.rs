//! Plays Vapi's part. [`SimulatedCall`] makes the requests of one incoming
//! call, in Vapi's shapes: `uwi call` and tests send them to the same endpoints
//! that Vapi calls. [`router`] is Vapi's REST API with state; [`World`] places
//! whole calls to the numbers and assistants that were created there.
//!
//! [`World`]: crate::simulator::World

mod answer;
mod conversation;
mod numbers;
mod server;

pub use server::router;
pub(crate) use server::{Records, routes};

use crate::simulator::Line;

use jiff::Timestamp;
use serde_json::{Value, json};

/// The voice URL that Vapi sets at Twilio for an imported number.
pub(crate) const INBOUND: &str = "/twilio/inbound_call";

/// Where a registered call's sound goes.
const STREAM: &str = "/vapi/stream/";

/// The TwiML that connects a caller with a registered call.
fn stream_to(id: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://api.vapi.ai{STREAM}{id}"/></Connect></Response>"#
    )
}

/// The registered call that a stream belongs to.
pub(crate) fn streamed(url: &str) -> Option<&str> {
    url.split_once(STREAM).map(|(_, id)| id)
}

fn agent_line() -> Line {
    Line::Agent { provider: "vapi".to_owned() }
}

/// One simulated incoming call and what was said in it so far.
#[derive(Debug, Clone)]
pub struct SimulatedCall {
    id: String,
    dialled: String,
    caller: Option<String>,
    history: Vec<Value>,
    tools: Value,
    started: Option<Timestamp>,
    control: Option<String>,
    metadata: Value,
}

/// What Vapi would do with an answer of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What the voice says.
    pub text: String,
    /// The built-in tool that was called (`endCall`, `transferCall`), if any.
    pub tool: Option<String>,
}

impl SimulatedCall {
    /// A call from `caller` (`None`: hidden) to `dialled`, both E.164.
    pub fn new(id: &str, dialled: &str, caller: Option<&str>) -> Self {
        Self {
            id: id.to_owned(),
            dialled: dialled.to_owned(),
            caller: caller.map(str::to_owned),
            history: Vec::new(),
            tools: json!([]),
            started: None,
            control: None,
            metadata: json!({}),
        }
    }

    /// The same with what the call was registered with.
    pub fn told(self, metadata: Value) -> Self {
        Self { metadata, ..self }
    }

    /// The same with a URL at which the live call takes commands.
    pub fn controlled_at(self, url: String) -> Self {
        Self { control: Some(url), ..self }
    }

    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `assistant-request`: who takes the call?
    pub fn assistant_request(&self, at: Timestamp) -> Value {
        self.message(at, "assistant-request", json!({}))
    }

    /// Takes the answer to [`Self::assistant_request`]: the first message that
    /// is spoken, or the sentence of a refusal.
    pub fn begin(&mut self, answer: &Value) -> Result<String, String> {
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            return Err(error.to_owned());
        }
        let text = |path: &str| answer.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let first = text("/assistant/firstMessage").to_owned();
        self.tools = declared_tools(answer.pointer("/assistant/model/tools"));
        if !first.is_empty() {
            self.history.push(json!({ "role": "assistant", "content": first }));
        }
        Ok(first)
    }

    /// `status-update` with `in-progress`: speech begins.
    pub fn in_progress(&mut self, at: Timestamp) -> Value {
        self.started = Some(at);
        self.message(at, "status-update", json!({ "status": "in-progress" }))
    }

    /// The chat request after the caller said `text`.
    pub fn turn(&mut self, text: &str, at: Timestamp) -> Value {
        self.history.push(json!({ "role": "user", "content": text }));
        json!({
            "model": super::stream::MODEL,
            "messages": self.history,
            "temperature": 0.5,
            "max_tokens": 250,
            "stream": true,
            "tools": self.tools,
            "call": self.call(),
            "phoneNumber": { "number": self.dialled, "provider": "vapi" },
            "customer": self.customer(),
            "metadata": self.metadata,
            "timestamp": at.as_millisecond(),
        })
    }

    /// Takes the streamed answer to [`Self::turn`].
    pub fn hear(&mut self, stream: &str) -> Heard {
        let mut heard = Heard { text: String::new(), tool: None };
        for frame in stream.lines().filter_map(|line| line.strip_prefix("data:")) {
            let Ok(frame) = serde_json::from_str::<Value>(frame) else { continue };
            let delta = frame.pointer("/choices/0/delta").unwrap_or(&Value::Null);
            heard.text.push_str(delta.get("content").and_then(Value::as_str).unwrap_or_default());
            let name = delta.pointer("/tool_calls/0/function/name").and_then(Value::as_str);
            heard.tool = heard.tool.or_else(|| name.map(str::to_owned));
        }
        self.history.push(json!({ "role": "assistant", "content": heard.text }));
        heard
    }

    /// `status-update` with `ended`.
    pub fn ended(&self, reason: &str, at: Timestamp) -> Value {
        self.message(at, "status-update", json!({ "status": "ended", "endedReason": reason }))
    }

    /// `end-of-call-report`.
    pub fn report(&self, reason: &str, at: Timestamp) -> Value {
        let started = self.started.unwrap_or(at);
        let seconds = at.as_second().saturating_sub(started.as_second()).max(0);
        self.message(
            at,
            "end-of-call-report",
            json!({
                "endedReason": reason,
                "startedAt": started.to_string(),
                "endedAt": at.to_string(),
                "durationSeconds": seconds,
                "cost": 0,
                "artifact": {},
                "analysis": {},
            }),
        )
    }

    /// `tool-calls` with one call of a function.
    pub fn tool_call(&self, name: &str, arguments: &Value, at: Timestamp) -> Value {
        let call = json!({
            "id": format!("call_{name}_{}", self.history.len()),
            "type": "function",
            "function": { "name": name, "arguments": arguments },
        });
        self.message(at, "tool-calls", json!({ "toolCallList": [call] }))
    }

    fn message(&self, at: Timestamp, kind: &str, extra: Value) -> Value {
        let mut message = json!({
            "type": kind,
            "timestamp": at.as_millisecond(),
            "call": self.call(),
            "phoneNumber": { "number": self.dialled, "provider": "vapi" },
            "customer": self.customer(),
        });
        if let (Value::Object(message), Value::Object(extra)) = (&mut message, extra) {
            message.extend(extra);
        }
        json!({ "message": message })
    }

    fn call(&self) -> Value {
        let mut call = json!({ "id": self.id, "type": "inboundPhoneCall", "status": "ringing",
            "customer": self.customer() });
        if self.metadata.as_object().is_some_and(|told| !told.is_empty()) {
            call["assistantOverrides"] = json!({ "metadata": self.metadata });
        }
        if let Some(url) = &self.control {
            call["monitor"] = json!({ "controlUrl": url });
        }
        call
    }

    fn customer(&self) -> Value {
        json!({ "number": self.caller.as_deref().unwrap_or("anonymous") })
    }
}

/// The OpenAI functions that Vapi makes of an assistant's built-in tools.
fn declared_tools(tools: Option<&Value>) -> Value {
    let tools = tools.and_then(Value::as_array).into_iter().flatten();
    let functions = tools.filter_map(|tool| {
        let name = tool.get("type")?.as_str()?;
        let numbers: Vec<_> = tool
            .get("destinations")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|destination| destination.get("number"))
            .collect();
        let properties = match name {
            "transferCall" => json!({ "destination": { "type": "string", "enum": numbers } }),
            _ => json!({}),
        };
        Some(json!({ "type": "function", "function": {
            "name": name, "parameters": { "type": "object", "properties": properties }
        }}))
    });
    functions.collect()
}
