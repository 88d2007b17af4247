//! `uwi tenant`: customer businesses.

use super::{Failure, Form, Outcome, output};
use crate::accounts;
use crate::config::Config;
use clap::Subcommand;
use desk::numbers::NumberError;
use desk::tenants::{self, ApplyError, DeleteError};
use desk::{Desk, Office, Who};
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most tenants that a list shows.
const LIMIT: i64 = 10_000;

/// What to do with tenants.
#[derive(Subcommand)]
pub enum TenantCommand {
    /// Creates or changes a tenant as its file says; prints its id
    #[command(after_help = EXAMPLE)]
    Apply {
        /// A TOML file
        file: PathBuf,
        /// Only says what it would do
        #[arg(long)]
        dry_run: bool,
    },
    /// Lists tenants
    List,
    /// Prints a tenant's settings as a file for `apply`, and its numbers
    Show {
        /// Its id
        tenant: i64,
    },
    /// Deletes a tenant: nobody reaches it any more, its numbers are given back
    Delete {
        /// Its id
        tenant: i64,
        /// Does it: without, it is only told
        #[arg(long)]
        yes: bool,
    },
    /// Empties the test tenant: appointments, messages, transcripts, callers' numbers
    ResetSandbox,
}

const EXAMPLE: &str = "\
Example of a file:
  name = \"Cabinet Lefèvre\"
  timezone = \"Europe/Paris\"
  address = \"12 rue des Lilas, 35000 Rennes\"
  trade = \"médecin généraliste\"
  agents = [\"appointment\", \"qualification\", \"support\"]
  [[hours]]
  days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]
  from = \"09:00\"
  to = \"12:30\"
  [booking]
  notice_minutes = 120
  horizon_days = 60
  [[calendar]]
  name = \"Docteur Lefèvre\"
  [[service]]
  name = \"Consultation\"
  minutes = 20
  [[question]]
  ask = \"Pour quelle date ?\"
  kind = \"date\"
  [[number]]
  e164 = \"+33199001122\"
  channel = \"vocal\"
  [[agent]]
  name = \"Accueil\"
  area_code = \"01\"
  provision = true
  [[member]]
  email = \"camille@example.fr\"
  role = \"owner\"";

/// Does it.
pub async fn run(
    config: &Config,
    office: &Arc<Office>,
    command: TenantCommand,
    form: Form,
) -> Outcome {
    match command {
        TenantCommand::Apply { file, dry_run: true } => rehearse(office, &file, form).await,
        TenantCommand::Apply { file, dry_run: false } => apply(config, office, &file, form).await,
        TenantCommand::List => list(office, form).await,
        TenantCommand::Show { tenant } => show(office, TenantId(tenant), form).await,
        TenantCommand::Delete { tenant, yes: true } => delete(office, TenantId(tenant), form).await,
        TenantCommand::Delete { tenant, yes: false } => {
            let shown = tenants::show(office, TenantId(tenant)).await?;
            let shown = shown.ok_or_else(|| Failure::Refused(missing(TenantId(tenant))))?;
            Err(Failure::Refused(format!(
                "tenant {tenant} ({}) is deleted with --yes: its {} numbers reach nobody at once \
                 and those that are paid for are given back after a day",
                shown.settings.name,
                shown.routes.len()
            )))
        }
        TenantCommand::ResetSandbox => {
            tenants::reset_sandbox(office).await?;
            let tenant = office.rules.test.tenant;
            output::say(form, &json!({ "tenant_id": tenant, "reset": true }), || {
                format!("tenant {tenant}: emptied")
            });
            Ok(())
        }
    }
}

fn settings(file: &Path) -> Result<Settings, Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
    Settings::from_toml(&text).map_err(|error| Failure::Refused(format!("{name}: {error}")))
}

fn unapplied(file: &Path, error: ApplyError) -> Failure {
    match error {
        ApplyError::Store(error) => error.into(),
        other => Failure::Refused(format!("{}: {other}", file.display())),
    }
}

/// Says what a file would do. The file is the whole truth: what it leaves out goes,
/// people too; numbers and agents stay.
async fn rehearse(office: &Arc<Office>, file: &Path, form: Form) -> Outcome {
    let applied = tenants::rehearse(office, &settings(file)?).await;
    let applied = applied.map_err(|error| unapplied(file, error))?;
    let value = json!({
        "tenant_id": applied.tenant, "created": applied.created, "removed": applied.removed,
        "dry_run": true,
    });
    output::say(form, &value, || {
        let does = if applied.created { "would be made" } else { "would be changed" };
        let removed = applied.removed.iter().map(|part| format!("\n  {part}")).collect::<String>();
        format!("tenant {} {does}{removed}", applied.tenant)
    });
    Ok(())
}

async fn apply(config: &Config, office: &Arc<Office>, file: &Path, form: Form) -> Outcome {
    let settings = settings(file)?;
    let applied = tenants::apply(office, &settings).await;
    let applied = applied.map_err(|error| unapplied(file, error))?;
    if !applied.removed.is_empty() {
        let (tenant, removed) = (applied.tenant, applied.removed.join(", "));
        eprintln!("uwi: tenant {tenant} had more than its file says: {removed}");
    }
    let (agents, problems) = declare(config, office, applied.tenant, &settings).await?;
    let mut value = json!({ "tenant_id": applied.tenant, "created": applied.created,
        "removed": applied.removed });
    if !settings.agent.is_empty() {
        value["agents"] = agents.into();
    }
    output::say(form, &value, || applied.tenant.to_string());
    if problems.is_empty() { Ok(()) } else { Err(Failure::Refused(problems.join("; "))) }
}

/// Makes the declared agents true; what they are then, and what was not done.
async fn declare(
    config: &Config,
    office: &Arc<Office>,
    tenant: TenantId,
    settings: &Settings,
) -> Result<(Vec<Value>, Vec<String>), Failure> {
    let (mut agents, mut problems) = (Vec::new(), Vec::new());
    if settings.agent.is_empty() {
        return Ok((agents, problems));
    }
    let accounts = accounts::visit(config, office).await?;
    let desk = Desk::new(Arc::clone(office), tenant, Who::Operator);
    for entry in &settings.agent {
        match desk.declare(&accounts.providers, entry).await {
            Ok((agent, number)) => agents.push(json!({
                "agent_id": agent.agent_id, "name": agent.agent_name,
                "phone_number": number.map(|number| number.phone_number),
            })),
            Err(NumberError::Store(error)) => return Err(error.into()),
            Err(error) => problems.push(format!("agent {:?}: {error}", entry.name)),
        }
    }
    accounts.close(office).await?;
    Ok((agents, problems))
}

fn missing(tenant: TenantId) -> String {
    format!("there is no tenant {tenant}")
}

async fn delete(office: &Office, tenant: TenantId, form: Form) -> Outcome {
    let deleted = tenants::delete(office, tenant).await.map_err(|error| match error {
        DeleteError::Store(error) => error.into(),
        other => Failure::Refused(other.to_string()),
    })?;
    let value = json!({ "tenant_id": tenant, "status": "deleted", "agents": deleted.agents,
        "phone_numbers": deleted.numbers, "release_at": deleted.release_at });
    output::say(form, &value, || match deleted.release_at {
        Some(at) => format!(
            "tenant {tenant} is deleted; {} numbers are given back from {at} on, by the server \
             or `uwi number reconcile`",
            deleted.numbers
        ),
        None => format!("tenant {tenant} is deleted; it pays for no number"),
    });
    Ok(())
}

async fn list(office: &Office, form: Form) -> Outcome {
    let rows = tenants::list(office, LIMIT).await?;
    if form == Form::Json {
        for row in &rows {
            let TenantId(test) = office.rules.test.tenant;
            output::json(&json!({ "tenant_id": row.tenant_id, "name": row.name,
                "timezone": row.timezone, "status": row.status, "test": row.tenant_id == test }));
        }
        return Ok(());
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| vec![row.tenant_id.to_string(), row.name, row.timezone, row.status])
        .collect();
    output::table(&["id", "name", "time zone", "status"], &rows);
    Ok(())
}

async fn show(office: &Office, tenant: TenantId, form: Form) -> Outcome {
    let shown = tenants::show(office, tenant).await?;
    let shown = shown.ok_or_else(|| Failure::Refused(missing(tenant)))?;
    let numbers: Vec<_> = shown
        .routes
        .iter()
        .map(|route| json!({ "channel": route.channel, "key": route.key }))
        .collect();
    if form == Form::Json {
        output::json(&json!({ "tenant_id": tenant, "status": shown.status,
            "settings": shown.settings, "routes": numbers }));
        return Ok(());
    }
    output::line(&format!("# tenant {tenant}, {}", shown.status));
    for route in &shown.routes {
        output::line(&format!("# reached at {} ({})", route.key, route.channel));
    }
    let settings = Settings { id: Some(tenant.0), ..shown.settings };
    let text = toml::to_string(&settings).map_err(|error| Failure::Refused(error.to_string()))?;
    output::line(&format!("\n{}", text.trim_end()));
    Ok(())
}
