//! Getting a number: the wish is written first, then each step is taken and
//! written before the next. Whoever holds the claim works on a wish, so any
//! number of requests and instances get one number.

use super::compensate::compensate;
use super::steps::{self, Halt, Work};
use super::{NumberError, Pending};
use crate::office::{Desk, Office};
use crate::outbox::after;
use crate::providers::{Account, Providers};
use domain::id::TenantId;
use domain::numbers::{NUMBERS_PER_TENANT, Place, Stage};
use jiff::SignedDuration;
use store::numbers::{self, NumberRow};
use store::provisionings::{self, ProvisioningRow};
use store::{StoreError, Tx, agents};
use uuid::Uuid;

/// How long nobody else works on a wish; every step takes it anew.
const CLAIM: SignedDuration = SignedDuration::from_mins(3);
/// How long after a failure a wish is worked on again, at first.
const AGAIN: SignedDuration = SignedDuration::from_mins(2);
/// How often documents are looked at.
const PAPERS: SignedDuration = SignedDuration::from_mins(30);
/// How often a wish is worked on before it is given up.
const TRIES: i64 = 30;

/// Whether an assistant may get one more number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Only its first.
    First,
    /// One besides those that it has.
    Additional,
}

impl Desk {
    /// Gets a number for an assistant: from the wish to the route. `id` names
    /// the wish; asking again with the same goes on where it stopped.
    pub async fn provision(
        &self,
        providers: &Providers,
        agent: &str,
        wish: (&Place, More),
        id: Uuid,
    ) -> Result<NumberRow, NumberError> {
        let row = self.wish(providers, agent, wish, id).await?;
        match row.state.as_str() {
            "active" => self.provisioned(&row.id).await,
            _ => drive(self.office(), providers, self.tenant(), row, Stage::Active).await,
        }
    }

    /// Writes the wish alone; nothing is asked of a provider. For
    /// [`drive`], which takes the steps.
    pub async fn wish(
        &self,
        providers: &Providers,
        agent: &str,
        wish: (&Place, More),
        id: Uuid,
    ) -> Result<ProvisioningRow, NumberError> {
        let office = self.office();
        self.must_spend()?;
        self.may_provision(providers).await?;
        let mut tx = office.db.begin(self.tenant()).await?;
        let row = written(office, &mut tx, agent, wish, id).await?;
        match tx.commit().await {
            Ok(()) => Ok(row),
            Err(StoreError::Conflict) => Err(NumberError::InProgress),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a number could be got at all: an account, a tenant that may buy,
    /// and room for one more.
    pub async fn may_provision(&self, providers: &Providers) -> Result<(), NumberError> {
        if providers.twilio.is_none() {
            return Err(NumberError::NotConfigured("Twilio"));
        }
        let sandbox = self.tenant() == self.office().rules.test.tenant;
        if sandbox && providers.account == Account::Real {
            return Err(NumberError::Sandbox);
        }
        Ok(())
    }

    async fn provisioned(&self, id: &str) -> Result<NumberRow, NumberError> {
        let found = numbers::get(&mut self.office().db.read(self.tenant()).await?, id).await?;
        found.ok_or(NumberError::NoNumber)
    }
}

/// The wish as it is now: a new one, or one that was left.
async fn written(
    office: &Office,
    tx: &mut Tx,
    agent: &str,
    (place, more): (&Place, More),
    id: Uuid,
) -> Result<ProvisioningRow, NumberError> {
    if !agents::lock(tx, agent).await? {
        return Err(NumberError::NoAgent);
    }
    if let Some(mut open) = provisionings::open_of(tx, agent).await? {
        if !claim(office, tx, &mut open).await? {
            return Err(NumberError::InProgress);
        }
        if open.phone_number.is_none() {
            return moved(tx, open, place).await;
        }
        return Ok(open);
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
    let row = new(office, tx.tenant(), agent, place, id);
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

fn new(office: &Office, tenant: TenantId, agent: &str, place: &Place, id: Uuid) -> ProvisioningRow {
    let now = office.world.clock.now();
    ProvisioningRow {
        id: id.to_string(),
        agent_id: agent.to_owned(),
        state: Stage::Requested.as_str().to_owned(),
        open: 1,
        mark: mark(tenant, &id.to_string()),
        country_code: place.country.clone(),
        kind: place.kind().to_owned(),
        area_code: place.area.clone(),
        phone_number: None,
        phone_number_sid: None,
        error: None,
        absences: 0,
        attempts: 1,
        next_at: now.as_millisecond(),
        claimed_until: Some(after(now, CLAIM).as_millisecond()),
        created_at: now.as_millisecond(),
    }
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
    let taken = provisionings::claim(tx, &row.id, now, until).await?;
    if taken {
        row.claimed_until = Some(until.as_millisecond());
        row.attempts += 1;
    }
    Ok(taken)
}

/// Takes the steps of a claimed wish, up to `last`; the number as it is then.
/// What fails is undone, or left to the reconciler.
pub async fn drive(
    office: &Office,
    providers: &Providers,
    tenant: TenantId,
    mut row: ProvisioningRow,
    last: Stage,
) -> Result<NumberRow, NumberError> {
    let work = Work { office, providers, tenant };
    while row.state != last.as_str() && row.open == 1 {
        let until = after(office.world.clock.now(), CLAIM);
        row.claimed_until = Some(until.as_millisecond());
        if let Err(halt) = steps::next(&work, &mut row).await {
            return Err(settle(&work, row, halt).await?);
        }
    }
    let found = numbers::get(&mut office.db.read(tenant).await?, &row.id).await?;
    found.ok_or(NumberError::NoNumber)
}

/// Writes why a wish stopped, and lets go of it.
async fn settle(
    work: &Work<'_>,
    mut row: ProvisioningRow,
    halt: Halt,
) -> Result<NumberError, StoreError> {
    let now = work.office.world.clock.now();
    row.claimed_until = None;
    row.error = Some(halt.code());
    let error = match halt {
        Halt::Store(error) => return Err(error),
        Halt::Documents(stage, reason) => {
            row.state = stage.as_str().to_owned();
            row.next_at = after(now, PAPERS).as_millisecond();
            row.error = reason.clone();
            NumberError::Documents(stage, reason)
        }
        Halt::NoneAvailable(alternatives) => {
            give_up(&mut row);
            NumberError::NoneAvailable(alternatives)
        }
        Halt::Unwanted | Halt::Taken => {
            compensate(work, &mut row).await?;
            later(&mut row, now);
            NumberError::NoAgent
        }
        Halt::Fault(fault) => {
            let pending = failed(work, &mut row, &fault).await?;
            later(&mut row, now);
            NumberError::fault(&fault, pending)
        }
        Halt::Unsure => {
            later(&mut row, now);
            let fault = "the provider does not know the purchase yet".to_owned();
            NumberError::Provider { fault, pending: Pending::Later }
        }
    };
    save(work, &row).await?;
    Ok(error)
}

/// What a fault means for a wish: nothing was bought, or it is tried again, or
/// what was bought goes back.
async fn failed(
    work: &Work<'_>,
    row: &mut ProvisioningRow,
    fault: &vendors::fault::Fault,
) -> Result<Pending, StoreError> {
    if row.phone_number.is_none() {
        give_up(row);
    } else if row.attempts >= TRIES || !fault.is_passing() {
        compensate(work, row).await?;
    }
    Ok(if row.open == 1 { Pending::Later } else { Pending::Never })
}

pub(super) fn give_up(row: &mut ProvisioningRow) {
    row.state = Stage::Failed.as_str().to_owned();
    row.open = 0;
}

/// The more often it failed, the later it is tried again; within the hour.
fn later(row: &mut ProvisioningRow, now: jiff::Timestamp) {
    let factor = i32::try_from(row.attempts.clamp(1, 20)).unwrap_or(1);
    row.next_at = after(now, AGAIN.saturating_mul(factor)).as_millisecond();
}

async fn save(work: &Work<'_>, row: &ProvisioningRow) -> Result<(), StoreError> {
    let mut tx = work.office.db.begin(work.tenant).await?;
    provisionings::save(&mut tx, row, work.office.world.clock.now()).await?;
    tx.commit().await
}
