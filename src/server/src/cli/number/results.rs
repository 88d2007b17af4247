//! What comes of the lines of a file, told one by one.

use super::table::Fault;
use super::{Failure, Form, Outcome, output};
use crate::cli::progress::Progress;
use desk::numbers::NumberError;
use domain::id::TenantId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use store::numbers::NumberRow;

/// How often a line is tried again that another process is working on, or was
/// when it died.
const AGAIN: usize = 40;
/// How long between two tries.
const PAUSE: Duration = Duration::from_secs(5);

/// What came of a line.
pub(super) enum Done {
    /// It works now.
    Got(NumberRow),
    /// It was so before.
    Had(NumberRow),
    /// It would be done.
    Would(String),
    /// It goes on by itself.
    Waits(String),
    /// Somebody else is at it.
    Busy,
    /// It was not done.
    Failed(String),
}

impl Done {
    /// What the refusal of a line means.
    pub(super) fn refused(error: NumberError) -> Result<Self, Failure> {
        Ok(match error {
            NumberError::Store(error) => return Err(error.into()),
            NumberError::InProgress => Self::Busy,
            NumberError::Documents(..) => Self::Waits(error.to_string()),
            NumberError::Provider { pending: desk::numbers::Pending::Later, .. } => {
                Self::Waits(error.to_string())
            }
            other => Self::Failed(Failure::from(other).message().unwrap_or_default().to_owned()),
        })
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Got(_) => "got",
            Self::Had(_) => "had",
            Self::Would(_) => "would",
            Self::Waits(_) => "waits",
            Self::Busy => "busy",
            Self::Failed(_) => "failed",
        }
    }
}

/// Prints the faults of a file; nothing was done.
pub(super) fn refuse(mut faults: Vec<Fault>, form: Form) -> Failure {
    faults.sort_by_key(|fault| fault.line);
    for fault in &faults {
        match form {
            Form::Json => output::json(fault),
            Form::Text => eprintln!("line {}: {}", fault.line, fault.error),
        }
    }
    Failure::Refused(format!("{} lines are wrong; nothing was done", faults.len()))
}

/// Carries out every line, `subject` its place in the file and its tenant. Those
/// that somebody else is at, or was when it died, are tried again at the end.
pub(super) async fn each<L>(
    lines: &[L],
    form: Form,
    subject: impl Fn(&L) -> (usize, TenantId),
    carry_out: impl AsyncFn(&L) -> Result<Done, Failure>,
) -> Outcome {
    let mut results = Results::new(lines.len(), form);
    let mut left: Vec<&L> = Vec::new();
    for line in lines {
        let (at, tenant) = subject(line);
        results.begin(&format!("tenant {tenant}"));
        match carry_out(line).await? {
            Done::Busy => left.push(line),
            done => results.tell(at, tenant, &done),
        }
    }
    for line in left {
        let (at, tenant) = subject(line);
        let mut done = Done::Busy;
        for _ in 0..AGAIN {
            results.begin(&format!("tenant {tenant}: somebody else is at it"));
            tokio::time::sleep(PAUSE).await;
            done = carry_out(line).await?;
            if !matches!(done, Done::Busy) {
                break;
            }
        }
        results.tell(at, tenant, &done);
    }
    results.end()
}

/// What has come of the lines so far.
struct Results {
    form: Form,
    progress: Progress,
    counts: HashMap<&'static str, usize>,
    done: usize,
}

impl Results {
    fn new(all: usize, form: Form) -> Self {
        Self { form, progress: Progress::new(all), counts: HashMap::new(), done: 0 }
    }

    /// Shows what is worked on.
    fn begin(&self, what: &str) {
        self.progress.show(self.done, what);
    }

    /// Tells what came of a line.
    fn tell(&mut self, at: usize, tenant: TenantId, done: &Done) {
        self.done += 1;
        *self.counts.entry(done.word()).or_default() += 1;
        self.progress.clear();
        let mut value = json!({ "line": at, "tenant_id": tenant, "result": done.word() });
        let text = match done {
            Done::Got(row) | Done::Had(row) => {
                value["phone_number"] = row.phone_number.as_str().into();
                value["agent_id"] = row.agent_id.as_str().into();
                value["status"] = row.status.as_str().into();
                let had = if matches!(done, Done::Had(_)) { "has " } else { "" };
                format!("{had}{} ({})", row.phone_number, row.status)
            }
            Done::Would(text) => text.clone(),
            Done::Waits(why) | Done::Failed(why) => {
                value["error"] = why.as_str().into();
                format!("{}: {why}", done.word())
            }
            Done::Busy => {
                let why = "somebody else is at it; run the file again";
                value["error"] = Value::from(why);
                why.to_owned()
            }
        };
        output::say(self.form, &value, || format!("line {at}, tenant {tenant}: {text}"));
    }

    /// Tells how many there were; an error unless every line is done.
    fn end(self) -> Outcome {
        let count = |word: &str| self.counts.get(word).copied().unwrap_or_default();
        let open = count("waits") + count("busy") + count("failed");
        if self.form == Form::Text {
            let words = ["got", "had", "would", "waits", "busy", "failed"];
            let told = words.iter().filter(|word| count(word) > 0);
            let told: Vec<_> = told.map(|word| format!("{} {word}", count(word))).collect();
            eprintln!("{} lines: {}", self.done, told.join(", "));
        }
        if open == 0 { Ok(()) } else { Err(Failure::Unmet) }
    }
}
