//! What must leave, written with its cause and sent by whoever claims it (directory).

use crate::{Reader, Sql, StoreError, Tx};
use domain::id::TenantId;
use jiff::Timestamp;

/// A job to be written.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// The row's id.
    pub id: uuid::Uuid,
    /// For whom, when a tenant is known.
    pub tenant: Option<TenantId>,
    /// What it is (`login_link`).
    pub kind: &'a str,
    /// What it needs, JSON.
    pub payload: &'a str,
    /// The same cause writes one job.
    pub key: &'a str,
    /// Not before.
    pub due: Timestamp,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobRow {
    /// The row's id.
    pub id: String,
    /// For whom.
    pub tenant_id: Option<i64>,
    /// What it is.
    pub kind: String,
    /// What it needs, JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Writes a job, unless its cause has written one already.
pub async fn insert(tx: &mut Tx, job: &NewJob<'_>, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO outbox \
        (id, tenant_id, kind, payload, idempotency_key, due_at, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_key) DO NOTHING";
    let tenant = job.tenant.map(|TenantId(tenant)| tenant);
    let due = job.due.as_millisecond();
    let now = now.as_millisecond();
    execute!(tx, SQL, job.id.to_string(), tenant, job.kind, job.payload, job.key, due, now)?;
    Ok(())
}

/// True when a job is due that nobody holds: asked before [`claim`], which writes.
pub async fn is_due(reader: &mut Reader, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= $1 \
        AND (claimed_until IS NULL OR claimed_until <= $1) LIMIT 1";
    Ok(fetch_optional!(reader, SQL => (String,), now.as_millisecond())?.is_some())
}

const CLAIM: Sql = Sql {
    sqlite: "UPDATE outbox SET claimed_until = $2, attempts = attempts + 1 WHERE id IN
        (SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= $1
           AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY due_at LIMIT $3)
      RETURNING id, tenant_id, kind, payload, attempts",
    postgres: "UPDATE outbox SET claimed_until = $2, attempts = attempts + 1 WHERE id IN
        (SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= $1
           AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY due_at LIMIT $3
         FOR UPDATE SKIP LOCKED)
      RETURNING id, tenant_id, kind, payload, attempts",
};

/// Takes due jobs until an instant; nobody else gets them before it.
pub async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<JobRow>, StoreError> {
    let sql = tx.pick(CLAIM);
    fetch_all!(tx, sql => JobRow, now.as_millisecond(), until.as_millisecond(), limit)
}

/// Ends a job; its payload goes, what it was about remains. `error`: it was given up.
pub async fn finish(
    tx: &mut Tx,
    id: &str,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE outbox SET done_at = $2, last_error = $3, payload = '{}' WHERE id = $1";
    execute!(tx, SQL, id, now.as_millisecond(), error)?;
    Ok(())
}

/// Gives a job back, to be tried again at `due`.
pub async fn postpone(
    tx: &mut Tx,
    id: &str,
    error: &str,
    due: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE outbox SET due_at = $2, claimed_until = NULL, last_error = $3 WHERE id = $1";
    execute!(tx, SQL, id, due.as_millisecond(), error)?;
    Ok(())
}
