//! What was done to appointments after they were made.

use crate::{Reader, StoreError, Tx};
use domain::appointment::{Author, Change};
use domain::id::{AppointmentId, CallId};
use jiff::Timestamp;
use uuid::Uuid;

/// The most changes of one appointment that are read.
const LIMIT: i64 = 100;

/// A change to be noted.
#[derive(Debug, Clone)]
pub struct NewChange<'a> {
    /// Its id.
    pub id: Uuid,
    /// Of what.
    pub appointment: AppointmentId,
    /// What was done.
    pub change: Change,
    /// JSON: times before and after, names of fields; no person.
    pub details: &'a str,
    /// How it came.
    pub author: Author,
    /// A member's address or a token's prefix.
    pub by: Option<&'a str>,
    /// The call in which it was done.
    pub call: Option<&'a CallId>,
    /// When.
    pub at: Timestamp,
}

/// A change as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChangeRow {
    /// Its id.
    pub id: String,
    /// `moved`, `cancelled`, …
    pub change: String,
    /// JSON.
    pub details: String,
    /// `sara`, `manual` or `web`.
    pub author: String,
    /// A member's address or a token's prefix.
    pub by_whom: Option<String>,
    /// The provider's name of the call.
    pub call_id: Option<String>,
    /// When.
    pub changed_at: i64,
}

/// Notes a change, in the transaction that has just made it.
pub async fn note(tx: &mut Tx, new: &NewChange<'_>) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO rendez_vous_history \
        (tenant_id, id, appointment_id, change, details, author, by_whom, call_id, changed_at, \
         version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
         (SELECT version FROM rendez_vous WHERE tenant_id = $1 AND id = $3))";
    let tenant = tx.tenant().0;
    execute!(
        tx,
        SQL,
        tenant,
        new.id.to_string(),
        new.appointment.to_string(),
        new.change.as_str(),
        new.details,
        new.author.as_str(),
        new.by,
        new.call.map(CallId::as_str),
        new.at.as_millisecond()
    )?;
    Ok(())
}

/// What was done to an appointment, newest first; at most 100.
pub async fn of(reader: &mut Reader, appointment: &str) -> Result<Vec<ChangeRow>, StoreError> {
    const SQL: &str = "SELECT id, change, details, author, by_whom, call_id, changed_at \
        FROM rendez_vous_history WHERE tenant_id = $1 AND appointment_id = $2 \
        ORDER BY version DESC, id DESC LIMIT $3";
    let tenant = reader.tenant().0;
    fetch_all!(reader, SQL => ChangeRow, tenant, appointment, LIMIT)
}
