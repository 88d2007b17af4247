//! Customer businesses: making, changing, showing.

use crate::office::Office;
use store::StoreError;
use store::tenants::{self, TenantData};

/// Makes the test tenant unless it exists; again and again without harm.
pub async fn ensure_test_tenant_exists(office: &Office) -> Result<bool, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let data =
        TenantData { name: "Cabinet de démonstration", timezone: "Europe/Paris", settings: "{}" };
    let now = office.world.clock.now();
    let made = tenants::insert(&mut tx, office.rules.test.tenant, &data, now).await?;
    tx.commit().await?;
    Ok(made)
}
