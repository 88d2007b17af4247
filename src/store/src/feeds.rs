//! Secret addresses of calendars (directory): a hash finds the calendar.

use crate::{Reader, StoreError, Tx};
use domain::id::{CalendarId, TenantId};
use jiff::Timestamp;

/// The address of one calendar, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FeedRow {
    /// Whose.
    pub tenant_id: i64,
    /// Which calendar.
    pub calendar_id: String,
    /// `names` or `busy`.
    pub shows: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was last read, to within an hour.
    pub last_used_at: Option<i64>,
}

/// Stores the address of a calendar; the one before opens nothing any more.
pub async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    (calendar, shows): (&CalendarId, &str),
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO calendar_feeds \
        (token_hash, tenant_id, calendar_id, shows, created_at) VALUES ($1, $2, $3, $4, $5)";
    revoke(tx, tenant, calendar, now).await?;
    execute!(tx, SQL, hash, tenant.0, calendar.0.as_str(), shows, now.as_millisecond())?;
    Ok(())
}

/// Ends the address of a calendar; false when it has none.
pub async fn revoke(
    tx: &mut Tx,
    tenant: TenantId,
    calendar: &CalendarId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE calendar_feeds SET revoked_at = $3 \
        WHERE tenant_id = $1 AND calendar_id = $2 AND revoked_at IS NULL";
    Ok(execute!(tx, SQL, tenant.0, calendar.0.as_str(), now.as_millisecond())? > 0)
}

/// What the secret of this hash opens, while its tenant is in use.
pub async fn find(reader: &mut Reader, hash: &str) -> Result<Option<FeedRow>, StoreError> {
    const SQL: &str = "SELECT f.tenant_id, f.calendar_id, f.shows, f.created_at, f.last_used_at \
        FROM calendar_feeds f JOIN tenants t ON t.tenant_id = f.tenant_id AND t.status = 'active' \
        WHERE f.token_hash = $1 AND f.revoked_at IS NULL";
    fetch_optional!(reader, SQL => FeedRow, hash)
}

/// The addresses of a tenant's calendars; at most 200.
pub async fn of_tenant(reader: &mut Reader, tenant: TenantId) -> Result<Vec<FeedRow>, StoreError> {
    const SQL: &str = "SELECT tenant_id, calendar_id, shows, created_at, last_used_at \
        FROM calendar_feeds WHERE tenant_id = $1 AND revoked_at IS NULL \
        ORDER BY calendar_id LIMIT 200";
    fetch_all!(reader, SQL => FeedRow, tenant.0)
}

/// Notes that an address was read, unless that was noted at `since` or later.
pub async fn touch(
    tx: &mut Tx,
    hash: &str,
    now: Timestamp,
    since: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE calendar_feeds SET last_used_at = $2 \
        WHERE token_hash = $1 AND (last_used_at IS NULL OR last_used_at < $3)";
    execute!(tx, SQL, hash, now.as_millisecond(), since.as_millisecond())?;
    Ok(())
}
