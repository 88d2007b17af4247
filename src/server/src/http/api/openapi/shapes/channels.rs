//! Channels and messages.

use super::{anything, instant, list, maybe_text, object, text, whole, with};
use serde_json::{Value, json};

fn yes() -> Value {
    json!({ "type": "boolean" })
}

fn maybe_whole() -> Value {
    json!({ "type": ["integer", "null"] })
}

fn free() -> Value {
    json!({ "type": "object" })
}

/// Their shapes by their names.
pub(super) fn all() -> [(&'static str, Value); 11] {
    [
        ("Channel", channel()),
        ("Channels", object(&[("channels", list("Channel")), ("total", whole())])),
        ("ChannelChange", change()),
        ("TryMessage", with(&[("to", text())], &["to"])),
        ("NewMessage", object(&[("to", text()), ("message", text())])),
        ("OrderedMessage", object(&[("id", text()), ("refused", maybe_text())])),
        ("MessageDraft", draft()),
        ("MessagePreview", object(&[("subject", maybe_text()), ("text", text()), ("sms", sms())])),
        ("Message", message()),
        ("Messages", object(&[("messages", list("Message")), ("total", whole())])),
        ("MessageStatistics", statistics()),
    ]
}

fn channel() -> Value {
    object(&[
        ("channel", text()),
        ("enabled", yes()),
        ("configured", yes()),
        ("public", free()),
        ("secrets", free()),
        ("templates", free()),
        ("assistant_id", maybe_text()),
        ("version", whole()),
        ("health", object(&[("state", text()), ("reason", text()), ("checked", checked())])),
    ])
}

/// What became of the last try; null: never tried.
fn checked() -> Value {
    let mut tried = object(&[("at", instant()), ("status", text()), ("code", maybe_text())]);
    tried["type"] = json!(["object", "null"]);
    tried
}

fn change() -> Value {
    let members = [
        ("version", maybe_whole()),
        ("public", free()),
        ("secrets", free()),
        ("templates", free()),
        ("enabled", yes()),
        ("assistant_id", maybe_text()),
    ];
    with(&members, &[])
}

fn draft() -> Value {
    let members = [
        ("event", text()),
        ("language", maybe_text()),
        ("subject", maybe_text()),
        ("text", maybe_text()),
    ];
    with(&members, &["event"])
}

fn sms() -> Value {
    let sms = object(&[
        ("text", text()),
        ("encoding", text()),
        ("segments", whole()),
        ("costly", json!({ "type": "array", "items": text() })),
    ]);
    let mut sms = sms;
    sms["type"] = json!(["object", "null"]);
    sms
}

fn message() -> Value {
    object(&[
        ("id", text()),
        ("channel", text()),
        ("direction", text()),
        ("to", text()),
        ("from", maybe_text()),
        ("class", text()),
        ("origin", text()),
        ("event", maybe_text()),
        ("subject", maybe_text()),
        ("content", maybe_text()),
        ("segments", maybe_whole()),
        ("status", text()),
        ("attempts", whole()),
        ("error_code", maybe_text()),
        ("provider", maybe_text()),
        ("external_message_id", maybe_text()),
        ("cost_cents", maybe_whole()),
        ("currency", maybe_text()),
        ("created_at", instant()),
        ("sent_at", instant()),
        ("delivered_at", instant()),
    ])
}

fn statistics() -> Value {
    object(&[
        ("channel", text()),
        ("days", whole()),
        ("total", whole()),
        ("by_status", anything()),
        ("cost_cents", whole()),
    ])
}
