//! How often something was tried in a window of time, shared by all instances.

use crate::{StoreError, Tx};
use jiff::Timestamp;

/// Counts one more try by `who` (hashed) and gives how many there were in this window.
pub async fn note(
    tx: &mut Tx,
    kind: &str,
    who: &str,
    window_at: Timestamp,
) -> Result<i64, StoreError> {
    const SQL: &str = "INSERT INTO attempts (kind, who, window_at, count) VALUES ($1, $2, $3, 1) \
        ON CONFLICT (kind, who, window_at) DO UPDATE SET count = attempts.count + 1 \
        RETURNING count";
    let row = fetch_optional!(tx, SQL => (i64,), kind, who, window_at.as_millisecond())?;
    Ok(row.map_or(1, |(count,)| count))
}

/// Forgets windows that began before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM attempts WHERE window_at < $1", before.as_millisecond())
}
