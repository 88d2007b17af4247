//! Many numbers from a file: the whole of it is looked at before anything is
//! bought. Each line has its own key, so the same file again buys nothing twice,
//! wherever it was interrupted.

use super::table::{self, Fault, Line};
use super::{Failure, Form, Outcome, Run, Wish, desk, get, output, place};
use crate::cli::progress::Progress;
use desk::numbers::NumberError;
use desk::providers::Providers;
use desk::{Office, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::numbers::NumberRow;
use uuid::Uuid;

const COLUMNS: [&str; 4] = ["tenant", "area_code", "country", "agent"];
/// How often a line is tried again that another process is working on, or was
/// when it died.
const AGAIN: usize = 40;
/// How long between two tries.
const PAUSE: Duration = Duration::from_secs(5);

/// What came of a line.
pub(super) enum Done {
    /// It works now.
    Got(NumberRow),
    /// It was so before.
    Had(NumberRow),
    /// It would be done.
    Would(String),
    /// It goes on by itself.
    Waits(String),
    /// Somebody else is at it.
    Busy,
    /// It was not done.
    Failed(String),
}

impl Done {
    /// What the refusal of a line means.
    pub(super) fn refused(error: NumberError) -> Result<Self, Failure> {
        Ok(match error {
            NumberError::Store(error) => return Err(error.into()),
            NumberError::InProgress => Self::Busy,
            NumberError::Documents(..) => Self::Waits(error.to_string()),
            NumberError::Provider { pending: desk::numbers::Pending::Later, .. } => {
                Self::Waits(error.to_string())
            }
            other => Self::Failed(Failure::from(other).message().unwrap_or_default().to_owned()),
        })
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Got(_) => "got",
            Self::Had(_) => "had",
            Self::Would(_) => "would",
            Self::Waits(_) => "waits",
            Self::Busy => "busy",
            Self::Failed(_) => "failed",
        }
    }
}

/// The id of what a line wishes: the same for the same line of any file.
pub(super) fn key(what: &str, parts: &[&str]) -> Uuid {
    desk::once::id_of(&format!("uwi number {what}\n{}", parts.join("\n")))
}

/// Prints the faults of a file; nothing was done.
pub(super) fn refuse(mut faults: Vec<Fault>, form: Form) -> Failure {
    faults.sort_by_key(|fault| fault.line);
    for fault in &faults {
        match form {
            Form::Json => output::json(fault),
            Form::Text => eprintln!("line {}: {}", fault.line, fault.error),
        }
    }
    Failure::Refused(format!("{} lines are wrong; nothing was done", faults.len()))
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
    let mut results = Results::new(planned.len(), form);
    let mut left: Vec<&Planned> = Vec::new();
    for line in &planned {
        results.begin(&format!("tenant {}", line.wish.tenant));
        let done = carry_out(office, providers, line, run).await?;
        match done {
            Done::Busy => left.push(line),
            done => results.tell(line.at, line.wish.tenant, &done),
        }
    }
    for line in left {
        let mut done = Done::Busy;
        for _ in 0..AGAIN {
            results.begin(&format!("tenant {}: somebody else is at it", line.wish.tenant));
            tokio::time::sleep(PAUSE).await;
            done = carry_out(office, providers, line, run).await?;
            if !matches!(done, Done::Busy) {
                break;
            }
        }
        results.tell(line.at, line.wish.tenant, &done);
    }
    results.end()
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

/// What has come of the lines so far.
pub(super) struct Results {
    form: Form,
    progress: Progress,
    counts: HashMap<&'static str, usize>,
    done: usize,
}

impl Results {
    pub(super) fn new(all: usize, form: Form) -> Self {
        Self { form, progress: Progress::new(all), counts: HashMap::new(), done: 0 }
    }

    /// Shows what is worked on.
    pub(super) fn begin(&self, what: &str) {
        self.progress.show(self.done, what);
    }

    /// Tells what came of a line.
    pub(super) fn tell(&mut self, at: usize, tenant: TenantId, done: &Done) {
        self.done += 1;
        *self.counts.entry(done.word()).or_default() += 1;
        self.progress.clear();
        let mut value = json!({ "line": at, "tenant_id": tenant, "result": done.word() });
        let text = match done {
            Done::Got(row) | Done::Had(row) => {
                value["phone_number"] = row.phone_number.as_str().into();
                value["agent_id"] = row.agent_id.as_str().into();
                value["status"] = row.status.as_str().into();
                let had = if matches!(done, Done::Had(_)) { "has " } else { "" };
                format!("{had}{} ({})", row.phone_number, row.status)
            }
            Done::Would(text) => text.clone(),
            Done::Waits(why) | Done::Failed(why) => {
                value["error"] = why.as_str().into();
                format!("{}: {why}", done.word())
            }
            Done::Busy => {
                let why = "somebody else is at it; run the file again";
                value["error"] = Value::from(why);
                why.to_owned()
            }
        };
        output::say(self.form, &value, || format!("line {at}, tenant {tenant}: {text}"));
    }

    /// Tells how many there were; an error unless every line is done.
    pub(super) fn end(self) -> Outcome {
        let count = |word: &str| self.counts.get(word).copied().unwrap_or_default();
        let open = count("waits") + count("busy") + count("failed");
        if self.form == Form::Text {
            let words = ["got", "had", "would", "waits", "busy", "failed"];
            let told = words.iter().filter(|word| count(word) > 0);
            let told: Vec<_> = told.map(|word| format!("{} {word}", count(word))).collect();
            eprintln!("{} lines: {}", self.done, told.join(", "));
        }
        if open == 0 { Ok(()) } else { Err(Failure::Unmet) }
    }
}
