//! Messages to and from people (`channel_messages_log`).
//!
//! [`insert`] writes what is to be sent; [`progress`] is how it gets further,
//! [`log`] what lists show, [`stops`] who does not want any, [`reports`] what
//! providers say before or after we know their names.

pub mod log;
pub mod progress;
pub mod reports;
pub mod stops;

use crate::{Reader, StoreError, Tx};
use domain::id::MessageId;
use domain::message::{Cause, Class, Event, Origin, Recipient, Status};
use jiff::Timestamp;

/// A message to be written.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// Its id.
    pub id: MessageId,
    /// The same cause writes one message.
    pub key: &'a str,
    /// To whom, and how.
    pub to: &'a Recipient,
    /// What it is by law.
    pub class: &'a Class,
    /// Why it is sent.
    pub origin: Origin,
    /// What it says.
    pub event: Event,
    /// In which language, ISO 639-1.
    pub language: &'a str,
    /// What its template is filled with, JSON.
    pub variables: &'a str,
    /// What it is about.
    pub cause: &'a Cause,
    /// Not to be sent before.
    pub not_before: Option<Timestamp>,
    /// Useless afterwards.
    pub not_after: Option<Timestamp>,
    /// [`Status::Pending`], or [`Status::Refused`] with its code.
    pub status: Status,
    /// Why it was refused.
    pub code: Option<&'a str>,
}

const INSERT: &str = "INSERT INTO channel_messages_log (tenant_id, id, channel_type,
  idempotency_key, to_address, message_class, consent, origin, template_name, language,
  template_variables, cause_kind, cause_id, not_before, not_after, status, error_code,
  created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)
  ON CONFLICT (tenant_id, idempotency_key) DO NOTHING";
const BY_KEY: &str =
    "SELECT id FROM channel_messages_log WHERE tenant_id = $1 AND idempotency_key = $2";
const CANCEL_KEY: &str = "UPDATE channel_messages_log SET status = 'refused',
  error_code = 'cancelled', updated_at = $3
  WHERE tenant_id = $1 AND idempotency_key = $2 AND status = 'pending'";
const CANCEL_CAUSE: &str = "UPDATE channel_messages_log SET status = 'refused',
  error_code = 'cancelled', updated_at = $4
  WHERE tenant_id = $1 AND cause_kind = $2 AND cause_id = $3 AND status = 'pending'";
const WAITS: &str = "SELECT CAST(1 AS BIGINT) FROM channel_messages_log
  WHERE tenant_id = $1 AND cause_kind = $2 AND cause_id = $3 AND template_name = $4
    AND status = 'pending' LIMIT 1";
const CANCEL_ALL: &str = "UPDATE channel_messages_log SET status = 'refused', error_code = $2,
  updated_at = $3 WHERE tenant_id = $1 AND status = 'pending'";

/// Writes a message; false when its key has written one before.
pub async fn insert(tx: &mut Tx, new: &NewMessage<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let written = execute!(
        tx,
        INSERT,
        tenant,
        new.id.to_string(),
        new.to.channel().as_str(),
        new.key,
        new.to.address(),
        new.class.as_str(),
        new.class.consent_json(),
        new.origin.as_str(),
        new.event.as_str(),
        new.language,
        new.variables,
        new.cause.kind(),
        new.cause.id(),
        new.not_before.map(Timestamp::as_millisecond),
        new.not_after.map(Timestamp::as_millisecond),
        new.status.as_str(),
        new.code,
        now.as_millisecond(),
    )?;
    Ok(written == 1)
}

/// The message that a key has written.
pub async fn of_key(reader: &mut Reader, key: &str) -> Result<Option<MessageId>, StoreError> {
    let tenant = reader.tenant().0;
    let row = fetch_optional!(reader, BY_KEY => (String,), tenant, key)?;
    Ok(row.and_then(|(id,)| id.parse().ok()))
}

/// Takes back the message of a key, unless it was given to a provider; true
/// when it was taken back.
pub async fn cancel_key(tx: &mut Tx, key: &str, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    Ok(execute!(tx, CANCEL_KEY, tenant, key, now.as_millisecond())? == 1)
}

/// True when a message of this event about a cause was ordered and no provider
/// has been given it.
pub async fn waits(reader: &mut Reader, cause: &Cause, event: &str) -> Result<bool, StoreError> {
    let (tenant, kind, id) = (reader.tenant().0, cause.kind(), cause.id());
    Ok(fetch_optional!(reader, WAITS => (i64,), tenant, kind, id, event)?.is_some())
}

/// Takes back every message of a cause that no provider has been given; gives
/// how many.
pub async fn cancel_cause(tx: &mut Tx, cause: &Cause, now: Timestamp) -> Result<u64, StoreError> {
    let tenant = tx.tenant().0;
    let (kind, id) = (cause.kind(), cause.id());
    execute!(tx, CANCEL_CAUSE, tenant, kind, id, now.as_millisecond())
}

/// Refuses every message of the tenant that no provider has been given, for
/// `code`; gives how many.
pub async fn cancel_all(tx: &mut Tx, code: &str, now: Timestamp) -> Result<u64, StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, CANCEL_ALL, tenant, code, now.as_millisecond())
}
