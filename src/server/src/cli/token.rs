//! `uwi token`: tokens for the API.

use super::{Failure, Form, Outcome, output};
use crate::http::api::scope;
use clap::Subcommand;
use desk::{Office, tenants, tokens};
use domain::id::TenantId;
use jiff::SignedDuration;
use serde_json::json;

/// What to do with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Makes a token and prints it: its only copy
    #[command(after_help = "\
Scopes: read, write, or one resource (appointments:read, calls:read, …); admin for routing.
Example:
  uwi token create --tenant 2 --scope read --scope appointments:write --name agenda")]
    Create {
        /// Whose data it opens
        #[arg(long)]
        tenant: i64,
        /// What it may do; several, or separated by commas
        #[arg(long = "scope", required = true, value_delimiter = ',')]
        scopes: Vec<String>,
        /// What it is for
        #[arg(long, default_value = "API")]
        name: String,
        /// Days until it ends [default: never]
        #[arg(long)]
        days: Option<u32>,
    },
}

/// Does it.
pub async fn run(office: &Office, command: TokenCommand, form: Form) -> Outcome {
    let TokenCommand::Create { tenant, scopes, name, days } = command;
    if let Some(bad) = scopes.iter().find(|given| !scope::is_scope(given)) {
        return Err(Failure::Usage(format!("{bad:?} is no scope: see `uwi token create --help`")));
    }
    let tenant = TenantId(tenant);
    if tenants::show(office, tenant).await?.is_none() {
        return Err(Failure::Refused(format!("there is no tenant {tenant}")));
    }
    let life = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let ends = life.map(|life| office.world.clock.now().saturating_add(life)).transpose();
    let ends = ends.map_err(|error| Failure::Usage(error.to_string()))?;
    let token = tokens::create(office, tenant, &name, &scopes, ends).await?;
    let value = json!({ "token": token, "tenant_id": tenant, "scopes": scopes });
    output::say(form, &value, || token.clone());
    Ok(())
}
