//! Documents that some countries want before a number is sold: an address and
//! a bundle, which Twilio keeps and reviews. They bear the tenant's mark.

use super::steps::{Halt, Work};
use crate::providers::Account;
use domain::id::TenantId;
use domain::numbers::Stage;
use serde_json::json;
use store::dossiers;
use vendors::fault::{Fault, Reason};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{Country, Kind};
use vendors::twilio::regulatory::{Bundle, BundleStatus, Holder, NewAddress, NewBundle, Part};
use vendors::twilio::sid::{AddressSid, BundleSid};

/// What a purchase presents.
#[derive(Debug, Default)]
pub(super) struct Papers {
    pub(super) address: Option<AddressSid>,
    pub(super) bundle: Option<BundleSid>,
}

/// The mark on a tenant's address and bundle for a kind of numbers.
pub(super) fn mark(tenant: TenantId, country: Country, kind: Kind) -> String {
    format!("uwi:{tenant}:{country}:{}", kind.as_str())
}

/// What a tenant can present, where something is wanted.
pub(super) async fn of(
    work: &Work<'_>,
    twilio: &Twilio,
    country: Country,
    kind: Kind,
) -> Result<Papers, Halt> {
    if country.has_area_codes() {
        return Ok(Papers::default());
    }
    let mark = mark(work.tenant, country, kind);
    let mut bundles = twilio.bundles(&mark).await?;
    let simulated = work.providers.account == Account::Simulated;
    if bundles.is_empty() && simulated && country == Country::FRANCE {
        file(work, twilio, &mark, (country, kind)).await?;
        bundles = twilio.bundles(&mark).await?;
    }
    let bundle = best(bundles);
    let mut reader = work.office.db.read(work.tenant).await?;
    let filed = dossiers::get(&mut reader, country.as_str(), kind.as_str()).await?;
    drop(reader);
    let filed = filed.and_then(|row| AddressSid::parse(row.address_sid.as_deref()?));
    let address = match filed {
        Some(address) => Some(address),
        None => twilio.addresses(&mark).await?.into_iter().next().map(|address| address.sid),
    };
    match bundle {
        Some(bundle) if bundle.status.permits() => Ok(Papers { address, bundle: Some(bundle.sid) }),
        Some(bundle) => Err(waiting(bundle)),
        // Countries that want nothing sell without; the others refuse.
        None if country != Country::FRANCE => Ok(Papers { address, bundle: None }),
        None => Err(Halt::Documents(Stage::DocumentsMissing, None)),
    }
}

/// An approved bundle before one that is looked at, before any other.
pub(super) fn best(mut bundles: Vec<Bundle>) -> Option<Bundle> {
    let rank = |status: BundleStatus| match status {
        _ if status.permits() => 0,
        BundleStatus::PendingReview | BundleStatus::InReview => 1,
        BundleStatus::Rejected => 2,
        _ => 3,
    };
    bundles.sort_by_key(|bundle| rank(bundle.status));
    bundles.into_iter().next()
}

fn waiting(bundle: Bundle) -> Halt {
    let stage = match bundle.status {
        BundleStatus::PendingReview | BundleStatus::InReview => Stage::InReview,
        BundleStatus::Rejected => Stage::Rejected,
        _ => Stage::DocumentsMissing,
    };
    Halt::Documents(stage, bundle.reason)
}

/// What a refused purchase says about documents.
pub(super) fn refused(fault: &Fault) -> Option<Stage> {
    match fault.reason()? {
        Reason::BundleRequired
        | Reason::AddressRequired
        | Reason::LocalAddressRequired
        | Reason::DocumentRequired => Some(Stage::DocumentsMissing),
        Reason::DocumentInsufficient => Some(Stage::Rejected),
        _ => None,
    }
}

/// At the simulator a made-up file is handed in, so that a house without
/// accounts gets French numbers too.
async fn file(
    work: &Work<'_>,
    twilio: &Twilio,
    mark: &str,
    (country, kind): (Country, Kind),
) -> Result<(), Halt> {
    let profile = work.office.profile(work.tenant).await?;
    let address = NewAddress {
        tag: mark.to_owned(),
        customer: profile.name.clone(),
        street: profile.address.clone().unwrap_or_else(|| "1 rue de la Démonstration".to_owned()),
        city: "Paris".to_owned(),
        region: "Île-de-France".to_owned(),
        postal_code: "75001".to_owned(),
        country,
    };
    let address = twilio.create_address(&address).await?;
    let bundle = NewBundle {
        tag: mark.to_owned(),
        email: "numeros@example.fr".to_owned(),
        country,
        kind,
        holder: Holder::Business,
        status_callback: None,
    };
    let bundle = twilio.create_bundle(&bundle).await?;
    let holder = json!({ "business_name": profile.name });
    let proof = json!({ "business_registration_number": "000 000 000" });
    let holder = twilio.create_end_user(mark, Holder::Business, &object(holder)).await?;
    let proof = twilio.create_document(mark, "business_registration", &object(proof)).await?;
    let parts = [Part::EndUser(holder), Part::Document(proof), Part::Address(address.sid)];
    for part in &parts {
        twilio.assign(&bundle.sid, part).await?;
    }
    twilio.submit_bundle(&bundle.sid).await?;
    Ok(())
}

fn object(value: serde_json::Value) -> serde_json::Map<String, serde_json::Value> {
    value.as_object().cloned().unwrap_or_default()
}
