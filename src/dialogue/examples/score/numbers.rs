//! Numbers: the expected one must be among those found; a sentence without
//! any must give none.

use crate::Score;
use dialogue::understand::{numbers, words};
use serde_json::Value;

/// The goal of the project.
const GOAL: f64 = 0.99;

/// Scores lines of `numbers*.jsonl`.
pub fn score(cases: &[Value]) -> Score {
    let mut failures = Vec::new();
    let mut exact = 0;
    for case in cases {
        let text = case["text"].as_str().unwrap_or_default();
        let found = numbers::find(&words::words(text));
        let right = match case["expect"].as_i64() {
            Some(expected) => found.contains(&expected),
            None => found.is_empty(),
        };
        exact += usize::from(right && found.len() <= 1);
        if !right {
            failures.push(format!("{text:?}: {found:?} instead of {}", case["expect"]));
        }
    }
    let right = cases.len() - failures.len();
    let share = right as f64 / cases.len().max(1) as f64;
    Score {
        title: String::new(),
        lines: vec![format!(
            "{right} of {} ({:.2} %), {exact} as the only number",
            cases.len(),
            100.0 * share
        )],
        failures,
        met: share >= GOAL,
    }
}
