//! What a rehearsal needs of the tables besides everybody's functions.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// A message as a post office sees it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LetterRow {
    /// What it was ordered under.
    pub idempotency_key: String,
    /// How it travels.
    pub channel_type: String,
    /// To whom.
    pub to_address: String,
    /// Why it is sent.
    pub origin: String,
    /// What became of it.
    pub status: String,
    /// Useless afterwards.
    pub not_after: Option<i64>,
}

/// Opens a channel of the tenant.
pub async fn open_channel(tx: &mut Tx, channel: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO channel_configurations \
        (tenant_id, id, channel_type, enabled, configured, created_at, updated_at) \
        VALUES ($1, $2, $2, 1, 1, $3, $3)";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, channel, now.as_millisecond())?;
    Ok(())
}

/// One message.
pub async fn letter(reader: &mut Reader, id: &str) -> Result<Option<LetterRow>, StoreError> {
    const SQL: &str = "SELECT idempotency_key, channel_type, to_address, origin, status, \
        not_after FROM channel_messages_log WHERE tenant_id = $1 AND id = $2";
    let tenant = reader.tenant().0;
    fetch_optional!(reader, SQL => LetterRow, tenant, id)
}

/// Notes what becomes of a message; false when it is not `from` any more.
pub async fn turn(
    tx: &mut Tx,
    id: &str,
    (from, to): (&str, &str),
    code: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE channel_messages_log SET status = $4, error_code = $5, \
        updated_at = $6 WHERE tenant_id = $1 AND id = $2 AND status = $3";
    let tenant = tx.tenant().0;
    Ok(execute!(tx, SQL, tenant, id, from, to, code, now.as_millisecond())? == 1)
}
