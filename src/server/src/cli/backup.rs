//! `uwi backup` and `uwi restore`: the whole database in one file.

use super::{Failure, Form, Outcome, output};
use crate::config::Config;
use clap::Args;
use secrecy::ExposeSecret as _;
use serde_json::json;
use std::path::PathBuf;
use store::Db;
use store::backup::{self, BackupError};

/// Which file.
#[derive(Args)]
pub struct FileArgs {
    /// The backup
    file: PathBuf,
}

fn failure(error: BackupError) -> Failure {
    match error {
        BackupError::Store(error) => error.into(),
        other => Failure::Refused(other.to_string()),
    }
}

/// Saves everything into a new file; a server may run meanwhile.
pub async fn save(config: &Config, args: &FileArgs, form: Form) -> Outcome {
    let db = Db::open(config.database.expose_secret()).await?;
    db.backup(&args.file).await.map_err(failure)?;
    let value = json!({ "file": args.file, "engine": db.engine() });
    output::say(form, &value, || format!("{}: saved to {}", db.engine(), args.file.display()));
    Ok(())
}

/// Brings a file back into an empty database.
pub async fn restore(config: &Config, args: &FileArgs, form: Form) -> Outcome {
    let done = backup::restore(config.database.expose_secret(), &args.file).await;
    let done = done.map_err(failure)?;
    let value = json!({ "file": args.file, "version": done.version });
    output::say(form, &value, || {
        format!("{} is back, the schema is at {}", args.file.display(), done.version)
    });
    Ok(())
}
