//! `uwi number`: the telephone numbers that tenants pay for.

mod books;
mod bulk;
mod documents;
mod import;
mod table;

use super::{Failure, Form, Outcome, output};
use crate::accounts;
use crate::config::Config;
use clap::Subcommand;
use desk::agents::NewAgent;
use desk::numbers::provision::More;
use desk::numbers::reconcile::Repair;
use desk::numbers::release::When;
use desk::numbers::{Alternative, NumberError};
use desk::providers::{Account, Providers};
use desk::{Desk, Office, Who, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use domain::phone::E164;
use domain::tenant::AgentKind;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use store::numbers::NumberRow;
use uuid::Uuid;

/// The most tenants that a list goes through.
const TENANTS: i64 = 100_000;

/// What to do with numbers.
#[derive(Subcommand)]
pub enum NumberCommand {
    /// Lists numbers that are paid for, and those that are being got
    List {
        /// Of this tenant alone
        #[arg(long)]
        tenant: Option<i64>,
    },
    /// Gets a number: buys it, and lets the tenant's agent answer it
    #[command(after_help = EXAMPLES)]
    Provision {
        /// For which tenant
        #[arg(long, required_unless_present = "file")]
        tenant: Option<i64>,
        /// For which agent [default: the tenant's first, or a new one]
        #[arg(long)]
        agent: Option<String>,
        /// 212 in North America, 01 to 05 or 09 in France
        #[arg(long)]
        area_code: Option<String>,
        /// Two letters [default: the tenant's]
        #[arg(long)]
        country: Option<String>,
        /// Many: a CSV of `tenant,area_code,country,agent`, or JSON lines; who
        /// has a number is skipped, and the same file again buys nothing twice
        #[arg(long, conflicts_with_all = ["tenant", "agent", "area_code", "country"])]
        file: Option<PathBuf>,
        /// Tells what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Takes over numbers that the account at the provider has already
    #[command(after_help = IMPORTS)]
    Import {
        /// A CSV of `tenant,number,agent`, or JSON lines
        #[arg(long)]
        file: PathBuf,
        /// Tells what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Shows the documents for French numbers, or hands them in
    #[command(after_help = DOCUMENTS)]
    Documents {
        /// Of which tenant
        #[arg(long)]
        tenant: i64,
        /// For which numbers: 01 to 05 (local) or 09 (national)
        #[arg(long)]
        area_code: Option<String>,
        /// What to hand in: a JSON object
        #[arg(long)]
        file: Option<PathBuf>,
        /// A scan of the entry in the register: PDF, JPEG or PNG
        #[arg(long, requires = "file")]
        kbis: Option<PathBuf>,
    },
    /// Gives a number up: unrouted at once, given back after a day
    Release {
        /// Which
        number: String,
        /// Given back at once; it may never be had again
        #[arg(long)]
        now: bool,
    },
    /// Takes back a number that was given up less than a day ago
    Undo {
        /// Which
        number: String,
    },
    /// Finishes what was interrupted and holds our books against the provider's
    Reconcile {
        /// Sets assistants and numbers right that a provider has otherwise
        #[arg(long)]
        repair: bool,
    },
}

const EXAMPLES: &str = "\
Examples:
  uwi number provision --tenant 2 --area-code 01
  uwi number provision --file numbers.csv --dry-run";

const IMPORTS: &str = "\
Example of a file:
  tenant,number,agent
  2,+33199001122,
  3,+33199001133,agent_0198a0000000700080000000000000a1";

const DOCUMENTS: &str = "\
Example of a file:
  { \"business_name\": \"Cabinet Lefèvre\", \"registration\": \"123 456 782\",
    \"first_name\": \"Camille\", \"last_name\": \"Lefèvre\",
    \"email\": \"camille@example.fr\", \"street\": \"12 rue des Lilas\",
    \"postal_code\": \"35000\", \"city\": \"Rennes\" }";

/// Does it.
pub async fn run(
    config: &Config,
    office: &Arc<Office>,
    command: NumberCommand,
    form: Form,
) -> Outcome {
    if let NumberCommand::List { tenant } = command {
        return books::list(office, tenant, form).await;
    }
    let accounts = accounts::visit(config, office).await?;
    let providers = &accounts.providers;
    if providers.account == Account::Simulated {
        eprintln!("uwi: the built-in simulators stand in for the providers");
    }
    let done = match command {
        NumberCommand::List { .. } => Ok(()),
        NumberCommand::Provision { file: Some(file), dry_run, .. } => {
            bulk::provision(office, providers, &file, dry_run.into(), form).await
        }
        NumberCommand::Provision { tenant, agent, area_code, country, dry_run, .. } => {
            let tenant = TenantId(tenant.unwrap_or_default());
            let wish = Wish { tenant, agent, area_code, country };
            one(office, providers, &wish, dry_run.into(), form).await
        }
        NumberCommand::Import { file, dry_run } => {
            import::import(office, providers, &file, dry_run.into(), form).await
        }
        NumberCommand::Documents { tenant, area_code, file, kbis } => {
            let handed = documents::Handed { file, kbis };
            let whose = (TenantId(tenant), area_code);
            documents::run(office, providers, whose, handed, form).await
        }
        NumberCommand::Release { number, now } => {
            let when = if now { When::Now } else { When::Later };
            release(office, providers, &number, when, form).await
        }
        NumberCommand::Undo { number } => undo(office, &number, form).await,
        NumberCommand::Reconcile { repair } => {
            let repair = if repair { Repair::Yes } else { Repair::No };
            books::balance(office, providers, repair, form).await
        }
    };
    accounts.close(office).await?;
    done
}

/// A number that somebody wants.
pub(super) struct Wish {
    tenant: TenantId,
    agent: Option<String>,
    area_code: Option<String>,
    country: Option<String>,
}

/// Whether it is done or only told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Real,
    Dry,
}

impl From<bool> for Run {
    fn from(dry: bool) -> Self {
        if dry { Self::Dry } else { Self::Real }
    }
}

fn desk(office: &Arc<Office>, tenant: TenantId) -> Desk {
    Desk::new(Arc::clone(office), tenant, Who::Operator)
}

impl From<NumberError> for Failure {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Store(error) => error.into(),
            NumberError::NoneAvailable(others) => Self::Refused(elsewhere(&others)),
            other => Self::Refused(other.to_string()),
        }
    }
}

fn elsewhere(others: &[Alternative]) -> String {
    let others: Vec<_> = others.iter().map(|other| other.number.as_str()).collect();
    match others.is_empty() {
        true => "no number is for sale there".to_owned(),
        false => format!("no number is for sale there; elsewhere: {}", others.join(", ")),
    }
}

async fn one(
    office: &Arc<Office>,
    providers: &Providers,
    wish: &Wish,
    run: Run,
    form: Form,
) -> Outcome {
    let place = place(office, wish).await?;
    if run == Run::Dry {
        let value = json!({ "tenant_id": wish.tenant, "country": place.country,
            "area_code": place.area, "dry_run": true });
        output::say(form, &value, || format!("would get a number in {}", place.country));
        return Ok(());
    }
    let fresh = office.world.ids.uuid(office.world.clock.now());
    let row = get(office, providers, wish, (&place, fresh)).await?;
    output::say(form, &value(wish.tenant, &row), || {
        format!("{} reaches tenant {}", row.phone_number, wish.tenant)
    });
    Ok(())
}

pub(super) async fn place(office: &Office, wish: &Wish) -> Result<Place, Failure> {
    if tenants::show(office, wish.tenant).await?.is_none() {
        return Err(Failure::Refused(format!("there is no tenant {}", wish.tenant)));
    }
    let profile = office.profile(wish.tenant).await?;
    let (country, area) = (wish.country.as_deref(), wish.area_code.as_deref());
    let place = Place::read(country, area, &profile.country);
    place.map_err(|error| Failure::Refused(error.to_string()))
}

/// Gets it for the agent, the tenant's first, or a new one; `id` names the wish.
pub(super) async fn get(
    office: &Arc<Office>,
    providers: &Providers,
    wish: &Wish,
    (place, id): (&Place, Uuid),
) -> Result<NumberRow, NumberError> {
    let desk = desk(office, wish.tenant);
    desk.may_provision(providers).await?;
    let agent = match &wish.agent {
        Some(agent) => agent.clone(),
        None => first_agent(office, providers, wish.tenant, id).await?,
    };
    desk.provision(providers, &agent, (place, More::First), id).await
}

/// The tenant's first agent; `id` names the one that is made when it has none.
pub(super) async fn first_agent(
    office: &Arc<Office>,
    providers: &Providers,
    tenant: TenantId,
    id: Uuid,
) -> Result<String, NumberError> {
    let desk = desk(office, tenant);
    if let Some(first) = desk.agents().await?.pop() {
        return Ok(first.agent_id);
    }
    let new = NewAgent {
        name: office.profile(tenant).await?.name.clone(),
        language: "fr".to_owned(),
        kind: AgentKind::Appointment,
        voice: None,
    };
    Ok(desk.create_agent(providers, &new, id).await?.agent_id)
}

fn value(tenant: TenantId, row: &NumberRow) -> serde_json::Value {
    json!({
        "tenant_id": tenant, "phone_number": row.phone_number, "agent_id": row.agent_id,
        "status": row.status, "monthly_cost_cents": row.monthly_cost, "currency": row.currency,
    })
}

/// Whose number it is.
async fn owner(office: &Arc<Office>, raw: &str) -> Result<(Desk, NumberRow, E164), Failure> {
    let number = E164::parse(raw, "FR");
    let number = number.map_err(|error| Failure::Refused(format!("{raw}: {error}")))?;
    for tenant in tenants::list(office, TENANTS).await? {
        let desk = desk(office, TenantId(tenant.tenant_id));
        let mut numbers = desk.numbers().await?.into_iter();
        if let Some(row) = numbers.find(|row| row.phone_number == number.as_str()) {
            return Ok((desk, row, number));
        }
    }
    Err(Failure::Refused(format!("{} is no number of a tenant", number.as_str())))
}

async fn release(
    office: &Arc<Office>,
    providers: &Providers,
    raw: &str,
    when: When,
    form: Form,
) -> Outcome {
    let (desk, row, number) = owner(office, raw).await?;
    let row = desk.release(providers, &row.agent_id, Some(&number), when).await?;
    output::say(form, &value(desk.tenant(), &row), || match when {
        When::Now => format!("{} was given back", row.phone_number),
        When::Later => format!(
            "{} reaches nobody any more and is given back in a day; `uwi number undo` until then",
            row.phone_number
        ),
    });
    Ok(())
}

async fn undo(office: &Arc<Office>, raw: &str, form: Form) -> Outcome {
    let (desk, _, number) = owner(office, raw).await?;
    let row = desk.undo_release(&number).await?;
    output::say(form, &value(desk.tenant(), &row), || {
        format!("{} reaches tenant {} again", row.phone_number, desk.tenant())
    });
    Ok(())
}
