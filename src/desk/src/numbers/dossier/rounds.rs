//! What is done about dossiers without anybody asking: numbers that wait for one
//! go on, one that was left half-way is handed in, one that nobody needs goes.

use super::WRITTEN;
use super::hand::finish;
use crate::numbers::NumberError;
use crate::numbers::provision::{CLAIM, drive};
use crate::numbers::steps::{Halt, Work};
use crate::numbers::wish::claim;
use crate::outbox::after;
use domain::numbers::Stage;
use store::{StoreError, dossiers, provisionings};
use vendors::twilio::number::{Country, Kind};
use vendors::twilio::sid::{AddressSid, BundleSid};

/// Goes on with the numbers that wait for documents of this kind.
pub(super) async fn wake(
    work: &Work<'_>,
    (country, kind): (Country, Kind),
) -> Result<(), StoreError> {
    let open = provisionings::open(&mut work.office.db.read(work.tenant).await?).await?;
    for mut row in open {
        let waits = Stage::parse(&row.state).is_some_and(Stage::waits_for_documents);
        if !waits || row.country_code != country.as_str() || row.kind != kind.as_str() {
            continue;
        }
        let mut tx = work.begin().await?;
        let ours = claim(work.office, &mut tx, &mut row).await?;
        tx.commit().await?;
        if ours {
            let driven = drive(work.office, work.providers, work.tenant, row, Stage::Active).await;
            if let Err(NumberError::Store(error)) = driven {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Hands in what was left half-way.
pub(in crate::numbers) async fn finish_all(work: &Work<'_>) -> Result<Vec<String>, StoreError> {
    let now = work.office.world.clock.now();
    let due = dossiers::due(&mut work.office.db.read(work.tenant).await?, now).await?;
    let mut problems = Vec::new();
    for row in due {
        let names = (row.country_code.clone(), row.kind.clone());
        let mut tx = work.begin().await?;
        let ours = dossiers::claim(&mut tx, (&names.0, &names.1), now, after(now, CLAIM)).await?;
        // It may have been handed in, or written anew, since it was read.
        let current = dossiers::get(&mut tx, &names.0, &names.1).await?;
        let current = current.filter(|row| ours && row.state == WRITTEN);
        let Some(row) = current else { continue };
        tx.commit().await?;
        match finish(work, row).await {
            Ok(()) => {}
            Err(NumberError::Store(error)) => return Err(error),
            Err(error) => problems.push(format!("documents of tenant {}: {error}", work.tenant)),
        }
    }
    Ok(problems)
}

/// Removes what a deleted tenant has handed in, once nothing uses it.
pub(in crate::numbers) async fn remove_all(work: &Work<'_>) -> Result<(), Halt> {
    let rows = dossiers::all(&mut work.office.db.read(work.tenant).await?).await?;
    for row in rows {
        let twilio = &work.telephony()?.client;
        if let Some(sid) = row.bundle_sid.as_deref().and_then(BundleSid::parse) {
            twilio.delete_bundle(&sid).await?;
        }
        if let Some(sid) = row.address_sid.as_deref().and_then(AddressSid::parse) {
            twilio.delete_address(&sid).await?;
        }
        let mut tx = work.begin().await?;
        dossiers::forget(&mut tx, &row.country_code, &row.kind).await?;
        tx.commit().await?;
    }
    Ok(())
}
