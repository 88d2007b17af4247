//! A choice among offers, independent of what was offered.

use super::words::Word;
use serde::{Deserialize, Serialize};

/// How the caller points at an offer. Day and hour are in
/// [`super::Understanding::when`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// "le premier" = 1, "le dernier" = -1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<i8>,
    /// "aucun", "autre chose", "ça ne me va pas".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// "plus tôt".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
    /// "plus tard".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
    /// "n'importe lequel", "peu importe".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub any: bool,
}

/// The choice, when the utterance makes one.
pub fn find(words: &[Word]) -> Option<Choice> {
    let _ = words;
    None
}
