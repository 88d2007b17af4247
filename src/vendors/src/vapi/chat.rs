//! What Vapi asks our dialogue on every turn: an OpenAI chat request with the
//! whole history, the assistant's settings and the call. Only what decides the
//! turn is kept; the history is counted in passing, not built. ElevenLabs asks
//! in the same shape, with the call in `elevenlabs_extra_body` (put there by
//! [`Bridge`](crate::elevenlabs::bridge::Bridge)) and an `end_call` of its own.

mod history;

use super::call::CallFacts;
use super::stream::Tool;
pub use history::History;
use history::HistorySeed;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// A chat request, as far as the dialogue needs it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChatRequest {
    /// The call it belongs to.
    pub facts: CallFacts,
    /// What the caller has said so far.
    pub history: History,
    /// True when the answer is to be a stream.
    pub stream: bool,
    /// What the answer may make Vapi do.
    pub offered: Offered,
    /// The model's name as asked for.
    pub model: Option<String>,
}

/// The built-in tools that the request offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// `endCall`.
    pub end_call: bool,
    /// `end_call`, as ElevenLabs names it.
    pub system_end_call: bool,
    /// `transferCall`.
    pub transfer_call: bool,
    /// The destinations that `transferCall` declares; empty when it declares none.
    pub destinations: Vec<String>,
}

/// Why a body is not a chat request.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// Not JSON, or `messages` is not a list.
    #[error("not a chat request: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Without `messages` there is nothing to answer.
    #[error("a chat request has messages")]
    NoMessages,
}

impl ChatRequest {
    /// Reads a body; unknown fields are skipped, wrong types of optional ones
    /// count as absent. `header` is the `x-vapi-call-id` header.
    pub fn read(body: &[u8], header: Option<&str>) -> Result<Self, ChatError> {
        let raw: Raw = serde_json::from_slice(body)?;
        let history = raw.history.ok_or(ChatError::NoMessages)?;
        Ok(Self {
            facts: CallFacts::read(&Value::Object(raw.context), header),
            history,
            stream: raw.stream,
            offered: raw.offered,
            model: raw.model,
        })
    }
}

#[derive(Default)]
struct Raw {
    history: Option<History>,
    context: Map<String, Value>,
    offered: Offered,
    stream: bool,
    model: Option<String>,
}

/// The fields that say which call it is; everything else is skipped unread.
const CONTEXT: [&str; 9] = [
    "call",
    "phoneNumber",
    "customer",
    "message",
    "customerNumber",
    "callerNumber",
    "from",
    "to",
    "metadata",
];

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a chat request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Raw, A::Error> {
        let mut raw = Raw::default();
        while let Some(key) = fields.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "messages" => raw.history = Some(fields.next_value_seed(HistorySeed)?),
                "tools" | "functions" => raw.offered.read(&fields.next_value()?),
                "stream" => raw.stream = is_true(&fields.next_value()?),
                "model" => raw.model = model(&fields.next_value()?),
                "elevenlabs_extra_body" => raw.lift(fields.next_value()?),
                known if CONTEXT.contains(&known) => {
                    raw.context.insert(known.to_owned(), fields.next_value()?);
                }
                _ => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(raw)
    }
}

impl Raw {
    /// Takes the call from where ElevenLabs puts what we gave it.
    fn lift(&mut self, extra: Value) {
        let Value::Object(extra) = extra else { return };
        let known = extra.into_iter().filter(|(key, _)| CONTEXT.contains(&key.as_str()));
        for (key, value) in known {
            self.context.entry(key).or_insert(value);
        }
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::String(text) => text.trim().eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn model(value: &Value) -> Option<String> {
    value.as_str().filter(|name| !name.is_empty() && name.len() <= 128).map(str::to_owned)
}

impl Offered {
    fn read(&mut self, tools: &Value) {
        for tool in tools.as_array().into_iter().flatten().take(256) {
            let function = tool.get("function").unwrap_or(tool);
            match function.get("name").and_then(Value::as_str) {
                Some("endCall") => self.end_call = true,
                Some("end_call") => self.system_end_call = true,
                Some("transferCall") => {
                    self.transfer_call = true;
                    self.destinations = destinations(function);
                }
                _ => {}
            }
        }
    }

    /// The tool that hangs up, if one is offered.
    pub fn hang_up(&self) -> Option<Tool> {
        match (self.end_call, self.system_end_call) {
            (true, _) => Some(Tool::EndCall),
            (false, true) => Some(Tool::SystemEndCall),
            (false, false) => None,
        }
    }

    /// True when `transferCall` may name this number.
    pub fn may_transfer_to(&self, number: &str) -> bool {
        self.transfer_call
            && (self.destinations.is_empty() || self.destinations.iter().any(|d| d == number))
    }
}

fn destinations(function: &Value) -> Vec<String> {
    let declared = function.pointer("/parameters/properties/destination/enum");
    let declared = declared.and_then(Value::as_array).into_iter().flatten();
    declared.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What Vapi writes before digits that the caller typed.
const KEYPAD: &str = "user's keypad entry:";

/// Keys as Vapi writes them: what [`keypad`] reads.
pub fn keypad_entry(keys: &str) -> String {
    format!("User's Keypad Entry: {keys}")
}

/// The keys that the caller pressed, when this message is about keys.
pub fn keypad(heard: &str) -> Option<String> {
    let text = heard.trim();
    let start = text.get(..KEYPAD.len())?;
    start.eq_ignore_ascii_case(KEYPAD).then(|| {
        let keys = text[KEYPAD.len()..].chars();
        keys.filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).take(32).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> ChatRequest {
        ChatRequest::read(body.as_bytes(), None).unwrap()
    }

    #[test]
    fn odd_messages_do_not_hide_the_others() {
        let request = read(
            r#"{"messages": [null, 3, "x", [1], {"role": 7, "content": "a"},
                {"role": "user", "content": null},
                {"content": [{"type": "text", "text": "deux"}, {"type": "image_url"}, "trois"], "role": "user"},
                {"role": "tool", "content": "x"}], "stream": "TRUE"}"#,
        );
        assert_eq!(request.history.user_messages, 2);
        assert_eq!(request.history.last_user, "deux trois");
        assert!(!request.history.assistant_spoke && request.stream);
    }

    #[test]
    fn escapes_are_read() {
        let request =
            read(r#"{"messages": [{"role": "user", "content": "C\u2019est \"noté\"\n"}]}"#);
        assert_eq!(request.history.last_user, "C\u{2019}est \"noté\"\n");
    }

    #[test]
    fn what_is_no_chat_request_is_refused() {
        for body in ["", "{", "[]", "3", r#"{"messages": 3}"#, r#"{"messages": {}}"#, "{}"] {
            assert!(ChatRequest::read(body.as_bytes(), None).is_err(), "{body}");
        }
        let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
        let deep = format!(r#"{{"messages": [{{"role": "user", "content": {open}{close}}}]}}"#);
        assert!(ChatRequest::read(deep.as_bytes(), None).is_err());
        let skipped = format!(r#"{{"assistant": {open}{close}, "messages": []}}"#);
        assert!(ChatRequest::read(skipped.as_bytes(), None).is_ok());
    }

    #[test]
    fn elevenlabs_asks_in_the_same_shape() {
        let request = read(
            r#"{"messages": [{"role": "user", "content": "Au revoir."}], "stream": true,
                "tools": [{"function": {"name": "end_call"}}],
                "elevenlabs_extra_body": {"call": {"id": "CA1"}, "junk": 1,
                    "customer": {"number": "+33639981234"},
                    "phoneNumber": {"number": "+33939240575"}}}"#,
        );
        assert_eq!(request.facts.call.as_ref().map(|call| call.as_str()), Some("CA1"));
        assert_eq!(request.facts.caller.as_deref(), Some("+33639981234"));
        assert_eq!(request.facts.dialled.as_deref(), Some("+33939240575"));
        assert_eq!(request.offered.hang_up(), Some(Tool::SystemEndCall));
        assert_eq!(Offered::default().hang_up(), None);
    }

    #[test]
    fn a_transfer_names_a_declared_number() {
        let request = read(
            r#"{"messages": [], "tools": [{"function": {"name": "transferCall", "parameters":
                {"properties": {"destination": {"enum": ["+33199004567"]}}}}}, {"name": "endCall"}, 3]}"#,
        );
        assert!(request.offered.end_call);
        assert!(request.offered.may_transfer_to("+33199004567"));
        assert!(!request.offered.may_transfer_to("+33199004568"));
        assert!(!Offered::default().may_transfer_to("+33199004567"));
    }

    #[test]
    fn pressed_keys_are_recognised() {
        assert_eq!(keypad("User's Keypad Entry: 06 39#").as_deref(), Some("0639#"));
        assert_eq!(keypad("user's keypad entry:").as_deref(), Some(""));
        assert_eq!(keypad("zéro six"), None);
        assert_eq!(keypad("User's Keypad Entré: 1"), None);
    }
}
