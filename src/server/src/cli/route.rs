//! `uwi route`: which number reaches which tenant.

use super::{Failure, Form, Outcome, output};
use clap::Subcommand;
use desk::{Office, routes};
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::Channel;
use serde_json::json;
use store::routes::RouteRow;

/// The most routes that a list shows.
const LIMIT: i64 = 100_000;

/// What to do with routes.
#[derive(Subcommand)]
pub enum RouteCommand {
    /// Routes a number to a tenant
    #[command(after_help = "Example:\n  uwi route set 01 99 00 11 22 --tenant 2")]
    Set {
        /// The number, in any form; may contain spaces
        #[arg(required = true, num_args = 1..)]
        number: Vec<String>,
        /// The tenant that answers
        #[arg(long)]
        tenant: i64,
        /// vocal, sms, whatsapp or web
        #[arg(long, default_value = "vocal", value_parser = channel)]
        channel: Channel,
    },
    /// Lists routes
    List,
    /// Routes the test number to the test tenant; again and again without harm
    EnsureTest,
}

fn channel(raw: &str) -> Result<Channel, String> {
    Channel::parse(raw).ok_or_else(|| "must be vocal, sms, whatsapp or web".into())
}

/// Does it.
pub async fn run(office: &Office, command: RouteCommand, form: Form) -> Outcome {
    match command {
        RouteCommand::Set { number, tenant, channel } => {
            let raw = number.concat();
            let number = E164::parse(&raw, "FR")
                .map_err(|error| Failure::Refused(format!("{raw}: {error}")))?;
            set(office, channel, &number, TenantId(tenant), form).await
        }
        RouteCommand::List => list(office, form).await,
        RouteCommand::EnsureTest => {
            routes::ensure_test_number_route(office).await?;
            let test = &office.rules.test;
            told(form, Channel::Vocal, &test.number, test.tenant);
            Ok(())
        }
    }
}

async fn set(
    office: &Office,
    channel: Channel,
    number: &E164,
    tenant: TenantId,
    form: Form,
) -> Outcome {
    routes::add_route(office, channel, number, tenant).await?;
    told(form, channel, number, tenant);
    Ok(())
}

fn told(form: Form, channel: Channel, number: &E164, tenant: TenantId) {
    let value = json!({ "channel": channel, "key": number, "tenant_id": tenant });
    output::say(form, &value, || {
        format!("{} {} reaches tenant {tenant}", channel.as_str(), number.as_str())
    });
}

async fn list(office: &Office, form: Form) -> Outcome {
    let rows = routes::list_routes(office, LIMIT).await?;
    if form == Form::Json {
        rows.iter().for_each(|row| output::json(&value(row)));
        return Ok(());
    }
    let rows: Vec<_> =
        rows.into_iter().map(|row| vec![row.channel, row.key, row.tenant_id.to_string()]).collect();
    output::table(&["channel", "number", "tenant"], &rows);
    Ok(())
}

fn value(row: &RouteRow) -> serde_json::Value {
    json!({ "channel": row.channel, "key": row.key, "tenant_id": row.tenant_id })
}
