//! Assistants and their numbers.

use super::{anything, instant, list, maybe_text, object, shape, text, whole, with};
use serde_json::{Value, json};

fn cost() -> Value {
    json!({ "type": ["number", "null"] })
}

fn maybe_yes() -> Value {
    json!({ "type": "boolean" })
}

/// Their shapes by their names.
pub(super) fn all() -> [(&'static str, Value); 16] {
    let mut made = agent();
    made.push(("api_token", maybe_text()));
    [
        ("Agent", object(&agent())),
        ("MadeAgent", object(&made)),
        ("Agents", object(&[("agents", list("Agent")), ("total", whole())])),
        ("NewAgent", new_agent()),
        ("AgentChange", change()),
        ("DeletedAgent", object(&["message", "agent_id", "status"].map(|name| (name, text())))),
        ("PhoneNumber", number()),
        ("PhoneNumbers", object(&[("phone_numbers", list("PhoneNumber")), ("total", whole())])),
        ("NewPhoneNumber", new_number()),
        ("BoughtNumber", bought()),
        ("ReleasedNumber", released()),
        ("Drift", drift()),
        ("RepairedAgent", object(&[("agent_id", text()), ("drift", list("Drift"))])),
        ("Dossier", object(&DOSSIER.map(|name| (name, text())))),
        ("Documents", documents()),
        ("NewDocuments", new_documents()),
    ]
}

fn agent() -> Vec<(&'static str, Value)> {
    vec![
        ("agent_id", text()),
        ("agent_name", text()),
        ("agent_type", text()),
        ("language", text()),
        ("status", text()),
        ("provider", text()),
        ("provider_agent_id", maybe_text()),
        ("phone_number", maybe_text()),
        ("phone_number_sid", maybe_text()),
        ("phone_number_provider", maybe_text()),
        ("phone_number_status", maybe_text()),
        ("phone_number_step", maybe_text()),
        ("phone_number_problem", maybe_text()),
        ("phone_numbers", list("PhoneNumber")),
        ("drift", list("Drift")),
        ("created_at", instant()),
    ]
}

fn drift() -> Value {
    object(&[
        ("phone_number", maybe_text()),
        ("path", text()),
        ("wanted", anything()),
        ("found", anything()),
        ("checked_at", instant()),
    ])
}

const DOSSIER: [&str; 8] = [
    "business_name",
    "registration",
    "first_name",
    "last_name",
    "email",
    "street",
    "postal_code",
    "city",
];

fn documents() -> Value {
    let dossier = json!({ "anyOf": [shape("Dossier"), { "type": "null" }] });
    object(&[
        ("status", text()),
        ("reason", maybe_text()),
        ("country", text()),
        ("kind", text()),
        ("dossier", dossier),
    ])
}

fn new_documents() -> Value {
    let mut members = DOSSIER.map(|name| (name, text())).to_vec();
    members.extend([("kbis", maybe_text()), ("kbis_name", maybe_text())]);
    with(&members, &DOSSIER)
}

fn new_agent() -> Value {
    let members = [
        ("agent_name", text()),
        ("language", text()),
        ("agent_type", maybe_text()),
        ("area_code", maybe_text()),
        ("country", maybe_text()),
        ("provision_phone", maybe_yes()),
        ("provider", maybe_text()),
    ];
    with(&members, &["agent_name"])
}

fn change() -> Value {
    with(&["agent_name", "language", "agent_type"].map(|name| (name, maybe_text())), &[])
}

fn number() -> Value {
    object(&[
        ("phone_number", text()),
        ("agent_id", text()),
        ("status", text()),
        ("friendly_name", text()),
        ("country_code", text()),
        ("monthly_cost", cost()),
        ("currency", maybe_text()),
        ("provisioned_at", instant()),
        ("release_at", instant()),
    ])
}

fn new_number() -> Value {
    let members =
        [("area_code", maybe_text()), ("country", maybe_text()), ("additional", maybe_yes())];
    with(&members, &[])
}

fn bought() -> Value {
    let able = ["voice", "sms", "mms"].map(|name| (name, maybe_yes()));
    object(&[
        ("message", text()),
        ("phone_number", text()),
        ("phone_number_sid", text()),
        ("friendly_name", text()),
        ("capabilities", object(&able)),
        ("status", text()),
        ("monthly_cost", cost()),
        ("currency", maybe_text()),
    ])
}

fn released() -> Value {
    object(&[
        ("message", text()),
        ("phone_number", text()),
        ("status", text()),
        ("release_at", instant()),
    ])
}
