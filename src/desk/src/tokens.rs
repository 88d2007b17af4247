//! API tokens: `uwi_PREFIX_SECRET`, shown once; only the secret's hash is kept.
//! The prefix of an assistant's begins with `agent_`.
//!
//! [`check`] opens the desk of whoever carries one; the rest is what an owner
//! or the operator does with a tenant's tokens.

mod own;

pub use own::{Listed, TokenError, Wanted};

use crate::office::{Desk, Office, Who};
use crate::sign_in::hash;
use domain::id::TenantId;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::identity::tokens::{self, TokenRow};
use store::{StoreError, Tx};
use subtle::ConstantTimeEq as _;

/// How exactly the last use is kept: writing it at every use would cost more than it tells.
const USE_GRAIN: SignedDuration = SignedDuration::from_mins(1);

/// How the prefix of an assistant's token begins.
const AGENT: &str = "agent_";

/// A token to make.
struct New<'a> {
    tenant: TenantId,
    name: &'a str,
    scopes: &'a str,
    expires_at: Option<Timestamp>,
    /// The prefix of the one whose place it takes.
    replaces: Option<&'a str>,
}

/// Makes a token for a tenant, without asking who does; the text is its only copy.
pub async fn create(
    office: &Office,
    tenant: TenantId,
    name: &str,
    scopes: &[String],
    expires_at: Option<Timestamp>,
) -> Result<String, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let new = New { tenant, name, scopes: &scopes.join(" "), expires_at, replaces: None };
    let text = write(office, &mut tx, &new).await?;
    tx.commit().await?;
    Ok(text)
}

/// A token that is not stored yet.
pub(crate) struct Made {
    /// What its owner presents.
    pub text: String,
    /// The public part.
    pub prefix: String,
    secret: String,
}

fn made(office: &Office, kind: &str, secret: Option<[u8; 24]>) -> Made {
    let prefix = format!("{kind}{}", hex::encode(office.world.ids.bytes::<6>()));
    let secret = secret.unwrap_or_else(|| office.world.ids.bytes::<24>());
    Made { text: text(&prefix, secret), prefix, secret: hex::encode(secret) }
}

/// What the owner of a token presents.
pub(crate) fn text(prefix: &str, secret: [u8; 24]) -> String {
    format!("uwi_{prefix}_{}", hex::encode(secret))
}

/// Makes and stores a token for an assistant, which does not end by itself.
pub(crate) async fn for_agent(
    office: &Office,
    tx: &mut Tx,
    (name, scopes): (&str, &str),
    secret: Option<[u8; 24]>,
) -> Result<Made, StoreError> {
    let tenant = tx.tenant();
    let new = New { tenant, name, scopes, expires_at: None, replaces: None };
    let made = made(office, AGENT, secret);
    put(office, tx, &new, &made).await?;
    Ok(made)
}

async fn write(office: &Office, tx: &mut Tx, new: &New<'_>) -> Result<String, StoreError> {
    let agents = new.replaces.is_some_and(|old| old.starts_with(AGENT));
    let made = made(office, if agents { AGENT } else { "" }, None);
    put(office, tx, new, &made).await?;
    Ok(made.text)
}

async fn put(office: &Office, tx: &mut Tx, new: &New<'_>, made: &Made) -> Result<(), StoreError> {
    let row = TokenRow {
        prefix: made.prefix.clone(),
        secret_hash: hash(&made.secret),
        tenant_id: new.tenant.0,
        name: new.name.to_owned(),
        scopes: new.scopes.to_owned(),
        created_at: office.world.clock.now().as_millisecond(),
        expires_at: new.expires_at.map(Timestamp::as_millisecond),
        last_used_at: None,
        replaces: new.replaces.map(str::to_owned),
    };
    tokens::create(tx, &row).await
}

/// The desk that a bearer token opens; `None` when it is not a valid one.
pub async fn check(office: &Arc<Office>, bearer: &str) -> Result<Option<Desk>, StoreError> {
    let Some((prefix, secret)) = bearer.strip_prefix("uwi_").and_then(|rest| rest.rsplit_once('_'))
    else {
        return Ok(None);
    };
    let now = office.world.clock.now();
    let found = tokens::find(&mut office.db.read_directory().await?, prefix, now).await?;
    let given = hash(secret);
    let Some(row) = found.filter(|row| row.secret_hash.as_bytes().ct_eq(given.as_bytes()).into())
    else {
        return Ok(None);
    };
    note_use(office, &row, now).await?;
    let scopes = row.scopes.split_whitespace().map(str::to_owned).collect();
    let who = Who::Token { prefix: row.prefix, scopes };
    Ok(Some(Desk::new(Arc::clone(office), TenantId(row.tenant_id), who)))
}

async fn note_use(office: &Office, row: &TokenRow, now: Timestamp) -> Result<(), StoreError> {
    let since = now.saturating_sub(USE_GRAIN).unwrap_or(now);
    if row.last_used_at.is_some_and(|used| used >= since.as_millisecond()) {
        return Ok(());
    }
    let mut tx = office.db.begin_directory().await?;
    tokens::touch(&mut tx, &row.prefix, now, since).await?;
    tx.commit().await
}
