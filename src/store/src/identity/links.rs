//! Magic links: only the hash of a token is kept, each works once.

use crate::{Reader, StoreError, Tx};
use domain::id::TenantId;
use jiff::Timestamp;

/// For whom a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Lower case.
    pub email: String,
    /// Where to land; `None`: the person's first tenant.
    pub tenant: Option<TenantId>,
}

/// Stores a link.
pub async fn create(
    tx: &mut Tx,
    token_hash: &str,
    link: &Link,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO magic_links (token_hash, tenant_id, email, expires_at, created_at) \
        VALUES ($1, $2, $3, $4, $5)";
    let tenant = link.tenant.map(|TenantId(tenant)| tenant);
    execute!(
        tx,
        SQL,
        token_hash,
        tenant,
        &link.email,
        expires_at.as_millisecond(),
        now.as_millisecond()
    )?;
    Ok(())
}

/// True when the link would work now; uses nothing up.
pub async fn works(
    reader: &mut Reader,
    token_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT email FROM magic_links \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
    Ok(fetch_optional!(reader, SQL => (String,), token_hash, now.as_millisecond())?.is_some())
}

/// Uses the link up; `None` when it was used, is too old or unknown.
pub async fn consume(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Link>, StoreError> {
    const SQL: &str = "UPDATE magic_links SET used_at = $2 \
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 \
        RETURNING email, tenant_id";
    let row = fetch_optional!(tx, SQL => (String, Option<i64>), token_hash, now.as_millisecond())?;
    Ok(row.map(|(email, tenant)| Link { email, tenant: tenant.map(TenantId) }))
}

/// Forgets links that ended before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM magic_links WHERE expires_at < $1", before.as_millisecond())
}
