//! Many numbers from a file: the whole of it is looked at before anything is
//! bought. Each line has its own key, so the same file again buys nothing twice,
//! wherever it was interrupted.

use super::one::{Wish, get, place};
use super::results::{Done, each, refuse};
use super::table::{self, Fault, Line};
use super::{Failure, Form, Outcome, Run, desk};
use desk::numbers::NumberError;
use desk::providers::Providers;
use desk::{Office, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use store::numbers::NumberRow;
use uuid::Uuid;

const COLUMNS: [&str; 4] = ["tenant", "area_code", "country", "agent"];

/// The id of what a line wishes: the same for the same line of any file.
pub(super) fn key(what: &str, parts: &[&str]) -> Uuid {
    desk::once::id_of(&format!("uwi number {what}\n{}", parts.join("\n")))
}

/// The tenants that lines may name, each asked for once.
#[derive(Default)]
pub(super) struct Known(HashMap<i64, bool>);

impl Known {
    /// The tenant of a line, which must be in use.
    pub(super) async fn tenant(
        &mut self,
        office: &Office,
        line: &Line,
    ) -> Result<Result<TenantId, Fault>, Failure> {
        let tenant = match line.tenant() {
            Ok(tenant) => tenant,
            Err(fault) => return Ok(Err(fault)),
        };
        let known = match self.0.get(&tenant) {
            Some(known) => *known,
            None => {
                let shown = tenants::show(office, TenantId(tenant)).await?;
                let known = shown.is_some_and(|shown| shown.status == "active");
                self.0.insert(tenant, known);
                known
            }
        };
        Ok(if known {
            Ok(TenantId(tenant))
        } else {
            Err(line.fault(format!("there is no tenant {tenant}")))
        })
    }
}

/// A line that can be carried out.
struct Planned {
    at: usize,
    wish: Wish,
    place: Place,
    id: Uuid,
}

/// Gets a number for every line.
pub(super) async fn provision(
    office: &Arc<Office>,
    providers: &Providers,
    file: &Path,
    run: Run,
    form: Form,
) -> Outcome {
    let (lines, faults) = table::read(&table::open(file)?, &COLUMNS);
    let planned = plan(office, &lines, faults).await?.map_err(|faults| refuse(faults, form))?;
    let subject = |line: &Planned| (line.at, line.wish.tenant);
    each(&planned, form, subject, async |line| carry_out(office, providers, line, run).await).await
}

/// Every line, or everything that is wrong with the file.
async fn plan(
    office: &Arc<Office>,
    lines: &[Line],
    mut faults: Vec<Fault>,
) -> Result<Result<Vec<Planned>, Vec<Fault>>, Failure> {
    let (mut planned, mut seen, mut known) = (Vec::new(), HashSet::new(), Known::default());
    for line in lines {
        match planned_line(office, line, &mut known).await? {
            Err(fault) => faults.push(fault),
            Ok(one) if !seen.insert((one.wish.tenant, one.wish.agent.clone())) => {
                faults.push(line.fault("an earlier line is for the same agent"));
            }
            Ok(one) => planned.push(one),
        }
    }
    Ok(if faults.is_empty() { Ok(planned) } else { Err(faults) })
}

async fn planned_line(
    office: &Arc<Office>,
    line: &Line,
    known: &mut Known,
) -> Result<Result<Planned, Fault>, Failure> {
    let tenant = match known.tenant(office, line).await? {
        Ok(tenant) => tenant,
        Err(fault) => return Ok(Err(fault)),
    };
    let text = |column: &str| line.text(column).map(str::to_owned);
    let (agent, area_code, country) = (text("agent"), text("area_code"), text("country"));
    let wish = Wish { tenant, agent, area_code, country };
    let place = match place(office, &wish).await {
        Ok(place) => place,
        Err(Failure::Refused(problem)) => return Ok(Err(line.fault(problem))),
        Err(failure) => return Err(failure),
    };
    if let Some(agent) = &wish.agent
        && let Err(error) = desk(office, tenant).agent(agent).await
    {
        return match error {
            NumberError::Store(error) => Err(error.into()),
            other => Ok(Err(line.fault(format!("{agent}: {other}")))),
        };
    }
    let area = place.area.as_deref().unwrap_or_default();
    let agent = wish.agent.as_deref().unwrap_or_default();
    let id = key("provision", &[&tenant.to_string(), agent, &place.country, area]);
    Ok(Ok(Planned { at: line.at, wish, place, id }))
}

async fn carry_out(
    office: &Arc<Office>,
    providers: &Providers,
    line: &Planned,
    run: Run,
) -> Result<Done, Failure> {
    let Planned { wish, place, id, .. } = line;
    let has = desk(office, wish.tenant).numbers().await?.into_iter();
    let mut has = has.filter(|row| row.status == "active");
    let asked = |row: &NumberRow| wish.agent.as_ref().is_none_or(|agent| *agent == row.agent_id);
    if let Some(row) = has.find(asked) {
        return Ok(Done::Had(row));
    }
    if run == Run::Dry {
        let area = place.area.as_ref().map(|area| format!(" {area}")).unwrap_or_default();
        return Ok(Done::Would(format!("would get a number in {}{area}", place.country)));
    }
    match get(office, providers, wish, (place, *id)).await {
        Ok(row) if row.status == "active" => Ok(Done::Got(row)),
        Ok(row) => Ok(Done::Had(row)),
        Err(error) => Done::refused(error),
    }
}
