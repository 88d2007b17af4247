//! Emptying the test tenant, whose visitors leave traces of real people.

use crate::{StoreError, Tx};

const APPOINTMENTS: &str = "DELETE FROM rendez_vous WHERE tenant_id = $1";
const CLAIMS: &str = "DELETE FROM appointment_claims WHERE tenant_id = $1";
const HOLDS: &str = "DELETE FROM slot_holds WHERE tenant_id = $1";
const TICKETS: &str = "DELETE FROM tickets WHERE tenant_id = $1";
const DOSSIERS: &str = "DELETE FROM dossiers WHERE tenant_id = $1";
const PROSPECTS: &str = "DELETE FROM prospects WHERE tenant_id = $1";
const MESSAGES: &str = "DELETE FROM channel_messages_log WHERE tenant_id = $1";
// A call that goes on keeps its conversation, and that its turns.
const CONVERSATIONS: &str = "DELETE FROM conversations WHERE tenant_id = $1
  AND call_id NOT IN (SELECT call_sid FROM call_logs WHERE tenant_id = $1 AND ended_at IS NULL)
  RETURNING call_id";
const TURNS: &str = "DELETE FROM call_turns WHERE tenant_id = $1 AND call_id = $2";
const CALLS: &str = "UPDATE call_logs SET from_number = NULL, forwarded_from = NULL,
  caller_name = NULL, transcript = NULL, summary = NULL, recording_url = NULL
  WHERE tenant_id = $1 AND ended_at IS NOT NULL";

/// Removes appointments, messages, prospects, transcripts and callers' numbers of the
/// tenant; calls that go on, events and counters stay.
pub async fn reset(tx: &mut Tx) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    for sql in [APPOINTMENTS, CLAIMS, HOLDS, TICKETS, PROSPECTS, MESSAGES, DOSSIERS, CALLS] {
        execute!(tx, sql, tenant)?;
    }
    for (call,) in fetch_all!(tx, CONVERSATIONS => (String,), tenant)? {
        execute!(tx, TURNS, tenant, call)?;
    }
    Ok(())
}
