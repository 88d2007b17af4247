//! What a call has offered is kept for it while it lasts: a slot offered is a
//! slot that can be had. A hold is an offer's politeness; the claims of
//! [`book`](super::book) decide.

use super::range::{self, Range};
use crate::{Reader, Sql, StoreError, Tx};
use domain::availability::Slot;
use domain::id::{AppointmentId, CallId};
use jiff::Timestamp;

const FORGET: &str =
    "DELETE FROM slot_holds WHERE tenant_id = $1 AND (call_id = $2 OR until_at <= $3)";
const HOLD: Sql = Sql {
    sqlite: "INSERT INTO slot_holds (tenant_id, calendar_id, bucket, call_id, until_at)
      SELECT $1, w.value ->> 1, w.value ->> 0, $3, $4 FROM json_each($2) AS w
      WHERE NOT EXISTS (SELECT 1 FROM appointment_claims AS c WHERE c.tenant_id = $1
        AND c.calendar_id = w.value ->> 1 AND c.bucket = w.value ->> 0)
      ON CONFLICT (tenant_id, calendar_id, bucket) DO UPDATE
        SET call_id = excluded.call_id, until_at = excluded.until_at
        WHERE slot_holds.call_id = excluded.call_id",
    postgres: "INSERT INTO slot_holds (tenant_id, calendar_id, bucket, call_id, until_at)
      SELECT $1, w.value ->> 1, CAST(w.value ->> 0 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
      FROM json_array_elements(CAST($2 AS JSON)) WITH ORDINALITY AS w (value, place)
      WHERE NOT EXISTS (SELECT 1 FROM appointment_claims AS c WHERE c.tenant_id = $1
        AND c.calendar_id = w.value ->> 1 AND c.bucket = CAST(w.value ->> 0 AS BIGINT))
      ORDER BY w.place
      ON CONFLICT (tenant_id, calendar_id, bucket) DO UPDATE
        SET call_id = excluded.call_id, until_at = excluded.until_at
        WHERE slot_holds.call_id = excluded.call_id",
};
// On a server, one that waited for another's hold looked at the claims before it waited,
// and that other may have booked meanwhile: looked at again, now that the holds are ours.
const CLAIMED_MEANWHILE: &str = "UPDATE slot_holds SET until_at = until_at
  WHERE tenant_id = $1 AND call_id = $2 AND EXISTS (SELECT 1 FROM appointment_claims c
    WHERE c.tenant_id = slot_holds.tenant_id AND c.calendar_id = slot_holds.calendar_id
      AND c.bucket = slot_holds.bucket)";
const IN_THE_WAY: &str = "SELECT CAST(
    (SELECT COUNT(*) FROM appointment_claims WHERE tenant_id = $1 AND calendar_id = $2
      AND bucket >= $3 AND bucket < $4 AND appointment_id <> $5)
  + (SELECT COUNT(*) FROM slot_holds WHERE tenant_id = $1 AND calendar_id = $2
      AND bucket >= $3 AND bucket < $4 AND call_id <> $6 AND until_at > $7) AS BIGINT)";

/// For whom a slot is looked at: what is theirs is not in their way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seeker<'a> {
    /// The call that may hold it.
    pub call: Option<&'a CallId>,
    /// The appointment that may have it.
    pub appointment: Option<AppointmentId>,
}

/// Keeps these slots for a call until then, and nothing else.
/// [`StoreError::Conflict`], here or at the commit, when another call was faster.
pub async fn hold(
    tx: &mut Tx,
    call: &CallId,
    slots: &[Slot],
    (now, until): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    release(tx, call, now).await?;
    let tenant = tx.tenant().0;
    let ranges: Vec<_> = slots.iter().map(Range::of).collect();
    let (sql, (pieces, whole)) = (tx.pick(HOLD), range::pieces(&ranges));
    let (name, until) = (call.as_str(), until.as_millisecond());
    execute_later!(tx, Some(whole), sql, tenant, pieces, name, until)?;
    // Our own file has one writer: nobody waits within a statement.
    if tx.queue().is_some() {
        return Ok(());
    }
    execute_later!(tx, Some(0), CLAIMED_MEANWHILE, tenant, name)
}

/// Gives back what a call holds, and what is held no longer.
pub async fn release(tx: &mut Tx, call: &CallId, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, FORGET, tenant, call.as_str(), now.as_millisecond())
}

/// True when nobody else has any part of a slot, or is being offered it.
pub async fn is_free(
    reader: &mut Reader,
    slot: &Slot,
    seeker: Seeker<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (tenant, range) = (reader.tenant().0, Range::of(slot));
    let found = fetch_optional!(
        reader,
        IN_THE_WAY => (i64,),
        tenant,
        range.calendar,
        range.from,
        range.to,
        seeker.appointment.map(|id| id.to_string()).unwrap_or_default(),
        seeker.call.map_or("", CallId::as_str),
        now.as_millisecond()
    )?;
    Ok(found.is_none_or(|(in_the_way,)| in_the_way == 0))
}
