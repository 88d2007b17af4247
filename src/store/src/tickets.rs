//! Messages, callbacks and other requests that wait for the practice.

use crate::outbox::{self, Lane, NewJob};
use crate::{Reader, StoreError, Tx};
use domain::event::EventKind;
use domain::id::{CallId, TicketId};
use domain::phone::E164;
use domain::support::{Priority, Reference};
use domain::ticket::Status;
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
    /// `message`, `callback`, … or a category of the tenant's support.
    pub category: &'a str,
    /// How urgent.
    pub priority: Priority,
    /// What the caller was told to quote; `None` for mere messages.
    pub reference: Option<&'a Reference>,
    /// Written address.
    pub email: Option<&'a str>,
    /// What is known in its parts, JSON.
    pub details: &'a str,
    /// The call that left it.
    pub call: Option<&'a CallId>,
    /// `sara` (in a call), `manual` or `web`.
    pub author: &'a str,
    /// Until when somebody should have answered.
    pub due: Timestamp,
    /// When.
    pub now: Timestamp,
}

const INSERT: &str = "INSERT INTO tickets (tenant_id, id, customer_name, customer_phone, subject,
  description, category, call_id, created_by, created_at, updated_at, priority, reference,
  customer_email, details, cause, due_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $15, $9, $9, $10, $11, $12, $13, $14, $16)
  ON CONFLICT (tenant_id, call_id, cause) WHERE cause <> '' DO NOTHING";

const COMPLETE: &str = "UPDATE tickets SET customer_name = COALESCE($3, customer_name),
  customer_phone = COALESCE($4, customer_phone), subject = $5, description = $6, updated_at = $7,
  version = version + 1
  WHERE tenant_id = $1 AND call_id = $2 AND cause IN ('transfer_failed', 'agent_failed')
    AND status = 'open'";
const MISSED: &str = "SELECT id FROM tickets
  WHERE tenant_id = $1 AND call_id = $2 AND cause IN ('transfer_failed', 'agent_failed') AND status = 'open'";

const EXISTS: &str =
    "SELECT id FROM tickets WHERE tenant_id = $1 AND call_id = $2 AND description = $3";

/// True when a call has left these words already.
pub async fn exists(reader: &mut Reader, call: &CallId, words: &str) -> Result<bool, StoreError> {
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, EXISTS => (String,), tenant, call.as_str(), words)?.is_some())
}

/// True when a request with these details waits, whoever left it.
pub async fn is_waiting(reader: &mut Reader, details: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM tickets WHERE tenant_id = $1 AND details = $2 \
        AND status IN ('open', 'in_progress')";
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, SQL => (String,), tenant, details)?.is_some())
}

/// A reference of the tenant's that was never given out before. It is the
/// transaction's own: one that is undone may be given out again.
pub async fn next_reference(tx: &mut Tx) -> Result<Reference, StoreError> {
    const NEXT: &str = "INSERT INTO ticket_references (tenant_id, issued) VALUES ($1, 1)
      ON CONFLICT (tenant_id) DO UPDATE SET issued = ticket_references.issued + 1
      RETURNING issued";
    let tenant = tx.tenant().0;
    let issued = fetch_optional!(tx, NEXT => (i64,), tenant)?;
    Ok(Reference::nth(issued.map_or(0, |(issued,)| issued - 1)))
}

/// Writes a request.
pub async fn insert(tx: &mut Tx, new: &NewTicket<'_>) -> Result<(), StoreError> {
    write(tx, new, "").await
}

/// Writes what an event leaves for the practice, once in a call.
pub async fn insert_once(
    tx: &mut Tx,
    new: &NewTicket<'_>,
    cause: EventKind,
) -> Result<(), StoreError> {
    write(tx, new, cause.as_str()).await
}

async fn write(tx: &mut Tx, new: &NewTicket<'_>, cause: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(
        tx,
        None,
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
        new.priority.as_str(),
        new.reference.map(Reference::as_str),
        new.email,
        new.details,
        cause,
        new.author,
        new.due.as_millisecond(),
    )?;
    match new.priority == Priority::Urgent || !cause.is_empty() {
        true => tell(tx, new, cause).await,
        false => Ok(()),
    }
}

/// The kind of job that tells the practice at once of a request. Its payload
/// is `{"ticket": id}`.
pub const ALERT: &str = "practice_alert";

/// The practice is told in the transaction of what it is told of, once.
async fn tell(tx: &mut Tx, new: &NewTicket<'_>, cause: &str) -> Result<(), StoreError> {
    let (tenant, ticket) = (tx.tenant(), new.id.to_string());
    let key = match new.call {
        Some(call) if !cause.is_empty() => format!("{ALERT}:{tenant}:{cause}:{call}"),
        _ => format!("{ALERT}:{ticket}"),
    };
    let payload = format!("{{\"ticket\":\"{ticket}\"}}");
    let job = NewJob {
        id: new.id.0,
        tenant: Some(tenant),
        kind: ALERT,
        lane: Lane::Urgent,
        payload: &payload,
        key: &key,
        due: new.now,
    };
    outbox::insert(tx, &job, new.now).await
}

/// What may be changed of a request, as it shall be.
#[derive(Debug, Clone)]
pub struct TicketData<'a> {
    /// Who left it.
    pub name: Option<&'a str>,
    /// How to reach them, E.164.
    pub phone: Option<&'a str>,
    /// Written address.
    pub email: Option<&'a str>,
    /// What it is about, in a line.
    pub subject: &'a str,
    /// In words.
    pub description: &'a str,
    /// What it is.
    pub category: &'a str,
    /// How urgent.
    pub priority: Priority,
    /// How far it is.
    pub status: Status,
    /// The member who sees to it.
    pub assigned_to: Option<&'a str>,
    /// What came of it.
    pub resolution: Option<&'a str>,
    /// Until when somebody should have answered; `None`: nothing presses.
    pub due_at: Option<i64>,
}

const UPDATE: &str = "UPDATE tickets SET customer_name = $4, customer_phone = $5,
  customer_email = $6, subject = $7, description = $8, category = $9, priority = $10,
  assigned_at = CASE WHEN $12 IS NULL THEN NULL
    WHEN assigned_to = $12 THEN assigned_at ELSE $15 END,
  resolved_at = CASE WHEN $11 NOT IN ('resolved', 'closed') THEN NULL
    ELSE COALESCE(resolved_at, $15) END,
  closed_at = CASE WHEN $11 <> 'closed' THEN NULL ELSE COALESCE(closed_at, $15) END,
  status = $11, assigned_to = $12, resolution_notes = $13, due_at = $14, updated_at = $15,
  version = version + 1
  WHERE tenant_id = $1 AND id = $2 AND version = $3";

/// Changes a request that is still at this version; false when it is not.
pub async fn update(
    tx: &mut Tx,
    (id, version): (&str, i64),
    data: &TicketData<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let touched = execute!(
        tx,
        UPDATE,
        tenant,
        id,
        version,
        data.name,
        data.phone,
        data.email,
        data.subject,
        data.description,
        data.category,
        data.priority.as_str(),
        data.status.as_str(),
        data.assigned_to,
        data.resolution,
        data.due_at,
        now.as_millisecond(),
    )?;
    Ok(touched == 1)
}

/// Something that was done with a request.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Its id.
    pub id: uuid::Uuid,
    /// Of which request.
    pub ticket: &'a str,
    /// `created`, `changed`, `comment` or `answer`.
    pub kind: &'a str,
    /// Who.
    pub author: &'a str,
    /// The words, if any.
    pub body: &'a str,
    /// What changed, JSON.
    pub detail: &'a str,
    /// The message that carries an answer.
    pub message: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

/// Notes what was done with a request.
pub async fn note(tx: &mut Tx, new: &NewEntry<'_>) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO ticket_history (tenant_id, id, ticket_id, kind, author, body, \
        detail, message_id, created_at, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
        (SELECT COALESCE(MAX(position), 0) + 1 FROM ticket_history \
         WHERE tenant_id = $1 AND ticket_id = $3))";
    let tenant = tx.tenant().0;
    execute!(
        tx,
        SQL,
        tenant,
        new.id.to_string(),
        new.ticket,
        new.kind,
        new.author,
        new.body,
        new.detail,
        new.message,
        new.now.as_millisecond(),
    )?;
    Ok(())
}

/// Fills what a missed transfer has left with what the caller says; `None` when
/// nothing of the kind waits any more.
pub async fn complete(tx: &mut Tx, new: &NewTicket<'_>) -> Result<Option<TicketId>, StoreError> {
    let Some(call) = new.call else { return Ok(None) };
    let tenant = tx.tenant().0;
    let touched = execute!(
        tx,
        COMPLETE,
        tenant,
        call.as_str(),
        new.name,
        new.phone.map(E164::as_str),
        new.subject,
        new.description,
        new.now.as_millisecond(),
    )?;
    if touched == 0 {
        return Ok(None);
    }
    let found = fetch_optional!(tx, MISSED => (String,), tenant, call.as_str())?;
    Ok(found.and_then(|(id,)| id.parse().ok()))
}
