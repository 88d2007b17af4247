//! The snapshot: sums of day counters, so that its cost does not grow with
//! the number of events kept.

use crate::{Reader, StoreError};
use jiff::civil::Date;

/// The counters of one day, or their sum over several.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counters {
    /// Distinct calls that began.
    pub calls: i64,
    /// Committed bookings.
    pub bookings: i64,
    /// Transfers decided.
    pub transfers: i64,
    /// Callers who left with nothing.
    pub abandons: i64,
}

/// The counters of one day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DayCounters {
    /// The tenant's day, ISO.
    pub day: String,
    /// What was counted.
    #[sqlx(flatten)]
    pub counters: Counters,
}

/// The days from `from` to `to`, both included, that have counters, in order; at most 400.
pub async fn days(
    reader: &mut Reader,
    from: Date,
    to: Date,
) -> Result<Vec<DayCounters>, StoreError> {
    const SQL: &str = "SELECT day, calls, bookings, transfers, abandons FROM day_counters \
        WHERE tenant_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day LIMIT 400";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => DayCounters, tenant, from.to_string(), to.to_string())
}

/// When the last event of a kind happened between two days, and in which call.
pub async fn last_event(
    reader: &mut Reader,
    event: &str,
    from: i64,
    to: i64,
) -> Result<Option<(String, i64)>, StoreError> {
    const SQL: &str = "SELECT call_id, created_at FROM ivr_events \
        WHERE client_id = $1 AND event = $2 AND created_at >= $3 AND created_at < $4 \
        ORDER BY created_at DESC LIMIT 1";
    let tenant = reader.tenant().0;
    fetch_optional!(reader, SQL => (String, i64), tenant, event, from, to)
}
