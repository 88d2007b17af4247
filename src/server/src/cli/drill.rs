//! `uwi drill`: rehearsals on scratch databases. The installation's own is not
//! touched; only its engine and its server are used.

use super::{Failure, Form, Outcome, http_client, output};
use crate::config::Config;
use clap::{Args, Subcommand};
use desk::drill::{self, DrillError, Report, Size};
use secrecy::ExposeSecret as _;
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::task::spawn_blocking;

/// In which time zones the processes believe to be: it must not matter.
const ZONES: [&str; 4] = ["UTC", "Europe/Paris", "America/New_York", "Pacific/Auckland"];

/// The simulated providers answer at once, or not at all.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What to rehearse.
#[derive(Subcommand)]
pub enum DrillCommand {
    /// Two simulated months of appointments and reminders around both changes
    /// of clocks, in four processes of four time zones, two instances on each
    /// database, stopped in mid-work, with failing providers; exit 1 when a
    /// promise was broken
    #[command(after_help = "Examples:
  uwi drill month
  uwi drill month --tenants 8 --appointments 400 --seed 7
  DATABASE_URL=postgres://user@localhost/uwi uwi drill month")]
    Month(MonthArgs),
}

impl DrillCommand {
    /// True in a process that holds one part of it.
    pub fn is_part(&self) -> bool {
        let Self::Month(args) = self;
        args.part
    }
}

/// How large.
#[derive(Args)]
pub struct MonthArgs {
    /// How many tenants
    #[arg(long, default_value_t = 200)]
    tenants: usize,
    /// How many appointments
    #[arg(long, default_value_t = 20_000)]
    appointments: usize,
    /// Everything random comes from it
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Holds one part in this process
    #[arg(long, hide = true)]
    part: bool,
}

/// Holds it.
pub async fn run(config: &Config, command: DrillCommand, form: Form) -> Outcome {
    let DrillCommand::Month(args) = command;
    if args.part {
        let report = part(config, &args).await?;
        output::json(&report);
        return Ok(());
    }
    if form == Form::Text {
        println!("seed {}, {} processes", args.seed, ZONES.len());
    }
    let mut parts = Vec::with_capacity(ZONES.len());
    for (number, zone) in ZONES.into_iter().enumerate() {
        let command = child(config, &args, number, zone)?;
        parts.push((zone, spawn_blocking(move || ended(command))));
    }
    let mut report = Report::default();
    for (zone, part) in parts {
        let part = part.await.map_err(|error| Failure::Refused(error.to_string()))?;
        let part = part.map_err(|told| Failure::Refused(format!("the part in {zone}: {told}")))?;
        report.add(part);
    }
    output::say(form, &report, || told(&report));
    if report.broken == 0 { Ok(()) } else { Err(Failure::Unmet) }
}

async fn part(config: &Config, args: &MonthArgs) -> Result<Report, Failure> {
    let size = Size { tenants: args.tenants, appointments: args.appointments, seed: args.seed };
    let client = http_client(TIMEOUT)?;
    drill::month(config.database.expose_secret(), size, &client).await.map_err(
        |error| match error {
            DrillError::Store(error) => error.into(),
            other => Failure::Refused(other.to_string()),
        },
    )
}

/// One part of it, in a process of its own.
fn child(config: &Config, args: &MonthArgs, number: usize, zone: &str) -> Result<Command, Failure> {
    let share = |whole: usize| (whole + ZONES.len() - 1 - number) / ZONES.len();
    let own = std::env::current_exe().map_err(|error| Failure::Refused(error.to_string()))?;
    let seed = args.seed.wrapping_mul(1_000).wrapping_add(number as u64);
    let mut command = Command::new(own);
    command
        .args(["drill", "month", "--part"])
        .args(["--tenants", &share(args.tenants).max(2).to_string()])
        .args(["--appointments", &share(args.appointments).max(2).to_string()])
        .args(["--seed", &seed.to_string()])
        .env("TZ", zone)
        .env("DATABASE_URL", config.database.expose_secret())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    Ok(command)
}

/// What a part reports, or why it does not.
fn ended(mut command: Command) -> Result<Report, String> {
    let done = command.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&done.stdout);
    serde_json::from_str(text.trim())
        .map_err(|_| String::from_utf8_lossy(&done.stderr).trim().to_owned())
}

fn told(report: &Report) -> String {
    let rows = [
        ("tenants", report.tenants),
        ("appointments", report.appointments),
        ("moves", report.moved),
        ("cancellations", report.cancelled),
        ("wishes refused", report.wishes_refused),
        ("reminders due", report.due),
        ("… of them in an outage", report.due_in_an_outage),
        ("… of unknown outcome", report.unsure),
        ("reminders sent", report.reminders),
        ("notices sent", report.notices),
        ("provider errors", report.provider_errors),
        ("instances stopped", report.stopped),
        ("… and restarted", report.restarted),
        ("promises broken", report.broken),
    ];
    let mut lines: Vec<_> =
        rows.iter().map(|(what, count)| format!("{what:<24}{count:>8}")).collect();
    lines.extend(report.told.iter().map(|b| format!("BROKEN: {}: {}", b.promise, b.case)));
    lines.join("\n")
}
