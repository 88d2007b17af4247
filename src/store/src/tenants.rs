//! Customer businesses (directory).

use crate::{Reader, StoreError, Tx};
use domain::id::TenantId;
use jiff::Timestamp;

/// A tenant as stored; its settings are read by those who use them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TenantRow {
    /// Which.
    pub tenant_id: i64,
    /// Displayed and spoken name.
    pub name: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// `active`, `suspended` or `deleted`.
    pub status: String,
    /// Its settings, JSON.
    pub settings: String,
    /// Grows with every change.
    pub version: i64,
}

/// What is written of a tenant.
#[derive(Debug, Clone)]
pub struct TenantData<'a> {
    /// Displayed and spoken name.
    pub name: &'a str,
    /// IANA name of its time zone.
    pub timezone: &'a str,
    /// Its settings, JSON.
    pub settings: &'a str,
}

const GET: &str = "SELECT tenant_id, name, timezone, status, settings, version FROM tenants
  WHERE tenant_id = $1";
const LIST: &str = "SELECT tenant_id, name, timezone, status, settings, version FROM tenants
  ORDER BY tenant_id LIMIT $1";
const NAMED: &str = "SELECT tenant_id FROM tenants WHERE name = $1 AND status <> 'deleted' ORDER BY tenant_id LIMIT 2";
const INSERT: &str =
    "INSERT INTO tenants (tenant_id, name, timezone, settings, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (tenant_id) DO NOTHING";
const UPDATE: &str = "UPDATE tenants SET name = $2, timezone = $3, settings = $4, updated_at = $5,
  version = version + 1
  WHERE tenant_id = $1 AND (name <> $2 OR timezone <> $3 OR settings <> $4)";
const REPLACE: &str = "UPDATE tenants SET name = $2, timezone = $3, settings = $4, updated_at = $5,
  version = version + 1 WHERE tenant_id = $1 AND version = $6";
const NEXT: &str = "SELECT CAST(COALESCE(MAX(tenant_id), 0) + 1 AS BIGINT) FROM tenants";

/// Reads one tenant.
pub async fn get(reader: &mut Reader, tenant: TenantId) -> Result<Option<TenantRow>, StoreError> {
    fetch_optional!(reader, GET => TenantRow, tenant.0)
}

/// Reads the first tenants, by number.
pub async fn list(reader: &mut Reader, limit: i64) -> Result<Vec<TenantRow>, StoreError> {
    fetch_all!(reader, LIST => TenantRow, limit)
}

/// The tenants of this name, two at most.
pub async fn named(reader: &mut Reader, name: &str) -> Result<Vec<TenantId>, StoreError> {
    let found = fetch_all!(reader, NAMED => (i64,), name)?;
    Ok(found.into_iter().map(|(tenant,)| TenantId(tenant)).collect())
}

/// Writes a tenant unless it exists; true when it was written.
pub async fn insert(
    tx: &mut Tx,
    tenant: TenantId,
    data: &TenantData<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let now = now.as_millisecond();
    let written = execute!(tx, INSERT, tenant.0, data.name, data.timezone, data.settings, now)?;
    Ok(written == 1)
}

/// Writes a tenant's new settings; true when they differ from the stored ones.
pub async fn update(
    tx: &mut Tx,
    tenant: TenantId,
    data: &TenantData<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let now = now.as_millisecond();
    let written = execute!(tx, UPDATE, tenant.0, data.name, data.timezone, data.settings, now)?;
    Ok(written == 1)
}

/// Writes a tenant's new settings over the version that was read; false when
/// there is another by now.
pub async fn replace(
    tx: &mut Tx,
    tenant: TenantId,
    data: &TenantData<'_>,
    version: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (tenant, now) = (tenant.0, now.as_millisecond());
    let TenantData { name, timezone, settings } = *data;
    Ok(execute!(tx, REPLACE, tenant, name, timezone, settings, now, version)? == 1)
}

/// The first number that no tenant has.
pub async fn next_id(tx: &mut Tx) -> Result<TenantId, StoreError> {
    let next = fetch_optional!(tx, NEXT => (i64,))?;
    Ok(TenantId(next.map_or(1, |(next,)| next)))
}
