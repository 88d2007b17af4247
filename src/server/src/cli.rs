//! The command line: one file per command. Commands work on the database,
//! also while a server runs on it.

mod appointment;
mod backup;
mod call;
mod counters;
mod doctor;
mod drill;
mod login_link;
mod migrate;
mod number;
mod outcome;
mod output;
mod progress;
mod reminders;
mod replay;
mod route;
mod tenant;
mod token;
mod understand;

pub use login_link::url as login_url;
pub use outcome::{Failure, Outcome};

use crate::config::{Config, Env, VARIABLES};
use crate::{serve, telemetry};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use desk::{Office, OfficeError, World};
use reqwest::redirect::Policy;
use secrecy::ExposeSecret as _;
use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use tokio::runtime::Builder;

/// A telephone receptionist. Without a command: serve.
#[derive(Parser)]
#[command(name = "uwi", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Prints JSON for scripts
    #[arg(long, global = true)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  uwi                                  start the server
  uwi call                             ring it and type what a caller would say
  uwi call --script dialogue.txt       the same from a file, with expected outcomes
  uwi tenant apply cabinet.toml        create or change a tenant
  uwi doctor                           what is wrong with this installation?

Exit codes: 0 done, 1 refused or expectation unmet, 2 usage, 3 server or database unreachable.";

#[derive(Subcommand)]
enum Command {
    /// Starts the server
    Serve,
    /// Rings a running server as Vapi does
    Call(call::CallArgs),
    /// Reads JSON lines {"text","now","tz"} and prints what each text means
    #[command(after_help = understand::EXAMPLES)]
    Understand,
    /// Holds a stored call again and shows what is answered otherwise now
    Replay(replay::ReplayArgs),
    /// Tenants: apply, list, show, delete, reset-sandbox
    #[command(subcommand)]
    Tenant(tenant::TenantCommand),
    /// Which number reaches which tenant: set, list, ensure-test
    #[command(subcommand)]
    Route(route::RouteCommand),
    /// Numbers that tenants pay for: list, provision, import, documents, release, undo, reconcile
    #[command(subcommand)]
    Number(number::NumberCommand),
    /// Appointments of a tenant: add, list, cancel
    #[command(subcommand)]
    Appointment(appointment::AppointmentCommand),
    /// Reminders of appointments: due
    #[command(subcommand)]
    Reminders(reminders::RemindersCommand),
    /// Rehearsals on a scratch database: month
    #[command(subcommand)]
    Drill(drill::DrillCommand),
    /// Tokens for the API: create, list, rotate, revoke
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Prints a link that signs somebody in
    LoginLink(login_link::LoginLinkArgs),
    /// Checks everything that can be wrong and says what to do about it
    Doctor,
    /// Brings the database up to date (twice is once); `migrate down` goes back
    Migrate(migrate::MigrateArgs),
    /// Saves the whole database into a new file
    Backup(backup::FileArgs),
    /// Brings a backup back into an empty database
    Restore(backup::FileArgs),
    /// Counts the dashboard's figures again from the events
    RebuildCounters,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Text,
    /// For scripts: one JSON document, or one per line.
    Json,
}

/// Runs the program; prints what went wrong to standard error.
pub fn run(args: impl IntoIterator<Item = OsString>, env: Env<'_>) -> ExitCode {
    let parsed = Cli::command().after_long_help(long_help()).try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match execute(cli, env) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(text) = failure.message() {
                eprintln!("uwi: {text}");
            }
            ExitCode::from(failure.code())
        }
    }
}

fn long_help() -> String {
    let width = VARIABLES.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<_> =
        VARIABLES.iter().map(|(name, what)| format!("  {name:width$}  {what}")).collect();
    format!("{EXAMPLES}\n\nEnvironment (all optional):\n{}", lines.join("\n"))
}

fn execute(cli: Cli, env: Env<'_>) -> Outcome {
    let form = if cli.json { Form::Json } else { Form::Text };
    let config = Config::read(env).map_err(|error| Failure::Usage(error.to_string()))?;
    // Commands log only what needs attention: their output is the answer.
    let serving = matches!(cli.command, None | Some(Command::Serve));
    let quiet = if serving { None } else { Some("error".to_owned()) };
    telemetry::logs(config.log, env("RUST_LOG").or(quiet).as_deref());
    let runtime = match &cli.command {
        // Several of these share the machine.
        Some(Command::Drill(drill)) if drill.is_part() => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    }
    .enable_all()
    .build();
    let runtime = runtime.map_err(|error| Failure::Refused(error.to_string()))?;
    runtime.block_on(dispatch(cli.command.unwrap_or(Command::Serve), config, form))
}

async fn dispatch(command: Command, config: Config, form: Form) -> Outcome {
    match command {
        Command::Serve => serve::run(config).await,
        Command::Call(args) => call::run(&config, &args, form).await,
        Command::Understand => understand::run(&world(&config)),
        Command::Doctor => doctor::run(&config, form).await,
        Command::Migrate(args) => migrate::run(&config, args, form).await,
        Command::Backup(args) => backup::save(&config, &args, form).await,
        Command::Restore(args) => backup::restore(&config, &args, form).await,
        Command::Replay(args) => replay::run(&*open(&config).await?, &args, form).await,
        Command::Tenant(command) => {
            tenant::run(&config, &open(&config).await?, command, form).await
        }
        Command::Route(command) => route::run(&*open(&config).await?, command, form).await,
        Command::Number(command) => {
            number::run(&config, &open(&config).await?, command, form).await
        }
        Command::Appointment(command) => {
            appointment::run(&open(&config).await?, command, form).await
        }
        Command::Reminders(command) => reminders::run(&*open(&config).await?, command, form).await,
        Command::Drill(command) => drill::run(&config, command, form).await,
        Command::Token(command) => token::run(&open(&config).await?, command, form).await,
        Command::LoginLink(args) => {
            login_link::run(&config, &*open(&config).await?, &args, form).await
        }
        Command::RebuildCounters => counters::run(&*open(&config).await?, form).await,
    }
}

/// The clock and the identifiers that the configuration asks for.
pub fn world(config: &Config) -> World {
    config.clock.map_or_else(World::real, World::starting_at)
}

/// Opens the database and takes up work on it.
pub async fn open(config: &Config) -> Result<Arc<Office>, Failure> {
    let db = Db::open(config.database.expose_secret()).await?;
    let opened = Office::open(db, world(config), config.rules.clone()).await;
    opened.map_err(|error| match error {
        OfficeError::Store(error) => error.into(),
        other => Failure::Refused(other.to_string()),
    })
}

/// A client for requests of our own, over TLS without a system library.
pub fn http_client(timeout: Duration) -> Result<reqwest::Client, Failure> {
    // The second time it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(timeout).redirect(Policy::none()).build();
    client.map_err(|error| Failure::Refused(error.to_string()))
}
