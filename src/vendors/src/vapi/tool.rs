//! Tool calls in all the shapes Vapi has sent them, and our answers.

use serde::Serialize;
use serde_json::{Map, Value};

/// A function that the model wants us to run.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// Vapi's name for this one call of the function; empty in the legacy form.
    pub id: String,
    /// The function.
    pub name: String,
    /// Its arguments; an empty object when there are none or they cannot be read.
    pub arguments: Map<String, Value>,
}

impl ToolCall {
    /// Every tool call of a message, from the first list that has any.
    pub fn read_all(message: &Value) -> Vec<Self> {
        for list in ["toolCallList", "toolCalls", "toolWithToolCallList"] {
            let found: Vec<_> =
                items(message.get(list)).iter().take(MOST).filter_map(Self::read).collect();
            if !found.is_empty() {
                return found;
            }
        }
        message.get("functionCall").and_then(Self::read).into_iter().collect()
    }

    fn read(item: &Value) -> Option<Self> {
        // `toolWithToolCallList` keeps the name outside and the call inside.
        let call = item.get("toolCall").unwrap_or(item);
        let name = text(call, &["/function/name", "/name"])
            .or_else(|| text(item, &["/function/name", "/name"]))?;
        let arguments = ["/function/arguments", "/arguments", "/parameters"]
            .iter()
            .find_map(|path| call.pointer(path).filter(|value| !value.is_null()));
        Some(Self {
            id: text(call, &["/id"]).unwrap_or_default().to_owned(),
            name: name.to_owned(),
            arguments: arguments.map(object).unwrap_or_default(),
        })
    }

    /// A text argument under any of its known names; blank is absent.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .filter_map(|name| self.arguments.get(*name)?.as_str())
            .map(str::trim)
            .find(|text| !text.is_empty())
    }
}

/// More tool calls than this in one message are not a model's.
const MOST: usize = 32;

fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, paths: &[&str]) -> Option<&'a str> {
    paths.iter().find_map(|path| value.pointer(path)?.as_str()).filter(|text| !text.is_empty())
}

fn object(arguments: &Value) -> Map<String, Value> {
    match arguments {
        Value::Object(fields) => fields.clone(),
        Value::String(json) => serde_json::from_str(json).unwrap_or_default(),
        _ => Map::new(),
    }
}

/// What one tool call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A French sentence for the model to use.
    Done(String),
    /// A French sentence saying what could not be done.
    Failed(String),
}

/// One entry of `results`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToolResult {
    tool_call_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl ToolResult {
    /// The entry that answers `call`.
    pub fn of(call: &ToolCall, outcome: Outcome) -> Self {
        let (result, error) = match outcome {
            Outcome::Done(text) => (Some(one_line(&text)), None),
            Outcome::Failed(text) => (None, Some(one_line(&text))),
        };
        let name = (!call.name.is_empty()).then(|| call.name.clone());
        Self { tool_call_id: call.id.clone(), name, result, error }
    }
}

/// Vapi takes single-line strings only; no-break spaces stay.
pub fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
    text.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_one_line() {
        assert_eq!(one_line(" Mardi\n 24\u{a0}novembre\r\n"), "Mardi 24\u{a0}novembre");
    }

    #[test]
    fn a_call_without_a_name_is_none() {
        assert!(ToolCall::read_all(&json!({"toolCallList": [{"id": "x"}, 3, null]})).is_empty());
        assert!(ToolCall::read_all(&json!({"toolCallList": "x"})).is_empty());
    }

    #[test]
    fn arguments_that_cannot_be_read_are_empty() {
        let calls = ToolCall::read_all(&json!({"toolCalls": [
            {"id": "a", "name": "book", "arguments": "{not json"},
            {"id": "b", "name": "book", "arguments": [1]},
        ]}));
        assert_eq!(calls.len(), 2);
        assert!(calls.iter().all(|call| call.arguments.is_empty()));
    }
}
