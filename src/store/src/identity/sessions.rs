//! Sessions of browsers; only the hash of the cookie's value is kept.

use crate::{Reader, StoreError, Tx};
use domain::id::TenantId;
use jiff::Timestamp;

/// A session as it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved<'a> {
    /// SHA-256 of the cookie's value, hex.
    pub id_hash: &'a str,
    /// Who is signed in, lower case.
    pub email: Option<&'a str>,
    /// The session's own data, JSON.
    pub data: &'a str,
    /// The browser, shortened.
    pub agent: Option<&'a str>,
    /// The address, shortened.
    pub network: Option<&'a str>,
    /// When it ends.
    pub expires_at: i64,
}

/// A session in a person's list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// Names it without opening it.
    pub id_hash: String,
    /// The browser, shortened.
    pub agent: Option<String>,
    /// The address, shortened.
    pub network: Option<String>,
    /// When somebody signed in.
    pub created_at: i64,
    /// When it was last used, to within some minutes.
    pub last_seen_at: i64,
}

/// Makes or replaces a session.
pub async fn save(tx: &mut Tx, session: &Saved<'_>, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO sessions \
        (id_hash, email, data, agent, network, created_at, last_seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7) \
        ON CONFLICT (id_hash) DO UPDATE SET email = excluded.email, data = excluded.data, \
        agent = excluded.agent, network = excluded.network, \
        last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at";
    execute!(
        tx,
        SQL,
        session.id_hash,
        session.email,
        session.data,
        session.agent,
        session.network,
        now.as_millisecond(),
        session.expires_at
    )?;
    Ok(())
}

/// Replaces a session only while it exists: one that was ended elsewhere
/// meanwhile does not come back. True when it did.
pub async fn update(tx: &mut Tx, session: &Saved<'_>, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE sessions SET email = $2, data = $3, agent = $4, network = $5, \
        last_seen_at = $6, expires_at = $7 WHERE id_hash = $1";
    let touched = execute!(
        tx,
        SQL,
        session.id_hash,
        session.email,
        session.data,
        session.agent,
        session.network,
        now.as_millisecond(),
        session.expires_at
    )?;
    Ok(touched > 0)
}

/// A session's data and its end, unless it has ended.
pub async fn find(
    reader: &mut Reader,
    id_hash: &str,
    now: Timestamp,
) -> Result<Option<(String, i64)>, StoreError> {
    const SQL: &str =
        "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2";
    fetch_optional!(reader, SQL => (String, i64), id_hash, now.as_millisecond())
}

/// The sessions of a person, last used first; at most 100.
pub async fn of_email(
    reader: &mut Reader,
    email: &str,
    now: Timestamp,
) -> Result<Vec<Listed>, StoreError> {
    const SQL: &str = "SELECT id_hash, agent, network, created_at, last_seen_at FROM sessions \
        WHERE email = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id_hash LIMIT 100";
    fetch_all!(reader, SQL => Listed, email, now.as_millisecond())
}

/// Ends one session.
pub async fn remove(tx: &mut Tx, id_hash: &str) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM sessions WHERE id_hash = $1", id_hash)?;
    Ok(())
}

/// Ends one session of this person; false when they have no such session.
pub async fn remove_own(tx: &mut Tx, email: &str, id_hash: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE id_hash = $1 AND email = $2";
    Ok(execute!(tx, SQL, id_hash, email)? > 0)
}

/// Ends every session of this person but one.
pub async fn remove_others(tx: &mut Tx, email: &str, keep: &str) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM sessions WHERE email = $1 AND id_hash <> $2", email, keep)
}

/// Forgets sessions that ended before an instant.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    execute!(tx, "DELETE FROM sessions WHERE expires_at < $1", before.as_millisecond())
}

/// Ends the sessions and links of somebody who may open nothing any more.
pub async fn end_of_stranger(tx: &mut Tx, email: &str) -> Result<u64, StoreError> {
    const LINKS: &str = "DELETE FROM magic_links WHERE email = $1 AND NOT EXISTS \
        (SELECT 1 FROM members o JOIN tenants t ON t.tenant_id = o.tenant_id \
         WHERE o.email = $1 AND t.status = 'active')";
    const SESSIONS: &str = "DELETE FROM sessions WHERE email = $1 AND NOT EXISTS \
        (SELECT 1 FROM members o JOIN tenants t ON t.tenant_id = o.tenant_id \
         WHERE o.email = $1 AND t.status = 'active')";
    execute!(tx, LINKS, email)?;
    execute!(tx, SESSIONS, email)
}

/// Ends the sessions and links of the members of a tenant that may open nothing
/// else, once it is not in use any more.
pub async fn end_of_members(tx: &mut Tx, tenant: TenantId) -> Result<u64, StoreError> {
    const SESSIONS: &str = "DELETE FROM sessions WHERE email IN \
        (SELECT m.email FROM members m WHERE m.tenant_id = $1) AND NOT EXISTS \
        (SELECT 1 FROM members o JOIN tenants t ON t.tenant_id = o.tenant_id \
         WHERE o.email = sessions.email AND t.status = 'active')";
    execute!(tx, "DELETE FROM magic_links WHERE tenant_id = $1", tenant.0)?;
    execute!(tx, SESSIONS, tenant.0)
}
