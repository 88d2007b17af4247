//! Server messages: what Vapi tells us about a call and what it asks of us.

use super::call::{CallFacts, timestamp};
use super::report::Report;
use super::tool::ToolCall;
use jiff::Timestamp;
use serde_json::Value;

/// A server message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The call it is about.
    pub facts: CallFacts,
    /// Its type in today's spelling (`status-update`); empty when there is none.
    pub name: String,
    /// When Vapi sent it.
    pub at: Option<Timestamp>,
    /// What it says.
    pub kind: Kind,
}

/// What a message says, as far as we act on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A call arrives: which assistant takes it?
    AssistantRequest,
    /// The call changed its state.
    Status(Status),
    /// Run these functions.
    ToolCalls(Vec<ToolCall>),
    /// Run this function (the form of 2024, with its own answer shape).
    FunctionCall(ToolCall),
    /// Where should the call be passed to?
    TransferDestination,
    /// Which assistant takes over?
    HandoffDestination,
    /// Which documents match?
    KnowledgeBase,
    /// How long should Vapi wait before it takes the caller to be done? The
    /// text is the last thing the assistant said.
    Endpointing(String),
    /// Synthesise this speech.
    Voice,
    /// May this contact be called?
    CampaignPredial,
    /// The call is over and post-processed.
    Report(Box<Report>),
    /// Anything else: nothing is expected of us.
    Information,
}

/// The new state in a `status-update`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Speech can begin.
    InProgress,
    /// Being passed to this destination.
    Forwarding(Option<String>),
    /// Over, for this reason.
    Ended(Option<String>),
    /// `scheduled`, `queued`, `ringing` and whatever comes.
    Other(String),
}

impl Message {
    /// Reads a webhook body; total: what cannot be understood is [`Kind::Information`].
    /// `header` is the `x-vapi-call-id` header.
    pub fn read(payload: &Value, header: Option<&str>) -> Self {
        let message = payload.get("message").filter(|message| message.is_object());
        let message = message.unwrap_or(payload);
        let name = canonical(message.get("type").and_then(Value::as_str).unwrap_or_default());
        Self {
            facts: CallFacts::read(payload, header),
            at: message.get("timestamp").and_then(timestamp),
            kind: kind(&name, message),
            name,
        }
    }

    /// True for the messages that carry the caller's number from the start of
    /// a call or at its end; the others only ever repeat a stale copy.
    pub fn carries_caller(&self) -> bool {
        match &self.kind {
            Kind::AssistantRequest | Kind::Report(_) | Kind::Status(Status::InProgress) => true,
            _ => self.name == "assistant.started",
        }
    }
}

/// Today's spelling: `status_update` and `transcript[transcriptType="final"]` occur.
fn canonical(name: &str) -> String {
    let name = name.split('[').next().unwrap_or_default().trim();
    name.chars().take(64).map(|c| if c == '_' { '-' } else { c }).collect()
}

fn kind(name: &str, message: &Value) -> Kind {
    match name {
        "assistant-request" => Kind::AssistantRequest,
        "status-update" => Kind::Status(status(message)),
        "tool-calls" => Kind::ToolCalls(ToolCall::read_all(message)),
        "function-call" => function_call(message),
        "transfer-destination-request" => Kind::TransferDestination,
        "handoff-destination-request" => Kind::HandoffDestination,
        "knowledge-base-request" => Kind::KnowledgeBase,
        "call.endpointing.request" => Kind::Endpointing(last_said(message)),
        "voice-request" => Kind::Voice,
        "campaign.predial" => Kind::CampaignPredial,
        "end-of-call-report" => Kind::Report(Box::new(Report::read(message))),
        _ => Kind::Information,
    }
}

fn status(message: &Value) -> Status {
    let text = |path: &str| message.pointer(path).and_then(Value::as_str).map(str::to_owned);
    match message.get("status").and_then(Value::as_str).unwrap_or_default() {
        "in-progress" => Status::InProgress,
        "forwarding" => Status::Forwarding(text("/destination/number")),
        "ended" => Status::Ended(text("/endedReason")),
        other => Status::Other(other.chars().take(64).collect()),
    }
}

fn function_call(message: &Value) -> Kind {
    let direct = message.get("functionCall").map(|call| {
        ToolCall::read_all(&serde_json::json!({ "functionCall": call })).into_iter().next()
    });
    let call = direct.flatten().or_else(|| ToolCall::read_all(message).into_iter().next());
    call.map_or(Kind::Information, Kind::FunctionCall)
}

fn last_said(message: &Value) -> String {
    let messages = message.get("messages").and_then(Value::as_array);
    let spoken =
        messages.into_iter().flatten().rev().find(|item| {
            matches!(item.get("role").and_then(Value::as_str), Some("bot" | "assistant"))
        });
    let text = spoken.and_then(|item| item.get("message").or_else(|| item.get("content")));
    text.and_then(Value::as_str).unwrap_or_default().to_owned()
}
