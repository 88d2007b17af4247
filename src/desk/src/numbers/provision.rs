//! Getting a number: the wish is written first, then each step is taken and
//! written before the next. Whoever holds the claim works on a wish, so any
//! number of requests and instances get one number.

use super::compensate::compensate;
use super::steps::{self, Halt, Work};
use super::wish::{Wanted, claimed};
use super::{NumberError, Pending};
use crate::office::{Desk, Office};
use crate::outbox::after;
use crate::providers::{Account, Providers};
use domain::id::TenantId;
use domain::numbers::{Place, Stage};
use jiff::SignedDuration;
use store::StoreError;
use store::numbers::{self, NumberRow};
use store::provisionings::{self, ProvisioningRow};
use uuid::Uuid;
use vendors::fault::Fault;

/// How long nobody else works on a wish; every step takes it anew.
pub(super) const CLAIM: SignedDuration = SignedDuration::from_mins(3);
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
        self.may_provision(providers).await?;
        let (place, more) = wish;
        claimed(self, agent, (Wanted::Bought(place), more), id).await
    }

    /// Whether a number could be got at all: somebody who may, an account, a
    /// tenant that may buy.
    pub async fn may_provision(&self, providers: &Providers) -> Result<(), NumberError> {
        self.must_spend()?;
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
    let before = row.error.replace(halt.code());
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
        Halt::Unwanted => {
            compensate(work, &mut row).await?;
            later(&mut row, now);
            NumberError::NoAgent
        }
        Halt::Taken => {
            compensate(work, &mut row).await?;
            later(&mut row, now);
            NumberError::Taken
        }
        Halt::Fault(fault) => {
            let pending = failed(work, &mut row, &fault).await?;
            if pending == Pending::Later && waits(&row) {
                // What people are to do about the documents is still the same.
                row.error = before;
            }
            later(&mut row, now);
            NumberError::fault(&fault, pending)
        }
        Halt::Unsure => {
            later(&mut row, now);
            let fault = "the provider does not know the purchase yet".to_owned();
            NumberError::Provider { fault, pending: Pending::Later }
        }
    };
    row.claimed_until = None;
    save(work, &row).await?;
    Ok(error)
}

/// What a fault means for a wish: nothing was bought, or it is tried again, or
/// what was bought goes back.
async fn failed(
    work: &Work<'_>,
    row: &mut ProvisioningRow,
    fault: &Fault,
) -> Result<Pending, StoreError> {
    if row.phone_number.is_none() {
        // Who waits for people to look at documents waits for the provider too.
        if !waits(row) || matches!(fault, Fault::Refused(_)) {
            give_up(row);
        }
    } else if row.attempts - row.attempts_before >= TRIES || !fault.is_passing() {
        compensate(work, row).await?;
    }
    Ok(if row.open == 1 { Pending::Later } else { Pending::Never })
}

fn waits(row: &ProvisioningRow) -> bool {
    Stage::parse(&row.state).is_some_and(Stage::waits_for_documents)
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
