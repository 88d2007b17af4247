//! `uwi migrate`: brings the database up to date.

use super::{Form, Outcome, output};
use crate::config::Config;
use secrecy::ExposeSecret as _;
use serde_json::json;
use store::Db;

/// Applies what is missing; twice is once.
pub async fn run(config: &Config, form: Form) -> Outcome {
    let db = Db::open(config.database.expose_secret()).await?;
    let done = db.migrate().await?;
    let value = json!({ "applied": done.applied, "version": done.version, "engine": db.engine() });
    output::say(form, &value, || match done.applied {
        0 => format!("{}: nothing to do, the schema is at {}", db.engine(), done.version),
        many => format!("{}: {many} applied, the schema is at {}", db.engine(), done.version),
    });
    Ok(())
}
