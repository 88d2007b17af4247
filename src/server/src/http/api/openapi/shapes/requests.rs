//! Tickets and prospects.

use super::{anything, instant, list, maybe_text, object, text, whole, with};
use serde_json::{Value, json};

fn yes_or_no() -> Value {
    json!({ "type": "boolean" })
}

fn maybe_whole() -> Value {
    json!({ "type": ["integer", "null"] })
}

/// Their shapes by their names.
pub(super) fn all() -> [(&'static str, Value); 12] {
    let mut story = ticket();
    story.push(("history", list("TicketEntry")));
    let next = ("next", maybe_text());
    [
        ("Ticket", object(&ticket())),
        ("TicketStory", object(&story)),
        ("Tickets", object(&[("tickets", list("Ticket")), next.clone()])),
        ("TicketEntry", entry()),
        ("NewTicket", new_ticket()),
        ("TicketChange", ticket_change()),
        ("Comment", object(&[("text", text())])),
        ("TicketAnswer", object(&[("version", whole()), ("channel", text()), ("text", text())])),
        ("Prospect", object(&prospect())),
        ("Prospects", object(&[("prospects", list("Prospect")), next])),
        ("NewProspect", new_prospect()),
        ("ProspectChange", prospect_change()),
    ]
}

fn ticket() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text()),
        ("reference", maybe_text()),
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("category", text()),
        ("priority", text()),
        ("subject", text()),
        ("text", text()),
        ("status", text()),
        ("assigned_to", maybe_text()),
        ("resolution", maybe_text()),
        ("due_at", instant()),
        ("overdue", yes_or_no()),
        ("call_id", maybe_text()),
        ("created_by", text()),
        ("version", whole()),
        ("created_at", instant()),
        ("updated_at", instant()),
        ("resolved_at", instant()),
    ]
}

fn entry() -> Value {
    object(&[
        ("id", text()),
        ("kind", text()),
        ("author", text()),
        ("text", text()),
        ("changes", anything()),
        ("message_status", maybe_text()),
        ("message_error", maybe_text()),
        ("at", instant()),
    ])
}

fn new_ticket() -> Value {
    let members = [
        ("subject", text()),
        ("text", text()),
        ("category", maybe_text()),
        ("priority", maybe_text()),
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("assigned_to", maybe_text()),
    ];
    with(&members, &["subject"])
}

fn ticket_change() -> Value {
    let members = [
        ("version", whole()),
        ("status", maybe_text()),
        ("priority", maybe_text()),
        ("category", maybe_text()),
        ("subject", maybe_text()),
        ("text", maybe_text()),
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("assigned_to", maybe_text()),
        ("resolution", maybe_text()),
    ];
    with(&members, &["version"])
}

fn prospect() -> Vec<(&'static str, Value)> {
    vec![
        ("id", text()),
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("source", text()),
        ("interest_type", maybe_text()),
        ("budget_min", maybe_whole()),
        ("budget_max", maybe_whole()),
        ("location_preference", maybe_text()),
        ("property_type", maybe_text()),
        ("answers", anything()),
        ("qualification_score", whole()),
        ("qualification_status", text()),
        ("notes", maybe_text()),
        ("qualification_notes", maybe_text()),
        ("call_id", maybe_text()),
        ("created_by", text()),
        ("last_contact_at", instant()),
        ("next_follow_up_at", instant()),
        ("converted_to_client", yes_or_no()),
        ("converted_at", instant()),
        ("consent_text", maybe_text()),
        ("consent_source", maybe_text()),
        ("consent_at", instant()),
        ("version", whole()),
        ("created_at", instant()),
        ("updated_at", instant()),
    ]
}

fn new_prospect() -> Value {
    let consent = [("text", text()), ("source", text()), ("at", instant())];
    let members = [
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("source", maybe_text()),
        ("answers", json!({ "type": "object" })),
        ("notes", maybe_text()),
        ("consent", with(&consent, &["text", "source"])),
    ];
    with(&members, &[])
}

fn prospect_change() -> Value {
    let members = [
        ("version", whole()),
        ("qualification_status", maybe_text()),
        ("name", maybe_text()),
        ("phone", maybe_text()),
        ("email", maybe_text()),
        ("notes", maybe_text()),
        ("qualification_notes", maybe_text()),
        ("next_follow_up", maybe_text()),
        ("last_contact_at", instant()),
    ];
    with(&members, &["version"])
}
