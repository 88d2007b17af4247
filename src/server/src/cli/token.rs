//! `uwi token`: tokens for the API.

use super::{Failure, Form, Outcome, output};
use clap::{Args, Subcommand};
use desk::tokens::{Listed, TokenError, Wanted};
use desk::{Desk, Office, Who, tenants};
use domain::id::TenantId;
use jiff::SignedDuration;
use serde_json::json;
use std::sync::Arc;

/// What to do with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Makes a token and prints it: its only copy
    #[command(after_help = "\
Scopes: read, write, or one resource (appointments, calls, events, snapshot, tenants) with or
without :read and :write; admin for routing; metrics for the figures of the whole house.
Example:
  uwi token create --tenant 2 --scope read --scope appointments:write --name agenda")]
    Create(CreateArgs),
    /// Lists the valid tokens of a tenant
    #[command(after_help = "Example:\n  uwi token list --tenant 2")]
    List {
        /// Whose
        #[arg(long)]
        tenant: i64,
    },
    /// Makes a token that takes another's place, and prints it: its only copy
    #[command(after_help = "\
The old one stays valid for the overlap; 0 ends it at once.
Example:
  uwi token rotate uwi_0123456789ab --tenant 2 --overlap-hours 48")]
    Rotate {
        /// The public part of the old one, as the list shows it
        prefix: String,
        /// Whose
        #[arg(long)]
        tenant: i64,
        /// Hours that both are valid
        #[arg(long, default_value_t = 24)]
        overlap_hours: u32,
    },
    /// Ends a token at once
    #[command(after_help = "Example:\n  uwi token revoke uwi_0123456789ab --tenant 2")]
    Revoke {
        /// Its public part, as the list shows it
        prefix: String,
        /// Whose
        #[arg(long)]
        tenant: i64,
    },
}

/// A token to make.
#[derive(Args)]
pub struct CreateArgs {
    /// Whose data it opens
    #[arg(long)]
    tenant: i64,
    /// What it may do; several, or separated by commas: read, write, or one of
    /// agents, appointments, calendars, calls, channels, events, prospects,
    /// snapshot, tenants, tickets, each also as agents:read or agents:write; of
    /// the house: admin, metrics
    #[arg(long = "scope", required = true, value_delimiter = ',')]
    scopes: Vec<String>,
    /// What it is for
    #[arg(long, default_value = "API")]
    name: String,
    /// Days until it ends [default: never]
    #[arg(long)]
    days: Option<u32>,
}

/// Does it.
pub async fn run(office: &Arc<Office>, command: TokenCommand, form: Form) -> Outcome {
    match command {
        TokenCommand::Create(args) => create(office, args, form).await,
        TokenCommand::List { tenant } => list(&desk(office, tenant).await?, form).await,
        TokenCommand::Rotate { prefix, tenant, overlap_hours } => {
            let desk = desk(office, tenant).await?;
            let overlap = SignedDuration::from_hours(i64::from(overlap_hours));
            let token = desk.rotate_token(public(&prefix), overlap).await.map_err(failure)?;
            output::say(form, &json!({ "token": token, "tenant_id": tenant }), || token.clone());
            Ok(())
        }
        TokenCommand::Revoke { prefix, tenant } => {
            let prefix = public(&prefix);
            desk(office, tenant).await?.revoke_token(prefix).await.map_err(failure)?;
            let value = json!({ "revoked": prefix, "tenant_id": tenant });
            output::say(form, &value, || format!("uwi_{prefix} is revoked"));
            Ok(())
        }
    }
}

async fn create(office: &Arc<Office>, args: CreateArgs, form: Form) -> Outcome {
    let CreateArgs { tenant, scopes, name, days } = args;
    let desk = desk(office, tenant).await?;
    let life = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let wanted = Wanted { name, scopes, life };
    let token = desk.create_token(&wanted).await.map_err(failure)?;
    let value = json!({ "token": token, "tenant_id": tenant, "scopes": wanted.scopes });
    output::say(form, &value, || token.clone());
    Ok(())
}

async fn list(desk: &Desk, form: Form) -> Outcome {
    let tokens = desk.tokens().await.map_err(failure)?;
    if form == Form::Json {
        tokens.iter().for_each(|token| output::json(&wire(token)));
        return Ok(());
    }
    let rows: Vec<_> = tokens.iter().map(row).collect();
    output::table(&["TOKEN", "NAME", "SCOPES", "CREATED", "LAST USED", "ENDS"], &rows);
    Ok(())
}

fn wire(token: &Listed) -> serde_json::Value {
    json!({
        "prefix": format!("uwi_{}", token.prefix),
        "name": token.name,
        "scopes": token.scopes,
        "created_at": token.created_at,
        "last_used_at": token.last_used_at,
        "expires_at": token.expires_at,
        "replaced_by": token.replaced_by.as_ref().map(|prefix| format!("uwi_{prefix}")),
    })
}

fn row(token: &Listed) -> Vec<String> {
    let at = |instant: Option<jiff::Timestamp>| {
        instant.map_or_else(|| "never".to_owned(), |instant| instant.to_string())
    };
    vec![
        format!("uwi_{}", token.prefix),
        token.name.clone(),
        token.scopes.join(","),
        token.created_at.to_string(),
        at(token.last_used_at),
        at(token.expires_at),
    ]
}

/// A token's public part, with or without what every token begins with.
fn public(given: &str) -> &str {
    given.strip_prefix("uwi_").unwrap_or(given)
}

async fn desk(office: &Arc<Office>, tenant: i64) -> Result<Desk, Failure> {
    let tenant = TenantId(tenant);
    if tenants::show(office, tenant).await?.is_none() {
        return Err(Failure::Refused(format!("there is no tenant {tenant}")));
    }
    Ok(Desk::new(Arc::clone(office), tenant, Who::Operator))
}

fn failure(error: TokenError) -> Failure {
    match error {
        TokenError::Store(error) => error.into(),
        TokenError::BadScopes(_) | TokenError::BadName | TokenError::BadLife => {
            Failure::Usage(format!("{error}: see `uwi token create --help`"))
        }
        other => Failure::Refused(other.to_string()),
    }
}
