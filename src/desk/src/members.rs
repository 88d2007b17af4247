//! The people of a tenant.

use crate::office::{Desk, Office};
use crate::sign_in::Email;
use domain::id::TenantId;
use domain::role::Role;
use store::StoreError;
use store::identity::members;

impl Desk {
    /// Who belongs to the tenant, by address.
    pub async fn members(&self) -> Result<Vec<(String, Role)>, StoreError> {
        let mut reader = self.office().db.read_directory().await?;
        members::of_tenant(&mut reader, self.tenant()).await
    }
}

/// Adds a member to a tenant, or changes the role of one.
pub async fn put(
    office: &Office,
    tenant: TenantId,
    email: &Email,
    role: Role,
) -> Result<(), StoreError> {
    let mut tx = office.db.begin_directory().await?;
    members::put(&mut tx, tenant, email.as_str(), role, office.world.clock.now()).await?;
    tx.commit().await
}
