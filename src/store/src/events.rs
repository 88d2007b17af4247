//! What happened in calls, each once, and the counters kept with it.

use crate::{Reader, StoreError, Tx, calls};
use domain::event::EventKind;
use domain::id::{CallId, EventId};
use jiff::Timestamp;
use jiff::civil::Date;

/// An event to be written.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// The row's id.
    pub id: EventId,
    /// In which call.
    pub call: &'a CallId,
    /// What.
    pub kind: EventKind,
    /// What distinguishes two of a kind in one call.
    pub subject: &'a str,
    /// Facts without personal data, JSON.
    pub context: &'a str,
    /// A short reason.
    pub reason: Option<&'a str>,
    /// The tenant's day.
    pub day: Date,
    /// When.
    pub at: Timestamp,
}

/// What is counted of one day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DayCount {
    /// The tenant's day.
    pub day: String,
    /// Calls that started.
    pub calls: i64,
    /// Bookings.
    pub bookings: i64,
    /// Transfers.
    pub transfers: i64,
    /// Abandons.
    pub abandons: i64,
}

const INSERT: &str = "INSERT INTO ivr_events
  (id, client_id, call_id, event, subject, context, reason, local_day, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (client_id, call_id, event, subject) DO NOTHING";
const SERVED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM ivr_events
  WHERE client_id = $1 AND call_id = $2 AND event IN ('booking_confirmed', 'modify_done',
    'cancel_done', 'prospect_created', 'ticket_created', 'question_answered', 'message_taken',
    'transferred_human', 'emergency')";
const COUNTERS: &str = "SELECT day, calls, bookings, transfers, abandons FROM day_counters
  WHERE tenant_id = $1 ORDER BY day";
// Days whose events are no longer kept stay as they were counted.
const FORGET_COUNTERS: &str = "DELETE FROM day_counters WHERE tenant_id = $1 AND day >=
  COALESCE((SELECT MIN(local_day) FROM ivr_events WHERE client_id = $1), '')";
const REBUILD: &str =
    "INSERT INTO day_counters (tenant_id, day, calls, bookings, transfers, abandons)
  SELECT client_id, local_day,
    SUM(CASE event WHEN 'call_started' THEN 1 ELSE 0 END),
    SUM(CASE event WHEN 'booking_confirmed' THEN 1 ELSE 0 END),
    SUM(CASE event WHEN 'transferred_human' THEN 1 ELSE 0 END),
    SUM(CASE event WHEN 'user_abandon' THEN 1 ELSE 0 END)
  FROM ivr_events WHERE client_id = $1
    AND event IN ('call_started', 'booking_confirmed', 'transferred_human', 'user_abandon')
  GROUP BY client_id, local_day";

/// Writes an event unless it is there already; a trigger counts it when it is
/// new. (The name is that of the first documents.)
pub async fn create_ivr_event(tx: &mut Tx, event: &NewEvent<'_>) -> Result<(), StoreError> {
    let (tenant, name) = (tx.tenant().0, event.kind.as_str());
    execute_later!(
        tx,
        None,
        INSERT,
        event.id.to_string(),
        tenant,
        event.call.as_str(),
        name,
        event.subject,
        event.context,
        event.reason,
        event.day.to_string(),
        event.at.as_millisecond(),
    )?;
    match rank(event.kind) {
        0 if event.kind == EventKind::TransferFailed => {
            calls::note_missed_transfer(tx, event.call).await
        }
        0 => Ok(()),
        rank => calls::note_outcome(tx, event.call, name, rank).await,
    }
}

/// How much an event says about what became of its call; as in
/// [`calls::note_outcome`].
fn rank(kind: EventKind) -> i64 {
    match kind {
        // Noted with the appointment, see `calls::note_booked`.
        EventKind::BookingConfirmed => 0,
        EventKind::ModifyDone => 10,
        EventKind::CancelDone => 9,
        EventKind::ProspectCreated => 8,
        EventKind::TicketCreated => 7,
        EventKind::TransferredHuman => 6,
        EventKind::Emergency => 5,
        EventKind::MessageTaken => 4,
        EventKind::QuestionAnswered | EventKind::AgentFailed => 3,
        EventKind::UserAbandon => 2,
        _ => 0,
    }
}

/// True when something of this kind happened in the call.
pub async fn happened(
    reader: &mut Reader,
    call: &CallId,
    kind: EventKind,
) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM ivr_events \
        WHERE client_id = $1 AND call_id = $2 AND event = $3";
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SQL => (i64,), tenant, call.as_str(), kind.as_str())?;
    Ok(found.is_some_and(|(count,)| count > 0))
}

/// True when the caller got something in this call.
pub async fn was_served(reader: &mut Reader, call: &CallId) -> Result<bool, StoreError> {
    let tenant = reader.tenant().0;
    let found = fetch_optional!(reader, SERVED => (i64,), tenant, call.as_str())?;
    Ok(found.is_some_and(|(count,)| count > 0))
}

/// Every counted day of the tenant, in order.
pub async fn counters_of(reader: &mut Reader) -> Result<Vec<DayCount>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, COUNTERS => DayCount, tenant)
}

/// Makes the tenant's counters again from its events.
pub async fn rebuild_counters(tx: &mut Tx) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, FORGET_COUNTERS, tenant)?;
    execute!(tx, REBUILD, tenant)?;
    Ok(())
}
