//! Deleting a tenant: nobody reaches it and nobody enters it any more, at once;
//! what it pays for goes back after the grace period, by the reconciler.

use crate::agents::retire;
use crate::numbers::release;
use crate::office::Office;
use crate::outbox::after;
use crate::sending::Refusal;
use domain::id::TenantId;
use domain::numbers::GRACE;
use jiff::Timestamp;
use store::identity::{sessions, tokens};
use store::{StoreError, Tx, agents, messages, numbers, provisionings, routes, tenants};

/// The most assistants and numbers of a tenant, deleted ones not counted.
const MOST: i64 = 10_000;

/// Why a tenant was not deleted. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DeleteError {
    /// There is no such tenant.
    #[error("there is no such tenant")]
    NoTenant,
    /// The house needs it.
    #[error("the test tenant, and the tenant of calls to unknown numbers, stay")]
    Needed,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What deleting a tenant began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deleted {
    /// Which.
    pub tenant: TenantId,
    /// How many assistants end.
    pub agents: usize,
    /// How many numbers are given back.
    pub numbers: usize,
    /// When the first of them is, if there are any.
    pub release_at: Option<Timestamp>,
}

/// Deletes a tenant; again and again without harm.
pub async fn delete(office: &Office, tenant: TenantId) -> Result<Deleted, DeleteError> {
    let rules = &office.rules;
    if tenant == rules.test.tenant || tenant == rules.default_tenant {
        return Err(DeleteError::Needed);
    }
    let now = office.world.clock.now();
    let mut tx = office.db.begin(tenant).await?;
    if tenants::get(&mut tx, tenant).await?.is_none() {
        return Err(DeleteError::NoTenant);
    }
    tenants::mark_deleted(&mut tx, now).await?;
    routes::remove_all(&mut tx, tenant).await?;
    tokens::revoke_all(&mut tx, now).await?;
    sessions::end_of_members(&mut tx, tenant).await?;
    messages::cancel_all(&mut tx, Refusal::TenantInactive.as_str(), now).await?;
    let deleted = wind_up(&mut tx, now).await?;
    tx.commit().await?;
    office.forget_tenant(tenant);
    office.forget_routes();
    Ok(deleted)
}

/// Ends everything that costs a deleted tenant something. Again with every
/// reconciliation: what was being made while the tenant was deleted ends too.
pub(crate) async fn wind_up(tx: &mut Tx, now: Timestamp) -> Result<Deleted, StoreError> {
    let ended = agents::list(tx, MOST).await?;
    for agent in &ended {
        retire(tx, &agent.agent_id, now).await?;
    }
    for number in numbers::of_tenant(tx, MOST).await? {
        release::give_up(tx, number, now).await?;
    }
    // Looked at next: what they have bought goes back.
    provisionings::hurry(tx, now).await?;
    let numbers = numbers::of_tenant(tx, MOST).await?;
    let first = numbers.iter().filter_map(|number| number.release_at).min();
    let first = first.and_then(|at| Timestamp::from_millisecond(at).ok());
    let release_at = first.or_else(|| (!numbers.is_empty()).then(|| after(now, GRACE)));
    Ok(Deleted { tenant: tx.tenant(), agents: ended.len(), numbers: numbers.len(), release_at })
}
