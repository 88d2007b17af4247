//! Requests that wait for the practice, and those it has dealt with.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TicketRow {
    /// Its id.
    pub id: String,
    /// Who left it.
    pub customer_name: Option<String>,
    /// How to reach them, E.164.
    pub customer_phone: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// Their words.
    pub description: String,
    /// `message`, `callback`, … or a category of the tenant's support.
    pub category: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// What the caller was told to quote.
    pub reference: Option<String>,
    /// The event that left it (`transfer_failed`, `emergency`); empty: the caller.
    pub cause: String,
    /// `open`, `resolved`, …
    pub status: String,
    /// The call's own id, when a call left it.
    pub call_row: Option<String>,
    /// When it was left.
    pub created_at: i64,
    /// When it was dealt with.
    pub resolved_at: Option<i64>,
}

const WAITING: &str = "SELECT t.id, t.customer_name, t.customer_phone, t.subject, t.description,
    t.category, t.cause, t.priority, t.reference, t.status, c.id AS call_row, t.created_at,
    t.resolved_at
  FROM tickets t LEFT JOIN call_logs c ON c.call_sid = t.call_id AND c.tenant_id = t.tenant_id
  WHERE t.tenant_id = $1 AND t.status = 'open'
  ORDER BY CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END,
    t.created_at DESC, t.id DESC LIMIT $2";

/// Requests that wait: the urgent ones first, then the newest.
pub async fn waiting(reader: &mut Reader, limit: i64) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, WAITING => TicketRow, tenant, limit)
}

/// How many wait.
pub async fn count_waiting(reader: &mut Reader) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets \
        WHERE tenant_id = $1 AND status = 'open'";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (i64,), tenant)?.map_or(0, |(count,)| count))
}

const DONE: &str = "SELECT t.id, t.customer_name, t.customer_phone, t.subject, t.description,
    t.category, t.cause, t.priority, t.reference, t.status, c.id AS call_row, t.created_at,
    t.resolved_at
  FROM tickets t LEFT JOIN call_logs c ON c.call_sid = t.call_id AND c.tenant_id = t.tenant_id
  WHERE t.tenant_id = $1 AND t.status = 'resolved' ORDER BY t.created_at DESC, t.id DESC LIMIT $2";

/// Requests that were dealt with, newest first.
pub async fn done(reader: &mut Reader, limit: i64) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, DONE => TicketRow, tenant, limit)
}

const OF_CALL: &str = "SELECT id, customer_name, customer_phone, subject, description, category,
    cause, priority, reference, status, CAST(NULL AS TEXT) AS call_row, created_at, resolved_at
  FROM tickets WHERE tenant_id = $1 AND call_id = $2 ORDER BY created_at, id LIMIT 20";

/// What a call left, in order; at most 20.
pub async fn of_call(reader: &mut Reader, call_sid: &str) -> Result<Vec<TicketRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => TicketRow, tenant, call_sid)
}

/// Marks a request as dealt with by somebody; false when it does not wait.
pub async fn resolve(tx: &mut Tx, id: &str, by: &str, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE tickets SET status = 'resolved', assigned_to = $3, \
        resolved_at = $4, updated_at = $4 WHERE tenant_id = $1 AND id = $2 AND status = 'open'";
    let tenant = tx.tenant().0;
    Ok(execute!(tx, SQL, tenant, id, by, now.as_millisecond())? > 0)
}

/// Takes that back; false when it was not dealt with.
pub async fn reopen(tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE tickets SET status = 'open', resolved_at = NULL, updated_at = $3 \
        WHERE tenant_id = $1 AND id = $2 AND status = 'resolved'";
    let tenant = tx.tenant().0;
    Ok(execute!(tx, SQL, tenant, id, now.as_millisecond())? > 0)
}
