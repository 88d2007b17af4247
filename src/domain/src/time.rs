//! Local time: spans, weekly hours, closures, public holidays.

pub mod holidays;
pub mod hours;
pub mod words;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A span of local wall time, `from` inclusive, `to` exclusive; an open side is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First local minute in the span.
    pub from: Option<DateTime>,
    /// First local minute after the span.
    pub to: Option<DateTime>,
}

impl Span {
    /// True when `at` lies within.
    pub fn contains(&self, at: DateTime) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }
}
