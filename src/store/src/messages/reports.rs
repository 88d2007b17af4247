//! What providers report of messages: kept as it comes, applied when the
//! message is known, which may be later (directory).

use crate::{Reader, StoreError, Tx};
use domain::id::{MessageId, TenantId};
use domain::message::Status;
use jiff::Timestamp;

/// A report as it comes.
#[derive(Debug, Clone)]
pub struct NewReport<'a> {
    /// Who reports.
    pub provider: &'a str,
    /// The provider's name of the message.
    pub external: &'a str,
    /// What became of it.
    pub status: Status,
    /// Why it was not delivered.
    pub code: Option<&'a str>,
    /// Our own name of the message (`tenant.id`), when the report carries it.
    pub tag: Option<&'a str>,
    /// When that was.
    pub at: Timestamp,
}

/// A report that waits to be applied.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Who reports.
    pub provider: String,
    /// The provider's name of the message.
    pub external_id: String,
    /// What became of it.
    pub status: String,
    /// Why it was not delivered; empty: not told.
    pub error_code: String,
    /// Our own name of the message.
    pub tag: Option<String>,
    /// When that was.
    pub at: i64,
}

const NOTE: &str = "INSERT INTO delivery_reports
  (provider, external_id, status, error_code, tag, at, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (provider, external_id, status) DO NOTHING";
const WAITING: &str = "SELECT provider, external_id, status, error_code, tag, at
  FROM delivery_reports WHERE applied_at IS NULL AND received_at > $1
    AND (tag IS NOT NULL OR EXISTS (SELECT 1 FROM message_directory d
         WHERE d.provider = delivery_reports.provider AND d.external_id = delivery_reports.external_id))
  ORDER BY received_at LIMIT $2";
const OF: &str = "SELECT provider, external_id, status, error_code, tag, at
  FROM delivery_reports WHERE provider = $1 AND external_id = $2 AND applied_at IS NULL
  ORDER BY received_at";
const APPLIED: &str = "UPDATE delivery_reports SET applied_at = $4
  WHERE provider = $1 AND external_id = $2 AND status = $3";
const NAME: &str = "INSERT INTO message_directory
  (provider, external_id, tenant_id, message_id, created_at)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (provider, external_id) DO NOTHING";
const OWNER: &str = "SELECT tenant_id, message_id FROM message_directory
  WHERE provider = $1 AND external_id = $2";
const FORGET: [&str; 2] = [
    "DELETE FROM delivery_reports WHERE received_at < $1",
    "DELETE FROM message_directory WHERE created_at < $1",
];

/// Keeps a report, unless it came before.
pub async fn note(tx: &mut Tx, new: &NewReport<'_>, now: Timestamp) -> Result<(), StoreError> {
    let code = new.code.unwrap_or_default();
    let (at, now) = (new.at.as_millisecond(), now.as_millisecond());
    let status = new.status.as_str();
    execute_later!(tx, None, NOTE, new.provider, new.external, status, code, new.tag, at, now)
}

/// Reports that can be applied and were not, oldest first.
pub async fn waiting(
    reader: &mut Reader,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<ReportRow>, StoreError> {
    fetch_all!(reader, WAITING => ReportRow, since.as_millisecond(), limit)
}

/// Reports of one message that were not applied.
pub async fn of(
    reader: &mut Reader,
    provider: &str,
    external: &str,
) -> Result<Vec<ReportRow>, StoreError> {
    fetch_all!(reader, OF => ReportRow, provider, external)
}

/// Notes that a report was applied, or changed nothing.
pub async fn applied(tx: &mut Tx, report: &ReportRow, now: Timestamp) -> Result<(), StoreError> {
    let ReportRow { provider, external_id, status, .. } = report;
    execute_later!(tx, None, APPLIED, provider, external_id, status, now.as_millisecond())
}

/// Notes whose message a provider's name is.
pub async fn name(
    tx: &mut Tx,
    (provider, external): (&str, &str),
    (tenant, message): (TenantId, MessageId),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (tenant, message, now) = (tenant.0, message.to_string(), now.as_millisecond());
    execute_later!(tx, None, NAME, provider, external, tenant, message, now)
}

/// Whose message a provider's name is.
pub async fn owner(
    reader: &mut Reader,
    provider: &str,
    external: &str,
) -> Result<Option<(TenantId, MessageId)>, StoreError> {
    let row = fetch_optional!(reader, OWNER => (i64, String), provider, external)?;
    Ok(row.and_then(|(tenant, message)| Some((TenantId(tenant), message.parse().ok()?))))
}

/// Forgets names and reports of before.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    for sql in FORGET {
        execute!(tx, sql, before.as_millisecond())?;
    }
    Ok(())
}
