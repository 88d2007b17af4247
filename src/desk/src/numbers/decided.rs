//! Somebody has looked at documents: the wishes that wait for them go on. Which
//! ones is asked of the provider, not taken from what it has told us.

use super::reconcile::reconcile;
use crate::office::Office;
use crate::providers::Providers;
use domain::id::TenantId;
use store::{StoreError, provisionings, tenants};

/// How many tenants are looked at.
const TENANTS: i64 = 100_000;

/// Makes every wish that waits for documents due now.
pub async fn wake(office: &Office) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let all = tenants::list(&mut office.db.read_directory().await?, TENANTS).await?;
    for tenant in all {
        let mut tx = office.db.begin(TenantId(tenant.tenant_id)).await?;
        provisionings::wake(&mut tx, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Goes on with them. What fails is finished by the hourly round.
pub async fn go_on(office: &Office, providers: &Providers) {
    if let Err(error) = reconcile(office, providers).await {
        tracing::warn!(%error, "wishes for numbers wait for the next round");
    }
}
