//! What was interrupted is finished, what was given up goes back, and our books
//! are held against the provider's list, both ways.

use super::balance;
use super::drift::Listed;
use super::provision::drive;
use super::release;
use super::steps::{Halt, Work};
use super::wish::claim;
use super::{NumberError, dossier, drift};
use crate::office::Office;
use crate::providers::Providers;
use crate::tenants::{DELETED, wind_up};
use domain::id::TenantId;
use domain::numbers::Stage;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use store::provisionings::ProvisioningRow;
use store::tenants::TenantRow;
use store::{StoreError, agents, numbers, provisionings, tenants};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// How many tenants are looked at.
const TENANTS: i64 = 100_000;

/// What was found and done. Numbers are masked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Wishes that were finished: these numbers work now.
    pub finished: Vec<String>,
    /// Wishes that wait, and for what.
    pub waiting: Vec<String>,
    /// Wishes that were given up, and why.
    pub failed: Vec<String>,
    /// Numbers that went back to the provider.
    pub released: Vec<String>,
    /// Numbers that were paid for and nobody's: given back.
    pub orphans: Vec<String>,
    /// Numbers of ours that the provider does not have.
    pub missing: Vec<String>,
    /// Numbers of the account that are not from this installation.
    pub strangers: usize,
    /// Assistants of deleted agents, removed at their provider.
    pub assistants: usize,
    /// Assistants and numbers that a provider has set otherwise than we did:
    /// which, and where.
    pub drifted: Vec<String>,
    /// How many assistants were set right, with their numbers.
    pub repaired: usize,
    /// What could not be looked at.
    pub problems: Vec<String>,
}

impl Report {
    /// True when the books balance and nothing is left to be done.
    pub fn is_clean(&self) -> bool {
        self.waiting.is_empty() && self.missing.is_empty() && self.problems.is_empty()
    }
}

/// Reconciles at once and then hourly; ends only with the process.
pub async fn run(office: Arc<Office>, providers: Providers) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if providers.twilio.is_none() && providers.voice().is_none() {
            continue;
        }
        match reconcile(&office, &providers).await {
            Ok(report) => tell(&report),
            Err(error) => tracing::warn!(%error, "numbers are not reconciled"),
        }
    }
}

fn tell(report: &Report) {
    let Report { missing, problems, orphans, drifted, .. } = report;
    let all = [missing, problems, orphans, drifted];
    if all.iter().any(|list| !list.is_empty()) {
        tracing::warn!(?missing, ?orphans, ?drifted, ?problems, "NUMBERS");
    }
}

/// Whether what has drifted is set right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// It is told only.
    No,
    /// It is configured anew.
    Yes,
}

/// Does everything that is due, once; what has drifted is told only.
pub async fn reconcile(office: &Office, providers: &Providers) -> Result<Report, StoreError> {
    reconcile_and(office, providers, Repair::No).await
}

/// Does everything that is due, once.
pub async fn reconcile_and(
    office: &Office,
    providers: &Providers,
    repair: Repair,
) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let all = tenants::list(&mut office.db.read_directory().await?, TENANTS).await?;
    for tenant in &all {
        let work = Work { office, providers, tenant: TenantId(tenant.tenant_id) };
        if tenant.status == DELETED {
            let mut tx = work.begin().await?;
            wind_up(&mut tx, office.world.clock.now()).await?;
            tx.commit().await?;
        }
        if providers.twilio.is_some() {
            report.problems.extend(dossier::finish_all(&work).await?);
            wishes(&work, &mut report).await?;
            releases(&work, &mut report).await?;
            papers_of_deleted(&work, tenant, &mut report).await?;
        }
    }
    if let Some(telephony) = &providers.twilio {
        let tenants: Vec<_> = all.iter().map(|tenant| TenantId(tenant.tenant_id)).collect();
        balance::compare(office, providers, (&telephony.client, &tenants), &mut report).await?;
    }
    balance::assistants(office, providers, &mut report).await?;
    let mut listed = Listed::default();
    for tenant in all.iter().filter(|tenant| tenant.status != DELETED) {
        let work = Work { office, providers, tenant: TenantId(tenant.tenant_id) };
        drifted(&work, repair, &mut listed, &mut report).await?;
    }
    Ok(report)
}

/// What the providers have set otherwise than we did.
async fn drifted(
    work: &Work<'_>,
    repair: Repair,
    listed: &mut Listed,
    report: &mut Report,
) -> Result<(), StoreError> {
    let (mut found, mut faults) = drift::look_at_all(work, listed).await?;
    if repair == Repair::Yes && !found.is_empty() {
        let agents: BTreeSet<_> = found.iter().map(|drift| drift.agent_id.clone()).collect();
        for id in agents {
            let row = agents::get(&mut work.office.db.read(work.tenant).await?, &id).await?;
            let Some(row) = row.filter(|row| row.status != DELETED) else { continue };
            match drift::repair(work, row).await {
                Ok(()) => report.repaired += 1,
                Err(Halt::Store(error)) => return Err(error),
                Err(halt) => report.problems.push(format!("{id}: {}", halt.code())),
            }
        }
        // What was listed is not so any more.
        *listed = Listed::default();
        (found, faults) = drift::look_at_all(work, listed).await?;
    }
    report.problems.extend(faults.iter().map(|fault| format!("drift: {fault}")));
    for drift in found {
        let subject = drift.phone_number.as_deref().map_or(drift.agent_id.clone(), masked);
        let paths: Vec<_> = drift.settings.iter().map(|setting| setting.path.as_str()).collect();
        report.drifted.push(format!("{subject}: {}", paths.join(", ")));
    }
    Ok(())
}

/// The documents of a deleted tenant go when it has no number left.
async fn papers_of_deleted(
    work: &Work<'_>,
    tenant: &TenantRow,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut reader = work.office.db.read(work.tenant).await?;
    let owns = numbers::count(&mut reader).await? > 0
        || !provisionings::open(&mut reader).await?.is_empty();
    drop(reader);
    if tenant.status != DELETED || owns {
        return Ok(());
    }
    match dossier::remove_all(work).await {
        Err(Halt::Store(error)) => return Err(error),
        Err(halt) => report.problems.push(format!("documents: {}", halt.code())),
        Ok(()) => {}
    }
    Ok(())
}

async fn wishes(work: &Work<'_>, report: &mut Report) -> Result<(), StoreError> {
    let now = work.office.world.clock.now();
    let due = provisionings::due(&mut work.office.db.read(work.tenant).await?, now).await?;
    for row in due {
        wish(work, row, report).await?;
    }
    Ok(())
}

async fn wish(
    work: &Work<'_>,
    mut row: ProvisioningRow,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut tx = work.begin().await?;
    let ours = claim(work.office, &mut tx, &mut row).await?;
    tx.commit().await?;
    if !ours {
        return Ok(());
    }
    let id = row.id.clone();
    match drive(work.office, work.providers, work.tenant, row, Stage::Active).await {
        Ok(number) => report.finished.push(masked(&number.phone_number)),
        Err(NumberError::Store(error)) => return Err(error),
        Err(error) => {
            let row = provisionings::get(&mut work.office.db.read(work.tenant).await?, &id).await?;
            let open = row.is_some_and(|row| row.open == 1);
            let list = if open { &mut report.waiting } else { &mut report.failed };
            list.push(format!("tenant {}: {error}", work.tenant));
        }
    }
    Ok(())
}

async fn releases(work: &Work<'_>, report: &mut Report) -> Result<(), StoreError> {
    let now = work.office.world.clock.now();
    let due = numbers::due(&mut work.office.db.read(work.tenant).await?, now).await?;
    for row in due {
        let number = masked(&row.phone_number);
        match release::finish(work, row).await {
            Ok(_) => report.released.push(number),
            Err(NumberError::Store(error)) => return Err(error),
            Err(error) => report.problems.push(format!("{number}: {error}")),
        }
    }
    Ok(())
}

/// A stored number as it may be shown.
pub(super) fn masked(number: &str) -> String {
    domain::phone::E164::try_from(number.to_owned()).map(|n| n.masked()).unwrap_or_default()
}
