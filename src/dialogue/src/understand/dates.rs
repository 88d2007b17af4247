//! Dates, times and preferences: a constraint over the calendar.

use super::{Window, words::Word};
use domain::time::Span;
use jiff::civil::DateTime;

/// What an utterance says about time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dates {
    /// Acceptable windows, soonest future first, preferred reading first.
    pub when: Vec<Window>,
    /// Windows that do not suit.
    pub except: Vec<Span>,
    /// "Le plus tôt possible".
    pub earliest: bool,
}

/// Reads every temporal expression.
pub fn find(words: &[Word], now: DateTime) -> Dates {
    let _ = (words, now);
    Dates::default()
}
