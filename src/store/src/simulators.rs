//! What the simulated providers remember between two starts (directory).

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// Their memory.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemoryRow {
    /// Where they are, while the server that runs them does.
    pub base_url: String,
    /// JSON.
    pub state: String,
}

const LOAD: &str = "SELECT base_url, state FROM simulators WHERE id = 1";
const SAVE: &str = "INSERT INTO simulators (id, base_url, state, saved_at) VALUES (1, $1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET base_url = excluded.base_url, state = excluded.state,
  saved_at = excluded.saved_at";

/// Reads it; `None` before the first time.
pub async fn load(reader: &mut Reader) -> Result<Option<MemoryRow>, StoreError> {
    fetch_optional!(reader, LOAD => MemoryRow)
}

/// Writes it.
pub async fn save(tx: &mut Tx, memory: &MemoryRow, now: Timestamp) -> Result<(), StoreError> {
    execute!(tx, SAVE, &memory.base_url, &memory.state, now.as_millisecond())?;
    Ok(())
}
