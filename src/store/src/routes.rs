//! Which tenant answers a dialled number (directory). The columns differ per
//! database, as the first documents give them.

use crate::{Reader, Sql, StoreError, Tx};
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::{Channel, TestRoute, guard_demo_number_routing};
use jiff::Timestamp;

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RouteRow {
    /// `vocal`, `whatsapp`, `web` or `sms`.
    pub channel: String,
    /// The canonical number (for `web`: a site's key).
    pub key: String,
    /// Who answers.
    pub tenant_id: i64,
}

const RESOLVE: Sql = Sql {
    sqlite: "SELECT tenant_id FROM tenant_routing WHERE channel = $1 AND did_key = $2",
    postgres: "SELECT tenant_id FROM tenant_routing WHERE channel = $1 AND key = $2 AND is_active",
};
const PUT: Sql = Sql {
    sqlite: "INSERT INTO tenant_routing (channel, did_key, tenant_id, created_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (channel, did_key) DO UPDATE SET tenant_id = excluded.tenant_id
      WHERE tenant_routing.tenant_id <> excluded.tenant_id",
    postgres: "INSERT INTO tenant_routing (channel, key, tenant_id, is_active, updated_at)
      VALUES ($1, $2, $3, TRUE, CAST($4 AS timestamptz))
      ON CONFLICT (channel, key) DO UPDATE
      SET tenant_id = EXCLUDED.tenant_id, is_active = TRUE, updated_at = EXCLUDED.updated_at
      WHERE tenant_routing.tenant_id <> EXCLUDED.tenant_id OR NOT tenant_routing.is_active",
};
const LIST: Sql = Sql {
    sqlite: "SELECT channel, did_key AS key, tenant_id FROM tenant_routing
      ORDER BY channel, did_key LIMIT $1",
    postgres: "SELECT channel, key, tenant_id FROM tenant_routing WHERE is_active
      ORDER BY channel, key LIMIT $1",
};
const OF_TENANT: Sql = Sql {
    sqlite: "SELECT channel, did_key AS key, tenant_id FROM tenant_routing
      WHERE tenant_id = $1 ORDER BY channel, did_key LIMIT 1000",
    postgres: "SELECT channel, key, tenant_id FROM tenant_routing
      WHERE tenant_id = $1 AND is_active ORDER BY channel, key LIMIT 1000",
};
const REMOVE: Sql = Sql {
    sqlite: "DELETE FROM tenant_routing WHERE channel = $1 AND did_key = $2 AND tenant_id = $3",
    postgres: "DELETE FROM tenant_routing WHERE channel = $1 AND key = $2 AND tenant_id = $3",
};
const GUARD: &str = "SELECT did_key, tenant_id FROM route_guard WHERE id = 1";
const LOCK_GUARD: &str = "INSERT INTO route_guard (id, did_key, tenant_id)
  SELECT 1, $1, $2 WHERE NOT EXISTS (SELECT 1 FROM route_guard)";

/// The tenant that a number is routed to.
pub async fn resolve(
    reader: &mut Reader,
    channel: Channel,
    number: &E164,
) -> Result<Option<TenantId>, StoreError> {
    let sql = reader.pick(RESOLVE);
    let found = fetch_optional!(reader, sql => (i64,), channel.as_str(), number.as_str())?;
    Ok(found.map(|(tenant,)| TenantId(tenant)))
}

/// Routes a number to a tenant. Refuses to take the test number away from the
/// test tenant, here and again in the schema. True when something changed.
pub async fn add_route(
    tx: &mut Tx,
    test: &TestRoute,
    (channel, number): (Channel, &E164),
    tenant: TenantId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    guard_demo_number_routing(test, number, tenant).map_err(|_| StoreError::TestNumberImmutable)?;
    let (sql, now) = (tx.pick(PUT), now.to_string());
    let written = execute!(tx, sql, channel.as_str(), number.as_str(), tenant.0, now)?;
    Ok(written == 1)
}

/// Removes a tenant's route; the schema refuses to remove the test route. True
/// when there was one.
pub async fn remove_route(
    tx: &mut Tx,
    (channel, number): (Channel, &E164),
    tenant: TenantId,
) -> Result<bool, StoreError> {
    let sql = tx.pick(REMOVE);
    Ok(execute!(tx, sql, channel.as_str(), number.as_str(), tenant.0)? == 1)
}

/// Removes every route of a tenant; the schema refuses to remove the test route.
pub async fn remove_all(tx: &mut Tx, tenant: TenantId) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM tenant_routing WHERE tenant_id = $1", tenant.0)
}

/// The first routes, by channel and number.
pub async fn list(reader: &mut Reader, limit: i64) -> Result<Vec<RouteRow>, StoreError> {
    let sql = reader.pick(LIST);
    fetch_all!(reader, sql => RouteRow, limit)
}

/// The routes of one tenant.
pub async fn of_tenant(reader: &mut Reader, tenant: TenantId) -> Result<Vec<RouteRow>, StoreError> {
    let sql = reader.pick(OF_TENANT);
    fetch_all!(reader, sql => RouteRow, tenant.0)
}

/// Writes the test number and its tenant for ever, at the first start; gives
/// what is locked, which a later start must agree with.
pub async fn lock_guard(tx: &mut Tx, test: &TestRoute) -> Result<(String, TenantId), StoreError> {
    execute!(tx, LOCK_GUARD, test.number.as_str(), test.tenant.0)?;
    let locked = fetch_optional!(tx, GUARD => (String, i64))?;
    let (number, tenant) =
        locked.ok_or_else(|| StoreError::inconsistent("route_guard", "it is empty"))?;
    Ok((number, TenantId(tenant)))
}
