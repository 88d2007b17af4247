//! What a rehearsal needs of the tables besides everybody's functions.

use crate::{Reader, StoreError};

/// A message at the end of a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EndRow {
    /// Its id.
    pub id: String,
    /// What it was ordered under.
    pub idempotency_key: String,
    /// What became of it.
    pub status: String,
}

/// All messages of the tenant.
pub async fn messages(reader: &mut Reader) -> Result<Vec<EndRow>, StoreError> {
    const SQL: &str = "SELECT id, idempotency_key, status FROM channel_messages_log \
        WHERE tenant_id = $1 AND direction = 'outbound' ORDER BY id LIMIT 1000000";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => EndRow, tenant)
}
