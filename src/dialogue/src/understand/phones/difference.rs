//! What separates the readings of an ambiguous number, so that only that is asked.

use super::{PhoneReading, run, tokens};
use crate::understand::words::Word;

/// One pair of digits in which readings differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which pair, from 0 for "06" to 4 for the last two digits.
    pub pair: usize,
    /// What it may be, in the order of the readings.
    pub choices: Vec<String>,
}

/// The pair that separates the readings best, the last one when several do
/// equally; `None` when there is nothing to separate or the numbers have not
/// the ten digits of a French one.
pub fn differences(readings: &[PhoneReading]) -> Option<Difference> {
    if readings.iter().any(|reading| reading.digits.len() != 10 || !reading.digits.is_ascii()) {
        return None;
    }
    (0..5)
        .map(|pair| Difference { pair, choices: choices(readings, pair) })
        .max_by_key(|difference| difference.choices.len())
        .filter(|best| best.choices.len() > 1)
}

fn choices(readings: &[PhoneReading], pair: usize) -> Vec<String> {
    let mut choices: Vec<String> = Vec::new();
    for reading in readings {
        let choice = &reading.digits[2 * pair..2 * pair + 2];
        if !choices.iter().any(|known| known == choice) {
            choices.push(choice.to_owned());
        }
    }
    choices
}

/// The readings that agree with the answer to the question after a pair: the
/// pair itself or more of the number around it, or the whole number again.
/// All of them when the words say no digits, none when they contradict each.
pub fn separate(readings: &[PhoneReading], pair: usize, words: &[Word]) -> Vec<PhoneReading> {
    let runs = tokens::runs(words);
    let heard = run::read(&runs);
    if !heard.readings.is_empty() {
        let agreed: Vec<PhoneReading> =
            readings.iter().filter(|reading| heard.readings.contains(reading)).cloned().collect();
        return if agreed.is_empty() { heard.readings } else { agreed };
    }
    let said = run::strings(&runs);
    if said.is_empty() {
        return readings.to_vec();
    }
    let agrees = |reading: &&PhoneReading| {
        said.iter().any(|digits| {
            (0..=2 * pair).rev().any(|from| {
                let here = reading
                    .digits
                    .get(from..)
                    .is_some_and(|tail| tail.starts_with(digits.as_str()));
                here && from + digits.len() >= 2 * pair + 2
            })
        })
    };
    readings.iter().filter(agrees).cloned().collect()
}
