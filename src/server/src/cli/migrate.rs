//! `uwi migrate`: brings the database up to date; `uwi migrate down` goes back.

use super::{Failure, Form, Outcome, output};
use crate::config::Config;
use clap::{Args, Subcommand};
use secrecy::ExposeSecret as _;
use serde_json::json;
use std::path::PathBuf;
use store::Db;
use store::migrate::down::DownError;

/// What to do with the schema.
#[derive(Args)]
pub struct MigrateArgs {
    #[command(subcommand)]
    way: Option<Way>,
}

#[derive(Subcommand)]
enum Way {
    /// Takes migrations back, the last one first; stop every server before
    #[command(after_help = EXAMPLES)]
    Down(DownArgs),
}

const EXAMPLES: &str = "\
Examples:
  uwi backup before.db && uwi migrate down --to 5 --backup before.db
  uwi migrate down            takes the last migration back, if that loses no row

The next start of this program brings the database up to date again: start the
older program instead. Rows that were lost come back with `uwi restore`.";

#[derive(Args)]
struct DownArgs {
    /// The number to go back to; without it, one migration is taken back
    #[arg(long)]
    to: Option<i64>,
    /// A backup of the database as it is now, when rows would be lost
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
}

/// Applies what is missing (twice is once), or goes back.
pub async fn run(config: &Config, args: MigrateArgs, form: Form) -> Outcome {
    let db = Db::open(config.database.expose_secret()).await?;
    match args.way {
        None => up(&db, form).await,
        Some(Way::Down(args)) => down(&db, &args, form).await,
    }
}

async fn up(db: &Db, form: Form) -> Outcome {
    let done = db.migrate().await?;
    let value = json!({ "applied": done.applied, "version": done.version, "engine": db.engine() });
    output::say(form, &value, || match done.applied {
        0 => format!("{}: nothing to do, the schema is at {}", db.engine(), done.version),
        many => format!("{}: {many} applied, the schema is at {}", db.engine(), done.version),
    });
    Ok(())
}

async fn down(db: &Db, args: &DownArgs, form: Form) -> Outcome {
    let done = db.migrate_down(args.to, args.backup.as_deref()).await;
    let done = done.map_err(|error| match error {
        DownError::Store(error) => error.into(),
        other => Failure::Refused(other.to_string()),
    })?;
    let lost: Vec<String> = done.lost.iter().map(ToString::to_string).collect();
    let value = json!({
        "taken_back": done.versions, "version": done.version, "lost": lost, "engine": db.engine(),
    });
    output::say(form, &value, || {
        let head = format!(
            "{}: {} taken back, the schema is at {}",
            db.engine(),
            done.versions.len(),
            done.version
        );
        match lost.is_empty() {
            true => head,
            false => format!("{head}\nonly in the backup now:\n  {}", lost.join("\n  ")),
        }
    });
    Ok(())
}
