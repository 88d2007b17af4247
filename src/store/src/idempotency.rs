//! What was answered to requests that spend money, under their keys.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// A key that somebody has used.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    /// What was asked, hashed.
    pub request_hash: String,
    /// What the request makes: the same at every try.
    pub subject: String,
    /// The status that was answered; `None`: not answered yet.
    pub status: Option<i64>,
    /// The body that was answered, JSON.
    pub answer: Option<String>,
    /// Until when somebody works on it.
    pub claimed_until: i64,
}

/// A key to be noted.
#[derive(Debug, Clone)]
pub struct NewKey<'a> {
    /// The key and the endpoint, hashed.
    pub key: &'a str,
    /// What is asked, hashed.
    pub request: &'a str,
    /// What it will make.
    pub subject: &'a str,
    /// Until when nobody else works on it.
    pub until: Timestamp,
}

const INSERT: &str = "INSERT INTO idempotency_keys
  (tenant_id, key_hash, request_hash, subject, claimed_until, created_at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, key_hash) DO NOTHING";
const GET: &str = "SELECT request_hash, subject, status, answer, claimed_until
  FROM idempotency_keys WHERE tenant_id = $1 AND key_hash = $2";
const CLAIM: &str = "UPDATE idempotency_keys SET claimed_until = $4
  WHERE tenant_id = $1 AND key_hash = $2 AND status IS NULL AND claimed_until <= $3";
const ANSWER: &str = "UPDATE idempotency_keys SET status = $3, answer = $4
  WHERE tenant_id = $1 AND key_hash = $2";
const LET_GO: &str = "UPDATE idempotency_keys SET claimed_until = 0
  WHERE tenant_id = $1 AND key_hash = $2 AND status IS NULL";
const FORGET: &str = "DELETE FROM idempotency_keys WHERE tenant_id = $1 AND created_at < $2";

/// Notes a key; false when it was used before.
pub async fn insert(tx: &mut Tx, new: &NewKey<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let (until, now) = (new.until.as_millisecond(), now.as_millisecond());
    let NewKey { key, request, subject, .. } = *new;
    Ok(execute!(tx, INSERT, tenant, key, request, subject, until, now)? == 1)
}

/// What is known of a key.
pub async fn get(reader: &mut Reader, key: &str) -> Result<Option<KeyRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => KeyRow, tenant, key)
}

/// Takes over a key whose request was never answered; false when somebody works on it.
pub async fn claim(
    tx: &mut Tx,
    key: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let (now, until) = (now.as_millisecond(), until.as_millisecond());
    Ok(execute!(tx, CLAIM, tenant, key, now, until)? == 1)
}

/// Keeps an answer.
pub async fn answer(tx: &mut Tx, key: &str, status: u16, body: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, ANSWER, tenant, key, i64::from(status), body)?;
    Ok(())
}

/// Lets somebody else try: nothing was decided.
pub async fn let_go(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, LET_GO, tenant, key)?;
    Ok(())
}

/// Forgets the keys that were noted before an instant.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, FORGET, tenant, before.as_millisecond())?;
    Ok(())
}
