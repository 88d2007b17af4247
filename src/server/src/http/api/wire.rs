//! Rows as the API shows them: instants as RFC 3339, stored JSON as JSON.

use jiff::Timestamp;
use serde_json::{Value, json};
use store::appointments::history::ChangeRow;
use store::dashboard::agenda::VisitRow;
use store::dashboard::calls::{CallRow, TurnRow};
use store::dashboard::events::EventRow;
use store::dashboard::prospects::ProspectRow;
use store::dashboard::tickets::{EntryRow, TicketRow};

fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

pub(super) fn stored(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or(Value::Null)
}

/// A call.
pub(super) fn call(row: &CallRow) -> Value {
    json!({
        "id": row.id,
        "call_id": row.call_sid,
        "from_number": row.from_number,
        "to_number": row.to_number,
        "unrouted": row.unrouted == 1,
        "outcome": row.outcome,
        "caller_name": row.caller_name,
        "ended_reason": row.ended_reason,
        "duration_seconds": row.duration_seconds,
        "started_at": instant(row.started_at),
        "ended_at": row.ended_at.and_then(instant),
    })
}

/// What was heard and said at one point.
pub(super) fn turn(row: &TurnRow) -> Value {
    json!({
        "turn": row.turn,
        "revision": row.revision,
        "heard": row.heard,
        "understood": row.understood.as_deref().map(stored),
        "rule": row.rule,
        "said": row.said,
        "action": row.action,
        "took_us": row.took_us,
        "at": instant(row.created_at),
    })
}

/// Something that happened.
pub(super) fn event(row: &EventRow) -> Value {
    json!({
        "id": row.id,
        "call_id": row.call_id,
        "event": row.event,
        "subject": row.subject,
        "context": stored(&row.context),
        "reason": row.reason,
        "created_at": instant(row.created_at),
    })
}

/// An appointment.
pub fn visit(row: &VisitRow) -> Value {
    json!({
        "id": row.id,
        "name": row.customer_name,
        "phone": row.customer_phone,
        "email": row.customer_email,
        "date": row.rdv_date,
        "time": row.rdv_time,
        "start": instant(row.starts_at),
        "end": instant(row.ends_at),
        "minutes": row.rdv_duration_minutes,
        "service": row.service_id,
        "calendar": row.calendar_id,
        "status": row.status,
        "motive": row.motive,
        "notes": row.notes,
        "internal_notes": row.internal_notes,
        "call_id": row.call_id,
        "created_by": row.created_by,
        "version": row.version,
        "created_at": instant(row.created_at),
        "updated_at": instant(row.updated_at),
    })
}

/// What was done to an appointment.
pub(super) fn change(row: &ChangeRow) -> Value {
    json!({
        "change": row.change,
        "details": stored(&row.details),
        "author": row.author,
        "by": row.by_whom,
        "call_id": row.call_id,
        "at": instant(row.changed_at),
    })
}

/// A request; `now` says whether it is late.
pub(super) fn ticket(row: &TicketRow, now: Timestamp) -> Value {
    json!({
        "id": row.id,
        "reference": row.reference,
        "name": row.customer_name,
        "phone": row.customer_phone,
        "email": row.customer_email,
        "category": row.category,
        "priority": row.priority,
        "subject": row.subject,
        "text": row.description,
        "status": row.status,
        "assigned_to": row.assigned_to,
        "resolution": row.resolution_notes,
        "due_at": row.due_at.and_then(instant),
        "overdue": row.is_overdue(now.as_millisecond()),
        "call_id": row.call_id,
        "created_by": row.created_by,
        "version": row.version,
        "created_at": instant(row.created_at),
        "updated_at": instant(row.updated_at),
        "resolved_at": row.resolved_at.and_then(instant),
    })
}

/// Something that was done with a request.
pub(super) fn entry(row: &EntryRow) -> Value {
    json!({
        "id": row.id,
        "kind": row.kind,
        "author": row.author,
        "text": row.body,
        "changes": stored(&row.detail),
        "message_status": row.message_status,
        "message_error": row.message_error,
        "at": instant(row.created_at),
    })
}

/// A prospect, with the columns of the first documents under their names.
pub(super) fn prospect(row: &ProspectRow) -> Value {
    json!({
        "id": row.id,
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "source": row.source,
        "interest_type": row.interest_type,
        "budget_min": row.budget_min,
        "budget_max": row.budget_max,
        "location_preference": row.location_preference,
        "property_type": row.property_type,
        "answers": stored(&row.answers),
        "qualification_score": row.qualification_score,
        "qualification_status": row.qualification_status,
        "notes": row.notes,
        "qualification_notes": row.qualification_notes,
        "call_id": row.call_id,
        "created_by": row.created_by,
        "last_contact_at": row.last_contact_at.and_then(instant),
        "next_follow_up_at": row.next_follow_up_at.and_then(instant),
        "converted_to_client": row.converted_at.is_some(),
        "converted_at": row.converted_at.and_then(instant),
        "consent_text": row.consent_text,
        "consent_source": row.consent_source,
        "consent_at": row.consent_at.and_then(instant),
        "version": row.version,
        "created_at": instant(row.created_at),
        "updated_at": instant(row.updated_at),
    })
}
