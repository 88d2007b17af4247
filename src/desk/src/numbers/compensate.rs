//! Undoing a wish that cannot be fulfilled: what was bought goes back.

use super::provision::{CLAIM, give_up};
use super::purchase;
use super::release;
use super::steps::{Halt, Work};
use super::wish::ADOPTED;
use crate::outbox::after;
use domain::numbers::Stage;
use store::StoreError;
use store::provisionings::ProvisioningRow;
use vendors::twilio::sid::NumberSid;

/// Gives back what a wish has bought and ends it; a provider that fails leaves
/// it open, to be tried again. Whoever has lost the wish to somebody else has
/// nothing to give back: that is asked first, and the claim taken anew.
pub(super) async fn compensate(
    work: &Work<'_>,
    row: &mut ProvisioningRow,
) -> Result<(), StoreError> {
    let now = work.office.world.clock.now();
    row.claimed_until = Some(after(now, CLAIM).as_millisecond());
    work.save(row).await?;
    if row.origin == ADOPTED {
        return let_go(work, row).await;
    }
    let Ok(telephony) = work.telephony() else { return Ok(()) };
    let paid = Stage::parse(&row.state).is_some_and(Stage::is_paid);
    let known = row.phone_number_sid.as_deref().filter(|_| paid).and_then(NumberSid::parse);
    let sid = match (known, &row.phone_number) {
        (Some(sid), _) => Some(sid),
        (None, None) => None,
        (None, Some(_)) => match purchase::find(&telephony.client, row).await {
            Ok(Some(owned)) => Some(owned.sid),
            Ok(None) => match purchase::absent(work, row).await {
                Ok(()) => None,
                Err(Halt::Store(error)) => return Err(error),
                Err(_) => return Ok(()),
            },
            Err(_) => return Ok(()),
        },
    };
    if let Some(sid) = sid
        && telephony.client.release(&sid).await.is_err()
    {
        return Ok(());
    }
    if let Some(number) = work.number(&row.id).await? {
        release::forget(work, number).await?;
    }
    give_up(row);
    Ok(())
}

/// Leaves a number where it was before it was taken over: at the provider.
async fn let_go(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), StoreError> {
    if let Some(number) = work.number(&row.id).await? {
        release::forget(work, number).await?;
    }
    give_up(row);
    Ok(())
}
