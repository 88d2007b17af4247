//! Calls that arrive at a telephone company and that somebody else answers for
//! us: how they came, and what is known of the other's part.

use super::CallEnd;
use crate::{Reader, StoreError, Tx};
use domain::id::CallId;
use domain::phone::E164;

const ARRIVED: &str = "UPDATE call_logs SET forwarded_from = COALESCE(forwarded_from, $3),
  assistant_id = COALESCE(assistant_id, $4) WHERE tenant_id = $1 AND call_sid = $2";
const PASSED_ON: &str =
    "UPDATE call_logs SET agent_call = $3 WHERE tenant_id = $1 AND call_sid = $2";
const AGENT_CALL: &str = "SELECT agent_call FROM call_logs
  WHERE tenant_id = $1 AND call_sid = $2 AND agent_call IS NOT NULL";
const AGENT_ENDED: &str = "UPDATE call_logs SET ended_reason = COALESCE(ended_reason, $3),
  cost_cents = COALESCE($4, cost_cents), recording_url = COALESCE($5, recording_url)
  WHERE tenant_id = $1 AND call_sid = $2";

/// Notes which line had passed the call on to ours, and which assistant is to
/// answer; what is known already stays.
pub async fn note_arrival(
    tx: &mut Tx,
    call: &CallId,
    forwarded_from: Option<&E164>,
    assistant: Option<&str>,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    let from = forwarded_from.map(E164::as_str);
    execute!(tx, ARRIVED, tenant, call.as_str(), from, assistant)?;
    Ok(())
}

/// Notes the voice provider's own name for its part of the call.
pub async fn note_passed_on(tx: &mut Tx, call: &CallId, agents: &CallId) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, PASSED_ON, tenant, call.as_str(), agents.as_str())?;
    Ok(())
}

/// The voice provider's own name for its part, when the call was passed on to it.
pub async fn agents_call(reader: &mut Reader, call: &CallId) -> Result<Option<CallId>, StoreError> {
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, AGENT_CALL => (String,), tenant, call.as_str())?;
    Ok(found.and_then(|(name,)| CallId::parse(&name)))
}

/// Fills in what the voice provider tells of its part; the call may go on.
pub async fn agent_ended(tx: &mut Tx, call: &CallId, end: &CallEnd<'_>) -> Result<(), StoreError> {
    let (tenant, call) = (tx.tenant().0, call.as_str());
    execute!(tx, AGENT_ENDED, tenant, call, end.reason, end.cost_cents, end.recording_url)?;
    Ok(())
}
