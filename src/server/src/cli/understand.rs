//! `uwi understand`: what the dialogue makes of a sentence, line by line.

use super::Outcome;
use desk::World;
use dialogue::understand::{Understanding, Window, understand};
use domain::time::Span;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufWriter, Read as _, Write as _};

pub(super) const EXAMPLES: &str = "\
Example:
  echo '{\"text\":\"mardi prochain vers 14 heures\",\"now\":\"2026-11-23T09:00\",\"tz\":\"Europe/Paris\"}' \\
    | uwi understand";

/// The longest line that is read.
const MAX_LINE: u64 = 64 * 1024;

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    now: Option<String>,
    #[serde(default)]
    tz: Option<String>,
}

/// One JSON document out for each line in; a bad line gives `{"error":…}`.
pub fn run(world: &World) -> Outcome {
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut input).take(MAX_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => break,
            Ok(_) if line.ends_with(b"\n") || (line.len() as u64) < MAX_LINE => {}
            Ok(_) => skip_line(&mut input),
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        // A reader that went away ends the work quietly, as in any pipe.
        if writeln!(output, "{}", answer(&line, world)).is_err() || output.flush().is_err() {
            break;
        }
    }
    Ok(())
}

/// Drops the rest of a line that is too long to be read.
fn skip_line(input: &mut impl std::io::BufRead) {
    let mut rest = Vec::new();
    while let Ok(read) = input.take(MAX_LINE).read_until(b'\n', &mut rest) {
        if read == 0 || rest.ends_with(b"\n") {
            break;
        }
        rest.clear();
    }
}

fn answer(line: &[u8], world: &World) -> Value {
    let parsed = serde_json::from_slice::<Line>(line).map_err(|error| error.to_string());
    match parsed.and_then(|line| Ok((now(&line, world)?, line))) {
        Ok((now, line)) => report(&understand(&line.text, now)),
        Err(error) => json!({ "error": error }),
    }
}

fn now(line: &Line, world: &World) -> Result<DateTime, String> {
    let zone = line.tz.as_deref().unwrap_or("Europe/Paris");
    let zone = TimeZone::get(zone).map_err(|_| format!("unknown time zone {zone:?}"))?;
    let Some(raw) = line.now.as_deref() else {
        return Ok(zone.to_datetime(world.clock.now()));
    };
    // An instant is accepted beside the wall time that is asked for.
    let instant = || raw.parse().ok().map(|instant| zone.to_datetime(instant));
    raw.parse().ok().or_else(instant).ok_or_else(|| format!("{raw:?} is no local date and time"))
}

fn report(u: &Understanding) -> Value {
    json!({
        "intents": u.intents,
        "polarity": u.polarity,
        "choice": u.choice,
        "when": u.when.iter().map(window).collect::<Vec<_>>(),
        "except": u.except.iter().map(span).collect::<Vec<_>>(),
        "earliest": u.earliest,
        "phones": u.phones,
        "ambiguous": u.ambiguous,
        "emails": u.emails,
        "names": u.names,
        "number": u.number,
        "numbers": u.numbers,
        "emergency": u.emergency,
    })
}

fn window(window: &Window) -> Value {
    let mut value = span(&window.span);
    value["grain"] = json!(window.grain);
    value
}

fn span(span: &Span) -> Value {
    let minute = |at: Option<DateTime>| at.map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string());
    json!({ "from": minute(span.from), "to": minute(span.to) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World::fixed("2026-11-21T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_line_without_a_time_is_read_at_the_clocks() {
        let line = Line { text: String::new(), now: None, tz: None };
        assert_eq!(now(&line, &world()).unwrap().to_string(), "2026-11-21T10:00:00");
        let line = Line { now: Some("2026-11-23T09:00".into()), ..line };
        assert_eq!(now(&line, &world()).unwrap().to_string(), "2026-11-23T09:00:00");
    }

    #[test]
    fn a_bad_line_gets_an_error_of_its_own() {
        for line in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"text": 3}"#,
            r#"{"text":"a","now":"noon"}"#,
            r#"{"text":"a","tz":"Mars"}"#,
        ] {
            let answer = answer(line.as_bytes(), &world());
            assert!(answer["error"].is_string(), "{line}: {answer}");
        }
        assert!(answer(b"{\"text\":\"bonjour\"}", &world())["intents"].is_array());
    }

    #[test]
    fn times_are_local_minutes() {
        let from = Some("2026-11-24T14:00:00".parse().unwrap());
        let value = span(&Span { from, to: None });
        assert_eq!(value, json!({ "from": "2026-11-24T14:00", "to": null }));
    }
}
