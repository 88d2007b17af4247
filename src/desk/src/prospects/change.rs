//! Changing a prospect: only what is given.

use super::{ProspectError, start_of};
use crate::office::Desk;
use crate::tickets::fields;
use domain::qualification::Status;
use domain::tenant::Profile;
use jiff::Timestamp;
use jiff::civil::Date;
use store::dashboard::prospects::{self as shown, ProspectRow};
use store::prospects::{self, ProspectData};

/// What shall be different; `None`: as it is. An inner `None` empties a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProspectChange {
    /// Who.
    pub name: Option<Option<String>>,
    /// How to reach them, in any usual form.
    pub phone: Option<Option<String>>,
    /// Written address.
    pub email: Option<Option<String>>,
    /// How they are judged.
    pub status: Option<Status>,
    /// What the practice writes about them.
    pub notes: Option<Option<String>>,
    /// Why they are judged so.
    pub qualification_notes: Option<Option<String>>,
    /// The local day on which to call them back.
    pub next_follow_up: Option<Option<Date>>,
    /// When they were last spoken to.
    pub last_contact: Option<Timestamp>,
}

impl Desk {
    /// Changes a prospect, if it is still at this version (`None`: whatever it
    /// is at). Whom nobody calls back any more has no day for it.
    pub async fn change_prospect(
        &self,
        id: &str,
        version: Option<i64>,
        change: &ProspectChange,
    ) -> Result<ProspectRow, ProspectError> {
        let profile = self.office().profile(self.tenant()).await?;
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let before = shown::one(&mut tx, id).await?.ok_or(ProspectError::Missing)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(ProspectError::Changed);
        }
        let after = applied(&before, change, &profile)?;
        if after == before {
            return Ok(before);
        }
        let key = (id, before.version);
        if !prospects::update(&mut tx, key, &data(&after), self.now()).await? {
            return Err(ProspectError::Changed);
        }
        let row = shown::one(&mut tx, id).await?.ok_or(ProspectError::Missing)?;
        tx.commit().await?;
        self.prospects_changed();
        Ok(row)
    }
}

fn applied(
    before: &ProspectRow,
    change: &ProspectChange,
    profile: &Profile,
) -> Result<ProspectRow, ProspectError> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = fields::line("name", name.as_deref())?;
    }
    if let Some(phone) = &change.phone {
        after.phone = fields::phone(phone.as_deref(), profile)?.map(|n| n.as_str().to_owned());
    }
    if let Some(email) = &change.email {
        after.email = fields::email(email.as_deref())?;
    }
    if let Some(notes) = &change.notes {
        after.notes = fields::words("notes", notes.as_deref())?;
    }
    if let Some(notes) = &change.qualification_notes {
        after.qualification_notes = fields::words("qualification_notes", notes.as_deref())?;
    }
    if let Some(at) = change.last_contact {
        after.last_contact_at = Some(at.as_millisecond());
    }
    if let Some(day) = change.next_follow_up {
        after.next_follow_up_at = day.map(|day| start_of(day, &profile.zone).as_millisecond());
    }
    if let Some(status) = change.status {
        let from = Status::parse(&before.qualification_status).unwrap_or(Status::New);
        if from != status && !from.may_become(status) {
            return Err(ProspectError::Move);
        }
        after.qualification_status = status.as_str().to_owned();
    }
    if status(&after).is_over() {
        after.next_follow_up_at = None;
    }
    Ok(after)
}

fn status(row: &ProspectRow) -> Status {
    Status::parse(&row.qualification_status).unwrap_or(Status::New)
}

fn data(row: &ProspectRow) -> ProspectData<'_> {
    ProspectData {
        name: row.name.as_deref(),
        phone: row.phone.as_deref(),
        email: row.email.as_deref(),
        status: status(row),
        notes: row.notes.as_deref(),
        qualification_notes: row.qualification_notes.as_deref(),
        next_follow_up_at: row.next_follow_up_at,
        last_contact_at: row.last_contact_at,
    }
}
