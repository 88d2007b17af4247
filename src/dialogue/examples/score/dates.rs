//! Dates: the first window must be one of the acceptable readings, or overlap
//! it where edges are a matter of taste; a sentence without a date must give none.

use crate::Score;
use dialogue::understand::{Window, dates, words};
use domain::time::Span;
use jiff::civil::DateTime;
use serde_json::Value;
use std::{collections::BTreeMap, time::Instant};

/// The goal of the project, for the tier that an engine confirmed.
const GOAL: f64 = 0.95;

/// Reference for cases without one.
const NOW: DateTime = jiff::civil::date(2016, 11, 7).at(0, 0, 0, 0);

/// Scores lines of `dates*.jsonl`.
pub fn score(cases: &[Value]) -> Score {
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let (mut failures, mut excepted) = (Vec::new(), 0);
    for case in cases {
        let (tier, kind) = (text(case, "tier"), text(case, "kind"));
        let found = read(case);
        let right = passes(case, found.when.first().map(|window| window.span));
        for key in [(tier.clone(), "all".to_owned()), (tier.clone(), kind)] {
            let count = counts.entry(key).or_default();
            count.0 += usize::from(right);
            count.1 += 1;
        }
        if !right {
            excepted += usize::from(passes(case, found.except.first().copied()));
            failures.push(failure(case, &tier, &found.when));
        }
    }
    let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
    let met = counts
        .get(&("silver".to_owned(), "all".to_owned()))
        .is_none_or(|(right, all)| share(*right, *all) >= GOAL);
    let lines = counts.iter().rev().map(|((tier, kind), (right, all))| {
        format!("{tier} {kind}: {right} of {all} ({:.1} %)", 100.0 * share(*right, *all))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.push(format!("{excepted} of the failures are absences, read as what does not suit"));
    lines.push(format!("{:.1} µs a sentence", microseconds(cases)));
    Score { title: String::new(), lines, failures, met }
}

fn text(case: &Value, field: &str) -> String {
    case[field].as_str().unwrap_or_default().to_owned()
}

/// The mean time of reading a sentence, words included.
fn microseconds(cases: &[Value]) -> f64 {
    let start = Instant::now();
    cases.iter().for_each(|case| drop(read(case)));
    start.elapsed().as_secs_f64() * 1e6 / cases.len().max(1) as f64
}

fn read(case: &Value) -> dates::Dates {
    let now = case["now"].as_str().and_then(|now| now.parse().ok()).unwrap_or(NOW);
    dates::find(&words::words(&text(case, "text")), now)
}

fn passes(case: &Value, first: Option<Span>) -> bool {
    let Some(expected) = case["expect"].as_array() else { return first.is_none() };
    let Some(first) = first else { return false };
    let overlap = case["match"] == "overlap";
    expected.iter().filter(|reading| reading["past"] != true).any(|reading| {
        let side = |name: &str| reading[name].as_str().and_then(|at| at.parse::<DateTime>().ok());
        let (from, to) = (side("from"), side("to"));
        if !overlap {
            return first.from == from && first.to == to;
        }
        let before = |a: Option<DateTime>, b: Option<DateTime>| a.zip(b).is_none_or(|(a, b)| a < b);
        before(first.from, to) && before(from, first.to)
    })
}

fn failure(case: &Value, tier: &str, found: &[Window]) -> String {
    let shown = |at: Option<DateTime>| at.map_or("…".to_owned(), |at| at.to_string());
    let first = found.first().map_or("nothing".to_owned(), |window| {
        format!("{} – {}", shown(window.span.from), shown(window.span.to))
    });
    let expected = case["expect"].as_array().map_or("nothing".to_owned(), |readings| {
        let acceptable = readings.iter().filter(|reading| reading["past"] != true);
        acceptable
            .map(|one| format!("{} – {}", one["from"], one["to"]))
            .collect::<Vec<_>>()
            .join(" or ")
    });
    format!("{tier} {}: {first} instead of {expected} (now {})", case["text"], case["now"])
}
