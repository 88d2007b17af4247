//! Numbers that the account has already become a tenant's: by the provider's
//! list, never by a name that the file claims.

use super::bulk::{Known, key};
use super::one::first_agent;
use super::results::{Done, each, refuse};
use super::table::{self, Fault, Line};
use super::{Failure, Form, Outcome, Run, desk};
use desk::Office;
use desk::numbers::NumberError;
use desk::numbers::adopt::Adoptable;
use desk::providers::Providers;
use domain::id::TenantId;
use domain::phone::E164;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use vendors::twilio::number::OwnedNumber;
use vendors::twilio::numbers::Which;

const COLUMNS: [&str; 3] = ["tenant", "number", "agent"];

/// A line that can be carried out.
struct Planned {
    at: usize,
    tenant: TenantId,
    number: E164,
    agent: Option<String>,
    id: Uuid,
}

/// Takes over the number of every line.
pub(super) async fn import(
    office: &Arc<Office>,
    providers: &Providers,
    file: &Path,
    run: Run,
    form: Form,
) -> Outcome {
    let (lines, faults) = table::read(&table::open(file)?, &COLUMNS);
    let telephony = providers.twilio.as_ref().ok_or(NumberError::NotConfigured("Twilio"))?;
    let listed = telephony.client.owned(Which::All).await;
    let listed = listed.map_err(|fault| Failure::Refused(format!("the list: {fault}")))?;
    let planned = plan(office, (&lines, faults), &listed.numbers).await?;
    let planned = planned.map_err(|faults| refuse(faults, form))?;
    let subject = |line: &Planned| (line.at, line.tenant);
    let numbers = &listed.numbers;
    each(&planned, form, subject, async |line| {
        carry_out(office, providers, (line, numbers), run).await
    })
    .await
}

/// Every line, or everything that is wrong with the file.
async fn plan(
    office: &Arc<Office>,
    (lines, mut faults): (&[Line], Vec<Fault>),
    listed: &[OwnedNumber],
) -> Result<Result<Vec<Planned>, Vec<Fault>>, Failure> {
    let (mut planned, mut seen, mut known) = (Vec::new(), HashSet::new(), Known::default());
    for line in lines {
        let tenant = match known.tenant(office, line).await? {
            Ok(tenant) => tenant,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        match planned_line(office, line, tenant, listed).await? {
            Err(fault) => faults.push(fault),
            Ok(one) if !seen.insert(one.number.clone()) => {
                faults.push(line.fault("an earlier line names this number"));
            }
            Ok(one) => planned.push(one),
        }
    }
    Ok(if faults.is_empty() { Ok(planned) } else { Err(faults) })
}

async fn planned_line(
    office: &Arc<Office>,
    line: &Line,
    tenant: TenantId,
    listed: &[OwnedNumber],
) -> Result<Result<Planned, Fault>, Failure> {
    let country = office.profile(tenant).await?.country.clone();
    let number = E164::parse(line.text("number").unwrap_or_default(), &country);
    let number = match number {
        Ok(number) => number,
        Err(error) => return Ok(Err(line.fault(format!("number: {error}")))),
    };
    let desk = desk(office, tenant);
    let agent = line.text("agent").map(str::to_owned);
    let looked = match &agent {
        Some(agent) => desk.agent(agent).await.map(|_| ()),
        None => Ok(()),
    };
    let looked = match looked {
        Ok(()) => desk.adoptable(&number, listed).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match looked {
        Ok(()) => {
            let id = key("import", &[&tenant.to_string(), number.as_str()]);
            Ok(Ok(Planned { at: line.at, tenant, number, agent, id }))
        }
        Err(NumberError::Store(error)) => Err(error.into()),
        Err(other) => Ok(Err(line.fault(format!("{}: {other}", number.as_str())))),
    }
}

async fn carry_out(
    office: &Arc<Office>,
    providers: &Providers,
    (line, listed): (&Planned, &[OwnedNumber]),
    run: Run,
) -> Result<Done, Failure> {
    let desk = desk(office, line.tenant);
    if run == Run::Dry {
        return match desk.adoptable(&line.number, listed).await {
            Ok(Adoptable::Had(row)) => Ok(Done::Had(*row)),
            Ok(Adoptable::Free) => {
                Ok(Done::Would(format!("would take over {}", line.number.as_str())))
            }
            Err(error) => Done::refused(error),
        };
    }
    let had = matches!(desk.adoptable(&line.number, listed).await, Ok(Adoptable::Had(_)));
    let agent = match &line.agent {
        Some(agent) => Ok(agent.clone()),
        None => first_agent(office, providers, line.tenant, line.id).await,
    };
    let got = match agent {
        Ok(agent) => desk.adopt(providers, &agent, &line.number, line.id).await,
        Err(error) => Err(error),
    };
    match got {
        Ok(row) if had => Ok(Done::Had(row)),
        Ok(row) => Ok(Done::Got(row)),
        Err(error) => Done::refused(error),
    }
}
