//! What a tenant's support knows before it begins: its categories, what makes a
//! request urgent, and the reference a caller can quote.

mod usual;

use serde::{Deserialize, Serialize};
use std::fmt;
use usual::{BILLING, COMPLAINT, HIGH, LOW, QUESTION, TECHNICAL, URGENT};

/// A tenant's support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// What a request may be about; never empty. The last one is what a request
    /// is that fits none.
    pub categories: Vec<Category>,
    /// What makes a request more or less urgent than usual, folded cues.
    pub urgency: Vec<(Priority, Vec<String>)>,
}

/// What a request may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// `tickets.category`: a slug.
    pub id: String,
    /// As it is said in "c'est pour … ?".
    pub label: String,
    /// Words that tell it, folded; `factur*` begins with.
    pub words: Vec<String>,
    /// Whether how urgent it is is asked when the words do not tell.
    pub ask_urgency: bool,
}

/// `tickets.priority`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the priorities say it")]
pub enum Priority {
    Low,
    Medium,
    High,
    Urgent,
}

impl Priority {
    /// Every priority, the least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Reads [`Priority::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text)
    }
}

/// What a caller quotes to speak of their request: a letter and digits, unique
/// within the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

/// References of four digits; there are as many of five, and so on.
const FIRST: i128 = 9_000;

impl Reference {
    /// The reference of a tenant's n-th request, from 0. Not in sequence, so
    /// that nobody hears how many requests a practice has; no two are the same.
    pub fn nth(n: i64) -> Self {
        let (mut rank, mut count, mut base) = (i128::from(n.max(0)), FIRST, 1_000);
        while rank >= count {
            rank -= count;
            count *= 10;
            base *= 10;
        }
        // 7919 is prime and divides no count of this kind.
        Self(format!("T{}", base + (rank * 7_919 + 3_821) % count))
    }

    /// As stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For a voice: "T, 4, 8, 2, 1".
    pub fn spoken(&self) -> String {
        let letters: Vec<String> = self.0.chars().map(|letter| letter.to_string()).collect();
        letters.join(", ")
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Support {
    /// The categories of a tenant that names none.
    pub fn usual_categories() -> Vec<Category> {
        let category = |id: &str, label: &str, words: &[&str]| Category {
            id: id.into(),
            label: label.into(),
            words: owned(words),
            ask_urgency: id == "technique",
        };
        vec![
            category("technique", "un problème technique", TECHNICAL),
            category("facturation", "une facture", BILLING),
            category("reclamation", "une réclamation", COMPLAINT),
            category("question", "une question", QUESTION),
        ]
    }

    /// What tells a priority, unless the tenant says otherwise of it.
    pub fn usual_urgency(priority: Priority) -> Vec<String> {
        match priority {
            Priority::Urgent => owned(URGENT),
            Priority::High => owned(HIGH),
            Priority::Medium => Vec::new(),
            Priority::Low => owned(LOW),
        }
    }

    /// The category of that slug.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// What a request is that fits none.
    pub fn fallback(&self) -> &str {
        self.categories.last().map_or("question", |category| category.id.as_str())
    }
}

impl Default for Support {
    fn default() -> Self {
        let urgency = |priority| (priority, Self::usual_urgency(priority));
        Self {
            categories: Self::usual_categories(),
            urgency: Priority::ALL.into_iter().map(urgency).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn references_are_short_speakable_and_never_the_same() {
        let first = Reference::nth(0);
        assert_eq!(first.as_str(), "T4821");
        assert_eq!(first.spoken(), "T, 4, 8, 2, 1");
        let many: HashSet<String> = (0..120_000).map(|n| Reference::nth(n).to_string()).collect();
        assert_eq!(many.len(), 120_000);
        assert!((0..9_000).all(|n| Reference::nth(n).as_str().len() == 5));
        assert_eq!(Reference::nth(9_000).as_str().len(), 6);
        for n in [-1, i64::MAX] {
            assert!(Reference::nth(n).as_str().starts_with('T'));
        }
    }

    #[test]
    fn priorities_are_ordered_and_read_back() {
        assert!(Priority::Urgent > Priority::High && Priority::Medium > Priority::Low);
        for priority in Priority::ALL {
            assert_eq!(Priority::parse(priority.as_str()), Some(priority));
        }
    }

    #[test]
    fn a_request_that_fits_none_is_a_question() {
        let support = Support::default();
        assert_eq!(support.fallback(), "question");
        assert!(support.category("technique").is_some_and(|category| category.ask_urgency));
    }
}
