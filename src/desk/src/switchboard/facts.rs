//! What webhooks say of a call besides its turns: that it exists, who calls.

use super::opening::{self, Place};
use super::{Begun, begin_call, log_caller};
use crate::live::Change;
use crate::office::Office;
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use domain::routing::Channel;
use domain::tenant::Profile;
use std::sync::Arc;
use store::{StoreError, Tx, calls, conversations};

/// What a webhook says of a call.
#[derive(Debug, Clone)]
pub struct CallFacts {
    /// Which.
    pub call: CallId,
    /// The dialled number as the provider wrote it.
    pub dialled: Option<String>,
    /// The caller's number as the provider wrote it.
    pub caller: Option<String>,
    /// The provider's name of the message, for the log.
    pub kind: String,
    /// The call's live-control URL, already checked to be the provider's.
    pub control_url: Option<String>,
}

/// Takes note of a call: in any order, any number of times. A call that was
/// never heard of and whose dialled number is not said stays unknown.
pub async fn call_facts(office: &Office, facts: CallFacts) -> Result<(), StoreError> {
    let Some(found) = whose(office, &facts.call, facts.dialled.as_deref()).await? else {
        return Ok(());
    };
    let mut tx = office.db.begin(found.profile.tenant).await?;
    let caller = opening::caller(facts.caller.as_deref(), &found.profile);
    let changed = note(&mut tx, office, &found, &facts, caller.as_ref()).await?;
    tx.commit().await?;
    if let (Changed { caller: true, .. }, Some(caller)) = (&changed, &caller) {
        log_caller(&facts.call, &facts.kind, caller);
    }
    if changed.caller || changed.begun {
        office.live.publish(found.profile.tenant, Change::Calls);
    }
    Ok(())
}

struct Changed {
    begun: bool,
    caller: bool,
}

async fn note(
    tx: &mut Tx,
    office: &Office,
    found: &Found,
    facts: &CallFacts,
    caller: Option<&E164>,
) -> Result<Changed, StoreError> {
    let begun = found.begin(tx, office, &facts.call, caller).await?;
    let mut changed = Changed { begun, caller: begun && caller.is_some() };
    if let (Some(caller), false) = (caller, begun)
        && calls::fill_caller(tx, &facts.call, caller).await?
    {
        changed.caller = true;
        // Instances that have the call in memory read the number at its next turn.
        conversations::bump(tx, &facts.call).await?;
    }
    if let Some(url) = &facts.control_url {
        conversations::note_control_url(tx, &facts.call, url).await?;
    }
    Ok(changed)
}

/// The tenant of a call, and what is known when it has to be begun.
pub(crate) struct Found {
    pub profile: Arc<Profile>,
    place: Option<Place>,
}

impl Found {
    /// Writes the call unless it exists; true when it was written.
    pub(crate) async fn begin(
        &self,
        tx: &mut Tx,
        office: &Office,
        call: &CallId,
        caller: Option<&E164>,
    ) -> Result<bool, StoreError> {
        let Some(place) = &self.place else { return Ok(false) };
        let now = office.world.clock.now();
        if calls::place(tx, call, self.profile.tenant, now).await? != self.profile.tenant {
            return Ok(false);
        }
        let begun = Begun { call, caller, dialled: place.dialled.as_ref(), mode: place.mode };
        begin_call(tx, office, &self.profile, &begun, now).await
    }
}

/// Whose call this is: as it was settled before, or by the dialled number.
pub(crate) async fn whose(
    office: &Office,
    call: &CallId,
    dialled: Option<&str>,
) -> Result<Option<Found>, StoreError> {
    office.memories.note(call);
    let known = calls::tenant_of(&mut office.db.read_directory().await?, call).await?;
    if let Some(tenant) = known {
        return found(office, tenant, None).await.map(Some);
    }
    if dialled.is_none() {
        return Ok(None);
    }
    let place = opening::place(office, Channel::Vocal, dialled).await?;
    match place.tenant {
        Some(tenant) => found(office, tenant, Some(place)).await.map(Some),
        None => Ok(None),
    }
}

async fn found(
    office: &Office,
    tenant: TenantId,
    place: Option<Place>,
) -> Result<Found, StoreError> {
    Ok(Found { profile: office.profile(tenant).await?, place })
}
