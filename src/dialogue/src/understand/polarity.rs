//! Yes and no in context.

use super::words::Word;
use serde::{Deserialize, Serialize};

/// Agreement or refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Plain agreement; "oui mais plutôt mardi" is not.
    Yes,
    /// Refusal ("pas d'accord", "ok non").
    No,
}

/// Yes, no, or neither ("mm" is neither).
pub fn find(words: &[Word]) -> Option<Polarity> {
    let _ = words;
    None
}
