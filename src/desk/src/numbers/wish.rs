//! The wish for a number: written before a provider is asked, worked on by one
//! at a time, given up or gone on with.

use super::NumberError;
use super::provision::{CLAIM, More};
use crate::office::{Desk, Office};
use crate::outbox::after;
use domain::id::TenantId;
use domain::numbers::{NUMBERS_PER_TENANT, Place, Stage};
use store::provisionings::{self, ProvisioningRow};
use store::{StoreError, Tx, agents, numbers, tenants};
use uuid::Uuid;
use vendors::twilio::number::OwnedNumber;

/// The origin of a number that a wish buys.
const BOUGHT: &str = "bought";
/// The origin of a number that the account had before: it is not given back
/// because a wish fails.
pub(super) const ADOPTED: &str = "adopted";

/// What a wish is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// A number that is for sale there.
    Bought(&'a Place),
    /// This number, which the account has.
    Owned(&'a OwnedNumber),
}

/// Writes a wish, or goes on with one that was left; nobody else works on it.
pub(super) async fn claimed(
    desk: &Desk,
    agent: &str,
    wish: (Wanted<'_>, More),
    id: Uuid,
) -> Result<ProvisioningRow, NumberError> {
    let mut tx = desk.office().db.begin(desk.tenant()).await?;
    let row = written(desk.office(), &mut tx, agent, wish, id).await?;
    match tx.commit().await {
        Ok(()) => Ok(row),
        Err(StoreError::Conflict) => Err(NumberError::InProgress),
        Err(error) => Err(error.into()),
    }
}

/// The wish as it is now: a new one, or one that was left.
async fn written(
    office: &Office,
    tx: &mut Tx,
    agent: &str,
    (wanted, more): (Wanted<'_>, More),
    id: Uuid,
) -> Result<ProvisioningRow, NumberError> {
    if !agents::lock(tx, agent).await? || !tenants::is_active(tx).await? {
        return Err(NumberError::NoAgent);
    }
    if let Some(mut open) = provisionings::open_of(tx, agent).await? {
        if !claim(office, tx, &mut open).await? {
            return Err(NumberError::InProgress);
        }
        return match wanted {
            Wanted::Bought(place) if open.phone_number.is_none() => moved(tx, open, place).await,
            _ => Ok(open),
        };
    }
    let before = provisionings::get(tx, &id.to_string()).await?;
    // A wish that was given up stays so: another takes its place.
    let id = if before.is_some() { office.world.ids.uuid(office.world.clock.now()) } else { id };
    if let Some(done) = before.filter(|done| done.state == Stage::Active.as_str()) {
        return Ok(done);
    }
    let has = numbers::of_agent(tx, agent).await?;
    if more == More::First && has.iter().any(|number| number.status != "inactive") {
        return Err(NumberError::HasNumber);
    }
    if numbers::count(tx).await? >= NUMBERS_PER_TENANT {
        return Err(NumberError::Limit);
    }
    let row = new(office, tx.tenant(), agent, wanted, id)?;
    match provisionings::insert(tx, &row).await {
        Err(StoreError::Conflict) => Err(NumberError::InProgress),
        other => Ok(other.map(|()| row)?),
    }
}

/// Nothing was bought for it yet: the newer wish counts.
async fn moved(
    tx: &mut Tx,
    open: ProvisioningRow,
    place: &Place,
) -> Result<ProvisioningRow, NumberError> {
    let (kind, area) = (place.kind(), place.area.as_deref());
    provisionings::replace_place(tx, &open.id, &place.country, kind, area).await?;
    Ok(ProvisioningRow {
        country_code: place.country.clone(),
        kind: kind.to_owned(),
        area_code: place.area.clone(),
        ..open
    })
}

fn new(
    office: &Office,
    tenant: TenantId,
    agent: &str,
    wanted: Wanted<'_>,
    id: Uuid,
) -> Result<ProvisioningRow, NumberError> {
    let now = office.world.clock.now();
    let (place, stage, origin, owned) = match wanted {
        Wanted::Bought(place) => (place.clone(), Stage::Requested, BOUGHT, None),
        Wanted::Owned(owned) => (Place::of(&owned.number)?, Stage::Purchased, ADOPTED, Some(owned)),
    };
    Ok(ProvisioningRow {
        id: id.to_string(),
        agent_id: agent.to_owned(),
        state: stage.as_str().to_owned(),
        open: 1,
        origin: origin.to_owned(),
        mark: mark(tenant, &id.to_string()),
        kind: place.kind().to_owned(),
        country_code: place.country,
        area_code: place.area,
        phone_number: owned.map(|owned| owned.number.as_str().to_owned()),
        phone_number_sid: owned.map(|owned| owned.sid.to_string()),
        error: None,
        absences: 0,
        attempts: 1,
        attempts_before: 0,
        next_at: now.as_millisecond(),
        claimed_until: Some(after(now, CLAIM).as_millisecond()),
        created_at: now.as_millisecond(),
    })
}

/// What a bought number bears: whose it is and which wish it fulfils.
fn mark(tenant: TenantId, id: &str) -> String {
    format!("uwi:{tenant}:{id}")
}

/// Reads [`mark`] back; `None` for a number that is not from here.
pub(super) fn read_mark(mark: &str) -> Option<(TenantId, Uuid)> {
    let (tenant, id) = mark.strip_prefix("uwi:")?.split_once(':')?;
    Some((TenantId(tenant.parse().ok()?), id.parse().ok()?))
}

/// Takes a wish that nobody works on.
pub(super) async fn claim(
    office: &Office,
    tx: &mut Tx,
    row: &mut ProvisioningRow,
) -> Result<bool, StoreError> {
    let now = office.world.clock.now();
    let until = after(now, CLAIM);
    if !provisionings::claim(tx, &row.id, now, until).await? {
        return Ok(false);
    }
    // What was read before may be what somebody has gone on with since.
    let current = provisionings::get(tx, &row.id).await?;
    let ours = current.is_some();
    *row = current.unwrap_or_else(|| row.clone());
    Ok(ours)
}
