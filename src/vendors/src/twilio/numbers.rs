//! Searching, buying, configuring and releasing numbers.

use super::client::{Host, Twilio};
use super::number::{Change, Country, Kind, Offer, OwnedNumber, Purchase, Search};
use super::price::{self, Price};
use super::sid::NumberSid;
use crate::fault::Fault;
use domain::phone::E164;
use serde_json::Value;

/// Pages that are followed at most; with 1000 numbers each.
const MAX_PAGES: usize = 100;

/// Which of the account's numbers are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// All.
    All,
    /// This one.
    Number(&'a E164),
    /// Those with exactly this mark.
    Tag(&'a str),
}

/// The account's numbers.
#[derive(Debug, Clone, Default)]
pub struct Owned {
    /// Those that could be read.
    pub numbers: Vec<OwnedNumber>,
    /// How many entries are not telephone numbers as we know them: a list
    /// with some is no proof that a number is absent.
    pub unreadable: usize,
}

/// What came of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// Just now.
    Now,
    /// It was not ours any more.
    Already,
}

impl Twilio {
    /// Numbers for sale. An empty list means that there is none; a country or
    /// kind that Twilio does not sell is an empty list too.
    ///
    /// *Repeating:* safe, it only reads. What it shows may be sold meanwhile.
    pub async fn available(&self, search: &Search) -> Result<Vec<Offer>, Fault> {
        let path =
            format!("AvailablePhoneNumbers/{}/{}.json", search.country, search.kind.segment());
        let answer = self.get(Host::Api, &self.owned_path(&path), &search.query()).await;
        let list: Value = match answer {
            Err(Fault::NotFound) => return Ok(Vec::new()),
            other => other?.json()?,
        };
        let items = list.get("available_phone_numbers").and_then(Value::as_array);
        let items = items.ok_or_else(Fault::unreadable)?;
        Ok(items.iter().filter_map(Offer::read).take(search.limit.into()).collect())
    }

    /// Buys a number; billed at once.
    ///
    /// *Repeating:* never blindly. Twilio has no idempotency key. After an
    /// unknown outcome ask [`Self::owned`] with [`Which::Tag`] (or
    /// [`Which::Number`]): found is bought, absent may be bought again. A
    /// second purchase of the same number is refused with
    /// [`Reason::NumberGone`](crate::fault::Reason::NumberGone), even when the
    /// first was ours: look it up after that refusal too.
    pub async fn buy(&self, purchase: &Purchase) -> Result<OwnedNumber, Fault> {
        let path = self.owned_path("IncomingPhoneNumbers.json");
        let answer = self.post(Host::Api, &path, &purchase.form()).await?;
        OwnedNumber::read(&answer.json()?).ok_or_else(Fault::unreadable)
    }

    /// The account's numbers, all pages of them.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn owned(&self, which: Which<'_>) -> Result<Owned, Fault> {
        let mut query = vec![("PageSize", "1000".to_owned())];
        match which {
            Which::All => {}
            Which::Number(number) => query.push(("PhoneNumber", number.as_str().to_owned())),
            Which::Tag(tag) => query.push(("FriendlyName", tag.to_owned())),
        }
        let (mut owned, mut path) =
            (Owned::default(), self.owned_path("IncomingPhoneNumbers.json"));
        for _ in 0..MAX_PAGES {
            let page: Value = self.get(Host::Api, &path, &query).await?.json()?;
            let items = page.get("incoming_phone_numbers").and_then(Value::as_array);
            for item in items.ok_or_else(Fault::unreadable)? {
                match OwnedNumber::read(item) {
                    Some(number) => owned.numbers.push(number),
                    None => owned.unreadable += 1,
                }
            }
            let next = page.get("next_page_uri").and_then(Value::as_str).unwrap_or_default();
            if next.is_empty() {
                // Twilio's filters also match parts.
                owned.numbers.retain(|number| which.means(number));
                return Ok(owned);
            }
            path = self.own_page(next)?;
            query.clear();
        }
        Err(Fault::unreadable())
    }

    /// A page's address, only when it lies within the account.
    fn own_page(&self, next: &str) -> Result<String, Fault> {
        let ours = next.starts_with(&self.owned_path("IncomingPhoneNumbers.json"));
        if ours { Ok(next.to_owned()) } else { Err(Fault::unreadable()) }
    }

    /// One number; `None` when it is not (or no longer) ours.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn number(&self, sid: &NumberSid) -> Result<Option<OwnedNumber>, Fault> {
        let path = self.owned_path(&format!("IncomingPhoneNumbers/{sid}.json"));
        match self.get(Host::Api, &path, &[]).await {
            Err(Fault::NotFound) => Ok(None),
            answer => OwnedNumber::read(&answer?.json()?).ok_or_else(Fault::unreadable).map(Some),
        }
    }

    /// Changes the mark of a number or where its calls are reported.
    ///
    /// *Repeating:* safe, it sets values: the second time changes nothing.
    pub async fn configure(&self, sid: &NumberSid, change: &Change) -> Result<OwnedNumber, Fault> {
        let path = self.owned_path(&format!("IncomingPhoneNumbers/{sid}.json"));
        let answer = self.post(Host::Api, &path, &change.form()).await?;
        OwnedNumber::read(&answer.json()?).ok_or_else(Fault::unreadable)
    }

    /// Gives a number back; it cannot be had again for certain.
    ///
    /// *Repeating:* safe. The name belongs to this purchase alone, so a second
    /// time can hit nothing else; a number that is gone is released.
    pub async fn release(&self, sid: &NumberSid) -> Result<Released, Fault> {
        let path = self.owned_path(&format!("IncomingPhoneNumbers/{sid}.json"));
        match self.delete(Host::Api, &path).await {
            Ok(_) => Ok(Released::Now),
            Err(Fault::NotFound) => Ok(Released::Already),
            Err(fault) => Err(fault),
        }
    }

    /// What a kind of number costs this account per month; `None` when Twilio
    /// does not sell it there.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn monthly_price(
        &self,
        country: Country,
        kind: Kind,
    ) -> Result<Option<Price>, Fault> {
        let path = format!("/v1/PhoneNumbers/Countries/{country}");
        match self.get(Host::Pricing, &path, &[]).await {
            Err(Fault::NotFound) => Ok(None),
            answer => Ok(price::monthly(&answer?.json()?, kind)),
        }
    }
}

impl Which<'_> {
    fn means(self, number: &OwnedNumber) -> bool {
        match self {
            Self::All => true,
            Self::Number(wanted) => number.number == *wanted,
            Self::Tag(tag) => number.tag == tag,
        }
    }
}
