//! Appointments as a person, the API or the command line handles them: made
//! here, changed in [`change`].

pub mod change;
pub(crate) mod given;

pub use change::Changes;
pub use given::{MOTIVE, NOTES};

use crate::book::{self, Booker, By, Outcome};
use crate::live::Change;
use crate::office::{Desk, Who};
use domain::appointment::Author;
use domain::availability::{self, NotBookable, Slot, Wish};
use domain::id::{AppointmentId, CalendarId, ServiceId};
use domain::phone::E164;
use domain::time::Span;
use jiff::civil::{Date, DateTime, Time};
use store::StoreError;
use store::appointments::history::{self, ChangeRow};
use store::dashboard::agenda::{self, VisitRow};

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

/// Why an appointment was not made or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentError {
    /// No name, or none that can be one.
    #[error("a name is needed, of 200 characters at most")]
    NoName,
    /// A text that is no address.
    #[error("not an e-mail address")]
    BadEmail,
    /// A text that is too long, or holds what cannot be printed: which one.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// Somebody else has that time.
    #[error("that time is taken")]
    Taken,
    /// The tenant's rules refuse it.
    #[error(transparent)]
    NotBookable(#[from] NotBookable),
    /// It is gone, or was never there.
    #[error("no such appointment")]
    Gone,
    /// Somebody changed it since it was looked at.
    #[error("somebody else has changed it meanwhile")]
    Changed,
    /// Its status does not allow that.
    #[error("its status does not allow that")]
    NotPossible,
    /// Nobody can have come yet.
    #[error("it has not begun")]
    NotBegun,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Desk {
    /// Makes an appointment.
    pub async fn book(&self, new: &NewAppointment) -> Result<VisitRow, AppointmentError> {
        self.book_as(None, new).await
    }

    /// Makes the appointment of a request that may come again: one that bears
    /// this id was made by an earlier try, and is it.
    pub async fn book_once(
        &self,
        id: AppointmentId,
        new: &NewAppointment,
    ) -> Result<VisitRow, AppointmentError> {
        // Its own statement, so that the connection is given back before another is taken.
        let earlier = agenda::one(&mut self.reader().await?, &id.to_string()).await?;
        match earlier {
            Some(row) => Ok(row),
            None => self.book_as(Some(id), new).await,
        }
    }

    async fn book_as(
        &self,
        id: Option<AppointmentId>,
        new: &NewAppointment,
    ) -> Result<VisitRow, AppointmentError> {
        let name = given::name(&new.name)?;
        let email = given::email(new.email.as_deref())?;
        let motive = given::text(new.motive.as_deref(), ("motive", MOTIVE))?;
        let (office, profile) = (self.office(), self.office().profile(self.tenant()).await?);
        let now = office.world.clock.now();
        let booker = Booker {
            id,
            name,
            phone: new.phone.as_ref(),
            email: email.as_deref(),
            motive,
            call: None,
            author: self.by().author,
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

    /// What was done to an appointment since it was made, newest first.
    pub async fn history(&self, id: &str) -> Result<Vec<ChangeRow>, StoreError> {
        history::of(&mut self.reader().await?, id).await
    }

    /// The first free slots of a day and the days after it.
    pub async fn free_slots(
        &self,
        service: Option<&ServiceId>,
        calendar: Option<&CalendarId>,
        (from, limit): (Date, usize),
    ) -> Result<Vec<Slot>, StoreError> {
        let profile = self.office().profile(self.tenant()).await?;
        let within = Span { from: Some(from.to_datetime(Time::midnight())), to: None };
        let wish = Wish {
            service: service.cloned(),
            calendars: calendar.cloned().into_iter().collect(),
            within: vec![within],
            ..Wish::default()
        };
        let mut reader = self.reader().await?;
        let found = book::openings(&mut reader, &profile, (&wish, limit), None, self.now()).await?;
        Ok(found.0)
    }

    /// On whose behalf this desk changes appointments.
    pub(crate) fn by(&self) -> By<'_> {
        let (author, name) = match self.who() {
            Who::Member { email, .. } | Who::Staff { email } => {
                (Author::Manual, Some(email.as_str()))
            }
            Who::Token { prefix, .. } => (Author::Web, Some(prefix.as_str())),
            Who::Operator => (Author::Manual, None),
        };
        By { author, name, call: None }
    }

    async fn written(
        &self,
        mut tx: store::Tx,
        id: AppointmentId,
    ) -> Result<VisitRow, AppointmentError> {
        let row = agenda::one(&mut tx, &id.to_string()).await?.ok_or(AppointmentError::Gone)?;
        tx.commit().await?;
        self.office().live.publish(self.tenant(), Change::Appointments);
        Ok(row)
    }
}

fn refused(outcome: Outcome) -> AppointmentError {
    match outcome {
        Outcome::NotBookable(why) => AppointmentError::NotBookable(why),
        Outcome::Gone => AppointmentError::Gone,
        Outcome::Taken | Outcome::Written(..) => AppointmentError::Taken,
    }
}
