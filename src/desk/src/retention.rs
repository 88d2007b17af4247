//! Once a day, what has been kept long enough goes: see each tenant's
//! `[retention]`.

use crate::office::Office;
use crate::{channels, recordings};
use domain::id::{CallId, TenantId};
use domain::tenant::retention::Retention;
use domain::tenant::settings::Settings;
use store::messages::reports;
use store::{StoreError, Tx, idempotency, outbox, retention};

/// How long a provider's names of messages and its reports are kept.
const REPORTS_DAYS: u32 = 400;
/// How long it is known which jobs were done.
const JOBS_DAYS: u32 = 30;
/// How long answers under a client's key are kept.
const KEYS_DAYS: u32 = 7;

/// Removes what is due of every tenant. What one tenant's rows refuse is told
/// and tried again the next night: it keeps nobody else's from going. A database
/// that does not answer ends it: all of it is to be done again.
pub async fn sweep(office: &Office) -> Result<(), StoreError> {
    for row in crate::tenants::list(office, i64::MAX).await? {
        let tenant = TenantId(row.tenant_id);
        let kept = Settings::from_json(&row.settings).map(|settings| settings.retention);
        if let Err(error) = sweep_one(office, tenant, kept.unwrap_or_default()).await {
            if error.is_transient() {
                return Err(error);
            }
            tracing::error!(%error, %tenant, "RETENTION: what is due of a tenant cannot be removed");
        }
        if let Err(error) = channels::reseal(office, tenant).await {
            if error.is_transient() {
                return Err(error);
            }
            tracing::error!(%error, %tenant, "a tenant's secrets cannot be sealed again");
        }
    }
    let now = office.world.clock.now();
    let mut tx = office.db.begin_directory().await?;
    // The longest that anybody keeps messages; the names alone are nobody's.
    reports::forget(&mut tx, Retention::horizon(now, REPORTS_DAYS)).await?;
    outbox::forget(&mut tx, Retention::horizon(now, JOBS_DAYS)).await?;
    tx.commit().await
}

async fn sweep_one(office: &Office, tenant: TenantId, kept: Retention) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let words = Retention::horizon(now, kept.transcripts_days);
    loop {
        let mut reader = office.db.read(tenant).await?;
        let calls = retention::calls_with_old_words(&mut reader, words).await?;
        drop(reader);
        if calls.is_empty() {
            break;
        }
        let mut tx = office.db.begin(tenant).await?;
        for call in &calls {
            forget_recording(&mut tx, office, call).await?;
            retention::forget_words(&mut tx, call).await?;
        }
        tx.commit().await?;
    }
    let mut tx = office.db.begin(tenant).await?;
    let people = Retention::horizon(now, kept.messages_days);
    retention::forget_people(&mut tx, people).await?;
    store::notices::forget_strangers(&mut tx).await?;
    store::notices::forget_days(&mut tx, people).await?;
    retention::forget_events(&mut tx, Retention::horizon(now, kept.events_days)).await?;
    idempotency::forget(&mut tx, Retention::horizon(now, KEYS_DAYS)).await?;
    tx.commit().await
}

/// The provider keeps a recording no longer than we keep its address.
async fn forget_recording(tx: &mut Tx, office: &Office, call: &str) -> Result<(), StoreError> {
    let Some(id) = CallId::parse(call) else { return Ok(()) };
    if !retention::is_recorded(tx, call).await? {
        return Ok(());
    }
    recordings::forget(tx, office, &id, office.world.clock.now()).await
}
