//! Appointments for the agenda and for one call.

use crate::{Reader, StoreError};

/// One appointment.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VisitRow {
    /// Its id.
    pub id: String,
    /// On which calendar.
    pub calendar_id: String,
    /// What.
    pub service_id: String,
    /// For whom.
    pub customer_name: String,
    /// How to reach them, E.164.
    pub customer_phone: Option<String>,
    /// Their mail address.
    pub customer_email: Option<String>,
    /// Local day, ISO.
    pub rdv_date: String,
    /// Local time, `HH:MM`.
    pub rdv_time: String,
    /// The instant.
    pub starts_at: i64,
    /// Its end.
    pub ends_at: i64,
    /// How long.
    pub rdv_duration_minutes: i64,
    /// `confirmed`, `cancelled`, …
    pub status: String,
    /// Why they come, in their words.
    pub motive: Option<String>,
    /// The provider's name of the call that made it.
    pub call_id: Option<String>,
    /// `sara`, `manual` or `web`.
    pub created_by: String,
    /// What may be told to them.
    pub notes: Option<String>,
    /// What never leaves the practice.
    pub internal_notes: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// When it was written.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
}

macro_rules! visits {
    ($rest:literal) => {
        concat!("SELECT ", visit_columns!(), " FROM rendez_vous WHERE tenant_id = $1 ", $rest)
    };
}

/// Appointments that start in a span, cancelled ones included, in order.
pub async fn between(
    reader: &mut Reader,
    from: i64,
    to: i64,
    limit: i64,
) -> Result<Vec<VisitRow>, StoreError> {
    const SQL: &str = visits!(
        "AND starts_at >= $2 AND starts_at < $3 \
        ORDER BY starts_at, calendar_id, id LIMIT $4"
    );
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => VisitRow, tenant, from, to, limit)
}

/// The next confirmed appointments, soonest first.
pub async fn coming(
    reader: &mut Reader,
    from: i64,
    limit: i64,
) -> Result<Vec<VisitRow>, StoreError> {
    const SQL: &str = visits!(
        "AND starts_at >= $2 AND status = 'confirmed' \
        ORDER BY starts_at, calendar_id, id LIMIT $3"
    );
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => VisitRow, tenant, from, limit)
}

/// What a call made, in order; at most 20.
pub async fn of_call(reader: &mut Reader, call_sid: &str) -> Result<Vec<VisitRow>, StoreError> {
    const SQL: &str = visits!("AND call_id = $2 ORDER BY created_at, id LIMIT 20");
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => VisitRow, tenant, call_sid)
}

/// One appointment.
pub async fn one(reader: &mut Reader, id: &str) -> Result<Option<VisitRow>, StoreError> {
    const SQL: &str = visits!("AND id = $2");
    let tenant = reader.tenant().0;
    fetch_optional!(reader, SQL => VisitRow, tenant, id)
}

/// Appointments of one calendar that start in a span, cancelled ones included.
pub async fn of_calendar(
    reader: &mut Reader,
    calendar: &str,
    (from, to): (i64, i64),
    limit: i64,
) -> Result<Vec<VisitRow>, StoreError> {
    const SQL: &str = visits!(
        "AND calendar_id = $2 AND starts_at >= $3 AND starts_at < $4 \
        ORDER BY starts_at, id LIMIT $5"
    );
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => VisitRow, tenant, calendar, from, to, limit)
}
