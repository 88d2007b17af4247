//! Calls for lists, and one call with everything that happened in it.

use crate::{Reader, StoreError};

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CallRow {
    /// The row's own id, which addresses carry.
    pub id: String,
    /// The provider's name of the call.
    pub call_sid: String,
    /// Who called, E.164; `None`: withheld.
    pub from_number: Option<String>,
    /// What was dialled.
    pub to_number: Option<String>,
    /// 1 when that number is nobody's.
    pub unrouted: i64,
    /// The strongest event so far.
    pub outcome: Option<String>,
    /// The name given in the call.
    pub caller_name: Option<String>,
    /// Why it ended, in the provider's words.
    pub ended_reason: Option<String>,
    /// How long it lasted.
    pub duration_seconds: Option<i64>,
    /// When it began.
    pub started_at: i64,
    /// When it ended; `None`: it goes on.
    pub ended_at: Option<i64>,
    /// The start of the last appointment made or moved in it, local (`2026-11-24T16:30`).
    pub made: Option<String>,
}

/// Which calls a list shows. Empty texts mean "any".
#[derive(Debug, Clone, Default)]
pub struct CallFilter {
    /// First instant.
    pub from: i64,
    /// First instant after.
    pub to: i64,
    /// An outcome's event name.
    pub outcome: String,
    /// The dialled number, E.164.
    pub dialled: String,
    /// Part of a name, as a lower-case `LIKE` pattern.
    pub name: String,
    /// The end of the caller's number, as a `LIKE` pattern.
    pub number: String,
    /// Only calls before this one (start and id), for the next page.
    pub before: Option<(i64, String)>,
}

const PAGE: &str = "SELECT c.id, c.call_sid, c.from_number, c.to_number, c.unrouted, c.outcome,
    c.caller_name, c.ended_reason, c.duration_seconds, c.started_at, c.ended_at,
    (SELECT r.rdv_date || 'T' || r.rdv_time FROM rendez_vous r
      WHERE r.tenant_id = c.tenant_id AND r.call_id = c.call_sid
      ORDER BY r.created_at DESC LIMIT 1) AS made
  FROM call_logs c
  WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3
    AND ($4 = '' OR c.outcome = $4)
    AND ($5 = '' OR c.to_number = $5)
    AND ($6 = '' OR LOWER(c.caller_name) LIKE $6 OR c.from_number LIKE $7)
    AND (c.started_at < $8 OR (c.started_at = $8 AND c.id < $9))
  ORDER BY c.started_at DESC, c.id DESC LIMIT $10";

/// A page of calls, newest first.
pub async fn page(
    reader: &mut Reader,
    filter: &CallFilter,
    limit: i64,
) -> Result<Vec<CallRow>, StoreError> {
    let (before_at, before_id) =
        filter.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let tenant = reader.tenant().0;
    fetch_all!(
        reader,
        PAGE => CallRow,
        tenant,
        filter.from,
        filter.to,
        &filter.outcome,
        &filter.dialled,
        &filter.name,
        &filter.number,
        before_at,
        before_id,
        limit
    )
}

/// Calls that go on now, newest first.
pub async fn open(reader: &mut Reader, since: i64, limit: i64) -> Result<Vec<CallRow>, StoreError> {
    const SQL: &str = "SELECT c.id, c.call_sid, c.from_number, c.to_number, c.unrouted, c.outcome,
        c.caller_name, c.ended_reason, c.duration_seconds, c.started_at, c.ended_at,
        CAST(NULL AS TEXT) AS made
      FROM call_logs c WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.ended_at IS NULL
      ORDER BY c.started_at DESC, c.id DESC LIMIT $3";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => CallRow, tenant, since, limit)
}

const ONE: &str = "SELECT c.id, c.call_sid, c.from_number, c.to_number, c.unrouted, c.outcome,
    c.caller_name, c.ended_reason, c.duration_seconds, c.started_at, c.ended_at,
    CAST(NULL AS TEXT) AS made
  FROM call_logs c WHERE c.tenant_id = $1 AND c.id = $2";

/// What a call has done, JSON: `[{"action", "id"}]`, in order.
pub async fn actions(reader: &mut Reader, id: &str) -> Result<String, StoreError> {
    const SQL: &str = "SELECT actions_performed FROM call_logs WHERE tenant_id = $1 AND id = $2";
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SQL => (String,), tenant, id)?;
    Ok(found.map_or_else(|| "[]".to_owned(), |(actions,)| actions))
}

/// One call by its own id.
pub async fn one(reader: &mut Reader, id: &str) -> Result<Option<CallRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, ONE => CallRow, tenant, id)
}

/// The address of a call that a provider's name means.
pub async fn id_of(reader: &mut Reader, call_sid: &str) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT id FROM call_logs WHERE tenant_id = $1 AND call_sid = $2";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (String,), tenant, call_sid)?.map(|(id,)| id))
}

/// What was heard and said at one point of a call.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TurnRow {
    /// Number of the caller's utterances so far.
    pub turn: i64,
    /// Grows when the same turn was heard again with other words.
    pub revision: i64,
    /// The caller's words; redacted after an emergency.
    pub heard: String,
    /// What was understood, JSON.
    pub understood: Option<String>,
    /// The rule that decided.
    pub rule: String,
    /// Our words.
    pub said: String,
    /// What followed.
    pub action: Option<String>,
    /// How long it took us, microseconds.
    pub took_us: i64,
    /// When.
    pub created_at: i64,
}

/// The turns of a call or written conversation, in order; at most 400.
pub async fn turns(reader: &mut Reader, call_sid: &str) -> Result<Vec<TurnRow>, StoreError> {
    const SQL: &str = "SELECT turn, revision, heard, understood, rule, said, action, took_us, \
        created_at FROM call_turns WHERE tenant_id = $1 AND call_id = $2 \
        ORDER BY turn, revision LIMIT 400";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => TurnRow, tenant, call_sid)
}
