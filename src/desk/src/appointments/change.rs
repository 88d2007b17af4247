//! Changing an appointment: its time, what became of it, for whom it is. All
//! that one request asks happens in one transaction, or nothing of it.

use super::{AppointmentError, MOTIVE, NOTES, given, refused};
use crate::book::{self, Outcome, fold_name};
use crate::office::Desk;
use crate::{notices, reminders};
use domain::appointment::{Change, Status};
use domain::availability;
use domain::id::{AppointmentId, CalendarId, ServiceId};
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::json;
use store::Tx;
use store::appointments::{self as rows, Details};
use store::dashboard::agenda::VisitRow;

/// What is to be changed; what is `None` stays. A `Some(None)` removes.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Local wall time of the new start.
    pub start: Option<DateTime>,
    /// To another calendar.
    pub calendar: Option<CalendarId>,
    /// For another service.
    pub service: Option<ServiceId>,
    /// What became of it.
    pub status: Option<Status>,
    /// For whom.
    pub name: Option<String>,
    /// How to reach them.
    pub phone: Option<Option<E164>>,
    /// Written address.
    pub email: Option<Option<String>>,
    /// Why they come.
    pub motive: Option<Option<String>>,
    /// What may be told to them.
    pub notes: Option<Option<String>>,
    /// What never leaves the practice.
    pub internal_notes: Option<Option<String>>,
    /// Only if this is its version still.
    pub version: Option<i64>,
}

impl Changes {
    fn moves(&self) -> bool {
        self.start.is_some() || self.calendar.is_some() || self.service.is_some()
    }

    /// The fields about the person and the notes that are given.
    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("name", self.name.is_some()),
            ("phone", self.phone.is_some()),
            ("email", self.email.is_some()),
            ("motive", self.motive.is_some()),
            ("notes", self.notes.is_some()),
            ("internal_notes", self.internal_notes.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
    }
}

impl Desk {
    /// Changes an appointment.
    pub async fn change(
        &self,
        id: AppointmentId,
        changes: &Changes,
    ) -> Result<VisitRow, AppointmentError> {
        let profile = self.office().profile(self.tenant()).await?;
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let before = rows::lock(&mut tx, id).await?.ok_or(AppointmentError::Gone)?;
        if changes.version.is_some_and(|version| version != before.version) {
            return Err(AppointmentError::Changed);
        }
        let now = self.now();
        let owed = notices::owed(&mut tx, id).await?;
        if changes.moves() {
            self.put_elsewhere(&mut tx, &profile, (id, &before), changes, now).await?;
        }
        if !changes.fields().is_empty() {
            self.amend(&mut tx, (id, &before), changes, now).await?;
        }
        if let Some(status) = changes.status {
            self.settle(&mut tx, (id, &before), status, now).await?;
        }
        notices::tell(&mut tx, &profile, (&before, owed), now).await?;
        self.written(tx, id).await
    }

    /// Cancels an appointment, if `version` is its version still.
    pub async fn cancel(
        &self,
        id: AppointmentId,
        version: Option<i64>,
    ) -> Result<VisitRow, AppointmentError> {
        let changes = Changes { status: Some(Status::Cancelled), version, ..Changes::default() };
        self.change(id, &changes).await
    }

    async fn put_elsewhere(
        &self,
        tx: &mut Tx,
        profile: &Profile,
        (id, before): (AppointmentId, &VisitRow),
        changes: &Changes,
        now: Timestamp,
    ) -> Result<(), AppointmentError> {
        if before.status != Status::Confirmed.as_str() {
            return Err(AppointmentError::NotPossible);
        }
        let start = format!("{}T{}", before.rdv_date, before.rdv_time).parse::<DateTime>().ok();
        let start = changes.start.or(start).ok_or(AppointmentError::Gone)?;
        let service = changes.service.clone().unwrap_or(ServiceId(before.service_id.clone()));
        let calendar = changes.calendar.clone().unwrap_or(CalendarId(before.calendar_id.clone()));
        let slot = availability::slot_at(profile, Some(&service), Some(&calendar), start, now)?;
        let same = slot.start.as_millisecond() == before.starts_at
            && (&slot.service.0, &slot.calendar.0) == (&before.service_id, &before.calendar_id);
        if same {
            return Ok(());
        }
        let chance = (&self.office().world, now);
        match book::move_to(tx, profile, (id, &slot), self.by(), chance).await? {
            Outcome::Written(..) => Ok(()),
            other => Err(refused(other)),
        }
    }

    async fn amend(
        &self,
        tx: &mut Tx,
        (id, before): (AppointmentId, &VisitRow),
        changes: &Changes,
        now: Timestamp,
    ) -> Result<(), AppointmentError> {
        let name = given::name(changes.name.as_deref().unwrap_or(&before.customer_name))?;
        let kept = |change: &Option<Option<String>>, before: &Option<String>| {
            change.clone().unwrap_or_else(|| before.clone())
        };
        let email = match &changes.email {
            Some(email) => given::email(email.as_deref())?,
            None => before.customer_email.clone(),
        };
        let phone = match &changes.phone {
            Some(phone) => phone.clone(),
            None => before.customer_phone.clone().and_then(|stored| E164::try_from(stored).ok()),
        };
        let motive = kept(&changes.motive, &before.motive);
        let notes = kept(&changes.notes, &before.notes);
        let internal = kept(&changes.internal_notes, &before.internal_notes);
        let details = Details {
            name,
            name_key: &fold_name(name),
            phone: phone.as_ref(),
            email: email.as_deref(),
            motive: given::text(motive.as_deref(), ("motive", MOTIVE))?,
            notes: given::text(notes.as_deref(), ("notes", NOTES))?,
            internal_notes: given::text(internal.as_deref(), ("internal_notes", NOTES))?,
        };
        rows::amend(tx, id, &details, now).await?;
        if changes.phone.is_some() || changes.email.is_some() {
            // What waits goes to the new address, not to the old one.
            reminders::withdraw(tx, id, now).await?;
        }
        let what = (id, Change::Corrected, json!({ "fields": changes.fields() }));
        book::note(tx, what, self.by(), (&self.office().world, now)).await?;
        Ok(())
    }

    /// Notes what became of it. Asking again for what is so is no change.
    async fn settle(
        &self,
        tx: &mut Tx,
        (id, before): (AppointmentId, &VisitRow),
        to: Status,
        now: Timestamp,
    ) -> Result<(), AppointmentError> {
        let from = Status::parse(&before.status).ok_or(AppointmentError::NotPossible)?;
        if from == to && to != Status::Cancelled {
            return Ok(());
        }
        if to == Status::Cancelled && matches!(from, Status::Cancelled | Status::Rescheduled) {
            return Err(AppointmentError::Gone);
        }
        if !from.can_become(to) {
            return Err(AppointmentError::NotPossible);
        }
        let came = matches!(to, Status::Completed | Status::NoShow);
        if came && before.starts_at > now.as_millisecond() {
            return Err(AppointmentError::NotBegun);
        }
        let chance = (&self.office().world, now);
        let done = if to == Status::Cancelled {
            book::cancel(tx, id, self.by(), chance).await?
        } else {
            let settled = rows::settle(tx, id, (from, to), now).await?;
            book::note(tx, (id, to.into(), json!({})), self.by(), chance).await?;
            reminders::withdraw(tx, id, now).await?;
            settled
        };
        if done { Ok(()) } else { Err(AppointmentError::Gone) }
    }
}
