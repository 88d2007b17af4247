//! API tokens: `uwi_PREFIX_SECRET`, shown once; only the secret's hash is kept.

use crate::office::{Desk, Office, Who};
use crate::sign_in::hash;
use domain::id::TenantId;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::StoreError;
use store::identity::tokens::{self, TokenRow};
use subtle::ConstantTimeEq as _;

/// How exactly the last use is kept: writing it at every use would cost more than it tells.
const USE_GRAIN: SignedDuration = SignedDuration::from_mins(10);

/// Makes a token for a tenant; the text is its only copy.
pub async fn create(
    office: &Office,
    tenant: TenantId,
    name: &str,
    scopes: &[String],
    expires_at: Option<Timestamp>,
) -> Result<String, StoreError> {
    let now = office.world.clock.now();
    let prefix = hex::encode(office.world.ids.bytes::<6>());
    let secret = hex::encode(office.world.ids.bytes::<24>());
    let row = TokenRow {
        prefix: prefix.clone(),
        secret_hash: hash(&secret),
        tenant_id: tenant.0,
        name: name.to_owned(),
        scopes: scopes.join(" "),
        created_at: now.as_millisecond(),
        expires_at: expires_at.map(Timestamp::as_millisecond),
        last_used_at: None,
    };
    let mut tx = office.db.begin_directory().await?;
    tokens::create(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(format!("uwi_{prefix}_{secret}"))
}

/// The desk that a bearer token opens; `None` when it is not a valid one.
pub async fn check(office: &Arc<Office>, bearer: &str) -> Result<Option<Desk>, StoreError> {
    let Some((prefix, secret)) = bearer.strip_prefix("uwi_").and_then(|rest| rest.split_once('_'))
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
    if is_stale(&row, now) {
        let mut tx = office.db.begin_directory().await?;
        tokens::touch(&mut tx, prefix, now).await?;
        tx.commit().await?;
    }
    let scopes = row.scopes.split_whitespace().map(str::to_owned).collect();
    let who = Who::Token { prefix: row.prefix, scopes };
    Ok(Some(Desk::new(Arc::clone(office), TenantId(row.tenant_id), who)))
}

fn is_stale(row: &TokenRow, now: Timestamp) -> bool {
    let grain = USE_GRAIN.as_millis() as i64;
    row.last_used_at.is_none_or(|used| used.saturating_add(grain) < now.as_millisecond())
}
