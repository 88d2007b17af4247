//! The steps of handing in: an address, a holder, a proof, a bundle of them;
//! each is noted before the next, and may be taken again when it was not.

use super::{INCOMPLETE, PROOF, SUBMITTED};
use crate::numbers::steps::{Halt, Work};
use crate::numbers::{NumberError, Pending, papers};
use crate::providers::Telephony;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::dossier::{Dossier, Draft};
use serde_json::{Map, Value, json};
use store::StoreError;
use store::dossiers::{self, DossierRow};
use vendors::fault::Fault;
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{Country, Kind};
use vendors::twilio::regulatory::{BundleStatus, Holder, NewAddress, NewBundle, Part, Scan};
use vendors::twilio::sid::{AddressSid, BundleSid, DocumentSid, EndUserSid};

/// Takes every step that is left of a claimed dossier, and lets go of it.
pub(in crate::numbers) async fn finish(
    work: &Work<'_>,
    mut row: DossierRow,
) -> Result<(), NumberError> {
    let done = match work.telephony() {
        Ok(telephony) => steps(work, telephony, &mut row).await,
        Err(halt) => Err(halt),
    };
    row.claimed_until = None;
    match done {
        Ok(()) => Ok(save(work, &row).await?),
        Err(Halt::Store(error)) => Err(error.into()),
        Err(halt) => {
            let fault = match halt {
                Halt::Fault(fault) => fault,
                _ => Fault::Unauthorised,
            };
            if !fault.is_passing() {
                // What is refused is not tried again as it is.
                row.state = INCOMPLETE.to_owned();
            }
            row.problem = Some(fault.to_string());
            save(work, &row).await?;
            let pending = if fault.is_passing() { Pending::Later } else { Pending::Never };
            Err(NumberError::fault(&fault, pending))
        }
    }
}

async fn save(work: &Work<'_>, row: &DossierRow) -> Result<(), StoreError> {
    let mut tx = work.begin().await?;
    dossiers::put(&mut tx, row, work.office.world.clock.now()).await?;
    tx.commit().await
}

async fn steps(work: &Work<'_>, telephony: &Telephony, row: &mut DossierRow) -> Result<(), Halt> {
    let unreadable = || StoreError::inconsistent("dossiers", "cannot be read");
    let draft: Draft = serde_json::from_str(&row.draft).map_err(|_| unreadable())?;
    let dossier = draft.check().map_err(|_| unreadable())?;
    let country = Country::parse(&row.country_code).ok_or_else(unreadable)?;
    let kind = Kind::parse(&row.kind).ok_or_else(unreadable)?;
    let twilio = &telephony.client;
    let mark = papers::mark(work.tenant, country, kind);
    let address = match row.address_sid.as_deref().and_then(AddressSid::parse) {
        Some(known) => known,
        None => {
            let made = address(twilio, &dossier, &mark, country).await?;
            row.address_sid = Some(made.to_string());
            save(work, row).await?;
            made
        }
    };
    let holder = match row.end_user_sid.as_deref().and_then(EndUserSid::parse) {
        Some(known) => known,
        None => {
            let made = twilio.create_end_user(&mark, Holder::Business, &holder(&dossier)).await?;
            row.end_user_sid = Some(made.to_string());
            save(work, row).await?;
            made
        }
    };
    let proof = proof(work, twilio, row, (&dossier, &mark, &address)).await?;
    let bundle = bundle(work, twilio, row, (&dossier, &mark, country, kind)).await?;
    for part in [Part::EndUser(holder), Part::Document(proof), Part::Address(address)] {
        twilio.assign(&bundle, &part).await?;
    }
    // Advice only: who cannot be asked for it is asked for the review.
    let lacks = match twilio.evaluate(&bundle).await {
        Err(Fault::Refused(_) | Fault::NotFound) => Vec::new(),
        other => other?,
    };
    if !lacks.is_empty() {
        row.state = INCOMPLETE.to_owned();
        row.problem = Some(lacks.join(" ").chars().take(500).collect());
        return Ok(());
    }
    twilio.submit_bundle(&bundle).await?;
    row.state = SUBMITTED.to_owned();
    row.problem = None;
    Ok(())
}

/// Where the holder is: an address that is registered already is taken.
async fn address(
    twilio: &Twilio,
    dossier: &Dossier,
    mark: &str,
    country: Country,
) -> Result<AddressSid, Halt> {
    let known = twilio.addresses(mark).await?.into_iter().find(|known| {
        known.customer == dossier.business_name
            && known.street == dossier.street
            && known.postal_code == dossier.postal_code
            && known.city == dossier.city
    });
    if let Some(known) = known {
        return Ok(known.sid);
    }
    let address = NewAddress {
        tag: mark.to_owned(),
        customer: dossier.business_name.clone(),
        street: dossier.street.clone(),
        city: dossier.city.clone(),
        region: dossier.region.to_owned(),
        postal_code: dossier.postal_code.clone(),
        country,
    };
    Ok(twilio.create_address(&address).await?.sid)
}

fn holder(dossier: &Dossier) -> Map<String, Value> {
    let holder = json!({
        "business_name": dossier.business_name,
        "business_registration_number": dossier.registration.as_str(),
        "first_name": dossier.first_name,
        "last_name": dossier.last_name,
    });
    holder.as_object().cloned().unwrap_or_default()
}

/// The entry in the register, with its scan if there is one; the scan is
/// forgotten here as soon as it is there. It proves the name, and the address by
/// Twilio's name of it (`address_sids`).
async fn proof(
    work: &Work<'_>,
    twilio: &Twilio,
    row: &mut DossierRow,
    (dossier, mark, address): (&Dossier, &str, &AddressSid),
) -> Result<DocumentSid, Halt> {
    if let Some(known) = row.document_sid.as_deref().and_then(DocumentSid::parse) {
        return Ok(known);
    }
    let said = json!({
        "business_name": dossier.business_name,
        "document_number": dossier.registration.as_str(),
        "address_sids": [address.as_str()],
    });
    let said = said.as_object().cloned().unwrap_or_default();
    let bytes = row.scan.as_deref().and_then(|scan| STANDARD.decode(scan).ok());
    let name = row.scan_name.as_deref().unwrap_or_default();
    let made = match bytes.and_then(|bytes| Scan::read(name, bytes)) {
        Some(scan) => twilio.upload_document(mark, PROOF, &said, &scan).await?,
        None => twilio.create_document(mark, PROOF, &said).await?,
    };
    row.document_sid = Some(made.to_string());
    (row.scan, row.scan_name) = (None, None);
    save(work, row).await?;
    Ok(made)
}

/// A new draft. What bears the mark and was never handed in, or was refused,
/// goes: it is what was made before an interruption, or what is corrected now.
async fn bundle(
    work: &Work<'_>,
    twilio: &Twilio,
    row: &mut DossierRow,
    (dossier, mark, country, kind): (&Dossier, &str, Country, Kind),
) -> Result<BundleSid, Halt> {
    if let Some(known) = row.bundle_sid.as_deref().and_then(BundleSid::parse) {
        return Ok(known);
    }
    for old in twilio.bundles(mark).await? {
        if matches!(old.status, BundleStatus::Draft | BundleStatus::Rejected) {
            twilio.delete_bundle(&old.sid).await?;
        }
    }
    let callback = format!("{}/api/webhooks/bundle/status", work.providers.home).parse().ok();
    let new = NewBundle {
        tag: mark.to_owned(),
        email: dossier.email.clone(),
        country,
        kind,
        holder: Holder::Business,
        status_callback: callback,
    };
    let made = twilio.create_bundle(&new).await?;
    row.bundle_sid = Some(made.sid.to_string());
    save(work, row).await?;
    Ok(made.sid)
}
