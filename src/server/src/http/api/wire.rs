//! Rows as the API shows them: instants as RFC 3339, stored JSON as JSON.

use jiff::Timestamp;
use serde_json::{Value, json};
use store::appointments::history::ChangeRow;
use store::dashboard::agenda::VisitRow;
use store::dashboard::calls::{CallRow, TurnRow};
use store::dashboard::events::EventRow;
use store::dashboard::tickets::TicketRow;

fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

fn stored(json: &str) -> Value {
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

/// A request that a call left.
pub(super) fn ticket(row: &TicketRow) -> Value {
    json!({
        "id": row.id,
        "name": row.customer_name,
        "phone": row.customer_phone,
        "category": row.category,
        "subject": row.subject,
        "text": row.description,
        "status": row.status,
        "created_at": instant(row.created_at),
    })
}
