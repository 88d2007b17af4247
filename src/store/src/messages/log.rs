//! What lists and figures show of messages; and messages that come.

use crate::{Reader, StoreError, Tx};
use domain::id::MessageId;
use domain::message::Recipient;
use jiff::Timestamp;

/// A message as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LogRow {
    /// Its id.
    pub id: String,
    /// How it travels.
    pub channel_type: String,
    /// `outbound` or `inbound`.
    pub direction: String,
    /// To whom.
    pub to_address: String,
    /// From whom.
    pub from_address: Option<String>,
    /// What it is by law.
    pub message_class: String,
    /// Why it is sent.
    pub origin: String,
    /// What it says.
    pub template_name: Option<String>,
    /// One line, for mail.
    pub subject: Option<String>,
    /// The words.
    pub content: Option<String>,
    /// How many messages are paid.
    pub segments: Option<i64>,
    /// What became of it.
    pub status: String,
    /// How often it was given to a provider.
    pub attempts: i64,
    /// Why it was not sent or delivered.
    pub error_code: Option<String>,
    /// Who carries it.
    pub provider: Option<String>,
    /// The carrier's name of it.
    pub external_message_id: Option<String>,
    /// What it cost.
    pub cost_cents: Option<i64>,
    /// In which currency.
    pub currency: Option<String>,
    /// When it was ordered or came.
    pub created_at: i64,
    /// When the provider took it.
    pub sent_at: Option<i64>,
    /// When the device had it.
    pub delivered_at: Option<i64>,
}

/// Which messages are listed.
#[derive(Debug, Clone, Default)]
pub struct Filter<'a> {
    /// Only of this channel.
    pub channel: Option<&'a str>,
    /// Only of this status.
    pub status: Option<&'a str>,
    /// Only what is listed after this one, by instant (milliseconds) and id: the next
    /// page. Without an id, only what is older than the instant.
    pub before: Option<(i64, String)>,
}

/// How many messages of a channel have a status.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// How they travel.
    pub channel_type: String,
    /// What became of them.
    pub status: String,
    /// How many.
    pub count: i64,
    /// What they cost, in cents.
    pub cost_cents: i64,
}

const LIST: &str = "SELECT id, channel_type, direction, to_address, from_address, message_class,
  origin, template_name, subject, content, segments, status, attempts, error_code, provider,
  external_message_id, cost_cents, currency, created_at, sent_at, delivered_at
  FROM channel_messages_log WHERE tenant_id = $1 AND ($2 = '' OR channel_type = $2)
    AND ($3 = '' OR status = $3)
    AND (created_at < $4 OR (created_at = $4 AND id < $5))
  ORDER BY created_at DESC, id DESC LIMIT $6";
const COUNTS: &str = "SELECT channel_type, status, COUNT(*) AS count,
  CAST(COALESCE(SUM(cost_cents), 0) AS BIGINT) AS cost_cents
  FROM channel_messages_log WHERE tenant_id = $1 AND direction = 'outbound' AND created_at >= $2
  GROUP BY channel_type, status ORDER BY channel_type, status";
const RECEIVE: &str = "INSERT INTO channel_messages_log (tenant_id, id, channel_type, direction,
  idempotency_key, to_address, from_address, message_class, origin, content, status, provider,
  external_message_id, cause_kind, cause_id, created_at, updated_at)
  VALUES ($1, $2, $3, 'inbound', $4, $5, $6, 'transactional', 'reply', $7, 'delivered', $8, $9,
    'tenant', '', $10, $10)
  ON CONFLICT (tenant_id, idempotency_key) DO NOTHING";

/// What became of the last try of a channel.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TestRow {
    /// In a word.
    pub status: String,
    /// Why it was not sent or delivered.
    pub error_code: Option<String>,
    /// When that was known.
    pub updated_at: i64,
}

const LAST_TEST: &str = "SELECT status, error_code, updated_at FROM channel_messages_log
  WHERE tenant_id = $1 AND channel_type = $2 AND origin = 'test'
  ORDER BY created_at DESC LIMIT 1";

/// The last try of a channel, if it was ever tried.
pub async fn last_test(reader: &mut Reader, channel: &str) -> Result<Option<TestRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, LAST_TEST => TestRow, tenant, channel)
}

/// Messages, the latest first.
pub async fn list(
    reader: &mut Reader,
    filter: &Filter<'_>,
    limit: i64,
) -> Result<Vec<LogRow>, StoreError> {
    let tenant = reader.tenant().0;
    let (channel, status) = (filter.channel.unwrap_or(""), filter.status.unwrap_or(""));
    let (at, id) = filter.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    fetch_all!(reader, LIST => LogRow, tenant, channel, status, at, id, limit)
}

/// How many messages of each channel and status since.
pub async fn counts(reader: &mut Reader, since: Timestamp) -> Result<Vec<CountRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, COUNTS => CountRow, tenant, since.as_millisecond())
}

/// A message that came.
#[derive(Debug, Clone)]
pub struct Received<'a> {
    /// Its id.
    pub id: MessageId,
    /// Who wrote, and how.
    pub from: &'a Recipient,
    /// To which address of ours.
    pub to: &'a str,
    /// The words.
    pub words: &'a str,
    /// Who carried it; `None`: it came by our own page.
    pub provider: Option<&'a str>,
    /// What makes it the same as another: the carrier's name of it.
    pub external: &'a str,
}

/// Keeps a message that came; false when it came before.
pub async fn receive(tx: &mut Tx, new: &Received<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let tenant = tx.tenant().0;
    let key = format!("in:{}:{}", new.provider.unwrap_or("uwi"), new.external);
    let kept = execute!(
        tx,
        RECEIVE,
        tenant,
        new.id.to_string(),
        new.from.channel().as_str(),
        key,
        new.to,
        new.from.address(),
        new.words,
        new.provider,
        new.provider.map(|_| new.external),
        now.as_millisecond(),
    )?;
    Ok(kept == 1)
}
