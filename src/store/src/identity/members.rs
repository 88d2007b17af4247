//! Who belongs to which tenant.

use crate::{Reader, StoreError, Tx};
use domain::id::TenantId;
use domain::role::Role;
use jiff::Timestamp;

/// A person's place in one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which tenant.
    pub tenant: TenantId,
    /// Its displayed name.
    pub name: String,
    /// What the person may do there.
    pub role: Role,
}

/// The tenants of an address (lower case) that are in use, in order; at most 200.
pub async fn of_email(reader: &mut Reader, email: &str) -> Result<Vec<Membership>, StoreError> {
    const SQL: &str = "SELECT m.tenant_id, t.name, m.role FROM members m \
        JOIN tenants t ON t.tenant_id = m.tenant_id \
        WHERE m.email = $1 AND t.status = 'active' ORDER BY m.tenant_id LIMIT 200";
    fetch_all!(reader, SQL => (i64, String, String), email)?
        .into_iter()
        .map(|(tenant, name, role)| {
            let role = role_of(&role)?;
            Ok(Membership { tenant: TenantId(tenant), name, role })
        })
        .collect()
}

/// The members of a tenant, by address; at most 200.
pub async fn of_tenant(
    reader: &mut Reader,
    tenant: TenantId,
) -> Result<Vec<(String, Role)>, StoreError> {
    const SQL: &str =
        "SELECT email, role FROM members WHERE tenant_id = $1 ORDER BY email LIMIT 200";
    fetch_all!(reader, SQL => (String, String), tenant.0)?
        .into_iter()
        .map(|(email, role)| Ok((email, role_of(&role)?)))
        .collect()
}

/// Adds a member, or changes the role of one.
pub async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    email: &str,
    role: Role,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO members (tenant_id, email, role, created_at) \
        VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant_id, email) DO UPDATE SET role = excluded.role";
    execute!(tx, SQL, tenant.0, email, role.as_str(), now.as_millisecond())?;
    Ok(())
}

/// Takes a member out; false when there is no such member.
pub async fn remove(tx: &mut Tx, tenant: TenantId, email: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM members WHERE tenant_id = $1 AND email = $2";
    Ok(execute!(tx, SQL, tenant.0, email)? > 0)
}

fn role_of(stored: &str) -> Result<Role, StoreError> {
    Role::parse(stored).ok_or_else(|| StoreError::inconsistent("members", "unknown role"))
}
