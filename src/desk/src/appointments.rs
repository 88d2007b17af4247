//! Appointments as a person, the API or the command line handles them.

use crate::book::{self, Booker, Outcome};
use crate::live::Change;
use crate::office::Desk;
use domain::appointment::Author;
use domain::availability::{self, NotBookable, Slot};
use domain::id::{AppointmentId, CalendarId, ServiceId};
use domain::phone::E164;
use jiff::Timestamp;
use jiff::civil::DateTime;
use store::StoreError;
use store::appointments::{self as rows, AppointmentRow};

/// An appointment to be made by a person or a program.
#[derive(Debug, Clone)]
pub struct NewAppointment {
    /// For whom.
    pub name: String,
    /// How to reach them.
    pub phone: Option<E164>,
    /// Written address.
    pub email: Option<String>,
    /// Local wall time of the start.
    pub start: DateTime,
    /// What; `None`: the tenant's first service.
    pub service: Option<ServiceId>,
    /// Where; `None`: the first calendar that is free.
    pub calendar: Option<CalendarId>,
    /// Why they come.
    pub motive: Option<String>,
}

/// Why an appointment was not made, moved or cancelled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentError {
    /// No name, or none that can be one.
    #[error("a name is needed, of 200 characters at most")]
    NoName,
    /// Somebody else has that time.
    #[error("that time is taken")]
    Taken,
    /// The tenant's rules refuse it.
    #[error(transparent)]
    NotBookable(#[from] NotBookable),
    /// It is gone, or was never there.
    #[error("no such appointment")]
    Gone,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Makes an appointment.
    pub async fn book(
        &self,
        new: &NewAppointment,
        author: Author,
    ) -> Result<AppointmentRow, AppointmentError> {
        let name = new.name.trim();
        if !is_name(name) {
            return Err(AppointmentError::NoName);
        }
        let (office, profile) = (self.office(), self.office().profile(self.tenant()).await?);
        let now = office.world.clock.now();
        let booker = Booker {
            name,
            phone: new.phone.as_ref(),
            email: new.email.as_deref(),
            motive: new.motive.as_deref(),
            call: None,
            author,
        };
        let calendars: Vec<CalendarId> = match &new.calendar {
            Some(one) => vec![one.clone()],
            None => profile.calendars.iter().map(|calendar| calendar.id.clone()).collect(),
        };
        let mut refusal = AppointmentError::NotBookable(NotBookable::Unknown);
        for calendar in &calendars {
            let slot = availability::slot_at(
                &profile,
                new.service.as_ref(),
                Some(calendar),
                new.start,
                now,
            )?;
            let mut tx = office.db.begin(self.tenant()).await?;
            match book::book(&mut tx, &profile, &slot, &booker, (&office.world, now)).await {
                Ok(Outcome::Written(id, _)) => return self.written(tx, id).await,
                Ok(other) => refusal = refused(other),
                Err(StoreError::Conflict) => refusal = AppointmentError::Taken,
                Err(error) => return Err(error.into()),
            }
        }
        Err(refusal)
    }

    /// Moves an appointment to another start on the same calendar, for the
    /// same service.
    pub async fn move_to(
        &self,
        id: AppointmentId,
        start: DateTime,
    ) -> Result<AppointmentRow, AppointmentError> {
        let (office, profile) = (self.office(), self.office().profile(self.tenant()).await?);
        let now = office.world.clock.now();
        let mut tx = office.db.begin(self.tenant()).await?;
        let before = rows::get(&mut tx, id).await?.ok_or(AppointmentError::Gone)?;
        let (service, calendar) = (ServiceId(before.service_id), CalendarId(before.calendar_id));
        let slot: Slot =
            availability::slot_at(&profile, Some(&service), Some(&calendar), start, now)?;
        match book::move_to(&mut tx, &profile, (id, &slot), None, now).await? {
            Outcome::Written(id, _) => self.written(tx, id).await,
            other => Err(refused(other)),
        }
    }

    /// Cancels an appointment.
    pub async fn cancel(&self, id: AppointmentId) -> Result<AppointmentRow, AppointmentError> {
        let mut tx = self.office().db.begin(self.tenant()).await?;
        if !rows::cancel(&mut tx, id, self.office().world.clock.now()).await? {
            return Err(AppointmentError::Gone);
        }
        self.written(tx, id).await
    }

    /// Appointments that start in a period, in order.
    pub async fn appointments(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: i64,
    ) -> Result<Vec<AppointmentRow>, StoreError> {
        let mut reader = self.office().db.read(self.tenant()).await?;
        rows::between(&mut reader, from, to, limit).await
    }

    async fn written(
        &self,
        mut tx: store::Tx,
        id: AppointmentId,
    ) -> Result<AppointmentRow, AppointmentError> {
        let row = rows::get(&mut tx, id).await?.ok_or(AppointmentError::Gone)?;
        tx.commit().await?;
        self.office().live.publish(self.tenant(), Change::Appointments);
        Ok(row)
    }
}

/// The most characters of a name.
const LONGEST_NAME: usize = 200;

fn is_name(text: &str) -> bool {
    let printed = !text.is_empty() && !text.chars().any(char::is_control);
    printed && text.chars().count() <= LONGEST_NAME
}

fn refused(outcome: Outcome) -> AppointmentError {
    match outcome {
        Outcome::NotBookable(why) => AppointmentError::NotBookable(why),
        Outcome::Gone => AppointmentError::Gone,
        Outcome::Taken | Outcome::Written(..) => AppointmentError::Taken,
    }
}
