//! What the providers have set otherwise than we configured it.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// What was found when an assistant or a number was last looked at.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DriftRow {
    /// The assistant's id, or the number's.
    pub subject: String,
    /// Which assistant.
    pub agent_id: String,
    /// Which number; `None`: the assistant itself.
    pub phone_number: Option<String>,
    /// JSON `[{path, wanted, found}]`, empty when all is right.
    pub found: String,
    /// When that was.
    pub checked_at: i64,
}

/// Writes what was found.
pub async fn put(tx: &mut Tx, row: &DriftRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO drifts (tenant_id, subject, agent_id, phone_number, found,
      checked_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, subject) DO UPDATE
      SET agent_id = excluded.agent_id, phone_number = excluded.phone_number,
      found = excluded.found, checked_at = excluded.checked_at";
    let tenant = tx.tenant().0;
    let number = row.phone_number.as_deref();
    execute!(tx, SQL, tenant, &row.subject, &row.agent_id, number, &row.found, row.checked_at)?;
    Ok(())
}

/// Everything of the tenant that is not as it was configured.
pub async fn all(reader: &mut Reader) -> Result<Vec<DriftRow>, StoreError> {
    const SQL: &str = "SELECT subject, agent_id, phone_number, found, checked_at FROM drifts
      WHERE tenant_id = $1 AND found <> '[]' ORDER BY agent_id,
      CASE WHEN phone_number IS NULL THEN 0 ELSE 1 END, phone_number LIMIT 1000";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => DriftRow, tenant)
}

/// Forgets what was looked at before an instant and not since: it is gone.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM drifts WHERE tenant_id = $1 AND checked_at < $2";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, before.as_millisecond())
}
