//! What Meta tells us: messages that people write, and what became of ours.
//! One body holds many of them, in no order, and may come again for days.

use super::api::WhatsAppId;
use domain::message::Status;
use jiff::Timestamp;
use serde_json::Value;

/// More than Meta packs into one body is not read.
const MOST: usize = 1000;
/// The longest message that is kept, in characters.
const MAX_WORDS: usize = 2000;

/// One thing that a webhook tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Somebody writes.
    Received(Received),
    /// Something became of a message of ours.
    Report(Report),
}

/// A message that somebody sends us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its name.
    pub id: WhatsAppId,
    /// Our number's name at Meta.
    pub to_id: String,
    /// Our number, digits.
    pub to: String,
    /// From where, digits; `None`: Meta does not say.
    pub from: Option<String>,
    /// The words, also of a pressed button; empty for pictures and the like.
    pub body: String,
    /// When it was written.
    pub at: Option<Timestamp>,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its name.
    pub id: WhatsAppId,
    /// What became of it.
    pub status: Status,
    /// Our mark on it.
    pub mark: Option<String>,
    /// Why it was not delivered.
    pub code: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

/// Reads a body; what is unknown in it is left out.
pub fn read(body: &Value) -> Vec<Told> {
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut told = Vec::new();
    for entry in list(body, "entry") {
        for change in list(&entry, "changes") {
            let value = &change["value"];
            let metadata = &value["metadata"];
            let messages = list(value, "messages");
            told.extend(messages.iter().filter_map(|m| received(m, metadata)).map(Told::Received));
            let statuses = list(value, "statuses");
            told.extend(statuses.iter().filter_map(report).map(Told::Report));
            if told.len() >= MOST {
                told.truncate(MOST);
                return told;
            }
        }
    }
    told
}

fn received(message: &Value, metadata: &Value) -> Option<Received> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let words = [
        &message["text"]["body"],
        &message["button"]["text"],
        &message["interactive"]["button_reply"]["title"],
        &message["interactive"]["list_reply"]["title"],
    ];
    let body = words.into_iter().find_map(Value::as_str).unwrap_or_default();
    Some(Received {
        id: WhatsAppId::parse(message["id"].as_str()?)?,
        to_id: text(&metadata["phone_number_id"])?,
        to: text(&metadata["display_phone_number"]).unwrap_or_default(),
        from: text(&message["from"]),
        body: body.chars().take(MAX_WORDS).collect(),
        at: instant(&message["timestamp"]),
    })
}

fn report(status: &Value) -> Option<Report> {
    let code = status["errors"].get(0).and_then(|error| error["code"].as_u64());
    Some(Report {
        id: WhatsAppId::parse(status["id"].as_str()?)?,
        status: match status["status"].as_str()? {
            "sent" => Status::Sent,
            "delivered" => Status::Delivered,
            "read" | "played" => Status::Read,
            "failed" => Status::Failed,
            _ => return None,
        },
        mark: status["biz_opaque_callback_data"].as_str().map(str::to_owned),
        code: code.map(|code| code.to_string()),
        at: instant(&status["timestamp"]),
    })
}

/// Unix seconds, written as a text.
fn instant(value: &Value) -> Option<Timestamp> {
    let seconds = value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_i64())?;
    Timestamp::from_second(seconds).ok()
}
