//! A call from its first turn to its end: from a script, or as it is typed.

use super::line::PhoneLine;
use super::script::Step;
use super::{Speaker, judge, tell};
use crate::cli::{Failure, Form, Outcome};
use crate::config::Config;
use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;

/// Plays a script. Expectations after the caller's last words are judged once
/// the call is over, unless they say that nothing has come of it.
pub(super) async fn script(
    config: &Config,
    line: &mut PhoneLine,
    steps: &[Step],
    form: Form,
) -> Outcome {
    let spoken = steps.iter().rposition(|step| matches!(step, Step::Say(_)));
    let (during, after) = steps.split_at(spoken.map_or(0, |last| last + 1));
    let mut judge = judge::Judge::open(config, line.id(), form).await?;
    let mut ending = "customer-ended-call";
    for step in during {
        let Step::Say(text) = step else {
            judge.check(step).await?;
            continue;
        };
        tell(form, Speaker::Caller, text);
        if let ControlFlow::Break(reason) = exchange(line, text, form).await? {
            ending = reason;
            break;
        }
    }
    for step in after.iter().filter(|step| **step == Step::ExpectNothing) {
        judge.check(step).await?;
    }
    line.hang_up(ending).await?;
    for step in after.iter().filter(|step| **step != Step::ExpectNothing) {
        judge.check(step).await?;
    }
    judge.verdict()
}

/// Reads what the caller says from the terminal until somebody hangs up.
pub(super) async fn conversation(line: &mut PhoneLine, form: Form) -> Outcome {
    let mut ending = "customer-ended-call";
    while let Some(text) = typed(form) {
        if let ControlFlow::Break(reason) = exchange(line, &text, form).await? {
            ending = reason;
            break;
        }
    }
    line.hang_up(ending).await
}

fn typed(form: Form) -> Option<String> {
    if form == Form::Text && std::io::stdin().is_terminal() {
        print!("   you: ");
        std::io::stdout().flush().ok()?;
    }
    let mut text = String::new();
    let read = std::io::stdin().read_line(&mut text).ok()?;
    (read > 0).then(|| text.trim().to_owned())
}

/// One turn; breaks with Vapi's reason when the answer ends the call.
async fn exchange(
    line: &mut PhoneLine,
    text: &str,
    form: Form,
) -> Result<ControlFlow<&'static str>, Failure> {
    let heard = line.say(text).await?;
    tell(form, Speaker::Assistant, &heard.text);
    Ok(match heard.tool.as_deref() {
        Some("endCall") => ControlFlow::Break("assistant-ended-call"),
        Some("transferCall") => ControlFlow::Break("assistant-forwarded-call"),
        _ => ControlFlow::Continue(()),
    })
}
