//! Calls: which tenant's they are, what became of them.

pub mod carrier;

use crate::{Reader, StoreError, Tx};
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use jiff::Timestamp;
use jiff::civil::Date;

/// A call that begins, or is heard of for the first time.
#[derive(Debug, Clone)]
pub struct NewCall<'a> {
    /// The provider's name of it.
    pub call: &'a CallId,
    /// The row's own id.
    pub id: uuid::Uuid,
    /// Who calls, when the network shows it.
    pub from: Option<&'a E164>,
    /// What was dialled.
    pub to: Option<&'a E164>,
    /// True when the dialled number is nobody's.
    pub unrouted: bool,
    /// The tenant's day on which it starts.
    pub day: Date,
    /// When it starts.
    pub at: Timestamp,
}

/// How a call ended.
#[derive(Debug, Clone, Default)]
pub struct CallEnd<'a> {
    /// The provider's reason.
    pub reason: Option<&'a str>,
    /// How long it lasted, when the provider says so.
    pub seconds: Option<i64>,
    /// What it cost, when the provider says so.
    pub cost_cents: Option<i64>,
    /// Where the recording is.
    pub recording_url: Option<&'a str>,
    /// `completed`, `failed`, `busy` or `no-answer`.
    pub status: &'a str,
}

/// What is known of a call besides its turns.
#[derive(Debug, Clone, Default, sqlx::FromRow)]
pub struct CallFacts {
    /// Who calls.
    pub from_number: Option<String>,
    /// 1: the dialled number is nobody's.
    pub unrouted: i64,
    /// When it ended, if it has.
    pub ended_at: Option<i64>,
}

const PLACE: &str = "INSERT INTO call_directory (call_id, tenant_id, opened_at) VALUES ($1, $2, $3)
  ON CONFLICT (call_id) DO NOTHING";
const TENANT_OF: &str = "SELECT tenant_id FROM call_directory WHERE call_id = $1";
const INSERT: &str = "INSERT INTO call_logs
  (tenant_id, id, call_sid, from_number, to_number, call_status, unrouted, local_day,
   started_at, last_seen_at, created_at)
  VALUES ($1, $2, $3, $4, $5, 'in-progress', $6, $7, $8, $8, $8)
  ON CONFLICT (call_sid) DO NOTHING";
const FILL_CALLER: &str = "UPDATE call_logs SET from_number = $3
  WHERE tenant_id = $1 AND call_sid = $2 AND from_number IS NULL";
const FACTS: &str =
    "SELECT from_number, unrouted, ended_at FROM call_logs WHERE tenant_id = $1 AND call_sid = $2";
const END: &str = "UPDATE call_logs SET ended_at = $3, call_status = $4, ended_reason = COALESCE($5, ended_reason),
  duration_seconds = COALESCE($6, ($3 - started_at) / 1000), cost_cents = COALESCE($7, cost_cents),
  recording_url = COALESCE($8, recording_url)
  WHERE tenant_id = $1 AND call_sid = $2 AND ended_at IS NULL";
const CLOSE: &str = "UPDATE call_directory SET open = 0 WHERE call_id = $1";
const REPORT: &str = "UPDATE call_logs SET ended_reason = COALESCE($3, ended_reason),
  duration_seconds = COALESCE($4, duration_seconds), cost_cents = COALESCE($5, cost_cents),
  recording_url = COALESCE($6, recording_url)
  WHERE tenant_id = $1 AND call_sid = $2";
const OPEN_BEFORE: &str = "SELECT call_id, tenant_id FROM call_directory
  WHERE open = 1 AND opened_at < $1 ORDER BY opened_at LIMIT $2";
const LAST_SIGN: &str = "SELECT CAST(COALESCE(
    (SELECT v.updated_at FROM conversations v WHERE v.tenant_id = $1 AND v.call_id = $2),
    (SELECT c.last_seen_at FROM call_logs c WHERE c.tenant_id = $1 AND c.call_sid = $2), 0) AS BIGINT)";
const NOTE_OUTCOME: &str = "UPDATE call_logs SET outcome = $3
  WHERE tenant_id = $1 AND call_sid = $2 AND $4 > CASE outcome
    WHEN 'booking_confirmed' THEN 11 WHEN 'modify_done' THEN 10 WHEN 'cancel_done' THEN 9
    WHEN 'prospect_created' THEN 8 WHEN 'ticket_created' THEN 7
    WHEN 'transferred_human' THEN 6 WHEN 'emergency' THEN 5 WHEN 'message_taken' THEN 4
    WHEN 'transfer_failed' THEN 3 WHEN 'agent_failed' THEN 3 WHEN 'question_answered' THEN 3 WHEN 'user_abandon' THEN 2 ELSE 0 END";
// A transfer that failed is none; what else the call gave stays.
const NOTE_MISSED: &str = "UPDATE call_logs SET outcome = 'transfer_failed'
  WHERE tenant_id = $1 AND call_sid = $2
    AND (outcome IS NULL OR outcome IN ('transferred_human', 'question_answered', 'user_abandon'))";
// With the strongest outcome there is: nothing outranks it.
const NOTE_BOOKED: &str = "UPDATE call_logs SET rdv_created = 1, outcome = 'booking_confirmed',
  caller_name = COALESCE($3, caller_name) WHERE tenant_id = $1 AND call_sid = $2";
const NOTE_CORRECTED: &str =
    "UPDATE call_logs SET rdv_created = 1, caller_name = COALESCE($3, caller_name)
  WHERE tenant_id = $1 AND call_sid = $2";
const NOTE_TICKET: &str =
    "UPDATE call_logs SET ticket_created = 1, caller_name = COALESCE($3, caller_name)
  WHERE tenant_id = $1 AND call_sid = $2";

const NOTE_PROSPECT: &str = "UPDATE call_logs SET qualified_prospect_created = 1,
  caller_name = COALESCE($3, caller_name) WHERE tenant_id = $1 AND call_sid = $2";

/// Notes that the call brought a prospect, and whom.
pub async fn note_prospect(
    tx: &mut Tx,
    call: &CallId,
    name: Option<&str>,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_PROSPECT, tenant, call.as_str(), name)
}

/// Says whose a call is, unless somebody said so before; gives whose it is.
/// The transaction must be opened for `tenant`, or for the directory.
pub async fn place(
    tx: &mut Tx,
    call: &CallId,
    tenant: TenantId,
    now: Timestamp,
) -> Result<TenantId, StoreError> {
    if execute!(tx, PLACE, call.as_str(), tenant.0, now.as_millisecond())? == 1 {
        return Ok(tenant);
    }
    Ok(tenant_of(tx, call).await?.unwrap_or(tenant))
}

/// Says whose a call is that was never heard of. [`StoreError::Conflict`],
/// here or at the commit, when somebody said so meanwhile.
pub async fn place_new(tx: &mut Tx, call: &CallId, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, Some(1), PLACE, call.as_str(), tenant, now.as_millisecond())
}

/// Whose a call is, when it was heard of before.
pub async fn tenant_of(reader: &mut Reader, call: &CallId) -> Result<Option<TenantId>, StoreError> {
    let found = fetch_optional!(reader, TENANT_OF => (i64,), call.as_str())?;
    Ok(found.map(|(tenant,)| TenantId(tenant)))
}

macro_rules! insert {
    ($run:ident!($tx:ident $(, $expected:expr)?), $call:ident) => {{
        let tenant = $tx.tenant().0;
        $run!(
            $tx,
            $($expected,)?
            INSERT,
            tenant,
            $call.id.to_string(),
            $call.call.as_str(),
            $call.from.map(E164::as_str),
            $call.to.map(E164::as_str),
            i64::from($call.unrouted),
            $call.day.to_string(),
            $call.at.as_millisecond(),
        )
    }};
}

/// Writes a call unless it exists; true when it was written.
pub async fn insert(tx: &mut Tx, call: &NewCall<'_>) -> Result<bool, StoreError> {
    Ok(insert!(execute!(tx), call)? == 1)
}

/// Writes a call that does not exist. [`StoreError::Conflict`], here or at the
/// commit, when somebody wrote it meanwhile.
pub async fn insert_new(tx: &mut Tx, call: &NewCall<'_>) -> Result<(), StoreError> {
    insert!(execute_later!(tx, Some(1)), call)
}

/// Fills the caller's number when it is still unknown; true when it was filled.
pub async fn fill_caller(tx: &mut Tx, call: &CallId, caller: &E164) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    Ok(execute!(tx, FILL_CALLER, tenant, call.as_str(), caller.as_str())? == 1)
}

/// Fills the caller's number when it is still unknown.
pub async fn note_caller(tx: &mut Tx, call: &CallId, caller: &E164) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, FILL_CALLER, tenant, call.as_str(), caller.as_str())
}

/// What is known of a call besides its turns.
pub async fn facts(reader: &mut Reader, call: &CallId) -> Result<Option<CallFacts>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, FACTS => CallFacts, tenant, call.as_str())
}

/// Marks a call as ended; true when it was still going on. What a later report
/// adds is filled in.
pub async fn end(
    tx: &mut Tx,
    call: &CallId,
    end: &CallEnd<'_>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let ended = execute!(
        tx,
        END,
        tenant,
        call.as_str(),
        at.as_millisecond(),
        end.status,
        end.reason,
        end.seconds,
        end.cost_cents,
        end.recording_url,
    )?;
    if ended == 0 {
        execute!(
            tx,
            REPORT,
            tenant,
            call.as_str(),
            end.reason,
            end.seconds,
            end.cost_cents,
            end.recording_url
        )?;
    }
    execute!(tx, CLOSE, call.as_str())?;
    Ok(ended == 1)
}

/// Calls that began before `before` and have not ended, oldest first.
pub async fn open_since(
    reader: &mut Reader,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(String, i64)>, StoreError> {
    fetch_all!(reader, OPEN_BEFORE => (String, i64), before.as_millisecond(), limit)
}

/// When a call last gave a sign of life.
pub async fn last_sign(reader: &mut Reader, call: &CallId) -> Result<Timestamp, StoreError> {
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, LAST_SIGN => (i64,), tenant, call.as_str())?;
    let at = found.map_or(0, |(at,)| at);
    Timestamp::from_millisecond(at).map_err(|error| StoreError::inconsistent("call_logs", error))
}

/// Notes an outcome if it is stronger than what was noted before.
pub async fn note_outcome(
    tx: &mut Tx,
    call: &CallId,
    event: &str,
    rank: i64,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_OUTCOME, tenant, call.as_str(), event, rank)
}

/// Notes that nobody picked up.
pub async fn note_missed_transfer(tx: &mut Tx, call: &CallId) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_MISSED, tenant, call.as_str())
}

/// Notes that the call made an appointment, and for whom.
pub async fn note_booked(tx: &mut Tx, call: &CallId, name: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_BOOKED, tenant, call.as_str(), name)
}

/// Notes that the call corrected whom an appointment is for.
pub async fn note_corrected(tx: &mut Tx, call: &CallId, name: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_CORRECTED, tenant, call.as_str(), name)
}

/// Notes that the call left a message, and whose.
pub async fn note_ticket(tx: &mut Tx, call: &CallId, name: Option<&str>) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NOTE_TICKET, tenant, call.as_str(), name)
}
