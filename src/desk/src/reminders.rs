//! Reminding people of their appointments, once.
//!
//! Nothing is written when an appointment is made: reminders are found by
//! looking at the appointments that come ([`find`]). One that has come is
//! taken and its message ordered in one transaction ([`order`]), under a key of
//! appointment, kind and start: however many instances look, and wherever one
//! of them is killed, it is ordered once. A move or a cancellation takes back
//! what no provider has been given ([`withdraw`]), and the new start has
//! reminders of its own.

pub(crate) mod find;
mod looks;
pub(crate) mod order;

pub use find::Found;
pub(crate) use looks::Looks;

use crate::office::Office;
use crate::sending::{self, Which};
use domain::id::{AppointmentId, TenantId};
use domain::message::Cause;
use jiff::Timestamp;
use jiff::civil::DateTime;
use store::reminders as rows;
use store::{StoreError, Tx};

/// The most tenants of one house.
const TENANTS: i64 = 1_000_000;

/// Orders what has come, of every tenant whose turn it is.
pub async fn round(office: &Office) -> Result<usize, StoreError> {
    let now = office.world.clock.now();
    if office.looks.wants_tenants(now) {
        let mut reader = office.db.read_directory().await?;
        let tenants = rows::active_tenants(&mut reader, TENANTS).await?;
        office.looks.know(tenants.into_iter().map(TenantId), now);
    }
    office.looks.touched(office.live.take_touched());
    while let Some(tenant) = office.looks.next_changed() {
        let mut reader = office.db.read(tenant).await?;
        // Before it is read: what changes from now on is seen in the next round.
        office.looks.seen(tenant);
        match store::tenants::is_active(&mut reader).await {
            Ok(true) => office.looks.admit(tenant),
            Ok(false) => office.looks.dismiss(tenant),
            Err(error) => {
                office.looks.changed(tenant);
                return Err(error);
            }
        }
    }
    let mut ordered = 0;
    for tenant in office.looks.due(now) {
        match look(office, tenant, now).await {
            Ok(some) => ordered += some,
            Err(error) if error.is_transient() => return Err(error),
            // One tenant that cannot be read keeps nobody else waiting.
            Err(error) => {
                tracing::error!(%error, %tenant, "REMINDERS of a tenant cannot be found");
                office.looks.again(tenant, Timestamp::MAX, now);
            }
        }
    }
    Ok(ordered)
}

/// Looks at one tenant, orders what has come, and notes when to look again.
async fn look(office: &Office, tenant: TenantId, now: Timestamp) -> Result<usize, StoreError> {
    let profile = office.profile(tenant).await?;
    let seen = find::find(office, &profile, now).await?;
    let ordered = order::order(office, &profile, &seen.found, now).await?;
    office.looks.again(tenant, seen.next.unwrap_or(Timestamp::MAX), now);
    Ok(ordered)
}

/// A moment at which somebody asks what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The same everywhere.
    Instant(Timestamp),
    /// On each tenant's own wall.
    Local(DateTime),
}

/// What is to be sent then and to whom, as things stand; of one tenant or, in
/// order, of all.
pub async fn due(
    office: &Office,
    tenant: Option<TenantId>,
    at: At,
) -> Result<Vec<Found>, StoreError> {
    let tenants = match tenant {
        Some(one) => vec![one],
        None => {
            let mut reader = office.db.read_directory().await?;
            let all = rows::active_tenants(&mut reader, TENANTS).await?;
            all.into_iter().map(TenantId).collect()
        }
    };
    let mut found = Vec::new();
    for tenant in tenants {
        let profile = office.profile(tenant).await?;
        let at = match at {
            At::Instant(at) => at,
            At::Local(local) => profile.zone.to_timestamp(local).unwrap_or(Timestamp::MAX),
        };
        found.extend(find::find(office, &profile, at).await?.found);
    }
    Ok(found)
}

/// Takes back what was ordered about an appointment and no provider has been
/// given: it has changed.
pub(crate) async fn withdraw(
    tx: &mut Tx,
    appointment: AppointmentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let cause = Cause::Appointment(appointment);
    sending::cancel(tx, Which::Of(&cause), now).await?;
    rows::withdraw(tx, appointment, now).await
}
