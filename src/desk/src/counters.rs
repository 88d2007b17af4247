//! The dashboard's counters, made again from the events.

use crate::office::Office;
use domain::id::TenantId;
use store::StoreError;
use store::events::{self, DayCount};

/// What rebuilding found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Whose.
    pub tenant: TenantId,
    /// How many days are counted.
    pub days: usize,
    /// True when the kept counters were what the events say.
    pub equal: bool,
}

/// Makes every tenant's counters again and says whether they were right.
pub async fn rebuild(office: &Office) -> Result<Vec<Rebuilt>, StoreError> {
    let mut rebuilt = Vec::new();
    for tenant in crate::tenants::list(office, i64::MAX).await? {
        rebuilt.push(rebuild_one(office, TenantId(tenant.tenant_id)).await?);
    }
    Ok(rebuilt)
}

async fn rebuild_one(office: &Office, tenant: TenantId) -> Result<Rebuilt, StoreError> {
    let mut tx = office.db.begin(tenant).await?;
    let before: Vec<DayCount> = events::counters_of(&mut tx).await?;
    events::rebuild_counters(&mut tx).await?;
    let after = events::counters_of(&mut tx).await?;
    tx.commit().await?;
    Ok(Rebuilt { tenant, days: after.len(), equal: before == after })
}
