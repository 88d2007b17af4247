//! The turns of a call as a replay reads them.

use crate::{Reader, StoreError};
use domain::id::CallId;

/// A stored turn with all that led to it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredTurn {
    /// Number of user messages.
    pub turn: i64,
    /// How often it was heard before with other words.
    pub revision: i64,
    /// What was heard, or that it is redacted.
    pub heard: String,
    /// What was said.
    pub said: String,
    /// What followed.
    pub action: Option<String>,
    /// What a replay needs besides the words, JSON; `None` when they are redacted.
    pub replay: Option<String>,
    /// When, in milliseconds since 1970.
    pub created_at: i64,
}

const TURNS: &str = "SELECT turn, revision, heard, said, action, replay, created_at
  FROM call_turns WHERE tenant_id = $1 AND call_id = $2 ORDER BY turn, revision LIMIT $3";

/// The most turns of one call that are read.
const LIMIT: i64 = 2_000;

/// The turns of a call in the order in which they were made.
pub async fn turns(reader: &mut Reader, call: &CallId) -> Result<Vec<StoredTurn>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, TURNS => StoredTurn, tenant, call.as_str(), LIMIT)
}
