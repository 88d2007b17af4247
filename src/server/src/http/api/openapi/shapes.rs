//! The shapes of bodies and answers, as JSON Schema. Nothing is in an answer
//! that is not here, and all of it is always there.

mod agents;
mod calendar;
mod channels;
mod requests;

use serde_json::{Map, Value, json};

fn text() -> Value {
    json!({ "type": "string" })
}

fn maybe_text() -> Value {
    json!({ "type": ["string", "null"] })
}

fn whole() -> Value {
    json!({ "type": "integer" })
}

fn instant() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

fn anything() -> Value {
    json!({})
}

fn shape(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn list(name: &str) -> Value {
    json!({ "type": "array", "items": shape(name) })
}

/// An object with exactly these members.
fn object(members: &[(&str, Value)]) -> Value {
    let names: Vec<_> = members.iter().map(|(name, _)| *name).collect();
    with(members, &names)
}

/// An object in which only some members must be there.
fn with(members: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<_, _> =
        members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Every shape by its name.
pub(super) fn all() -> Value {
    let mut all = json!({
        "OpenApi": { "type": "object" },
        "Problem": problem(),
        "WrongField": object(&[("field", text()), ("problem", text())]),
        "Alternative": object(&[("phone_number", text()), ("area_code", maybe_text())]),
        "Route": route(),
        "Routes": object(&[("routes", list("Route"))]),
        "NewRoute": new_route(),
        "Tenant": object(&[("tenant_id", whole()), ("name", text())]),
        "Tenants": object(&[("tenants", list("Tenant"))]),
        "DeletedTenant": deleted_tenant(),
        "Call": object(&call()),
        "Calls": object(&[("calls", list("Call")), ("next", maybe_text())]),
        "CallStory": story(),
        "Turn": turn(),
        "Event": event(),
        "Events": object(&[("events", list("Event")), ("next", maybe_text())]),
        "Last": object(&[("call_id", maybe_text()), ("at", instant())]),
        "Snapshot": snapshot(),
    });
    let more = agents::all().into_iter().chain(calendar::all());
    for (name, shape) in more.chain(channels::all()).chain(requests::all()) {
        all[name] = shape;
    }
    all
}

fn problem() -> Value {
    let members = [
        ("code", text()),
        ("message", text()),
        ("field", text()),
        ("reason", maybe_text()),
        ("pending", json!({ "type": "boolean" })),
        ("alternatives", list("Alternative")),
        ("fields", list("WrongField")),
    ];
    let error = with(&members, &["code", "message"]);
    with(&[("error", error), ("error_code", text())], &["error"])
}

fn route() -> Value {
    object(&[("channel", text()), ("key", text()), ("tenant_id", whole())])
}

fn new_route() -> Value {
    let members = [("channel", maybe_text()), ("key", text()), ("tenant_id", whole())];
    with(&members, &["key", "tenant_id"])
}

fn deleted_tenant() -> Value {
    object(&[
        ("tenant_id", whole()),
        ("status", text()),
        ("agents", whole()),
        ("phone_numbers", whole()),
        ("release_at", instant()),
    ])
}

fn call() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text()),
        ("call_id", text()),
        ("from_number", maybe_text()),
        ("to_number", maybe_text()),
        ("unrouted", json!({ "type": "boolean" })),
        ("outcome", maybe_text()),
        ("caller_name", maybe_text()),
        ("ended_reason", maybe_text()),
        ("duration_seconds", json!({ "type": ["integer", "null"] })),
        ("started_at", instant()),
        ("ended_at", instant()),
    ]
}

fn story() -> Value {
    let mut members = call();
    members.extend([
        ("turns", list("Turn")),
        ("events", list("Event")),
        ("appointments", list("Appointment")),
        ("tickets", list("Ticket")),
        ("prospects", list("Prospect")),
        ("actions_performed", anything()),
    ]);
    object(&members)
}

fn turn() -> Value {
    object(&[
        ("turn", whole()),
        ("revision", whole()),
        ("heard", text()),
        ("understood", anything()),
        ("rule", text()),
        ("said", text()),
        ("action", maybe_text()),
        ("took_us", whole()),
        ("at", instant()),
    ])
}

fn event() -> Value {
    object(&[
        ("id", text()),
        ("call_id", text()),
        ("event", text()),
        ("subject", text()),
        ("context", anything()),
        ("reason", maybe_text()),
        ("created_at", instant()),
    ])
}

fn snapshot() -> Value {
    let last = json!({ "anyOf": [shape("Last"), { "type": "null" }] });
    object(&[
        ("tenant_id", whole()),
        ("period", text()),
        ("from", text()),
        ("to", text()),
        ("calls_total", whole()),
        ("bookings_confirmed", whole()),
        ("transfers", whole()),
        ("abandons", whole()),
        ("last_call", last.clone()),
        ("last_booking", last),
    ])
}
