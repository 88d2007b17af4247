//! `uwi reminders`: which reminders are due.

use super::{Failure, Form, Outcome, output};
use clap::Subcommand;
use desk::Office;
use desk::reminders::{self, At, Found};
use domain::id::TenantId;
use serde_json::{Value, json};

/// What to do with reminders.
#[derive(Subcommand)]
pub enum RemindersCommand {
    /// Lists what is to be sent at a moment, as things stand: what has come, was
    /// not ordered yet and is still of use, by day and to somebody who can be reached
    #[command(after_help = "Example:
  uwi reminders due --at 2026-11-23T10:00
  uwi --json reminders due --at 2026-11-23T09:00:00Z --tenant 2")]
    Due {
        /// When: local to each tenant, or RFC 3339 [default: now]
        #[arg(long)]
        at: Option<String>,
        /// Whose [default: everybody's]
        #[arg(long)]
        tenant: Option<i64>,
    },
}

/// Does it.
pub async fn run(office: &Office, command: RemindersCommand, form: Form) -> Outcome {
    let RemindersCommand::Due { at, tenant } = command;
    let at = match at {
        None => At::Instant(office.world.clock.now()),
        Some(raw) => moment(&raw).ok_or_else(|| {
            Failure::Usage(format!("--at {raw:?} cannot be read: 2026-11-23T10:00"))
        })?,
    };
    let found = reminders::due(office, tenant.map(TenantId), at).await?;
    if form == Form::Json {
        found.iter().for_each(|one| output::json(&shown(one)));
        return Ok(());
    }
    let rows: Vec<_> = found
        .iter()
        .map(|one| {
            vec![
                one.tenant.to_string(),
                one.appointment.to_string(),
                one.start.to_string(),
                one.rule.minutes.to_string(),
                one.to.channel().as_str().to_owned(),
                one.to.masked(),
            ]
        })
        .collect();
    output::table(&["tenant", "appointment", "start", "minutes", "channel", "to"], &rows);
    Ok(())
}

fn moment(raw: &str) -> Option<At> {
    let instant = raw.parse().ok().map(At::Instant);
    instant.or_else(|| raw.trim().replacen(' ', "T", 1).parse().ok().map(At::Local))
}

fn shown(found: &Found) -> Value {
    json!({
        "tenant_id": found.tenant,
        "appointment": found.appointment,
        "start": found.start,
        "before_minutes": found.rule.minutes,
        "due_at": found.due.from,
        "until": found.due.until,
        "channel": found.to.channel(),
        "to": found.to.masked(),
        "try": found.tries,
    })
}
