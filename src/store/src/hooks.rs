//! Inbound webhooks that change something, each once; what could not be read;
//! and cases that an operator must see (directory).

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// The longest body that is set aside, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// A webhook.
#[derive(Debug, Clone)]
pub struct Hook<'a> {
    /// Who sends it.
    pub provider: &'a str,
    /// What makes it the same as another.
    pub key: &'a str,
    /// The provider's name of its kind.
    pub kind: &'a str,
    /// Of which call.
    pub call: Option<&'a str>,
}

/// A case that an operator must see, counted per UTC day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IncidentRow {
    /// The UTC day.
    pub day: String,
    /// Which kind.
    pub kind: String,
    /// Masked detail.
    pub detail: String,
    /// How often.
    pub count: i64,
    /// The last time.
    pub last_at: i64,
}

const NOTE: &str = "INSERT INTO hooks (provider, dedup_key, kind, call_id, received_at)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (provider, dedup_key) DO NOTHING";
const CLAIM: &str = "INSERT INTO hooks (provider, dedup_key, kind, call_id, received_at)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (provider, dedup_key) DO UPDATE
  SET received_at = excluded.received_at WHERE hooks.received_at < $6";
const SET_ASIDE: &str =
    "INSERT INTO hooks (provider, dedup_key, kind, call_id, received_at, body, problem)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (provider, dedup_key) DO NOTHING";
const INCIDENT: &str = "INSERT INTO incidents (day, kind, detail, count, last_at)
  VALUES ($1, $2, $3, 1, $4)
  ON CONFLICT (day, kind, detail) DO UPDATE SET count = incidents.count + 1, last_at = excluded.last_at";
const INCIDENTS: &str = "SELECT day, kind, detail, count, last_at FROM incidents
  WHERE day >= $1 ORDER BY last_at DESC LIMIT $2";

/// A webhook that was noted before.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Noted {
    /// What its sender gives a request that it sends again.
    pub retry_token: Option<String>,
    /// When it came.
    pub received_at: i64,
}

const NOTE_TOKEN: &str =
    "INSERT INTO hooks (provider, dedup_key, kind, call_id, received_at, retry_token)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (provider, dedup_key) DO NOTHING";
const NOTED: &str =
    "SELECT retry_token, received_at FROM hooks WHERE provider = $1 AND dedup_key = $2";
const FORGET: &str = "DELETE FROM hooks WHERE provider = $1 AND dedup_key = $2";
const FORGET_OLD: &str = "DELETE FROM hooks WHERE received_at < $1";

/// Notes a webhook with what its sender gives a request that it sends again;
/// the earlier note when it came before.
pub async fn note_once(
    tx: &mut Tx,
    hook: &Hook<'_>,
    token: Option<&str>,
    now: Timestamp,
) -> Result<Option<Noted>, StoreError> {
    let at = now.as_millisecond();
    let (provider, key) = (hook.provider, hook.key);
    if execute!(tx, NOTE_TOKEN, provider, key, hook.kind, hook.call, at, token)? == 1 {
        return Ok(None);
    }
    fetch_optional!(tx, NOTED => Noted, provider, key)
}

/// Forgets a webhook that could not be dealt with: it may come again.
pub async fn forget(tx: &mut Tx, provider: &str, key: &str) -> Result<(), StoreError> {
    execute!(tx, FORGET, provider, key)?;
    Ok(())
}

/// Forgets what came before.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    execute!(tx, FORGET_OLD, before.as_millisecond())?;
    Ok(())
}

/// Notes a webhook; true when it is the first of its key.
pub async fn note(tx: &mut Tx, hook: &Hook<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let now = now.as_millisecond();
    Ok(execute!(tx, NOTE, hook.provider, hook.key, hook.kind, hook.call, now)? == 1)
}

/// True when a note of this key is there.
pub async fn is_noted(reader: &mut Reader, hook: &Hook<'_>) -> Result<bool, StoreError> {
    Ok(fetch_optional!(reader, NOTED => Noted, hook.provider, hook.key)?.is_some())
}

/// Notes a key for one that works on it; true when nobody has since `since`.
pub async fn claim(
    tx: &mut Tx,
    hook: &Hook<'_>,
    (now, since): (Timestamp, Timestamp),
) -> Result<bool, StoreError> {
    let (now, since) = (now.as_millisecond(), since.as_millisecond());
    let (provider, key) = (hook.provider, hook.key);
    Ok(execute!(tx, CLAIM, provider, key, hook.kind, hook.call, now, since)? == 1)
}

/// Keeps what could not be read, for a person to look at. The body is already
/// redacted; it is cut at [`BODY_LIMIT`].
pub async fn set_aside(
    tx: &mut Tx,
    hook: &Hook<'_>,
    (body, problem): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (body, now) = (&body[..body.floor_char_boundary(BODY_LIMIT)], now.as_millisecond());
    // Postgres text holds no NUL.
    let body = body.replace('\0', "\u{fffd}");
    execute!(tx, SET_ASIDE, hook.provider, hook.key, hook.kind, hook.call, now, body, problem)?;
    Ok(())
}

/// Counts a case; `detail` is masked by the caller and short.
pub async fn count_incident(
    tx: &mut Tx,
    kind: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let day = now.strftime("%Y-%m-%d").to_string();
    execute_later!(tx, None, INCIDENT, day, kind, detail, now.as_millisecond())
}

/// Cases since a UTC day, the latest first.
pub async fn incidents(
    reader: &mut Reader,
    since_day: &str,
    limit: i64,
) -> Result<Vec<IncidentRow>, StoreError> {
    fetch_all!(reader, INCIDENTS => IncidentRow, since_day, limit)
}
