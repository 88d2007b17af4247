//! Once a day, what has been kept long enough goes: see each tenant's
//! `[retention]`.

use crate::office::Office;
use crate::{channels, recordings};
use domain::id::{CallId, TenantId};
use domain::tenant::retention::Retention;
use domain::tenant::settings::Settings;
use store::messages::reports;
use store::{StoreError, Tx, retention};

/// How long a provider's names of messages and its reports are kept.
const REPORTS_DAYS: u32 = 400;

/// Removes what is due of every tenant.
pub async fn sweep(office: &Office) -> Result<(), StoreError> {
    for row in crate::tenants::list(office, i64::MAX).await? {
        let kept = Settings::from_json(&row.settings).map(|settings| settings.retention);
        sweep_one(office, TenantId(row.tenant_id), kept.unwrap_or_default()).await?;
        channels::reseal(office, TenantId(row.tenant_id)).await?;
    }
    // The longest that anybody keeps messages; the names alone are nobody's.
    let horizon = Retention::horizon(office.world.clock.now(), REPORTS_DAYS);
    let mut tx = office.db.begin_directory().await?;
    reports::forget(&mut tx, horizon).await?;
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
