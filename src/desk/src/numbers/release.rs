//! Giving a number up: its route goes at once, the number itself after a grace
//! period in which it can be taken back.

use super::NumberError;
use super::steps::Work;
use crate::office::Desk;
use crate::outbox::after;
use crate::providers::Providers;
use domain::numbers::{GRACE, Stage};
use domain::phone::E164;
use domain::routing::Channel;
use jiff::Timestamp;
use store::numbers::{self, NumberRow};
use store::{StoreError, Tx, agents, routes};
use vendors::fault::Fault;
use vendors::twilio::sid::NumberSid;
use vendors::vapi::api::NumberId;

/// When a number that is given up goes back to its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At the end of the grace period.
    Later,
    /// Now; it may never be had again.
    Now,
}

impl Desk {
    /// Gives up a number of an assistant, its only one unless `number` says
    /// which. Again and again without harm.
    pub async fn release(
        &self,
        providers: &Providers,
        agent: &str,
        number: Option<&E164>,
        when: When,
    ) -> Result<NumberRow, NumberError> {
        self.must_spend()?;
        let office = self.office();
        let mut tx = office.db.begin(self.tenant()).await?;
        // One that is deleted has nobody who could be working on its numbers.
        if !agents::lock(&mut tx, agent).await? && agents::get(&mut tx, agent).await?.is_none() {
            return Err(NumberError::NoAgent);
        }
        let chosen = choose(&mut tx, agent, number).await?;
        if chosen.status == "released" {
            return Ok(chosen);
        }
        let chosen = give_up(&mut tx, chosen, office.world.clock.now()).await?;
        tx.commit().await?;
        office.forget_routes();
        if when == When::Later {
            return Ok(chosen);
        }
        let work = Work { office, providers, tenant: self.tenant() };
        finish(&work, chosen).await
    }

    /// Takes back a number that was given up, within its grace period.
    pub async fn undo_release(&self, number: &E164) -> Result<NumberRow, NumberError> {
        self.must_spend()?;
        let (office, now) = (self.office(), self.office().world.clock.now());
        let mut tx = office.db.begin(self.tenant()).await?;
        let found = numbers::owned(&mut tx, number).await?.ok_or(NumberError::NoNumber)?;
        if found.status != "inactive" {
            return Ok(found);
        }
        if !agents::lock(&mut tx, &found.agent_id).await? {
            return Err(NumberError::NoAgent);
        }
        let status = Stage::Active.as_str().to_owned();
        let back = NumberRow { status, release_at: None, ..found };
        numbers::update(&mut tx, &back, now).await?;
        let route = (Channel::Vocal, number);
        routes::add_route(&mut tx, &office.rules.test, route, self.tenant(), now).await?;
        tx.commit().await?;
        office.forget_routes();
        Ok(back)
    }
}

async fn choose(tx: &mut Tx, agent: &str, number: Option<&E164>) -> Result<NumberRow, NumberError> {
    let mut has = numbers::of_agent(tx, agent).await?;
    if let Some(wanted) = number {
        let known = has.into_iter().find(|row| row.phone_number == wanted.as_str());
        let known = match known {
            None => numbers::given_back(tx, wanted, agent).await?,
            known => known,
        };
        return known.ok_or(NumberError::NoNumber);
    }
    if has.iter().any(|row| row.status != "inactive") {
        has.retain(|row| row.status != "inactive");
    }
    match has.len() {
        1 => Ok(has.remove(0)),
        0 => numbers::last_given_back(tx, agent).await?.ok_or(NumberError::NoNumber),
        _ => Err(NumberError::Ambiguous),
    }
}

/// Takes the route away and begins the grace period. A number that is still
/// being got is left to the reconciler's next step, which finds it given up.
pub(crate) async fn give_up(
    tx: &mut Tx,
    row: NumberRow,
    now: Timestamp,
) -> Result<NumberRow, StoreError> {
    if row.status == "inactive" {
        return Ok(row);
    }
    if let Ok(number) = E164::try_from(row.phone_number.clone()) {
        routes::remove_route(tx, (Channel::Vocal, &number), tx.tenant()).await?;
    }
    let release_at = Some(after(now, GRACE).as_millisecond());
    let row = NumberRow { status: "inactive".to_owned(), release_at, ..row };
    numbers::update(tx, &row, now).await?;
    Ok(row)
}

/// Gives a number back to its provider.
pub(super) async fn finish(work: &Work<'_>, row: NumberRow) -> Result<NumberRow, NumberError> {
    let later = |fault: &Fault| NumberError::fault(fault, super::Pending::Later);
    let telephony = work.providers.twilio.as_ref();
    let telephony = telephony.ok_or(NumberError::NotConfigured("Twilio"))?;
    if let Some(sid) = NumberSid::parse(&row.phone_number_sid) {
        telephony.client.release(&sid).await.map_err(|fault| later(&fault))?;
    }
    Ok(forget(work, row).await?)
}

/// Notes that a number is nobody's any more, here and at the voice provider.
pub(super) async fn forget(work: &Work<'_>, row: NumberRow) -> Result<NumberRow, StoreError> {
    let voice = row.voice_number_id.as_deref().and_then(NumberId::parse);
    if let (Some(api), Some(voice)) = (&work.providers.vapi, voice)
        && let Err(fault) = api.delete_number(&voice).await
    {
        // It answers nobody there, and costs nothing.
        tracing::warn!(%fault, "Vapi keeps a number that was given back");
    }
    let now = work.office.world.clock.now();
    let mut tx = work.begin().await?;
    if let Ok(number) = E164::try_from(row.phone_number.clone()) {
        routes::remove_route(&mut tx, (Channel::Vocal, &number), work.tenant).await?;
    }
    let released_at = Some(now.as_millisecond());
    let row = NumberRow { status: "released".to_owned(), release_at: None, released_at, ..row };
    numbers::update(&mut tx, &row, now).await?;
    tx.commit().await?;
    work.office.forget_routes();
    Ok(row)
}
