//! Dictated telephone numbers: every reading the words allow.

use super::words::Word;
use serde::{Deserialize, Serialize};

/// One reading of a dictated number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneReading {
    /// As dialled in France ("0639981234").
    pub digits: String,
    /// Canonical form.
    pub e164: String,
}

/// Digits heard that are not a whole number yet: what each group may be, so
/// that the next turn can go on from here (see [`resume`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictation {
    /// The groups in order; each with every way its words can be written.
    pub groups: Vec<Vec<String>>,
}

/// What an utterance says about telephone numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phones {
    /// Every valid reading of the number said (of the last one, after a correction).
    pub readings: Vec<PhoneReading>,
    /// More than one reading of one number.
    pub ambiguous: bool,
    /// What was heard when it is not a whole number by itself.
    pub dictation: Option<Dictation>,
}

/// Reads dictated numbers.
pub fn find(words: &[Word]) -> Phones {
    let _ = words;
    Phones::default()
}

/// Goes on with a dictation begun in earlier turns.
pub fn resume(before: &Dictation, words: &[Word]) -> Phones {
    let _ = before;
    find(words)
}
