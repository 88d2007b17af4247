//! `uwi doctor`: everything that can be wrong in production, and what to do
//! about each. Exit code 1 when something is.

mod account;
mod data;
mod drift;
mod settings;
mod telephone;

use super::{Failure, Form, Outcome, output};
use crate::config::Config;
use serde::Serialize;
use serde_json::json;

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Good to know; nothing is wrong.
    Note,
    /// Wrong: somebody will notice.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What, a stable short name.
    pub name: &'static str,
    /// How it went.
    pub level: Level,
    /// What was found.
    pub found: String,
    /// What to do about it; empty when nothing.
    pub remedy: String,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, level: Level::Ok, found: found.into(), remedy: String::new() }
    }

    fn note(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, level: Level::Note, found: found.into(), remedy: remedy.into() }
    }

    fn wrong(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, level: Level::Wrong, found: found.into(), remedy: remedy.into() }
    }
}

/// Looks at everything and prints what was found.
pub async fn run(config: &Config, form: Form) -> Outcome {
    let mut checks = settings::checks(config).await;
    checks.extend(data::checks(config).await);
    checks.extend(account::checks(config).await);
    checks.extend(telephone::checks(config).await);
    let wrong = checks.iter().filter(|check| check.level == Level::Wrong).count();
    match form {
        Form::Json => output::json(&json!({ "ok": wrong == 0, "checks": checks })),
        Form::Text => print(&checks, wrong),
    }
    if wrong == 0 { Ok(()) } else { Err(Failure::Unmet) }
}

fn print(checks: &[Check], wrong: usize) {
    for check in checks {
        let mark = match check.level {
            Level::Ok => "ok   ",
            Level::Note => "note ",
            Level::Wrong => "WRONG",
        };
        println!("{mark}  {}: {}", check.name, check.found);
        if !check.remedy.is_empty() {
            println!("       {}", check.remedy);
        }
    }
    match wrong {
        0 => println!("\nNothing is wrong."),
        1 => println!("\nOne thing is wrong."),
        many => println!("\n{many} things are wrong."),
    }
}
