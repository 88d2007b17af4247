//! Removing what has been kept long enough, a bounded piece at a time.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// The most calls in one piece: a piece holds the writer for milliseconds.
const PIECE: i64 = 200;

const OLD_CALLS: &str = "SELECT call_id FROM conversations WHERE tenant_id = $1 AND updated_at < $2
  ORDER BY updated_at LIMIT $3";
const TURNS: &str = "DELETE FROM call_turns WHERE tenant_id = $1 AND call_id = $2";
const CONVERSATION: &str = "DELETE FROM conversations WHERE tenant_id = $1 AND call_id = $2";
const WORDS: &str = "UPDATE call_logs SET transcript = NULL, summary = NULL, recording_url = NULL
  WHERE tenant_id = $1 AND call_sid = $2";
const TICKETS: &str = "DELETE FROM tickets WHERE tenant_id = $1 AND updated_at < $2
  AND status IN ('resolved', 'closed')";
// Who has become a customer is the practice's own business.
const PROSPECTS: &str = "DELETE FROM prospects WHERE tenant_id = $1 AND updated_at < $2
  AND converted_to_client = 0";
const CALLERS: &str = "UPDATE call_logs SET from_number = NULL, forwarded_from = NULL,
  caller_name = NULL WHERE tenant_id = $1 AND started_at < $2
  AND (from_number IS NOT NULL OR caller_name IS NOT NULL OR forwarded_from IS NOT NULL)";
// What waits to be sent is not old, whenever it was ordered.
const MESSAGES: &str = "DELETE FROM channel_messages_log WHERE tenant_id = $1 AND updated_at < $2
  AND status <> 'pending'";
const EVENTS: &str = "DELETE FROM ivr_events WHERE client_id = $1 AND created_at < $2
  AND local_day < (SELECT MAX(local_day) FROM ivr_events WHERE client_id = $1 AND created_at < $2)";

/// The calls whose words are older than `before`, oldest first, at most a piece.
pub async fn calls_with_old_words(
    reader: &mut Reader,
    before: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let tenant = reader.tenant().0;
    let rows = fetch_all!(reader, OLD_CALLS => (String,), tenant, before.as_millisecond(), PIECE)?;
    Ok(rows.into_iter().map(|(call,)| call).collect())
}

/// True when the address of a recording of the call is kept.
pub async fn is_recorded(reader: &mut Reader, call: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT call_sid FROM call_logs \
        WHERE tenant_id = $1 AND call_sid = $2 AND recording_url IS NOT NULL";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (String,), tenant, call)?.is_some())
}

/// Removes what was heard and said in a call.
pub async fn forget_words(tx: &mut Tx, call: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    for sql in [TURNS, CONVERSATION, WORDS] {
        execute!(tx, sql, tenant, call)?;
    }
    Ok(())
}

/// Removes messages dealt with before, prospects not touched since, what was
/// sent before, and who called before.
pub async fn forget_people(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    for sql in [TICKETS, PROSPECTS, MESSAGES, CALLERS] {
        execute!(tx, sql, tenant, before.as_millisecond())?;
    }
    Ok(())
}

/// Removes the events of whole days before; their counters stay.
pub async fn forget_events(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, EVENTS, tenant, before.as_millisecond())?;
    Ok(())
}
