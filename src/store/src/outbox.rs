//! What must leave, written with its cause and sent by whoever takes it (directory).
//!
//! Jobs that the same thing holds up share a [`Lane`]: within it a tenant has a
//! few places only, so that what one waits for is not what everybody waits for.

use crate::{Reader, Sql, StoreError, Tx};
use domain::id::TenantId;
use domain::message::Channel;
use jiff::Timestamp;

/// Which jobs wait for which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// What somebody waits for now; taken before everything else.
    Urgent,
    /// Text messages.
    Sms,
    /// Mail to customers.
    Email,
    /// WhatsApp.
    WhatsApp,
    /// The house's letters to members.
    Letters,
    /// What nobody waits for.
    Other,
}

impl Lane {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::WhatsApp => "whatsapp",
            Self::Letters => "letters",
            Self::Other => "other",
        }
    }
}

impl From<Channel> for Lane {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
            Channel::WhatsApp => Self::WhatsApp,
        }
    }
}

/// A job to be written.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// The row's id.
    pub id: uuid::Uuid,
    /// For whom, when a tenant is known.
    pub tenant: Option<TenantId>,
    /// What it is (`login_link`).
    pub kind: &'a str,
    /// With whom it waits.
    pub lane: Lane,
    /// What it needs, JSON.
    pub payload: &'a str,
    /// The same cause writes one job. It outlives the payload: it names nobody.
    pub key: &'a str,
    /// Not before.
    pub due: Timestamp,
}

/// A job that could be taken.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DueRow {
    /// The row's id.
    pub id: String,
    /// For whom.
    pub tenant_id: Option<i64>,
    /// With whom it waits.
    pub lane: String,
}

/// A taken job.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobRow {
    /// The row's id.
    pub id: String,
    /// For whom.
    pub tenant_id: Option<i64>,
    /// What it is.
    pub kind: String,
    /// With whom it waits.
    pub lane: String,
    /// What it needs, JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

const INSERT: &str = "INSERT INTO outbox
  (id, tenant_id, kind, lane, payload, idempotency_key, due_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (idempotency_key) DO NOTHING";

/// Writes a job, unless its cause has written one already.
pub async fn insert(tx: &mut Tx, job: &NewJob<'_>, now: Timestamp) -> Result<(), StoreError> {
    let (id, tenant) = (job.id.to_string(), job.tenant.map(|TenantId(tenant)| tenant));
    let (lane, due, now) = (job.lane.as_str(), job.due.as_millisecond(), now.as_millisecond());
    execute_later!(tx, None, INSERT, id, tenant, job.kind, lane, job.payload, job.key, due, now)
}

/// True when a job is due that nobody holds: asked before [`due`], which looks
/// at all of them.
pub async fn is_due(reader: &mut Reader, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= $1 \
        AND (claimed_until IS NULL OR claimed_until <= $1) LIMIT 1";
    Ok(fetch_optional!(reader, SQL => (String,), now.as_millisecond())?.is_some())
}

// What is no tenant's shares its places with nobody. A lane's rows are counted
// apart, or one with many would hide the others.
const DUE: &str = "SELECT id, tenant_id, lane FROM
    (SELECT id, tenant_id, lane, due_at, ROW_NUMBER() OVER
        (PARTITION BY lane ORDER BY due_at, id) AS in_lane
     FROM (SELECT id, tenant_id, lane, due_at, claimed_until, ROW_NUMBER() OVER
             (PARTITION BY lane, tenant_id, CASE WHEN tenant_id IS NULL THEN id END
              ORDER BY CASE WHEN claimed_until > $1 THEN 0 ELSE 1 END, due_at, id) AS place
           FROM outbox WHERE done_at IS NULL AND due_at <= $1) AS waiting
     WHERE place <= $2 AND (claimed_until IS NULL OR claimed_until <= $1)) AS free
  WHERE in_lane <= $3
  ORDER BY CASE lane WHEN 'urgent' THEN 0 ELSE 1 END, due_at, id";

/// Due jobs that nobody holds, `limit` of each lane at most: what is urgent first,
/// then what is due longest. A tenant has `places` in a lane, of which those that
/// are held count.
pub async fn due(
    reader: &mut Reader,
    now: Timestamp,
    (places, limit): (i64, i64),
) -> Result<Vec<DueRow>, StoreError> {
    fetch_all!(reader, DUE => DueRow, now.as_millisecond(), places, limit)
}

const TAKE: Sql = Sql {
    sqlite: "UPDATE outbox SET claimed_until = $3, attempts = attempts + 1
      WHERE id IN (SELECT value FROM json_each($1)) AND done_at IS NULL AND due_at <= $2
        AND (claimed_until IS NULL OR claimed_until <= $2)
      RETURNING id, tenant_id, kind, lane, payload, attempts",
    // Nobody waits for another instance that is taking it.
    postgres: "UPDATE outbox SET claimed_until = $3, attempts = attempts + 1 WHERE id IN
        (SELECT id FROM outbox WHERE id IN (SELECT json_array_elements_text(CAST($1 AS JSON)))
           AND done_at IS NULL AND due_at <= $2
           AND (claimed_until IS NULL OR claimed_until <= $2) FOR UPDATE SKIP LOCKED)
      RETURNING id, tenant_id, kind, lane, payload, attempts",
};

/// Takes those of these jobs that are due and that nobody has, until an instant;
/// nobody else gets them before.
pub async fn take(
    tx: &mut Tx,
    ids: &[&str],
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<JobRow>, StoreError> {
    let (sql, ids) = (tx.pick(TAKE), serde_json::json!(ids).to_string());
    fetch_all!(tx, sql => JobRow, ids, now.as_millisecond(), until.as_millisecond())
}

/// Ends a job, unless somebody else has taken it since; its payload goes, what
/// it was about remains. `error`: it was given up.
pub async fn finish(
    tx: &mut Tx,
    job: &JobRow,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET done_at = $3, last_error = $4, payload = '{}' \
        WHERE id = $1 AND attempts = $2 AND done_at IS NULL";
    execute_later!(tx, None, SQL, &*job.id, job.attempts, now.as_millisecond(), error)
}

/// Gives a job back, to be tried again at `due`, unless somebody else has taken
/// it since.
pub async fn postpone(
    tx: &mut Tx,
    job: &JobRow,
    error: &str,
    due: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET due_at = $3, claimed_until = NULL, last_error = $4 \
        WHERE id = $1 AND attempts = $2 AND done_at IS NULL";
    execute_later!(tx, None, SQL, &*job.id, job.attempts, due.as_millisecond(), error)
}

/// Lets what waits with a job wait until `until`: who would carry it does not answer.
pub async fn rest(
    tx: &mut Tx,
    job: &JobRow,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET due_at = $4 WHERE lane = $1 AND tenant_id = $2 \
        AND done_at IS NULL AND due_at <= $3 AND (claimed_until IS NULL OR claimed_until <= $3)";
    let (now, until) = (now.as_millisecond(), until.as_millisecond());
    execute_later!(tx, None, SQL, &*job.lane, job.tenant_id, now, until)
}

/// Removes what was done before `horizon`.
pub async fn forget(tx: &mut Tx, horizon: Timestamp) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM outbox WHERE done_at < $1", horizon.as_millisecond())?;
    Ok(())
}
