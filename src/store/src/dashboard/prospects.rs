//! Prospects for lists, and one with its answers.

use crate::{Reader, StoreError};

/// One prospect.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProspectRow {
    /// Its id.
    pub id: String,
    /// Who.
    pub name: Option<String>,
    /// How to reach them, E.164.
    pub phone: Option<String>,
    /// Written address.
    pub email: Option<String>,
    /// `phone`, `web`, …
    pub source: String,
    /// Questions and answers, JSON of [`domain::qualification::Answered`].
    pub answers: String,
    /// 0 to 100.
    pub qualification_score: i64,
    /// `new`, `qualified`, …
    pub qualification_status: String,
    /// What the practice wrote about them.
    pub notes: Option<String>,
    /// The call's own id, when a call brought them.
    pub call_row: Option<String>,
    /// When they were brought.
    pub created_at: i64,
}

const PAGE: &str = "SELECT p.id, p.name, p.phone, p.email, p.source, p.answers,
    p.qualification_score, p.qualification_status, p.notes, c.id AS call_row, p.created_at
  FROM prospects p LEFT JOIN call_logs c ON c.call_sid = p.call_id AND c.tenant_id = p.tenant_id
  WHERE p.tenant_id = $1 AND ($2 = '' OR p.qualification_status = $2)
    AND (p.created_at < $3 OR (p.created_at = $3 AND p.id < $4))
  ORDER BY p.created_at DESC, p.id DESC LIMIT $5";

/// A page of prospects, newest first; an empty `status` means any. `before`:
/// only those before this one (instant and id).
pub async fn page(
    reader: &mut Reader,
    status: &str,
    before: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<ProspectRow>, StoreError> {
    let (at, id) = before.unwrap_or((i64::MAX, ""));
    let tenant = reader.tenant().0;
    fetch_all!(reader, PAGE => ProspectRow, tenant, status, at, id, limit)
}

const ONE: &str = "SELECT p.id, p.name, p.phone, p.email, p.source, p.answers,
    p.qualification_score, p.qualification_status, p.notes, c.id AS call_row, p.created_at
  FROM prospects p LEFT JOIN call_logs c ON c.call_sid = p.call_id AND c.tenant_id = p.tenant_id
  WHERE p.tenant_id = $1 AND p.id = $2";

/// One prospect.
pub async fn one(reader: &mut Reader, id: &str) -> Result<Option<ProspectRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, ONE => ProspectRow, tenant, id)
}

const OF_CALL: &str = "SELECT id, name, phone, email, source, answers, qualification_score,
    qualification_status, notes, CAST(NULL AS TEXT) AS call_row, created_at
  FROM prospects WHERE tenant_id = $1 AND call_id = $2 ORDER BY created_at, id LIMIT 20";

/// Those a call brought, in order; at most 20.
pub async fn of_call(reader: &mut Reader, call: &str) -> Result<Vec<ProspectRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => ProspectRow, tenant, call)
}
