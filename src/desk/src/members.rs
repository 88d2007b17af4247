//! The people of a tenant.

use crate::office::Desk;
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
