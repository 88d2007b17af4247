//! `uwi appointment`: appointments of a tenant.

use super::{Failure, Form, Outcome, output};
use crate::http::api::{appointments as names, wire};
use crate::http::wall;
use clap::{Args, Subcommand};
use desk::appointments::{AppointmentError, NewAppointment};
use desk::snapshot::Days;
use desk::{Desk, Office, Who};
use domain::id::TenantId;
use domain::phone::E164;
use jiff::Span;
use jiff::civil::Date;
use std::sync::Arc;

/// What to do with appointments.
#[derive(Subcommand)]
pub enum AppointmentCommand {
    /// Makes an appointment and prints its id
    #[command(after_help = "Example:
  uwi appointment add --tenant 2 --name 'Camille Lefèvre' --phone '06 39 98 12 34' --start 2026-11-24T14:00")]
    Add(AddArgs),
    /// Lists appointments
    List {
        /// Whose [default: the test tenant]
        #[arg(long)]
        tenant: Option<i64>,
        /// First local day [default: today]
        #[arg(long)]
        from: Option<Date>,
        /// Last local day [default: 60 days later]
        #[arg(long)]
        to: Option<Date>,
    },
    /// Cancels an appointment
    Cancel {
        /// Its id
        id: String,
        /// Whose [default: the test tenant]
        #[arg(long)]
        tenant: Option<i64>,
    },
}

/// What an appointment needs.
#[derive(Args)]
pub struct AddArgs {
    /// Whose [default: the test tenant]
    #[arg(long)]
    tenant: Option<i64>,
    /// For whom
    #[arg(long)]
    name: String,
    /// How to reach them
    #[arg(long)]
    phone: Option<String>,
    /// Local date and time, or RFC 3339
    #[arg(long)]
    start: String,
    /// What, by slug or name [default: the tenant's first service]
    #[arg(long)]
    service: Option<String>,
    /// Where, by slug or name [default: the first that is free]
    #[arg(long)]
    calendar: Option<String>,
}

/// Does it.
pub async fn run(office: &Arc<Office>, command: AppointmentCommand, form: Form) -> Outcome {
    let desk = |tenant: Option<i64>| {
        let tenant = tenant.map_or(office.rules.test.tenant, TenantId);
        Desk::new(Arc::clone(office), tenant, Who::Operator)
    };
    match command {
        AppointmentCommand::Add(args) => add(&desk(args.tenant), args, form).await,
        AppointmentCommand::List { tenant, from, to } => list(&desk(tenant), from, to, form).await,
        AppointmentCommand::Cancel { id, tenant } => cancel(&desk(tenant), &id, form).await,
    }
}

async fn add(desk: &Desk, args: AddArgs, form: Form) -> Outcome {
    let profile = desk.office().profile(desk.tenant()).await?;
    let usage = |what: &str, raw: &str| Failure::Usage(format!("{what} {raw:?} cannot be read"));
    let phone = args
        .phone
        .as_deref()
        .map(|raw| E164::parse(raw, &profile.country).map_err(|_| usage("--phone", raw)));
    let start = wall::time(&args.start, &profile.zone);
    let new = NewAppointment {
        name: args.name,
        phone: phone.transpose()?,
        email: None,
        start: start.ok_or_else(|| usage("--start", &args.start))?,
        service: args.service.map(|given| names::service(&given, &profile)),
        calendar: args.calendar.map(|given| names::calendar(&given, &profile)),
        motive: None,
    };
    let row = desk.book(&new).await.map_err(failure)?;
    output::say(form, &wire::visit(&row), || row.id.clone());
    Ok(())
}

async fn list(desk: &Desk, from: Option<Date>, to: Option<Date>, form: Form) -> Outcome {
    let zone = desk.zone().await?;
    let from = from.unwrap_or_else(|| desk.today(&zone));
    let to = to.unwrap_or_else(|| from.saturating_add(Span::new().days(60)));
    let rows = desk.visits(&Days::between(from, to, &zone)).await?;
    if form == Form::Json {
        rows.iter().for_each(|row| output::json(&wire::visit(row)));
        return Ok(());
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let phone = row.customer_phone.unwrap_or_default();
            vec![row.rdv_date, row.rdv_time, row.customer_name, phone, row.status, row.id]
        })
        .collect();
    output::table(&["date", "time", "name", "phone", "status", "id"], &rows);
    Ok(())
}

async fn cancel(desk: &Desk, id: &str, form: Form) -> Outcome {
    let id = id.parse().map_err(|_| Failure::Refused(format!("{id:?} is no appointment")))?;
    let row = desk.cancel(id, None).await.map_err(failure)?;
    output::say(form, &wire::visit(&row), || format!("{} cancelled", row.id));
    Ok(())
}

fn failure(error: AppointmentError) -> Failure {
    match error {
        AppointmentError::Store(error) => error.into(),
        other => Failure::Refused(other.to_string()),
    }
}
