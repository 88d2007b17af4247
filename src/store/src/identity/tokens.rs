//! API tokens: a public prefix finds the row, a hash proves the secret.

use crate::{Reader, StoreError, Tx};
use domain::id::TenantId;
use jiff::Timestamp;

/// A token as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    /// The public part.
    pub prefix: String,
    /// SHA-256 of the secret part, hex.
    pub secret_hash: String,
    /// Whose data it opens.
    pub tenant_id: i64,
    /// What it is for, in its owner's words.
    pub name: String,
    /// Space-separated.
    pub scopes: String,
    /// When it was made.
    pub created_at: i64,
    /// When it ends, if it does.
    pub expires_at: Option<i64>,
    /// When it was last used, to within a minute.
    pub last_used_at: Option<i64>,
    /// The prefix of the token whose place it takes.
    pub replaces: Option<String>,
}

/// Stores a new token. One that takes another's place is alone in that: a
/// second one is a [`StoreError::Conflict`].
pub async fn create(tx: &mut Tx, token: &TokenRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO api_tokens \
        (prefix, secret_hash, tenant_id, name, scopes, created_at, expires_at, replaces) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    execute!(
        tx,
        SQL,
        &token.prefix,
        &token.secret_hash,
        token.tenant_id,
        &token.name,
        &token.scopes,
        token.created_at,
        token.expires_at,
        token.replaces.as_deref()
    )?;
    Ok(())
}

/// The token with this prefix, while it is valid and its tenant in use.
pub async fn find(
    reader: &mut Reader,
    prefix: &str,
    now: Timestamp,
) -> Result<Option<TokenRow>, StoreError> {
    const SQL: &str = "SELECT a.prefix, a.secret_hash, a.tenant_id, a.name, a.scopes, \
        a.created_at, a.expires_at, a.last_used_at, a.replaces FROM api_tokens a \
        JOIN tenants t ON t.tenant_id = a.tenant_id AND t.status = 'active' \
        WHERE a.prefix = $1 AND a.revoked_at IS NULL \
        AND (a.expires_at IS NULL OR a.expires_at > $2)";
    fetch_optional!(reader, SQL => TokenRow, prefix, now.as_millisecond())
}

/// The valid tokens of a tenant, newest first; at most 100.
pub async fn of_tenant(
    reader: &mut Reader,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Vec<TokenRow>, StoreError> {
    const SQL: &str = "SELECT prefix, secret_hash, tenant_id, name, scopes, created_at, \
        expires_at, last_used_at, replaces FROM api_tokens \
        WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2) \
        ORDER BY created_at DESC, prefix LIMIT 100";
    fetch_all!(reader, SQL => TokenRow, tenant.0, now.as_millisecond())
}

/// Notes that a token was used, unless that was noted at `since` or later:
/// however many instances look at once, one writes.
pub async fn touch(
    tx: &mut Tx,
    prefix: &str,
    now: Timestamp,
    since: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE api_tokens SET last_used_at = $2 \
        WHERE prefix = $1 AND (last_used_at IS NULL OR last_used_at < $3)";
    execute!(tx, SQL, prefix, now.as_millisecond(), since.as_millisecond())?;
    Ok(())
}

/// Lets a valid token of this tenant end at `until`, or sooner if it already
/// did; false when it has no such token.
pub async fn end_at(
    tx: &mut Tx,
    tenant: TenantId,
    prefix: &str,
    until: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE api_tokens SET expires_at = \
        CASE WHEN expires_at < $3 THEN expires_at ELSE $3 END \
        WHERE tenant_id = $1 AND prefix = $2 AND revoked_at IS NULL";
    Ok(execute!(tx, SQL, tenant.0, prefix, until.as_millisecond())? > 0)
}

/// Ends a token of this tenant; false when it has no such token.
pub async fn revoke(
    tx: &mut Tx,
    tenant: TenantId,
    prefix: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE api_tokens SET revoked_at = $3 \
        WHERE tenant_id = $1 AND prefix = $2 AND revoked_at IS NULL";
    Ok(execute!(tx, SQL, tenant.0, prefix, now.as_millisecond())? > 0)
}

/// Ends a token of the transaction's tenant, and those that have taken its place.
pub async fn revoke_line(tx: &mut Tx, prefix: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "WITH RECURSIVE line (prefix) AS (SELECT CAST($2 AS TEXT) UNION \
        SELECT t.prefix FROM api_tokens t JOIN line l ON t.replaces = l.prefix) \
        UPDATE api_tokens SET revoked_at = $3 WHERE tenant_id = $1 AND revoked_at IS NULL \
        AND prefix IN (SELECT prefix FROM line)";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, prefix, now.as_millisecond())?;
    Ok(())
}

/// Ends every token of the transaction's tenant.
pub async fn revoke_all(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str =
        "UPDATE api_tokens SET revoked_at = $2 WHERE tenant_id = $1 AND revoked_at IS NULL";
    let tenant = tx.tenant().0;
    execute!(tx, SQL, tenant, now.as_millisecond())
}
