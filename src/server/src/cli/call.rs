//! `uwi call`: rings a running server over HTTP, as Vapi does or (`--phone`) as
//! the telephone company does.

mod judge;
mod line;
mod play;
mod script;
mod telephone;

use super::{Form, Outcome, output, world};
use crate::config::Config;
use clap::Args;
use line::PhoneLine;
use serde_json::json;
use std::path::PathBuf;

/// Rings a running server as Vapi does, or by way of the telephone company
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct CallArgs {
    /// What the caller says, line by line; `= booking_confirmed` or `= none` is an expected outcome
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// The number that is dialled [default: the test number]
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// The caller's number, or hidden
    #[arg(long, value_name = "NUMBER", default_value = "06 39 98 12 34")]
    from: String,
    /// Where the server is [default: http://UWI_LISTEN]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Ring by way of the (simulated) telephone company: what is said is read whole, then the call is shown
    #[arg(long)]
    phone: bool,
    /// With --phone: the line that passes the call on to ours
    #[arg(long, value_name = "NUMBER", requires = "phone")]
    forwarded_from: Option<String>,
    /// With --phone: the voice agent does not take the call
    #[arg(long, requires = "phone")]
    agent_fails: bool,
    /// With --phone: whoever is rung picks up; otherwise nobody does
    #[arg(long, requires = "phone")]
    picked_up: bool,
    /// With --phone: how the end is reported
    #[arg(long, value_enum, default_value_t, requires = "phone")]
    reports: telephone::Reports,
}

const EXAMPLES: &str = "\
Examples:
  uwi call                        type what the caller says; an empty line is silence, Ctrl-D hangs up
  uwi call --from hidden          a caller without a number
  uwi call --to 0199001122        another tenant's number
  uwi call --script rendezvous.txt
  uwi call --phone --to 0199001122 --script rendezvous.txt
  echo Bonjour | uwi call --phone --agent-fails --to 0199001122

A script:
  # lines are what the caller says; lines with = are what must have come of it
  Bonjour, je voudrais un rendez-vous
  = none
  Camille Lefèvre
  le plus tôt possible
  le premier
  oui
  = booking_confirmed";

/// Places the call and plays it to its end.
pub async fn run(config: &Config, args: &CallArgs, form: Form) -> Outcome {
    if args.phone {
        return telephone::run(config, args, form).await;
    }
    let steps = args.script.as_deref().map(script::read).transpose()?;
    let mut line = PhoneLine::new(config, args, world(config))?;
    let greeting = line.ring().await?;
    tell(form, Speaker::Assistant, &greeting);
    let outcome = match steps {
        Some(steps) => play::script(config, &mut line, &steps, form).await,
        None => play::conversation(&mut line, form).await,
    };
    if form == Form::Text {
        eprintln!("to hold this call again: uwi replay {}", line.id());
    }
    outcome
}

/// Who speaks, in the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaker {
    Caller,
    Assistant,
}

fn tell(form: Form, who: Speaker, text: &str) {
    let name = match who {
        Speaker::Caller => "caller",
        Speaker::Assistant => "uwi",
    };
    match form {
        Form::Text => println!("{name:>6}: {text}"),
        Form::Json => output::json(&json!({ "who": name, "text": text })),
    }
}
