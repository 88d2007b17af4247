//! The configured assistants of a tenant.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// An assistant as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AgentRow {
    /// Ours: `agent_…`.
    pub agent_id: String,
    /// Who speaks: `vapi` or `elevenlabs`.
    pub provider: String,
    /// The provider's name of it; `None` until it has given one.
    pub provider_agent_id: Option<String>,
    /// As its tenant calls it.
    pub agent_name: String,
    /// `appointment`, `qualification` or `support`.
    pub agent_type: String,
    /// Two letters (`fr`).
    pub language: String,
    /// `active`, `inactive`, `suspended` or `deleted`.
    pub status: String,
    /// The public part of its API token.
    pub token_prefix: Option<String>,
    /// 1 when it is deleted because it could not be finished, and nobody wished
    /// so: the same request makes it anew.
    pub taken_back: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
}

const INSERT: &str = "INSERT INTO agents (tenant_id, agent_id, provider, provider_agent_id,
  agent_name, agent_type, language, status, token_prefix, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (tenant_id, agent_id) DO NOTHING";
const UPDATE: &str = "UPDATE agents SET provider_agent_id = $3, agent_name = $4, agent_type = $5,
  language = $6, status = $7, token_prefix = $8, updated_at = $9, taken_back = $10
  WHERE tenant_id = $1 AND agent_id = $2";
const GET: &str = "SELECT agent_id, provider, provider_agent_id, agent_name, agent_type, language,
  status, token_prefix, taken_back, created_at, updated_at FROM agents
  WHERE tenant_id = $1 AND agent_id = $2";
const LIST: &str = "SELECT agent_id, provider, provider_agent_id, agent_name, agent_type, language,
  status, token_prefix, taken_back, created_at, updated_at FROM agents
  WHERE tenant_id = $1 AND status <> 'deleted' ORDER BY created_at DESC, agent_id DESC LIMIT $2";
const LOCK: &str = "UPDATE agents SET updated_at = updated_at
  WHERE tenant_id = $1 AND agent_id = $2 AND status <> 'deleted'";

/// Stores an assistant unless it exists; true when it was stored.
pub async fn insert(tx: &mut Tx, row: &AgentRow) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let written = execute!(
        tx,
        INSERT,
        tenant,
        &row.agent_id,
        &row.provider,
        row.provider_agent_id.as_deref(),
        &row.agent_name,
        &row.agent_type,
        &row.language,
        &row.status,
        row.token_prefix.as_deref(),
        row.created_at,
        row.updated_at,
    )?;
    Ok(written == 1)
}

/// Stores what may change of an assistant.
pub async fn update(tx: &mut Tx, row: &AgentRow, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        UPDATE,
        tenant,
        &row.agent_id,
        row.provider_agent_id.as_deref(),
        &row.agent_name,
        &row.agent_type,
        &row.language,
        &row.status,
        row.token_prefix.as_deref(),
        now.as_millisecond(),
        row.taken_back,
    )?;
    Ok(())
}

/// One assistant, deleted ones included.
pub async fn get(reader: &mut Reader, agent: &str) -> Result<Option<AgentRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => AgentRow, tenant, agent)
}

/// The tenant's assistants that are not deleted, newest first.
pub async fn list(reader: &mut Reader, limit: i64) -> Result<Vec<AgentRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, LIST => AgentRow, tenant, limit)
}

/// Holds an assistant until the transaction ends: whoever decides about its
/// numbers decides alone. False when it does not exist.
pub async fn lock(tx: &mut Tx, agent: &str) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    Ok(execute!(tx, LOCK, tenant, agent)? == 1)
}
