//! How a tenant reaches people (`channel_configurations`).

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// A channel of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChannelRow {
    /// Its id.
    pub id: String,
    /// `phone`, `sms`, `email`, `whatsapp`.
    pub channel_type: String,
    /// Switched on.
    pub enabled: i64,
    /// Everything that it needs is there.
    pub configured: i64,
    /// Sealed secrets.
    pub config_encrypted: Option<String>,
    /// What may be shown, JSON.
    pub config_public: String,
    /// Templates of the tenant's own, JSON.
    pub templates: String,
    /// The voice provider's name of the assistant.
    pub assistant_id: Option<String>,
    /// Which key sealed the secrets.
    pub key_id: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// The last time that it worked.
    pub last_success_at: Option<i64>,
    /// The last time that it did not.
    pub last_failure_at: Option<i64>,
    /// Why it did not.
    pub last_failure: Option<String>,
    /// When its credentials were last tried.
    pub checked_at: Option<i64>,
    /// The last change.
    pub updated_at: i64,
}

/// What of a channel is to be written.
#[derive(Debug, Clone)]
pub struct NewChannel<'a> {
    /// The row's id, when it is new.
    pub id: &'a str,
    /// `phone`, `sms`, `email`, `whatsapp`.
    pub channel: &'a str,
    /// Switched on (1) or not (0).
    pub enabled: i64,
    /// Everything that it needs is there (1) or not (0).
    pub configured: i64,
    /// Sealed secrets.
    pub sealed: Option<&'a str>,
    /// Which key sealed them.
    pub key_id: Option<&'a str>,
    /// What may be shown, JSON.
    pub public: &'a str,
    /// Templates of the tenant's own, JSON.
    pub templates: &'a str,
    /// The voice provider's name of the assistant.
    pub assistant: Option<&'a str>,
    /// The version that was seen; 0: there was none.
    pub seen: i64,
}

const LIST: &str = "SELECT id, channel_type, enabled, configured, config_encrypted, config_public,
  templates, assistant_id, key_id, version, last_success_at, last_failure_at, last_failure,
  checked_at, updated_at FROM channel_configurations WHERE tenant_id = $1 ORDER BY channel_type";
const GET: &str = "SELECT id, channel_type, enabled, configured, config_encrypted, config_public,
  templates, assistant_id, key_id, version, last_success_at, last_failure_at, last_failure,
  checked_at, updated_at FROM channel_configurations WHERE tenant_id = $1 AND channel_type = $2";
const PUT: &str = "INSERT INTO channel_configurations (tenant_id, id, channel_type, enabled,
  configured, config_encrypted, key_id, config_public, templates, assistant_id, created_at,
  updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, $12)
  ON CONFLICT (tenant_id, channel_type) DO UPDATE SET enabled = excluded.enabled,
    configured = excluded.configured, config_encrypted = excluded.config_encrypted,
    key_id = excluded.key_id, config_public = excluded.config_public,
    templates = excluded.templates, assistant_id = excluded.assistant_id,
    version = channel_configurations.version + 1, updated_at = excluded.updated_at
  WHERE channel_configurations.version = $11";
const WORKED: &str = "UPDATE channel_configurations SET last_success_at = $3, checked_at = $3
  WHERE tenant_id = $1 AND channel_type = $2";
const FAILED: &str = "UPDATE channel_configurations SET last_failure_at = $3, last_failure = $4
  WHERE tenant_id = $1 AND channel_type = $2";
const SEAL_ANEW: &str = "UPDATE channel_configurations SET config_encrypted = $4, key_id = $5
  WHERE tenant_id = $1 AND channel_type = $2 AND version = $3";
const OTHER_KEYS: &str = "SELECT id, channel_type, enabled, configured, config_encrypted,
  config_public, templates, assistant_id, key_id, version, last_success_at, last_failure_at,
  last_failure, checked_at, updated_at FROM channel_configurations
  WHERE tenant_id = $1 AND config_encrypted IS NOT NULL AND key_id <> $2 ORDER BY channel_type";

/// The tenant's channels, as far as they were ever set.
pub async fn list(reader: &mut Reader) -> Result<Vec<ChannelRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, LIST => ChannelRow, tenant)
}

/// One channel.
pub async fn get(reader: &mut Reader, channel: &str) -> Result<Option<ChannelRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => ChannelRow, tenant, channel)
}

/// Writes a channel; false when somebody changed it since it was seen.
pub async fn put(tx: &mut Tx, new: &NewChannel<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let written = execute!(
        tx,
        PUT,
        tenant,
        new.id,
        new.channel,
        new.enabled,
        new.configured,
        new.sealed,
        new.key_id,
        new.public,
        new.templates,
        new.assistant,
        new.seen,
        now.as_millisecond(),
    )?;
    Ok(written == 1)
}

/// Notes that a channel worked.
pub async fn worked(tx: &mut Tx, channel: &str, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, WORKED, tenant, channel, now.as_millisecond())
}

/// Notes that a channel did not work, and why.
pub async fn failed(
    tx: &mut Tx,
    channel: &str,
    code: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, FAILED, tenant, channel, now.as_millisecond(), code)
}

/// Replaces the sealed text of a channel that is as it was seen.
pub async fn sealed_anew(
    tx: &mut Tx,
    (channel, seen): (&str, i64),
    (sealed, key_id): (&str, &str),
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    Ok(execute!(tx, SEAL_ANEW, tenant, channel, seen, sealed, key_id)? == 1)
}

/// The channels whose secrets were sealed with another key.
pub async fn sealed_with_others(
    reader: &mut Reader,
    key_id: &str,
) -> Result<Vec<ChannelRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OTHER_KEYS => ChannelRow, tenant, key_id)
}
