//! What a serving process does by itself: notices what others change, closes
//! silent calls, tidies up at night.

use crate::live::Change;
use crate::office::Office;
use crate::{retention, switchboard, tenants};
use domain::id::TenantId;
use jiff::Zoned;
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use store::hooks::{self, Hook};
use store::watch::{self, Noticed};
use store::{Db, StoreError};

/// How often due work is looked for.
const ROUND: Duration = Duration::from_secs(1);
/// How often other instances are told of turns.
const GATHER: Duration = Duration::from_millis(250);
/// The local hour from which the sandbox is emptied once a day.
const NIGHT: i8 = 3;

/// Works until it is dropped.
pub async fn run(office: Arc<Office>) {
    tokio::join!(notice(&office), tell(&office), rounds(&office));
}

/// Forgets and tells what others change.
async fn notice(office: &Office) {
    watch::watch(&office.db, |noticed| match noticed {
        Noticed::Routes | Noticed::Tenant(_) => office.forget_tenants(),
        Noticed::Calls(tenant) => office.live.publish(tenant, Change::Calls),
        Noticed::Appointments(tenant) => office.live.publish(tenant, Change::Appointments),
        Noticed::Tickets(tenant) => office.live.publish(tenant, Change::Tickets),
    })
    .await;
}

/// Tells other instances of the turns answered here, gathered.
async fn tell(office: &Office) {
    if matches!(office.db, Db::Sqlite(_)) {
        return;
    }
    let mut ticks = tokio::time::interval(GATHER);
    loop {
        ticks.tick().await;
        let tenants: HashSet<TenantId> = office.live.take_talking();
        let tenants: Vec<TenantId> = tenants.into_iter().collect();
        if !tenants.is_empty()
            && let Err(error) = watch::tell_calls(&office.db, &tenants).await
        {
            tracing::debug!(%error, "other instances were not told of a turn");
        }
    }
}

async fn rounds(office: &Office) {
    let mut ticks = tokio::time::interval(ROUND);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = round(office).await {
            tracing::warn!(%error, "due work waits for the database");
        }
    }
}

/// Does what is due now.
pub async fn round(office: &Office) -> Result<(), StoreError> {
    switchboard::close_silent_calls(office).await?;
    tidy_at_night(office).await
}

/// Once per night of the test tenant, by whichever instance comes first: the
/// sandbox is emptied and what was kept long enough goes.
async fn tidy_at_night(office: &Office) -> Result<(), StoreError> {
    let local = test_tenant_time(office).await?;
    if local.hour() < NIGHT || !office.nights.begin(local.date()) {
        return Ok(());
    }
    if begin_night(office, local.date()).await? {
        tenants::reset_sandbox(office).await?;
        retention::sweep(office).await?;
    }
    Ok(())
}

/// A house that opens for the first time has nothing to empty that night.
pub(crate) async fn skip_first_night(office: &Office) -> Result<(), StoreError> {
    let today = test_tenant_time(office).await?.date();
    begin_night(office, today).await.map(|_| ())
}

async fn test_tenant_time(office: &Office) -> Result<Zoned, StoreError> {
    let profile = office.profile(office.rules.test.tenant).await?;
    Ok(office.world.clock.now().to_zoned(profile.zone.clone()))
}

/// True for the first instance that begins this night.
async fn begin_night(office: &Office, night: Date) -> Result<bool, StoreError> {
    let key = format!("sandbox_reset:{night}");
    let hook = Hook { provider: "uwi", key: &key, kind: "sandbox_reset", call: None };
    let mut tx = office.db.begin_directory().await?;
    let first = hooks::note(&mut tx, &hook, office.world.clock.now()).await?;
    tx.commit().await?;
    Ok(first)
}
