//! What the caller wants.

use super::words::Word;
use serde::{Deserialize, Serialize};

/// One thing a caller may want (`uwi understand`'s names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the intents say it")]
pub enum Intent {
    Book,
    Cancel,
    Move,
    Lookup,
    Question,
    Prescription,
    Results,
    Message,
    Human,
    Callback,
    Abandon,
    Repeat,
    Slower,
    Complaint,
    Thanks,
    WrongNumber,
    Sales,
    OtherLanguage,
    Insult,
    Emergency,
}

/// Every intent, in order of mention; an emergency comes first.
pub fn find(words: &[Word], emergency: bool) -> Vec<Intent> {
    let _ = (words, emergency);
    Vec::new()
}

/// What a question is about, of the things every tenant can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// When it is open.
    Hours,
    /// Where it is.
    Address,
    /// How to get there, parking, lift.
    Access,
    /// What it costs.
    Price,
    /// What to bring.
    Documents,
}

/// The general topic of a question.
pub fn topic(words: &[Word]) -> Option<Topic> {
    let _ = words;
    None
}

/// The index of the FAQ entry that a question means, robust to short and
/// noisy wording; `None` when no entry is clearly meant.
pub fn faq(words: &[Word], faqs: &[domain::tenant::Faq]) -> Option<usize> {
    let _ = (words, faqs);
    None
}
