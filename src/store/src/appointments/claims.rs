//! Writing appointments: claiming their time, moving and releasing it.

use super::range::{self, Range};
use super::status::lock;
use super::{Claim, NewAppointment};
use crate::dashboard::agenda::VisitRow;
use crate::{Sql, StoreError, Tx};
use domain::availability::Slot;
use domain::id::{AppointmentId, CallId};
use domain::phone::E164;
use jiff::Timestamp;

const CLAIM: Sql = Sql {
    sqlite: "INSERT INTO appointment_claims (tenant_id, calendar_id, bucket, appointment_id)
      SELECT $1, w.value ->> 1, w.value ->> 0, $3 FROM json_each($2) AS w WHERE TRUE
      ON CONFLICT (tenant_id, calendar_id, bucket) DO NOTHING",
    postgres: "INSERT INTO appointment_claims (tenant_id, calendar_id, bucket, appointment_id)
      SELECT $1, w.value ->> 1, CAST(w.value ->> 0 AS BIGINT), CAST($3 AS TEXT)
      FROM json_array_elements(CAST($2 AS JSON)) WITH ORDINALITY AS w (value, place)
      ORDER BY w.place
      ON CONFLICT (tenant_id, calendar_id, bucket) DO NOTHING",
};
const CLAIMED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM appointment_claims
  WHERE tenant_id = $1 AND calendar_id = $2 AND bucket >= $3 AND bucket < $4 AND appointment_id = $5";
const FREE: &str = "DELETE FROM appointment_claims
  WHERE tenant_id = $1 AND appointment_id = $2 AND calendar_id = $3 AND bucket >= $4 AND bucket < $5
    AND NOT (calendar_id = $6 AND bucket >= $7 AND bucket < $8)";
const INSERT: &str = "INSERT INTO rendez_vous
  (tenant_id, id, calendar_id, service_id, customer_name, name_key, customer_phone, customer_email,
   rdv_date, rdv_time, timezone, starts_at, ends_at, rdv_type, rdv_duration_minutes, status, motive,
   call_id, created_by, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'confirmed', $16,
   $17, $18, $19, $19)";
const CANCEL: &str =
    "UPDATE rendez_vous SET status = 'cancelled', cancelled_at = $3, updated_at = $3,
  version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'confirmed'";
const MOVE: &str = "UPDATE rendez_vous SET calendar_id = $3, service_id = $4, rdv_date = $5,
  rdv_time = $6, starts_at = $7, ends_at = $8, rdv_duration_minutes = $9, updated_at = $10, moved_at = $10,
  reminder_24h_sent = 0, reminder_1h_sent = 0, confirmation_sent = 0, version = version + 1
  WHERE tenant_id = $1 AND id = $2 AND status = 'confirmed'";
const CORRECT: &str = "UPDATE rendez_vous SET customer_name = $3, name_key = $4,
  customer_phone = $5, customer_email = $6, updated_at = $7, version = version + 1
  WHERE tenant_id = $1 AND id = $2 AND status = 'confirmed'";

fn minutes(slot: &Slot) -> i64 {
    (slot.end.as_millisecond() - slot.start.as_millisecond()) / 60_000
}

/// Books a slot that was found [free](super::is_free). [`StoreError::Conflict`],
/// here or at the commit, when somebody else was faster.
pub async fn book(tx: &mut Tx, new: &NewAppointment<'_>) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    let id = new.id.to_string();
    let range = Range::of(new.slot);
    let (sql, (pieces, whole)) = (tx.pick(CLAIM), range::pieces(&[range]));
    execute_later!(tx, Some(whole), sql, tenant, pieces, id.as_str())?;
    let slot = new.slot;
    execute_later!(
        tx,
        Some(1),
        INSERT,
        tenant,
        id,
        slot.calendar.0.as_str(),
        slot.service.0.as_str(),
        new.name,
        new.name_key,
        new.phone.map(E164::as_str),
        new.email,
        slot.local.date().to_string(),
        slot.local.strftime("%H:%M").to_string(),
        new.zone,
        slot.start.as_millisecond(),
        slot.end.as_millisecond(),
        new.service_name,
        minutes(slot),
        new.motive,
        new.call.map(CallId::as_str),
        new.author.as_str(),
        new.now.as_millisecond(),
    )
}

/// Claims what is free of a range; [`Claim::Ours`] when all of it is ours then.
async fn claim(tx: &mut Tx, range: &Range<'_>, id: &str) -> Result<Claim, StoreError> {
    let tenant = tx.tenant().0;
    let (sql, (pieces, _)) = (tx.pick(CLAIM), range::pieces(&[*range]));
    execute!(tx, sql, tenant, pieces, id)?;
    let ours =
        fetch_optional!(tx, CLAIMED => (i64,), tenant, range.calendar, range.from, range.to, id)?;
    let whole = ours.is_some_and(|(ours,)| ours == range.to - range.from);
    Ok(if whole { Claim::Ours } else { Claim::Taken })
}

/// Gives back what an appointment has of a range, but for what it keeps.
async fn free(
    tx: &mut Tx,
    id: &str,
    range: &Range<'_>,
    kept: &Range<'_>,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    let (calendar, from, to) = (range.calendar, range.from, range.to);
    execute!(tx, FREE, tenant, id, calendar, from, to, kept.calendar, kept.from, kept.to)?;
    Ok(())
}

/// Gives back the whole time of an appointment.
pub(super) async fn free_all(tx: &mut Tx, row: &VisitRow) -> Result<(), StoreError> {
    let range = Range::of_row(row);
    free(tx, &row.id, &range, &Range { to: range.from, ..range }).await
}

/// Moves an appointment to a slot in one step: it keeps its old time when the
/// new one is taken.
pub async fn move_to(
    tx: &mut Tx,
    appointment: AppointmentId,
    slot: &Slot,
    now: Timestamp,
) -> Result<Claim, StoreError> {
    let Some(before) = lock(tx, appointment).await?.filter(|row| row.status == "confirmed") else {
        return Ok(Claim::Gone);
    };
    let (tenant, id, range) = (tx.tenant().0, appointment.to_string(), Range::of(slot));
    let old = Range::of_row(&before);
    if claim(tx, &range, &id).await? == Claim::Taken {
        free(tx, &id, &range, &old).await?;
        return Ok(Claim::Taken);
    }
    free(tx, &id, &old, &range).await?;
    let moved = execute!(
        tx,
        MOVE,
        tenant,
        id,
        slot.calendar.0.as_str(),
        slot.service.0.as_str(),
        slot.local.date().to_string(),
        slot.local.strftime("%H:%M").to_string(),
        slot.start.as_millisecond(),
        slot.end.as_millisecond(),
        minutes(slot),
        now.as_millisecond(),
    )?;
    Ok(if moved == 1 { Claim::Ours } else { Claim::Gone })
}

/// Cancels an appointment; false when it is gone already.
pub async fn cancel(
    tx: &mut Tx,
    appointment: AppointmentId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (tenant, id) = (tx.tenant().0, appointment.to_string());
    let Some(row) = lock(tx, appointment).await? else { return Ok(false) };
    let cancelled = execute!(tx, CANCEL, tenant, id.as_str(), now.as_millisecond())?;
    if cancelled == 1 {
        free_all(tx, &row).await?;
    }
    Ok(cancelled == 1)
}

/// Corrects for whom an appointment is; false when it is gone.
pub async fn correct(
    tx: &mut Tx,
    appointment: AppointmentId,
    (name, name_key): (&str, &str),
    (phone, email): (Option<&E164>, Option<&str>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (tenant, id, now) = (tx.tenant().0, appointment.to_string(), now.as_millisecond());
    let phone = phone.map(E164::as_str);
    Ok(execute!(tx, CORRECT, tenant, id, name, name_key, phone, email, now)? == 1)
}
