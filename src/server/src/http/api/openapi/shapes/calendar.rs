//! The shapes of appointments and what surrounds them.

use super::{anything, instant, list, maybe_text, object, shape, text, whole, with};
use serde_json::{Value, json};

/// Every shape by its name.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    vec![
        ("Appointment", object(&appointment())),
        ("Appointments", object(&[("appointments", list("Appointment"))])),
        ("AppointmentStory", story()),
        ("AppointmentChange", change()),
        ("NewAppointment", new_appointment()),
        ("ChangedAppointment", changed_appointment()),
        ("Table", text()),
        ("Feed", feed()),
        ("Calendar", calendar()),
        ("Calendars", object(&[("calendars", list("Calendar"))])),
        ("NewFeed", with(&[("shows", maybe_text())], &[])),
        ("MadeFeed", object(&[("calendar", text()), ("shows", text()), ("url", text())])),
        ("ClosedFeed", object(&[("calendar", text()), ("closed", flag())])),
        ("Closure", closure()),
        ("Closures", object(&[("closures", list("Closure"))])),
        ("NewClosure", new_closure()),
        ("RemovedClosure", object(&[("id", text()), ("removed", flag())])),
    ]
}

fn appointment() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text()),
        ("name", text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("date", text()),
        ("time", text()),
        ("start", instant()),
        ("end", instant()),
        ("minutes", whole()),
        ("service", text()),
        ("calendar", text()),
        ("status", text()),
        ("motive", maybe_text()),
        ("notes", maybe_text()),
        ("internal_notes", maybe_text()),
        ("call_id", maybe_text()),
        ("created_by", text()),
        ("version", whole()),
        ("created_at", instant()),
        ("updated_at", instant()),
    ]
}

fn story() -> Value {
    let mut members = appointment();
    members.push(("history", list("AppointmentChange")));
    object(&members)
}

fn change() -> Value {
    object(&[
        ("change", text()),
        ("details", anything()),
        ("author", text()),
        ("by", maybe_text()),
        ("call_id", maybe_text()),
        ("at", instant()),
    ])
}

fn new_appointment() -> Value {
    let members = [
        ("name", text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("start", text()),
        ("service", maybe_text()),
        ("calendar", maybe_text()),
        ("motive", maybe_text()),
    ];
    with(&members, &["name", "start"])
}

fn changed_appointment() -> Value {
    let members = [
        ("start", text()),
        ("service", text()),
        ("calendar", text()),
        ("status", text()),
        ("name", text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("motive", maybe_text()),
        ("notes", maybe_text()),
        ("internal_notes", maybe_text()),
        ("version", whole()),
    ];
    with(&members, &[])
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn feed() -> Value {
    object(&[("shows", text()), ("created_at", instant()), ("last_used_at", instant())])
}

fn calendar() -> Value {
    let feed = json!({ "anyOf": [shape("Feed"), { "type": "null" }] });
    object(&[("id", text()), ("name", text()), ("feed", feed)])
}

fn closure() -> Value {
    object(&[
        ("id", text()),
        ("from", text()),
        ("to", text()),
        ("reason", maybe_text()),
        ("appointments", list("Appointment")),
    ])
}

fn new_closure() -> Value {
    with(&[("from", text()), ("to", maybe_text()), ("reason", maybe_text())], &["from"])
}
