//! Opening a client: what our staff sets up until its own line answers. How
//! far it is follows from what exists, so that it can be left at any step and
//! done in any order, also by the file of `uwi tenant apply`. The test tenant
//! is never opened this way.

use crate::office::{Desk, Office, Who};
use crate::sign_in::{self, Email};
use crate::snapshot::Period;
use crate::tenants::{self, ApplyError};
use domain::email::EmailAddress;
use domain::id::TenantId;
use domain::role::Role;
use domain::routing::Channel;
use domain::tenant::presets::Preset;
use domain::tenant::settings::{MemberEntry, NumberEntry};
use std::sync::Arc;
use store::StoreError;
use store::tenants as rows;

/// What is to be done, in the usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Name, trade, address.
    Practice,
    /// When it is open.
    Hours,
    /// What can be booked.
    Services,
    /// What it answers.
    Questions,
    /// A number that reaches it.
    Number,
    /// A call that arrived.
    Call,
    /// Somebody who can sign in.
    Members,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Practice,
        Self::Hours,
        Self::Services,
        Self::Questions,
        Self::Number,
        Self::Call,
        Self::Members,
    ];
}

/// How far a client is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    done: Vec<Step>,
}

impl Progress {
    /// True when a step is done.
    pub fn is_done(&self, step: Step) -> bool {
        self.done.contains(&step)
    }

    /// How many are.
    pub fn count(&self) -> usize {
        self.done.len()
    }

    /// The first that is not.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.is_done(*step))
    }
}

/// Why a client was not opened, or not changed.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// Another client has this name.
    #[error("a client of this name exists")]
    NameTaken,
    /// The test tenant is no client, and only our staff opens clients.
    #[error("the test tenant is no client, and only our staff opens clients")]
    NotOpened,
    /// What was given cannot be applied.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a client of a trade. Nothing is open or sold yet.
pub async fn begin(office: &Office, name: &str, preset: Preset) -> Result<TenantId, OpeningError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let settings = preset.begin(&name);
    settings.check().map_err(ApplyError::from)?;
    let mut reader = office.db.read_directory().await?;
    let known = rows::named(&mut reader, &name).await?;
    drop(reader);
    if !known.is_empty() {
        return Err(OpeningError::NameTaken);
    }
    Ok(tenants::apply(office, &settings).await?.tenant)
}

/// The desk at which our staff opens a client; `None` when there is no such
/// client, or whoever asks is not of our staff.
pub async fn desk(
    office: &Arc<Office>,
    staff: &Email,
    tenant: TenantId,
) -> Result<Option<Desk>, StoreError> {
    if !sign_in::is_staff(office, staff) || tenant == office.rules.test.tenant {
        return Ok(None);
    }
    let row = rows::get(&mut office.db.read_directory().await?, tenant).await?;
    let who = Who::Staff { email: staff.as_str().to_owned() };
    let found = row.filter(|row| row.status != "deleted");
    Ok(found.map(|_| Desk::new(Arc::clone(office), tenant, who)))
}

impl Desk {
    /// How far the opening of the tenant is.
    pub async fn opening(&self) -> Result<Progress, StoreError> {
        let settings = self.settings().await?;
        let profile = self.office().profile(self.tenant()).await?;
        let members = self.members().await?;
        let call = self.snapshot(Period::ThirtyDays).await?.last_call;
        let is_done = |step: &Step| match step {
            Step::Practice => settings.trade.is_some() && settings.address.is_some(),
            Step::Hours => !settings.hours.is_empty(),
            Step::Services => !settings.service.is_empty(),
            Step::Questions => !settings.faq.is_empty(),
            Step::Number => !profile.numbers.is_empty(),
            Step::Call => call.is_some(),
            Step::Members => !members.is_empty(),
        };
        Ok(Progress { done: Step::ALL.into_iter().filter(is_done).collect() })
    }

    /// Links a number that leads to us already, as `[[number]]` of a file does.
    pub async fn link_number(&self, number: &str) -> Result<(), OpeningError> {
        self.must_be_client()?;
        let mut settings = self.settings().await?;
        settings.id = Some(self.tenant().0);
        settings
            .number
            .push(NumberEntry { e164: number.trim().to_owned(), channel: Channel::Vocal });
        settings.check().map_err(ApplyError::from)?;
        tenants::add(self.office(), &settings).await?;
        Ok(())
    }

    /// Lets somebody sign in, as `[[member]]` of a file does, and sends them a link.
    pub async fn invite(
        &self,
        address: EmailAddress,
        role: Role,
        network: &str,
    ) -> Result<(), OpeningError> {
        self.must_be_client()?;
        let mut settings = self.settings().await?;
        settings.id = Some(self.tenant().0);
        settings.member.retain(|member| member.email != address);
        let email = Email::parse(&address.key());
        settings.member.push(MemberEntry { email: address, role });
        settings.check().map_err(ApplyError::from)?;
        tenants::add(self.office(), &settings).await?;
        if let Some(email) = email {
            sign_in::request_link(self.office(), &email, network).await?;
        }
        Ok(())
    }

    fn must_be_client(&self) -> Result<(), OpeningError> {
        let test = self.tenant() == self.office().rules.test.tenant;
        let ours = matches!(self.who(), Who::Staff { .. } | Who::Operator);
        if test || !ours { Err(OpeningError::NotOpened) } else { Ok(()) }
    }
}
