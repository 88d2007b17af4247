//! `uwi number`: the telephone numbers that tenants pay for.

mod books;
mod bulk;
mod documents;
mod import;
mod one;
mod release;
mod results;
mod table;

use super::{Failure, Form, Outcome, output};
use crate::accounts;
use crate::config::Config;
use clap::Subcommand;
use desk::numbers::reconcile::Repair;
use desk::numbers::release::When;
use desk::numbers::{Alternative, NumberError};
use desk::providers::Account;
use desk::{Desk, Office, Who};
use domain::id::TenantId;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use store::numbers::NumberRow;

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
            let wish = one::Wish { tenant, agent, area_code, country };
            one::get_one(office, providers, &wish, dry_run.into(), form).await
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
            release::release(office, providers, &number, when, form).await
        }
        NumberCommand::Undo { number } => release::undo(office, &number, form).await,
        NumberCommand::Reconcile { repair } => {
            let repair = if repair { Repair::Yes } else { Repair::No };
            books::balance(office, providers, repair, form).await
        }
    };
    accounts.close(office).await?;
    done
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

fn value(tenant: TenantId, row: &NumberRow) -> serde_json::Value {
    json!({
        "tenant_id": tenant, "phone_number": row.phone_number, "agent_id": row.agent_id,
        "status": row.status, "monthly_cost_cents": row.monthly_cost, "currency": row.currency,
    })
}
