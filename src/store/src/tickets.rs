//! Messages, callbacks and other requests that wait for the practice.

use crate::{Reader, StoreError, Tx};
use domain::id::{CallId, TicketId};
use domain::phone::E164;
use jiff::Timestamp;

/// A request to be written.
#[derive(Debug, Clone)]
pub struct NewTicket<'a> {
    /// Its id.
    pub id: TicketId,
    /// Who leaves it.
    pub name: Option<&'a str>,
    /// How to reach them.
    pub phone: Option<&'a E164>,
    /// What it is about, in a line.
    pub subject: &'a str,
    /// Their words.
    pub description: &'a str,
    /// `message`, `callback`, …
    pub category: &'a str,
    /// The call that left it.
    pub call: Option<&'a CallId>,
    /// When.
    pub now: Timestamp,
}

const INSERT: &str = "INSERT INTO tickets (tenant_id, id, customer_name, customer_phone, subject,
  description, category, call_id, created_by, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sara', $9, $9)";

const EXISTS: &str =
    "SELECT id FROM tickets WHERE tenant_id = $1 AND call_id = $2 AND description = $3";

/// True when a call has left these words already.
pub async fn exists(reader: &mut Reader, call: &CallId, words: &str) -> Result<bool, StoreError> {
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, EXISTS => (String,), tenant, call.as_str(), words)?.is_some())
}

/// Writes a request.
pub async fn insert(tx: &mut Tx, new: &NewTicket<'_>) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(
        tx,
        INSERT,
        tenant,
        new.id.to_string(),
        new.name,
        new.phone.map(E164::as_str),
        new.subject,
        new.description,
        new.category,
        new.call.map(CallId::as_str),
        new.now.as_millisecond(),
    )?;
    Ok(())
}
