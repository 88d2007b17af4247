//! The five-minute pieces of a calendar that a slot takes.

use crate::dashboard::agenda::VisitRow;
use domain::availability::Slot;
use serde_json::json;
use std::collections::BTreeSet;

/// The length of one piece, in milliseconds.
pub(super) const BUCKET: i64 = 300_000;

/// Pieces of one calendar.
#[derive(Clone, Copy)]
pub(super) struct Range<'a> {
    pub calendar: &'a str,
    pub from: i64,
    pub to: i64,
}

impl<'a> Range<'a> {
    /// Every piece that the slot touches.
    pub(super) fn of(slot: &'a Slot) -> Self {
        let (start, end) = (slot.start.as_millisecond(), slot.end.as_millisecond());
        Self::between(&slot.calendar.0, start, end)
    }

    /// Every piece that the appointment touches.
    pub(super) fn of_row(row: &'a VisitRow) -> Self {
        Self::between(&row.calendar_id, row.starts_at, row.ends_at)
    }

    fn between(calendar: &'a str, start: i64, end: i64) -> Self {
        let to = end.saturating_add(BUCKET - 1).div_euclid(BUCKET);
        Self { calendar, from: start.div_euclid(BUCKET), to }
    }
}

/// The pieces of some ranges for a statement that takes any number of them: JSON,
/// `[piece, calendar]` each, and how many they are. In one order for everybody, or
/// two transactions could wait for each other.
pub(super) fn pieces(ranges: &[Range<'_>]) -> (String, u64) {
    let all: BTreeSet<(i64, &str)> = ranges
        .iter()
        .flat_map(|range| (range.from..range.to).map(|piece| (piece, range.calendar)))
        .collect();
    (json!(all).to_string(), all.len() as u64)
}
