//! The one step that spends money. The number is written before it is bought,
//! and looked up by its mark before another is bought in its place.

use super::Alternative;
use super::papers;
use super::steps::{Halt, Work};
use domain::numbers::Stage;
use store::provisionings::ProvisioningRow;
use vendors::fault::{Fault, Outcome, Reason};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{
    AreaCode, Capabilities, Country, Kind, Offer, OwnedNumber, Purchase, Search,
};
use vendors::twilio::numbers::Which;

/// How many numbers are tried when others buy them first.
const OFFERS: u16 = 5;
/// How often the provider must not know a mark before it is believed: its list
/// may lag behind a purchase.
const LOOKS: i64 = 2;

/// Buys a number, or finds the one that was bought.
pub(super) async fn purchase(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    let twilio = &work.telephony()?.client;
    if row.phone_number.is_some() {
        if let Some(owned) = find(twilio, row).await? {
            return bought(work, row, &owned).await;
        }
        absent(work, row).await?;
    }
    let country = Country::parse(&row.country_code).ok_or_else(|| Halt::NoneAvailable(vec![]))?;
    let kind = Kind::parse(&row.kind).unwrap_or(Kind::Local);
    let papers = papers::of(work, twilio, country, kind).await?;
    let offers = twilio.available(&search(row, country, kind)).await?;
    for offer in &offers {
        let purchase = Purchase {
            number: offer.number.clone(),
            tag: row.mark.clone(),
            hooks: work.providers.hooks().ok_or(Halt::Fault(Fault::Unauthorised))?,
            address: papers.address.clone(),
            bundle: papers.bundle.clone(),
        };
        if let Some(owned) = buy(work, twilio, row, &purchase).await? {
            return bought(work, row, &owned).await;
        }
    }
    Err(Halt::NoneAvailable(alternatives(twilio, country, kind).await))
}

fn search(row: &ProvisioningRow, country: Country, kind: Kind) -> Search {
    let area = row.area_code.as_deref();
    let american = area.filter(|_| country.has_area_codes()).and_then(AreaCode::parse);
    // 01 in France is +33 1.
    let french = area.filter(|_| country == Country::FRANCE);
    let starting = french.map(|area| format!("33{}", area.trim_start_matches('0')));
    let needs = Capabilities::VOICE;
    Search { country, kind, area: american, starting, needs, limit: OFFERS }
}

/// One attempt; `None`: somebody else was faster.
async fn buy(
    work: &Work<'_>,
    twilio: &Twilio,
    row: &mut ProvisioningRow,
    purchase: &Purchase,
) -> Result<Option<OwnedNumber>, Halt> {
    row.phone_number = Some(purchase.number.as_str().to_owned());
    row.absences = 0;
    work.save(row).await?;
    let fault = match twilio.buy(purchase).await {
        Ok(owned) => return Ok(Some(owned)),
        Err(fault) => fault,
    };
    let gone = fault.reason() == Some(Reason::NumberGone);
    if (gone || fault.outcome() == Outcome::Unknown)
        && let Ok(Some(owned)) = find(twilio, row).await
    {
        return Ok(Some(owned));
    }
    if fault.outcome() == Outcome::Unknown {
        row.absences = 1;
        return Err(fault.into());
    }
    row.phone_number = None;
    match papers::refused(&fault) {
        _ if gone => Ok(None),
        Some(stage) => Err(Halt::Documents(stage, None)),
        None => Err(fault.into()),
    }
}

/// What bears our mark.
pub(super) async fn find(
    twilio: &Twilio,
    row: &ProvisioningRow,
) -> Result<Option<OwnedNumber>, Fault> {
    Ok(twilio.owned(Which::Tag(&row.mark)).await?.numbers.into_iter().next())
}

/// The provider does not know the mark: believed when it says so again later.
pub(super) async fn absent(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    row.absences += 1;
    if row.absences < LOOKS {
        return Err(Halt::Unsure);
    }
    row.phone_number = None;
    row.absences = 0;
    Ok(work.save(row).await?)
}

async fn bought(
    work: &Work<'_>,
    row: &mut ProvisioningRow,
    owned: &OwnedNumber,
) -> Result<(), Halt> {
    row.phone_number = Some(owned.number.as_str().to_owned());
    row.phone_number_sid = Some(owned.sid.to_string());
    row.state = Stage::Purchased.as_str().to_owned();
    // How long documents were waited for says nothing of the steps that follow.
    row.attempts_before = row.attempts;
    row.error = None;
    Ok(work.save(row).await?)
}

/// What is for sale elsewhere in the country. Nothing, when that cannot be told.
async fn alternatives(twilio: &Twilio, country: Country, kind: Kind) -> Vec<Alternative> {
    let search = Search { limit: OFFERS, ..Search::voice(country, kind) };
    let offers = twilio.available(&search).await.unwrap_or_default();
    offers.iter().map(alternative).collect()
}

fn alternative(offer: &Offer) -> Alternative {
    let national = offer.number.as_str().strip_prefix("+1").filter(|rest| rest.len() == 10);
    let area = national.and_then(|rest| rest.get(..3)).map(str::to_owned);
    Alternative { number: offer.number.clone(), area }
}
