//! The people of a tenant: who may sign in for it, and as what.
//!
//! A change stands in the settings (the file of `uwi tenant apply`) and in the
//! table that signing in asks, both at once.

use crate::office::{Desk, Office};
use crate::sign_in::{self, Email};
use crate::tenants::data;
use domain::email::EmailAddress;
use domain::id::TenantId;
use domain::role::Role;
use domain::tenant::settings::{MemberEntry, Settings, SettingsError};
use sha2::{Digest as _, Sha256};
use store::identity::{members, sessions};
use store::tenants::TenantRow;
use store::{StoreError, Tx, tenants};

/// The people of a tenant by address.
pub type People = Vec<(String, Role)>;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// Not for this person, or not in the test tenant.
    #[error("this person may not change who belongs to the tenant")]
    Forbidden,
    /// Somebody else changed the people since they were read.
    #[error("somebody changed the people meanwhile")]
    Changed,
    /// Nobody of this address belongs to it.
    #[error("no such member")]
    Missing,
    /// Somebody has to be able to change settings.
    #[error("the last owner stays one")]
    LastOwner,
    /// There are too many.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Names the state of the people: other people or roles, another name.
pub fn state(people: &[(String, Role)]) -> String {
    let known: Vec<_> = people.iter().map(|(email, role)| (email, role.as_str())).collect();
    hex::encode(&Sha256::digest(serde_json::json!(known).to_string())[..8])
}

impl Desk {
    /// Who belongs to the tenant, by address.
    pub async fn members(&self) -> Result<People, StoreError> {
        let mut reader = self.office().db.read_directory().await?;
        members::of_tenant(&mut reader, self.tenant()).await
    }

    /// True for who may change the people: owners and our staff. Who looks at
    /// the test tenant is nobody's choice.
    pub fn may_change_members(&self) -> bool {
        self.tenant() != self.office().rules.test.tenant && self.may_edit()
    }

    /// Lets somebody sign in, or gives them another role. Who is new gets a
    /// link; `network` is where the request comes from.
    pub async fn put_member(
        &self,
        address: EmailAddress,
        role: Role,
        (seen, network): (&str, &str),
    ) -> Result<(), MemberError> {
        let key = address.key();
        let (mut tx, row, people) = self.begin_members(seen).await?;
        let known = people.iter().any(|(email, _)| *email == key);
        if role != Role::Owner {
            keep_an_owner(&people, &key)?;
        }
        members::put(&mut tx, self.tenant(), &key, role, self.now()).await?;
        self.keep_members((tx, row), |settings| {
            settings.member.retain(|member| member.email != address);
            settings.member.push(MemberEntry { email: address.clone(), role });
        })
        .await?;
        let invited = Email::parse(&key).filter(|_| !known);
        if let Some(email) = invited {
            sign_in::request_link(self.office(), &email, network).await?;
        }
        Ok(())
    }

    /// Lets somebody sign in no more; ends their sessions unless something else
    /// is open to them.
    pub async fn remove_member(&self, email: &str, seen: &str) -> Result<(), MemberError> {
        let key = email.trim().to_lowercase();
        let (mut tx, row, people) = self.begin_members(seen).await?;
        if !people.iter().any(|(email, _)| *email == key) {
            return Err(MemberError::Missing);
        }
        keep_an_owner(&people, &key)?;
        leave(self.office(), &mut tx, self.tenant(), &key).await?;
        self.keep_members((tx, row), |settings| {
            settings.member.retain(|member| member.email.key() != key);
        })
        .await
    }

    /// The tenant and the people as they are, if they are still those that were
    /// `seen`. The tenant is read first: whoever changes the people after they
    /// were read has made another version of it.
    async fn begin_members(&self, seen: &str) -> Result<(Tx, TenantRow, People), MemberError> {
        if !self.may_change_members() {
            return Err(MemberError::Forbidden);
        }
        let gone = || StoreError::inconsistent("tenants", "the tenant of a session is gone");
        let mut tx = self.office().db.begin_directory().await?;
        let row = tenants::get(&mut tx, self.tenant()).await?.ok_or_else(gone)?;
        let people = members::of_tenant(&mut tx, self.tenant()).await?;
        if state(&people) != seen {
            return Err(MemberError::Changed);
        }
        Ok((tx, row, people))
    }

    /// Writes the same into the settings. Their version decides between two
    /// who change the people at the same moment.
    async fn keep_members(
        &self,
        (mut tx, row): (Tx, TenantRow),
        change: impl FnOnce(&mut Settings),
    ) -> Result<(), MemberError> {
        let unreadable = |error| StoreError::inconsistent("tenants", error);
        let mut settings = Settings::from_json(&row.settings).map_err(unreadable)?;
        change(&mut settings);
        settings.check()?;
        let json = settings.to_json();
        let data = data(&settings, &json);
        let (tenant, now) = (self.tenant(), self.now());
        if !tenants::replace(&mut tx, tenant, &data, row.version, now).await? {
            return Err(MemberError::Changed);
        }
        tx.commit().await?;
        self.office().forget_tenant(self.tenant());
        Ok(())
    }
}

/// Takes a member out; ends their sessions unless something else is open to them.
pub(crate) async fn leave(
    office: &Office,
    tx: &mut Tx,
    tenant: TenantId,
    email: &str,
) -> Result<(), StoreError> {
    members::remove(tx, tenant, email).await?;
    if !Email::parse(email).is_some_and(|email| sign_in::is_staff(office, &email)) {
        sessions::end_of_stranger(tx, email).await?;
    }
    Ok(())
}

/// Refuses to take the role of the only owner.
fn keep_an_owner(people: &[(String, Role)], leaving: &str) -> Result<(), MemberError> {
    let owner = |(_, role): &&(String, Role)| *role == Role::Owner;
    let mut owners = people.iter().filter(owner).map(|(email, _)| email.as_str());
    match (owners.next(), owners.next()) {
        (Some(only), None) if only == leaving => Err(MemberError::LastOwner),
        _ => Ok(()),
    }
}
