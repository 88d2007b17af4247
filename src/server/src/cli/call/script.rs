//! Scripts of calls: what the caller says, and what is to come of it.

use crate::cli::Failure;
use domain::event::EventKind;
use std::path::Path;

/// One line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The caller says this.
    Say(String),
    /// This has happened by now.
    Expect(EventKind),
    /// Nothing has come of the call by now.
    ExpectNothing,
}

/// Reads a file; `#` begins a comment, empty lines are skipped.
pub(super) fn read(path: &Path) -> Result<Vec<Step>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    parse(&text).map_err(|problem| Failure::Usage(format!("{}: {problem}", path.display())))
}

fn parse(text: &str) -> Result<Vec<Step>, String> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| step(line).map_err(|name| unknown(number, name))).collect()
}

fn step(line: &str) -> Result<Step, &str> {
    let Some(expected) = line.strip_prefix('=') else { return Ok(Step::Say(line.to_owned())) };
    match expected.trim() {
        "none" => Ok(Step::ExpectNothing),
        name => EventKind::parse(name).map(Step::Expect).ok_or(name),
    }
}

fn unknown(line: usize, name: &str) -> String {
    let known: Vec<_> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    format!("line {line}: no event is called {name:?}; there are none, {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_line_by_line() {
        let steps = parse("# essai\nBonjour\n\n= none\n  un rendez-vous \n=booking_confirmed\n");
        let say = |text: &str| Step::Say(text.into());
        assert_eq!(
            steps.unwrap(),
            [
                say("Bonjour"),
                Step::ExpectNothing,
                say("un rendez-vous"),
                Step::Expect(EventKind::BookingConfirmed),
            ]
        );
        assert!(parse("Bonjour\n= success").unwrap_err().starts_with("line 2"));
    }
}
