//! Reminders: which appointments come, what was ordered of them, and ordering
//! one so that nobody else does.

use crate::{Reader, StoreError, Tx};
use domain::id::{AppointmentId, MessageId};
use domain::message::Channel;
use jiff::Timestamp;

/// An appointment that comes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ComingRow {
    /// Its id.
    pub id: String,
    /// For whom.
    pub customer_name: String,
    /// How to reach them.
    pub customer_phone: Option<String>,
    /// Written address.
    pub customer_email: Option<String>,
    /// On which calendar.
    pub calendar_id: String,
    /// For what.
    pub service_id: String,
    /// The start.
    pub starts_at: i64,
    /// When it was given this start.
    pub timed_at: i64,
}

/// A reminder that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderedRow {
    /// Of which appointment.
    pub appointment_id: String,
    /// Which reminder.
    pub before_minutes: i64,
    /// Of which start.
    pub starts_at: i64,
    /// `ordered` or `withdrawn`.
    pub state: String,
    /// How it travelled.
    pub channel: String,
    /// How often it was ordered.
    pub tries: i64,
    /// What became of its message.
    pub message_status: Option<String>,
    /// Why it was not sent.
    pub message_code: Option<String>,
}

/// A reminder to be ordered.
#[derive(Debug, Clone, Copy)]
pub struct NewReminder<'a> {
    /// Of which appointment.
    pub appointment: AppointmentId,
    /// Which reminder.
    pub minutes: u32,
    /// Of which start.
    pub start: Timestamp,
    /// How it travels.
    pub channel: Channel,
    /// The how-manieth time it is ordered, from 1.
    pub tries: i64,
    /// When it came.
    pub due: &'a Timestamp,
}

const COMING: &str = "SELECT id, customer_name, customer_phone, customer_email, calendar_id,
  service_id, starts_at, COALESCE(moved_at, created_at) AS timed_at FROM rendez_vous
  WHERE tenant_id = $1 AND status = 'confirmed' AND starts_at > $2 AND starts_at <= $3
  ORDER BY starts_at, id LIMIT $4";
const ORDERED: &str = "SELECT r.appointment_id, r.before_minutes, r.starts_at, r.state, r.channel,
  r.tries, m.status AS message_status, m.error_code AS message_code
  FROM reminders r LEFT JOIN channel_messages_log m
    ON m.tenant_id = r.tenant_id AND m.id = r.message_id
  WHERE r.tenant_id = $1 AND r.starts_at > $2 AND r.starts_at <= $3
  ORDER BY r.starts_at, r.appointment_id LIMIT $4";
const CLAIM: &str = "INSERT INTO reminders (tenant_id, appointment_id, before_minutes, starts_at,
  state, channel, tries, due_at, ordered_at) VALUES ($1, $2, $3, $4, 'ordered', $5, $6, $7, $8)
  ON CONFLICT (tenant_id, appointment_id, before_minutes, starts_at) DO UPDATE
    SET state = 'ordered', channel = excluded.channel, tries = excluded.tries, message_id = NULL,
        due_at = excluded.due_at, ordered_at = excluded.ordered_at
    WHERE reminders.tries < excluded.tries";
const NAME: &str = "UPDATE reminders SET message_id = $5
  WHERE tenant_id = $1 AND appointment_id = $2 AND before_minutes = $3 AND starts_at = $4";
const FLAG: &str = "UPDATE rendez_vous SET
    reminder_24h_sent = CASE WHEN $3 = 1440 THEN 1 ELSE reminder_24h_sent END,
    reminder_1h_sent = CASE WHEN $3 = 60 THEN 1 ELSE reminder_1h_sent END
  WHERE tenant_id = $1 AND id = $2";
// One that may have left is not offered again if it has not.
const END: &str = "UPDATE channel_messages_log SET not_after = $3
  WHERE tenant_id = $1 AND cause_kind = 'appointment' AND cause_id = $2 AND status = 'unknown'
    AND (not_after IS NULL OR not_after > $3)";
const WITHDRAW: &str = "UPDATE reminders SET state = 'withdrawn'
  WHERE tenant_id = $1 AND appointment_id = $2 AND state = 'ordered' AND message_id IN
    (SELECT id FROM channel_messages_log WHERE tenant_id = $1 AND cause_kind = 'appointment'
       AND cause_id = $2 AND status = 'refused' AND error_code = 'cancelled')";
// Whether one that is switched on is configured as well is said by the sending
// path: what it refuses goes the other way.
const USABLE: &str = "SELECT channel_type FROM channel_configurations
  WHERE tenant_id = $1 AND enabled = 1 ORDER BY channel_type";
const TENANTS: &str =
    "SELECT tenant_id FROM tenants WHERE status = 'active' ORDER BY tenant_id LIMIT $1";

/// Confirmed appointments that start after `from` and until `to`, in order.
pub async fn coming(
    reader: &mut Reader,
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<ComingRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, COMING => ComingRow, tenant, from.as_millisecond(), to.as_millisecond(), limit)
}

/// What was ordered for starts after `from` and until `to`.
pub async fn ordered(
    reader: &mut Reader,
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<OrderedRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, ORDERED => OrderedRow, tenant, from.as_millisecond(), to.as_millisecond(), limit)
}

/// Takes a reminder; false when somebody else has.
pub async fn claim(tx: &mut Tx, new: &NewReminder<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let claimed = execute!(
        tx,
        CLAIM,
        tenant,
        new.appointment.to_string(),
        i64::from(new.minutes),
        new.start.as_millisecond(),
        new.channel.as_str(),
        new.tries,
        new.due.as_millisecond(),
        now.as_millisecond()
    )?;
    Ok(claimed == 1)
}

/// Notes the message of a reminder that was taken, and the flag of the
/// appointment that says so.
pub async fn name(
    tx: &mut Tx,
    new: &NewReminder<'_>,
    message: MessageId,
) -> Result<(), StoreError> {
    let (tenant, id) = (tx.tenant().0, new.appointment.to_string());
    let minutes = i64::from(new.minutes);
    let start = new.start.as_millisecond();
    execute_later!(tx, None, NAME, tenant, id.as_str(), minutes, start, message.to_string())?;
    execute_later!(tx, None, FLAG, tenant, id, minutes)
}

/// Notes that the messages of an appointment's reminders were taken back: for
/// the same start they may be ordered again. What a provider may have and may
/// have not is not given to it once more.
pub async fn withdraw(
    tx: &mut Tx,
    appointment: AppointmentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (tenant, id) = (tx.tenant().0, appointment.to_string());
    execute_later!(tx, None, END, tenant, id.as_str(), now.as_millisecond())?;
    execute_later!(tx, None, WITHDRAW, tenant, id)
}

/// The channels by which the tenant writes to people.
pub async fn usable_channels(reader: &mut Reader) -> Result<Vec<Channel>, StoreError> {
    let tenant = reader.tenant().0;
    let rows = fetch_all!(reader, USABLE => (String,), tenant)?;
    Ok(rows.iter().filter_map(|(word,)| Channel::parse(word)).collect())
}

/// The numbers of the tenants that are in use (directory).
pub async fn active_tenants(reader: &mut Reader, limit: i64) -> Result<Vec<i64>, StoreError> {
    let rows = fetch_all!(reader, TENANTS => (i64,), limit)?;
    Ok(rows.into_iter().map(|(tenant,)| tenant).collect())
}
