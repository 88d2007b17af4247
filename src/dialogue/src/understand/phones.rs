//! Dictated telephone numbers: every reading the words allow.
//!
//! `tokens` finds the runs of digits in an utterance, `corrections` applies
//! "double" and "non pardon", `lattice` cuts number words in every way they
//! can be cut, and `readings` keeps the cuttings that make a whole number.

mod atoms;
mod corrections;
mod countries;
mod denial;
mod difference;
mod lattice;
mod manner;
mod nature;
mod places;
mod readings;
mod run;
#[cfg(test)]
mod tests;
mod tokens;
mod whole;

use super::words::Word;
pub use difference::{Difference, differences, separate};
use run::Heard;
use serde::{Deserialize, Serialize};

/// One reading of a dictated number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneReading {
    /// As dialled in France ("0639981234"); a foreign number keeps its `+`.
    pub digits: String,
    /// Canonical form.
    pub e164: String,
}

/// Digits heard that are not a whole number yet: what each group may be, so
/// that the next turn can go on from here (see [`resume`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictation {
    /// The groups in order; each with every way its words can be written,
    /// numbers separated by spaces ("60 17", "77").
    pub groups: Vec<Vec<String>>,
}

/// What an utterance says about telephone numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phones {
    /// Every valid reading of the number said (of the last one, after a correction).
    pub readings: Vec<PhoneReading>,
    /// More than one reading of one number.
    pub ambiguous: bool,
    /// What was heard when it is not a whole number by itself; beside readings
    /// when the words may also be only the beginning of one.
    pub dictation: Option<Dictation>,
}

/// Reads dictated numbers.
pub fn find(words: &[Word]) -> Phones {
    run::read(&tokens::runs(words)).into()
}

/// The words that whole numbers take, as ranges of indices.
pub fn places(words: &[Word]) -> Vec<(usize, usize)> {
    places::places(words)
}

/// Goes on with a dictation begun in earlier turns. Without digits in the words
/// there is neither a reading nor a dictation, and the one before still holds.
pub fn resume(before: &Dictation, words: &[Word]) -> Phones {
    run::resume(before, &tokens::runs(words)).into()
}

/// The number that keys give; `*` starts again, `#` ends.
pub fn from_keypad(keys: &str) -> Phones {
    let last = keys.rsplit('*').next().unwrap_or_default();
    let digits: String =
        last.chars().take_while(|key| *key != '#').filter(char::is_ascii_digit).take(17).collect();
    let readings: Vec<PhoneReading> = readings::number(&digits, false).into_iter().collect();
    let part = readings.is_empty() && !digits.is_empty() && digits.len() < 10;
    Phones {
        readings,
        ambiguous: false,
        dictation: part.then(|| Dictation { groups: vec![vec![digits]] }),
    }
}

impl From<Heard> for Phones {
    fn from(heard: Heard) -> Self {
        let ambiguous = heard.readings.len() > 1 || (heard.cut_short && !heard.readings.is_empty());
        Self { readings: heard.readings, ambiguous, dictation: heard.dictation }
    }
}
