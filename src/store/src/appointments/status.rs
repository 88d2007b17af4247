//! What became of appointments, and what is known of whom they are for.

use super::claims::free_all;
use crate::dashboard::agenda::VisitRow;
use crate::{Sql, StoreError, Tx};
use domain::appointment::Status;
use domain::id::AppointmentId;
use domain::phone::E164;
use jiff::Timestamp;

const LOCK: Sql = Sql {
    sqlite: concat!(
        "SELECT ",
        visit_columns!(),
        " FROM rendez_vous WHERE tenant_id = $1 AND id = $2"
    ),
    postgres: concat!(
        "SELECT ",
        visit_columns!(),
        " FROM rendez_vous WHERE tenant_id = $1 AND id = $2 FOR UPDATE"
    ),
};
const SETTLE: &str = "UPDATE rendez_vous SET status = $4, completed_at = $5, updated_at = $6,
  version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = $3";
const AMEND: &str = "UPDATE rendez_vous SET customer_name = $3, name_key = $4, customer_phone = $5,
  customer_email = $6, motive = $7, notes = $8, internal_notes = $9, updated_at = $10,
  version = version + 1 WHERE tenant_id = $1 AND id = $2";

/// For whom an appointment is, and what is noted of it.
#[derive(Debug, Clone)]
pub struct Details<'a> {
    /// For whom.
    pub name: &'a str,
    /// The same, folded, to compare by.
    pub name_key: &'a str,
    /// How to reach them.
    pub phone: Option<&'a E164>,
    /// Written address.
    pub email: Option<&'a str>,
    /// Why they come.
    pub motive: Option<&'a str>,
    /// What may be told to them.
    pub notes: Option<&'a str>,
    /// What never leaves the practice.
    pub internal_notes: Option<&'a str>,
}

/// Reads an appointment that is to be changed: nobody else changes it before
/// the transaction ends.
pub async fn lock(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<VisitRow>, StoreError> {
    let (tenant, sql) = (tx.tenant().0, tx.pick(LOCK));
    fetch_optional!(tx, sql => VisitRow, tenant, appointment.to_string())
}

/// Notes what became of an appointment; false when its status is not `from`
/// any more. One that does not keep its time gives it back.
pub async fn settle(
    tx: &mut Tx,
    appointment: AppointmentId,
    (from, to): (Status, Status),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (tenant, id, now) = (tx.tenant().0, appointment.to_string(), now.as_millisecond());
    let completed = (to == Status::Completed).then_some(now);
    let done =
        execute!(tx, SETTLE, tenant, id.as_str(), from.as_str(), to.as_str(), completed, now)?;
    if done == 1
        && !to.keeps_time()
        && let Some(row) = lock(tx, appointment).await?
    {
        free_all(tx, &row).await?;
    }
    Ok(done == 1)
}

/// Writes for whom an appointment is; false when it is not there.
pub async fn amend(
    tx: &mut Tx,
    appointment: AppointmentId,
    details: &Details<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let done = execute!(
        tx,
        AMEND,
        tenant,
        appointment.to_string(),
        details.name,
        details.name_key,
        details.phone.map(E164::as_str),
        details.email,
        details.motive,
        details.notes,
        details.internal_notes,
        now.as_millisecond()
    )?;
    Ok(done == 1)
}
