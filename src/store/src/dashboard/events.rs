//! Events for lists and for one call.

use crate::{Reader, StoreError};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// Its id.
    pub id: String,
    /// The provider's name of the call.
    pub call_id: String,
    /// The call's own id, when it is a call (not a written conversation).
    pub call_row: Option<String>,
    /// The name given in the call.
    pub caller_name: Option<String>,
    /// The caller's number, E.164.
    pub from_number: Option<String>,
    /// The event's name.
    pub event: String,
    /// What distinguishes two of a kind in one call.
    pub subject: String,
    /// Facts without personal data, JSON.
    pub context: String,
    /// A short reason.
    pub reason: Option<String>,
    /// When.
    pub created_at: i64,
}

/// Which events a list shows. An empty name means any.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// First instant.
    pub from: i64,
    /// First instant after.
    pub to: i64,
    /// An event's name.
    pub event: String,
    /// Only events before this one (instant and id).
    pub before: Option<(i64, String)>,
}

const PAGE: &str = "SELECT e.id, e.call_id, c.id AS call_row, c.caller_name, c.from_number,
    e.event, e.subject, e.context, e.reason, e.created_at
  FROM ivr_events e
  LEFT JOIN call_logs c ON c.call_sid = e.call_id AND c.tenant_id = e.client_id
  WHERE e.client_id = $1 AND e.created_at >= $2 AND e.created_at < $3
    AND ($4 = '' OR e.event = $4)
    AND (e.created_at < $5 OR (e.created_at = $5 AND e.id < $6))
  ORDER BY e.created_at DESC, e.id DESC LIMIT $7";

/// A page of events, newest first.
pub async fn page(
    reader: &mut Reader,
    filter: &EventFilter,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let (before_at, before_id) =
        filter.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let tenant = reader.tenant().0;
    fetch_all!(
        reader,
        PAGE => EventRow,
        tenant,
        filter.from,
        filter.to,
        &filter.event,
        before_at,
        before_id,
        limit
    )
}

const OF_CALL: &str = "SELECT e.id, e.call_id, CAST(NULL AS TEXT) AS call_row,
    CAST(NULL AS TEXT) AS caller_name, CAST(NULL AS TEXT) AS from_number,
    e.event, e.subject, e.context, e.reason, e.created_at
  FROM ivr_events e WHERE e.client_id = $1 AND e.call_id = $2
  ORDER BY e.created_at, e.id LIMIT 400";

/// The events of a call, in order; at most 400.
pub async fn of_call(reader: &mut Reader, call_sid: &str) -> Result<Vec<EventRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => EventRow, tenant, call_sid)
}
