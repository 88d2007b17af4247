//! A short form of windows, for tables that people read:
//! `mar 24/11 8h-12h`, `23/11..29/11`, `24/11 17h-` (open), `..20/11`.

use crate::understand::{Grain, Window, dates, words};
use domain::time::Span;
use jiff::civil::{DateTime, Time};

const WEEKDAYS: [&str; 7] = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];

/// What is understood of `text`: windows, then `sauf` exceptions, then `tôt` or `tard`.
/// Of more than `most` windows the number is told.
pub fn understood(text: &str, now: DateTime, most: usize) -> String {
    let found = dates::find(&words::words(text), now);
    let mut parts = vec![list(found.when.iter().map(window), most)];
    if !found.except.is_empty() {
        parts.push(format!("sauf {}", list(found.except.iter().map(span), most)));
    }
    if found.earliest {
        parts.push("tôt".into());
    }
    if found.latest {
        parts.push("tard".into());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ; ")
}

fn list(shown: impl Iterator<Item = String>, most: usize) -> String {
    let all: Vec<String> = shown.collect();
    if all.len() <= most {
        return all.join(" | ");
    }
    format!("{} … {}", all[..most].join(" | "), all.len())
}

fn window(window: &Window) -> String {
    match window.span {
        // Of all the days before, not of that day only.
        Span { from: None, to: Some(to) } if window.grain == Grain::Day => {
            match span(&window.span) {
                whole if to.time() == Time::midnight() => whole,
                timed => format!("..{}", timed.replace(" -", " ")),
            }
        }
        other => span(&other),
    }
}

fn span(span: &Span) -> String {
    let midnight = |at: DateTime| at.time() == Time::midnight();
    match (span.from, span.to) {
        (Some(from), Some(to)) if midnight(from) && midnight(to) => {
            let last = to.date().yesterday().expect("not the first day");
            if last == from.date() {
                day(from)
            } else {
                format!("{}..{}", day(from), day(last.into()))
            }
        }
        (Some(from), None) if midnight(from) => format!("{}..", day(from)),
        (None, Some(to)) if midnight(to) => {
            format!("..{}", day(to.date().yesterday().expect("not the first day").into()))
        }
        (Some(from), Some(to)) if from.date() == to.date() || midnight(to) => {
            let short = from.duration_until(to).as_mins() == 1;
            let end = if short { String::new() } else { format!("-{}", clock(to)) };
            format!("{} {}{end}", day(from), start(from))
        }
        (Some(from), Some(to)) => {
            format!("{} {}..{} {}", day(from), start(from), day(to), start(to))
        }
        (Some(from), None) => format!("{} {}-", day(from), clock(from)),
        (None, Some(to)) => format!("{} -{}", day(to), clock(to)),
        (from, to) => format!("{from:?}..{to:?}"),
    }
}

fn day(at: DateTime) -> String {
    let weekday = WEEKDAYS[usize::try_from(at.weekday().to_monday_zero_offset()).expect("0 to 6")];
    let year = if at.year() == 2026 { String::new() } else { format!("/{}", at.year()) };
    format!("{weekday} {}/{}{year}", at.day(), at.month())
}

fn start(at: DateTime) -> String {
    if at.time() == Time::midnight() { "0h".into() } else { clock(at) }
}

fn clock(at: DateTime) -> String {
    match (at.hour(), at.minute()) {
        (0, 0) => "24h".into(),
        (hour, 0) => format!("{hour}h"),
        (hour, minute) => format!("{hour}h{minute:02}"),
    }
}
