//! The documented answers to server messages.

use super::destination::Destination;
use super::tool::{Outcome, ToolCall, ToolResult, one_line};
use serde_json::{Value, json};

/// To everything that expects nothing.
pub fn nothing() -> Value {
    json!({})
}

/// To `assistant-request`: this assistant takes the call.
pub fn assistant(assistant: Value) -> Value {
    json!({ "assistant": assistant })
}

/// To `assistant-request`: Vapi says this sentence and hangs up.
pub fn refusal(sentence: &str) -> Value {
    json!({ "error": sentence })
}

/// To `tool-calls`: one entry for each, in the same order.
pub fn tool_results(results: &[ToolResult]) -> Value {
    json!({ "results": results })
}

/// To `function-call`, the form of 2024.
pub fn function_result(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Done(text) | Outcome::Failed(text) => json!({ "result": one_line(text) }),
    }
}

/// To `tool-calls` when no single result can be given.
pub fn tools_unavailable(sentence: &str) -> Value {
    json!({ "error": one_line(sentence) })
}

/// To every one of `calls`: it could not be done.
pub fn all_failed(calls: &[ToolCall], sentence: &str) -> Value {
    let failed = |call| ToolResult::of(call, Outcome::Failed(sentence.to_owned()));
    tool_results(&calls.iter().map(failed).collect::<Vec<_>>())
}

/// To `transfer-destination-request`: pass the call on after saying `sentence`;
/// `fallback` is what the caller hears whom nobody answered.
pub fn transfer_to(to: &Destination, sentence: &str, fallback: &str) -> Value {
    json!({ "destination": to.as_vapi(sentence, fallback) })
}

/// To `transfer-destination-request` and `handoff-destination-request`: nobody can take it.
pub fn no_destination(sentence: &str) -> Value {
    json!({ "error": sentence })
}

/// To `knowledge-base-request`: what the tenant says about itself.
pub fn documents(contents: &[String]) -> Value {
    let document = |content: &String| json!({ "content": content, "similarity": 1.0 });
    json!({ "documents": contents.iter().map(document).collect::<Vec<_>>() })
}

/// To `call.endpointing.request`: how many seconds of silence mean "done",
/// after what the assistant said last.
pub fn endpointing(last_said: &str) -> Value {
    json!({ "timeoutSeconds": super::assistant::patience(last_said) })
}

/// To `campaign.predial`: we place no campaign calls.
pub fn not_eligible() -> Value {
    json!({ "eligible": false })
}
