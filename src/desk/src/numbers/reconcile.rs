//! What was interrupted is finished, what was given up goes back, and our books
//! are held against the provider's list, both ways.

use super::provision::{claim, drive, read_mark};
use super::release;
use super::steps::Work;
use super::{NumberError, voice};
use crate::office::Office;
use crate::outbox::after;
use crate::providers::Providers;
use crate::tenants::{DELETED, wind_up};
use domain::id::TenantId;
use domain::numbers::Stage;
use jiff::SignedDuration;
use serde::Serialize;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use store::numbers::NumberRow;
use store::provisionings::ProvisioningRow;
use store::{StoreError, agents, idempotency, numbers, provisionings, tenants};
use vendors::fault::Fault;
use vendors::twilio::client::Twilio;
use vendors::twilio::number::OwnedNumber;
use vendors::twilio::numbers::{Owned, Which};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// How many tenants are looked at.
const TENANTS: i64 = 100_000;
/// How long answers under a key are kept.
const KEYS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most numbers of a tenant that are compared.
const NUMBERS: i64 = 10_000;

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
    let Report { missing, problems, orphans, .. } = report;
    if !missing.is_empty() || !problems.is_empty() || !orphans.is_empty() {
        tracing::warn!(?missing, ?orphans, ?problems, "NUMBERS");
    }
}

/// Does everything that is due, once.
pub async fn reconcile(office: &Office, providers: &Providers) -> Result<Report, StoreError> {
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
            wishes(&work, &mut report).await?;
            releases(&work, &mut report).await?;
        }
        let before = after(office.world.clock.now(), -KEYS);
        let mut tx = work.begin().await?;
        idempotency::forget(&mut tx, before).await?;
        tx.commit().await?;
    }
    if let Some(telephony) = &providers.twilio {
        let tenants: Vec<_> = all.iter().map(|tenant| TenantId(tenant.tenant_id)).collect();
        compare(office, providers, (&telephony.client, &tenants), &mut report).await?;
    }
    assistants(office, providers, &mut report).await?;
    Ok(report)
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

/// The provider's list and ours.
async fn compare(
    office: &Office,
    providers: &Providers,
    (twilio, tenants): (&Twilio, &[TenantId]),
    report: &mut Report,
) -> Result<(), StoreError> {
    // Ours first: what is bought meanwhile is in their list and not in ours, and
    // its open wish says so.
    let mut ours = Vec::new();
    for tenant in tenants {
        let rows = numbers::of_tenant(&mut office.db.read(*tenant).await?, NUMBERS).await?;
        ours.extend(rows);
    }
    let listed = match twilio.owned(Which::All).await {
        Ok(listed) => listed,
        Err(fault) => {
            report.problems.push(format!("the provider's list: {fault}"));
            return Ok(());
        }
    };
    for number in &listed.numbers {
        let Some((tenant, id)) = read_mark(&number.tag).filter(|(t, _)| tenants.contains(t)) else {
            report.strangers += 1;
            continue;
        };
        let work = Work { office, providers, tenant };
        orphan(&work, twilio, (number, &id.to_string()), report).await?;
    }
    missing(&ours, &listed, report);
    Ok(())
}

/// A number that bears our mark: its row or an open wish must say that it is
/// wanted; a wish that was given up says that it is not.
async fn orphan(
    work: &Work<'_>,
    twilio: &Twilio,
    (number, id): (&OwnedNumber, &str),
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut reader = work.office.db.read(work.tenant).await?;
    let wish = provisionings::get(&mut reader, id).await?;
    let row = numbers::get(&mut reader, id).await?;
    drop(reader);
    let same = |row: &NumberRow| row.phone_number_sid == number.sid.as_str();
    let wanted = row.as_ref().is_some_and(|row| row.status != "released" && same(row));
    let Some(wish) = wish else {
        // Marked like ours, and unknown: another installation on the same account.
        report.strangers += 1;
        return Ok(());
    };
    let another = wish.phone_number_sid.as_deref().is_some_and(|sid| sid != number.sid.as_str());
    if wanted || (wish.open == 1 && !another) {
        return Ok(());
    }
    match twilio.release(&number.sid).await {
        Ok(_) => report.orphans.push(number.number.masked()),
        Err(fault) => report.problems.push(format!("{}: {fault}", number.number.masked())),
    }
    Ok(())
}

/// Numbers of ours that a complete list does not have.
fn missing(ours: &[NumberRow], listed: &Owned, report: &mut Report) {
    if listed.unreadable > 0 {
        report.problems.push("the provider's list holds entries that cannot be read".to_owned());
        return;
    }
    let there: HashSet<&str> = listed.numbers.iter().map(|number| number.sid.as_str()).collect();
    let gone = ours.iter().filter(|row| !there.contains(row.phone_number_sid.as_str()));
    report.missing.extend(gone.map(|row| masked(&row.phone_number)));
}

/// Assistants of agents that were deleted go.
async fn assistants(
    office: &Office,
    providers: &Providers,
    report: &mut Report,
) -> Result<(), StoreError> {
    for (mark, name, kind) in marked(providers, report).await {
        let Some((tenant, agent)) = voice::read_mark(&mark) else { continue };
        let found = agents::get(&mut office.db.read(tenant).await?, agent).await?;
        let Some(row) = found.filter(|row| row.status == "deleted") else { continue };
        let row =
            agents::AgentRow { provider_agent_id: Some(name), provider: kind.to_owned(), ..row };
        match voice::remove(providers, &row).await {
            Ok(()) => report.assistants += 1,
            Err(fault) => report.problems.push(format!("an assistant: {fault}")),
        }
    }
    Ok(())
}

/// What bears our mark at the voice providers: mark, name, provider.
async fn marked(providers: &Providers, report: &mut Report) -> Vec<(String, String, &'static str)> {
    let mut all = Vec::new();
    let mut problem = |fault: Fault| report.problems.push(format!("assistants: {fault}"));
    if let Some(api) = &providers.vapi {
        let listed = api.assistants().await.unwrap_or_else(|fault| {
            problem(fault);
            Vec::new()
        });
        let marked = listed.into_iter().filter_map(|known| Some((known.mark?, known.id)));
        all.extend(marked.map(|(mark, id)| (mark, id.to_string(), "vapi")));
    }
    if let Some(api) = &providers.elevenlabs {
        let listed = api.agents().await.unwrap_or_else(|fault| {
            problem(fault);
            Vec::new()
        });
        for known in listed {
            let mark = known.tags.iter().find(|tag| voice::read_mark(tag).is_some());
            all.extend(mark.map(|mark| (mark.clone(), known.id.to_string(), "elevenlabs")));
        }
    }
    all
}

/// A stored number as it may be shown.
fn masked(number: &str) -> String {
    domain::phone::E164::try_from(number.to_owned()).map(|n| n.masked()).unwrap_or_default()
}
