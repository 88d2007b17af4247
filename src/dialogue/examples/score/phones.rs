//! Telephone numbers: the true reading is always among those returned, and
//! where the words have several readings that is said.

use crate::Score;
use crate::spoken::{self, Dice};
use dialogue::understand::phones::{self, Phones};
use dialogue::understand::words;
use serde_json::Value;

/// Scores lines of `phones*.jsonl`.
pub fn score(cases: &[Value]) -> Score {
    let mut tally = Tally::default();
    for case in cases {
        let all: Vec<&str> = case["expect"]["all_readings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let text = case["text"].as_str().unwrap_or_default();
        let said = Said {
            text: text.to_owned(),
            truth: case["expect"]["digits"].as_str().unwrap_or_default(),
            all,
            style: case["style"].to_string(),
        };
        tally.add(&said, &phones::find(&words::words(text)));
    }
    tally.score()
}

/// Scores so many numbers as the speaker of the tests says them, the same on
/// every machine.
pub fn generated(count: usize) -> Score {
    let mut tally = Tally::default();
    let mut dice = Dice::new(1);
    for _ in 0..count {
        let number = spoken::say(&mut dice);
        let said = Said {
            text: number.turns.join(" | "),
            truth: &number.digits,
            all: number.readings.iter().map(String::as_str).collect(),
            style: String::new(),
        };
        tally.add(&said, &spoken::heard(&number.turns));
    }
    Score { title: "generated numbers".into(), ..tally.score() }
}

/// A number as it was said.
struct Said<'a> {
    text: String,
    truth: &'a str,
    all: Vec<&'a str>,
    style: String,
}

#[derive(Default)]
struct Tally {
    cases: usize,
    missing: usize,
    silent_wrong: usize,
    unflagged: usize,
    incomplete: usize,
    needless: usize,
    not_first: usize,
    failures: Vec<String>,
}

impl Tally {
    fn add(&mut self, said: &Said<'_>, found: &Phones) {
        let Said { text, truth, all, style } = said;
        let digits: Vec<&str> =
            found.readings.iter().map(|reading| reading.digits.as_str()).collect();
        self.cases += 1;
        let mut fail = |what: &str, count: &mut usize| {
            *count += 1;
            self.failures
                .push(format!("{what}: {text:?} {truth} got {digits:?} of {all:?} {style}"));
        };
        if !digits.contains(truth) {
            fail("missing", &mut self.missing);
            if digits.len() == 1 {
                fail("silent wrong", &mut self.silent_wrong);
            }
        }
        if all.len() > 1 && !found.ambiguous {
            fail("unflagged", &mut self.unflagged);
        }
        if all.iter().any(|reading| !digits.contains(reading)) {
            fail("incomplete", &mut self.incomplete);
        }
        if all.len() == 1 && found.ambiguous {
            fail("needless", &mut self.needless);
        }
        self.not_first += usize::from(digits.first() != Some(truth));
    }

    fn score(self) -> Score {
        Score {
            title: String::new(),
            lines: vec![
                format!("{} numbers", self.cases),
                format!(
                    "{} without the true reading, {} silently wrong",
                    self.missing, self.silent_wrong
                ),
                format!(
                    "{} ambiguous but not flagged, {} without every reading",
                    self.unflagged, self.incomplete
                ),
                format!(
                    "{} flagged though unambiguous, {} with another reading first",
                    self.needless, self.not_first
                ),
            ],
            met: self.missing + self.silent_wrong + self.unflagged == 0,
            failures: self.failures,
        }
    }
}
