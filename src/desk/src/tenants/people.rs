//! The people that a file names, and those that it leaves out.

use super::ApplyError;
use crate::members::{People, leave};
use crate::office::Office;
use domain::id::TenantId;
use domain::role::Role;
use domain::tenant::settings::{MemberEntry, Settings};
use store::identity::members;
use store::{StoreError, Tx, tenants};

/// What becomes of people that settings do not name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// They sign in no more.
    Goes,
    /// They stay.
    Stays,
}

/// Lets the people of the file sign in, and nobody else any more. A file that
/// names nobody says nothing about them.
pub(super) async fn write(
    office: &Office,
    tx: &mut Tx,
    tenant: TenantId,
    (named, rest): (&[MemberEntry], Rest),
) -> Result<(), ApplyError> {
    if named.is_empty() {
        return Ok(());
    }
    let known = members::of_tenant(tx, tenant).await?;
    let is_named = |email: &str| named.iter().any(|member| member.email.key() == email);
    let is_owner = |(_, role): &(String, Role)| *role == Role::Owner;
    let had_owner = known.iter().any(is_owner);
    let others: People = known.into_iter().filter(|(email, _)| !is_named(email)).collect();
    let stays_one = rest == Rest::Stays && others.iter().any(is_owner);
    if had_owner && !stays_one && !named.iter().any(|member| member.role == Role::Owner) {
        return Err(ApplyError::LastOwner);
    }
    let now = office.world.clock.now();
    for member in named {
        members::put(tx, tenant, &member.email.key(), member.role, now).await?;
    }
    if rest == Rest::Goes {
        for (email, _) in &others {
            leave(office, tx, tenant, email).await?;
        }
    }
    Ok(())
}

/// The people of stored settings: a file that names none leaves them.
pub(super) async fn stored(tx: &mut Tx, tenant: TenantId) -> Result<Vec<MemberEntry>, StoreError> {
    let stored = tenants::get(tx, tenant).await?;
    let settings = stored.and_then(|row| Settings::from_json(&row.settings).ok());
    Ok(settings.map_or_else(Vec::new, |settings| settings.member))
}
