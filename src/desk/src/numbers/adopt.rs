//! Taking over a number that the account has already. What counts is the
//! provider's list; the number is never given back because the take-over fails.

use super::NumberError;
use super::provision::{More, drive};
use super::wish::{Wanted, claimed, read_mark};
use crate::office::Desk;
use crate::providers::Providers;
use domain::numbers::Stage;
use domain::phone::E164;
use domain::routing::Channel;
use store::numbers::NumberRow;
use store::{numbers, provisionings, routes};
use uuid::Uuid;
use vendors::twilio::number::OwnedNumber;
use vendors::twilio::numbers::Which;

/// What became of a wish to take over a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adoptable {
    /// It can be done.
    Free,
    /// The tenant has it already.
    Had(Box<NumberRow>),
}

impl Desk {
    /// Whether a number of the account can become the tenant's. Refused for
    /// one that the provider does not list, or that is another tenant's.
    pub async fn adoptable(
        &self,
        number: &E164,
        listed: &[OwnedNumber],
    ) -> Result<Adoptable, NumberError> {
        let owned = listed.iter().find(|owned| owned.number == *number);
        let owned = owned.ok_or(NumberError::NotOwned)?;
        let mut reader = self.office().db.read(self.tenant()).await?;
        if let Some(row) = numbers::owned(&mut reader, number).await? {
            return Ok(Adoptable::Had(Box::new(row)));
        }
        let marked = read_mark(&owned.tag).map(|(tenant, _)| tenant);
        let routed = routes::resolve(&mut reader, Channel::Vocal, number).await?;
        let others = |tenant| tenant != self.tenant();
        let test = *number == self.office().rules.test.number;
        if test || marked.is_some_and(others) || routed.is_some_and(others) {
            return Err(NumberError::Taken);
        }
        Ok(Adoptable::Free)
    }

    /// Takes a number over for an assistant: webhooks, voice, route. `id` names
    /// the wish; asking again with the same goes on where it stopped.
    pub async fn adopt(
        &self,
        providers: &Providers,
        agent: &str,
        number: &E164,
        id: Uuid,
    ) -> Result<NumberRow, NumberError> {
        self.may_provision(providers).await?;
        let telephony = providers.twilio.as_ref();
        let telephony = telephony.ok_or(NumberError::NotConfigured("Twilio"))?;
        let listed = telephony.client.owned(Which::Number(number)).await;
        let listed = listed.map_err(|fault| NumberError::fault(&fault, super::Pending::Never))?;
        if let Adoptable::Had(row) = self.adoptable(number, &listed.numbers).await?
            && !self.is_open(&row.id).await?
        {
            return Ok(*row);
        }
        let owned = listed.numbers.into_iter().find(|owned| owned.number == *number);
        let owned = owned.ok_or(NumberError::NotOwned)?;
        let row = claimed(self, agent, (Wanted::Owned(&owned), More::Additional), id).await?;
        if row.phone_number.as_deref() != Some(number.as_str()) {
            return Err(NumberError::InProgress);
        }
        drive(self.office(), providers, self.tenant(), row, Stage::Active).await
    }

    async fn is_open(&self, wish: &str) -> Result<bool, NumberError> {
        let mut reader = self.office().db.read(self.tenant()).await?;
        Ok(provisionings::get(&mut reader, wish).await?.is_some_and(|wish| wish.open == 1))
    }
}
