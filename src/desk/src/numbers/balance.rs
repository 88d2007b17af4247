//! Our books held against the providers' lists, both ways.

use super::reconcile::{Report, masked};
use super::steps::Work;
use super::voice;
use super::wish::{ADOPTED, read_mark};
use crate::office::Office;
use crate::providers::Providers;
use domain::id::TenantId;
use std::collections::HashSet;
use store::numbers::NumberRow;
use store::{StoreError, agents, numbers, provisionings};
use vendors::fault::Fault;
use vendors::twilio::client::Twilio;
use vendors::twilio::number::OwnedNumber;
use vendors::twilio::numbers::{Owned, Which};

/// The most numbers of a tenant that are compared.
const NUMBERS: i64 = 10_000;

/// The provider's list and ours.
pub(super) async fn compare(
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
    if wish.origin == ADOPTED && !wanted {
        // It was the account's before; taking it over has failed.
        report.strangers += 1;
        return Ok(());
    }
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
pub(super) async fn assistants(
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
