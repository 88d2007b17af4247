//! What a serving process does by itself: notices what others change, closes
//! silent calls, tidies up at night.

use crate::live::Change;
use crate::office::Office;
use crate::outbox::after;
use crate::{practice, reminders, retention, sending, switchboard};
use domain::id::TenantId;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use store::hooks::{self, Hook};
use store::watch::{self, Noticed};
use store::{Db, StoreError, Tx};

/// How often due work is looked for.
const ROUND: Duration = Duration::from_secs(1);
/// How often other instances are told of turns.
const GATHER: Duration = Duration::from_millis(250);
/// The local hour from which the sandbox is emptied once a day.
const NIGHT: i8 = 3;
/// Emptying the sandbox.
const SANDBOX: &str = "sandbox_reset";
/// Removing what was kept long enough.
const RETENTION: &str = "retention";

/// How long nobody else begins the night's retention; when it takes longer, two
/// remove the same, which harms nothing.
const CLAIM: SignedDuration = SignedDuration::from_mins(10);

/// Works until it is dropped.
pub async fn run(office: Arc<Office>) {
    tokio::join!(notice(&office), tell(&office), rounds(&office));
}

/// Forgets and tells what others change.
async fn notice(office: &Office) {
    watch::watch(&office.db, |noticed| match noticed {
        Noticed::Everything => office.forget_everything(),
        Noticed::Routes => office.forget_routes(),
        Noticed::Tenant(tenant) => office.forget_tenant(tenant),
        Noticed::Calls(tenant) => office.live.publish(tenant, Change::Calls),
        Noticed::Appointments(tenant) => office.live.publish(tenant, Change::Appointments),
        Noticed::Tickets(tenant) => office.live.publish(tenant, Change::Tickets),
        Noticed::Prospects(tenant) => office.live.publish(tenant, Change::Prospects),
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
    practice::write_daily(office).await?;
    reminders::round(office).await?;
    sending::reports::apply_waiting(office).await?;
    tidy_at_night(office).await
}

/// Once per night of the test tenant, by whichever instance comes first: the
/// sandbox is emptied, and what was kept long enough goes. What was interrupted
/// is begun again by whoever comes after the claim on it, until it is done.
async fn tidy_at_night(office: &Office) -> Result<(), StoreError> {
    let local = test_tenant_time(office).await?;
    let (night, now) = (local.date(), local.timestamp());
    if local.hour() < NIGHT || office.nights.is_done(night) {
        return Ok(());
    }
    match empty_sandbox(office, (night, now)).await {
        Err(error) if !error.is_transient() => {
            tracing::error!(%error, "SANDBOX: it cannot be emptied");
        }
        emptied => emptied?,
    }
    if !claim_retention(office, (night, now)).await? {
        return Ok(());
    }
    retention::sweep(office).await?;
    crate::hooks::forget_old(office).await?;
    let mut tx = office.db.begin_directory().await?;
    begin(&mut tx, (RETENTION, night), now).await?;
    tx.commit().await?;
    office.nights.done(night);
    Ok(())
}

/// True for one instance at a time, until the night's work is noted as done.
async fn claim_retention(
    office: &Office,
    (night, now): (Date, Timestamp),
) -> Result<bool, StoreError> {
    let (done, running) = (format!("{RETENTION}:{night}"), format!("{RETENTION} runs:{night}"));
    let hook = |key| Hook { provider: "uwi", key, kind: RETENTION, call: None };
    let mut tx = office.db.begin_directory().await?;
    if hooks::is_noted(&mut tx, &hook(&done)).await? {
        office.nights.done(night);
        return Ok(false);
    }
    let ours = hooks::claim(&mut tx, &hook(&running), (now, after(now, -CLAIM))).await?;
    tx.commit().await?;
    Ok(ours)
}

async fn empty_sandbox(office: &Office, (night, now): (Date, Timestamp)) -> Result<(), StoreError> {
    let test = office.rules.test.tenant;
    let mut tx = office.db.begin(test).await?;
    if begin(&mut tx, (SANDBOX, night), now).await? {
        store::sandbox::reset(&mut tx).await?;
        tx.commit().await?;
        office.memories.forget_tenant(test);
    }
    Ok(())
}

/// A house that opens for the first time has nothing to empty that night.
pub(crate) async fn skip_first_night(office: &Office) -> Result<(), StoreError> {
    let local = test_tenant_time(office).await?;
    let mut tx = office.db.begin_directory().await?;
    begin(&mut tx, (SANDBOX, local.date()), local.timestamp()).await?;
    tx.commit().await
}

async fn test_tenant_time(office: &Office) -> Result<Zoned, StoreError> {
    let profile = office.profile(office.rules.test.tenant).await?;
    Ok(office.world.clock.now().to_zoned(profile.zone.clone()))
}

/// True for the first instance that begins this work of this night.
async fn begin(
    tx: &mut Tx,
    (kind, night): (&str, Date),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let key = format!("{kind}:{night}");
    let hook = Hook { provider: "uwi", key: &key, kind, call: None };
    hooks::note(tx, &hook, now).await
}
