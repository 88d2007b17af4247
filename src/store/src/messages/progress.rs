//! How a message gets further. Before a provider is asked, the message is
//! unknown: whoever finds it so after a crash looks it up and never sends it
//! again blindly.

use crate::{Reader, Sql, StoreError, Tx};
use domain::id::MessageId;
use domain::message::Status;
use jiff::Timestamp;

/// A message as its job needs it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    /// Its id.
    pub id: String,
    /// How it travels.
    pub channel_type: String,
    /// To whom.
    pub to_address: String,
    /// What it is by law.
    pub message_class: String,
    /// The consent to it, JSON; commercial only.
    pub consent: Option<String>,
    /// Why it is sent.
    pub origin: String,
    /// What it says.
    pub template_name: Option<String>,
    /// In which language.
    pub language: String,
    /// What its template is filled with, JSON.
    pub template_variables: String,
    /// What was sent.
    pub content: Option<String>,
    /// What it is about: the kind.
    pub cause_kind: String,
    /// What it is about: the id.
    pub cause_id: String,
    /// What became of it.
    pub status: String,
    /// Who carries it.
    pub provider: Option<String>,
    /// The carrier's name of it.
    pub external_message_id: Option<String>,
    /// The carrier's template that it was sent by, whose words are the carrier's.
    pub approved_template: Option<String>,
    /// Useless afterwards.
    pub not_after: Option<i64>,
    /// Since when no carrier takes it.
    pub waiting_since: Option<i64>,
    /// How often the carrier did not know it.
    pub absences: i64,
    /// The last change.
    pub updated_at: i64,
}

/// What is about to be given to a provider.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// Who carries it.
    pub provider: &'a str,
    /// The sender.
    pub from: &'a str,
    /// One line, for mail.
    pub subject: Option<&'a str>,
    /// The words.
    pub content: &'a str,
    /// How many messages are paid.
    pub segments: Option<i64>,
    /// In which alphabet.
    pub encoding: Option<&'a str>,
    /// The carrier's template that fills it, if one does.
    pub template: Option<&'a str>,
}

const GET: &str = "SELECT id, channel_type, to_address, message_class, consent, origin,
  template_name, language, template_variables, content, cause_kind, cause_id, status, provider,
  external_message_id, approved_template, not_after, waiting_since, absences, updated_at
  FROM channel_messages_log WHERE tenant_id = $1 AND id = $2";
const REFUSE: &str = "UPDATE channel_messages_log SET status = 'refused', error_code = $3,
  content = COALESCE($4, content), updated_at = $5
  WHERE tenant_id = $1 AND id = $2 AND status IN ('pending', 'unknown')
    AND external_message_id IS NULL";
const BEGIN: &str = "UPDATE channel_messages_log SET status = 'unknown', attempts = attempts + 1,
  provider = $3, from_address = $4, subject = $5, content = $6, segments = $7, encoding = $8,
  error_code = NULL, updated_at = $9, approved_template = $10
  WHERE tenant_id = $1 AND id = $2 AND status = 'pending'";
const ACCEPTED: &str = "UPDATE channel_messages_log SET status = 'sent',
  external_message_id = $3, sent_at = $4, waiting_since = NULL, error_code = NULL, updated_at = $4
  WHERE tenant_id = $1 AND id = $2 AND status = 'unknown'";
const NAMED: &str = "UPDATE channel_messages_log SET external_message_id = $3
  WHERE tenant_id = $1 AND id = $2 AND external_message_id IS NULL";
const BACK: &str = "UPDATE channel_messages_log SET status = 'pending', error_code = $3,
  waiting_since = COALESCE(waiting_since, $4), absences = 0, updated_at = $4
  WHERE tenant_id = $1 AND id = $2 AND status = 'unknown' AND external_message_id IS NULL";
const ABSENT: &str = "UPDATE channel_messages_log SET absences = absences + 1, updated_at = $3
  WHERE tenant_id = $1 AND id = $2 AND status = 'unknown'";
const MOVE: &str = "UPDATE channel_messages_log SET status = $3,
  sent_at = CASE WHEN $3 IN ('sent', 'delivered', 'read') THEN COALESCE(sent_at, $5) ELSE sent_at END,
  delivered_at = CASE WHEN $3 IN ('delivered', 'read') THEN COALESCE(delivered_at, $5) ELSE delivered_at END,
  read_at = CASE WHEN $3 = 'read' THEN $5 ELSE read_at END,
  failed_at = CASE WHEN $3 = 'failed' THEN $5 ELSE failed_at END,
  error_code = CASE WHEN $3 = 'failed' THEN $6 ELSE NULL END, updated_at = $7
  WHERE tenant_id = $1 AND id = $2 AND status = $4";
const COST: &str = "UPDATE channel_messages_log SET cost_cents = $3, currency = $4
  WHERE tenant_id = $1 AND id = $2";
const TAKEN: &str = "SELECT id FROM channel_messages_log
  WHERE tenant_id = $1 AND provider = $2 AND external_message_id = $3";
// By when they were sent: what is read today may have been sent long ago. What
// is unknown has no such time; it was last touched when it was given away.
const SENT_TO: &str = "SELECT (SELECT COUNT(*) FROM channel_messages_log WHERE tenant_id = $1
    AND to_address = $2 AND channel_type = $3 AND origin = $4 AND direction = 'outbound'
    AND status IN ('sent', 'delivered', 'read') AND sent_at > $5)
  + (SELECT COUNT(*) FROM channel_messages_log WHERE tenant_id = $1 AND to_address = $2
    AND channel_type = $3 AND origin = $4 AND status = 'unknown' AND updated_at > $5)";
const SENT: &str = "SELECT (SELECT COUNT(*) FROM channel_messages_log WHERE tenant_id = $1
    AND channel_type = $2 AND direction = 'outbound'
    AND status IN ('sent', 'delivered', 'read') AND sent_at > $3)
  + (SELECT COUNT(*) FROM channel_messages_log WHERE tenant_id = $1
    AND channel_type = $2 AND status = 'unknown' AND updated_at > $3)";
const WROTE: &str = "SELECT id FROM channel_messages_log WHERE tenant_id = $1
  AND channel_type = 'whatsapp' AND direction = 'inbound' AND from_address = $2
  AND created_at > $3 LIMIT 1";

/// One message.
pub async fn get(reader: &mut Reader, id: MessageId) -> Result<Option<MessageRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => MessageRow, tenant, id.to_string())
}

/// Decides that a message is not sent, with the words that it would have had;
/// false when a provider was given it.
pub async fn refuse(
    tx: &mut Tx,
    id: MessageId,
    (code, content): (&str, Option<&str>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let now = now.as_millisecond();
    Ok(execute!(tx, REFUSE, tenant, id.to_string(), code, content, now)? == 1)
}

/// Until the transaction ends, nobody else's about this address goes on.
pub async fn one_by_one(tx: &mut Tx, address: &str) -> Result<(), StoreError> {
    // There, one transaction writes at a time anyway.
    const LOCK: Sql = Sql {
        sqlite: "SELECT 1 WHERE $1 <> $2",
        postgres: "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1 || ':' || $2, 16))",
    };
    let (tenant, sql) = (tx.tenant().0.to_string(), tx.pick(LOCK));
    fetch_optional!(tx, sql => (i32,), tenant, address)?;
    Ok(())
}

/// Takes a pending message to give it to a provider; false when somebody else
/// has it or it was taken back. From here on it is unknown.
pub async fn begin(
    tx: &mut Tx,
    id: MessageId,
    attempt: &Attempt<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let begun = execute!(
        tx,
        BEGIN,
        tenant,
        id.to_string(),
        attempt.provider,
        attempt.from,
        attempt.subject,
        attempt.content,
        attempt.segments,
        attempt.encoding,
        now.as_millisecond(),
        attempt.template,
    )?;
    Ok(begun == 1)
}

/// The provider has it, under this name.
pub async fn accepted(
    tx: &mut Tx,
    id: MessageId,
    external: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, ACCEPTED, tenant, id.to_string(), external, now.as_millisecond())?;
    // A report may have moved it on before its name was known.
    named(tx, id, external).await
}

/// Notes the provider's name of a message.
pub async fn named(tx: &mut Tx, id: MessageId, external: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, NAMED, tenant, id.to_string(), external)
}

/// The provider surely does not have it: it waits, for `code`.
pub async fn back(
    tx: &mut Tx,
    id: MessageId,
    code: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, BACK, tenant, id.to_string(), code, now.as_millisecond())
}

/// The provider did not know it when it was asked.
pub async fn absent(tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, ABSENT, tenant, id.to_string(), now.as_millisecond())
}

/// Moves a message on as reported, from the status that was seen;
/// [`StoreError::Conflict`], here or at the commit, when it was moved meanwhile.
pub async fn advance(
    tx: &mut Tx,
    id: MessageId,
    (from, to): (Status, Status),
    (at, code): (Timestamp, Option<&str>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (tenant, id) = (tx.tenant().0, id.to_string());
    let (at, now) = (at.as_millisecond(), now.as_millisecond());
    execute_later!(tx, Some(1), MOVE, tenant, id, to.as_str(), from.as_str(), at, code, now)
}

/// Notes what a message cost.
pub async fn cost(
    tx: &mut Tx,
    id: MessageId,
    cents: i64,
    currency: &str,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, None, COST, tenant, id.to_string(), cents, currency)
}

/// True when a message of ours bears that name already.
pub async fn is_known(
    reader: &mut Reader,
    provider: &str,
    external: &str,
) -> Result<bool, StoreError> {
    let tenant = reader.tenant().0;
    Ok(fetch_optional!(reader, TAKEN => (String,), tenant, provider, external)?.is_some())
}

/// How many messages of an origin went to an address by a channel since.
pub async fn count_to(
    reader: &mut Reader,
    (address, channel, origin): (&str, &str, &str),
    since: Timestamp,
) -> Result<i64, StoreError> {
    let tenant = reader.tenant().0;
    let since = since.as_millisecond();
    let row = fetch_optional!(reader, SENT_TO => (i64,), tenant, address, channel, origin, since)?;
    Ok(row.map_or(0, |(count,)| count))
}

/// How many messages left by a channel since.
pub async fn count(
    reader: &mut Reader,
    channel: &str,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let tenant = reader.tenant().0;
    let row = fetch_optional!(reader, SENT => (i64,), tenant, channel, since.as_millisecond())?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Whether somebody has written to us by WhatsApp since.
pub async fn has_written(
    reader: &mut Reader,
    from: &str,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let tenant = reader.tenant().0;
    let row = fetch_optional!(reader, WROTE => (String,), tenant, from, since.as_millisecond())?;
    Ok(row.is_some())
}
