//! Who does not want to be written to (`stop_list`).

use crate::{Reader, StoreError, Tx};
use domain::message::{Channel, Recipient};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// How somebody came onto the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// They wrote it.
    Word,
    /// They followed the link of a message.
    Link,
    /// The provider says so.
    Provider,
    /// Somebody of the practice noted it.
    Manual,
}

impl Source {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Link => "link",
            Self::Provider => "provider",
            Self::Manual => "manual",
        }
    }
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StopRow {
    /// How they are not to be written to.
    pub channel_type: String,
    /// What is shown of the address.
    pub masked: String,
    /// How they came onto the list.
    pub source: String,
    /// Since when.
    pub stopped_at: i64,
}

const PUT: &str = "INSERT INTO stop_list
  (tenant_id, channel_type, address_hash, masked, source, stopped_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, channel_type, address_hash)
  DO UPDATE SET source = excluded.source, stopped_at = excluded.stopped_at, lifted_at = NULL
  WHERE stop_list.lifted_at IS NOT NULL";
const LIFT: &str = "UPDATE stop_list SET lifted_at = $4
  WHERE tenant_id = $1 AND channel_type = $2 AND address_hash = $3 AND lifted_at IS NULL";
const FIND: &str = "SELECT masked FROM stop_list
  WHERE tenant_id = $1 AND channel_type = $2 AND address_hash = $3 AND lifted_at IS NULL";
const LIST: &str = "SELECT channel_type, masked, source, stopped_at FROM stop_list
  WHERE tenant_id = $1 AND lifted_at IS NULL ORDER BY stopped_at DESC, address_hash LIMIT $2";

fn hash(tenant: i64, to: &Recipient) -> String {
    let text = format!("{tenant}\n{}\n{}", to.channel().as_str(), to.address());
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Puts somebody on the list.
pub async fn put(
    tx: &mut Tx,
    to: &Recipient,
    source: Source,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (tenant, channel) = (tx.tenant().0, to.channel().as_str());
    let (hash, now) = (hash(tenant, to), now.as_millisecond());
    execute_later!(tx, None, PUT, tenant, channel, hash, to.masked(), source.as_str(), now)
}

/// Takes somebody off the list: they want to be written to again.
pub async fn lift(tx: &mut Tx, to: &Recipient, now: Timestamp) -> Result<(), StoreError> {
    let (tenant, channel) = (tx.tenant().0, to.channel().as_str());
    execute_later!(tx, None, LIFT, tenant, channel, hash(tenant, to), now.as_millisecond())
}

/// Whether somebody is on the list.
pub async fn is_stopped(reader: &mut Reader, to: &Recipient) -> Result<bool, StoreError> {
    let (tenant, channel) = (reader.tenant().0, to.channel().as_str());
    let found = fetch_optional!(reader, FIND => (String,), tenant, channel, hash(tenant, to))?;
    Ok(found.is_some())
}

/// The list, the latest first.
pub async fn list(reader: &mut Reader, limit: i64) -> Result<Vec<StopRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, LIST => StopRow, tenant, limit)
}

/// A telephone that does not want text messages does not want WhatsApp either.
pub fn siblings(to: &Recipient) -> Vec<Recipient> {
    let other = match to.channel() {
        Channel::Sms => Recipient::parse(Channel::WhatsApp, &to.address()),
        Channel::WhatsApp => Recipient::parse(Channel::Sms, &to.address()),
        Channel::Email => None,
    };
    std::iter::once(to.clone()).chain(other).collect()
}
