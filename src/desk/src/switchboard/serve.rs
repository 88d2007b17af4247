//! Answering what the dialogue asks of the outside, within the transaction
//! that will store the turn.

use super::hold::Held;
use crate::book::{self, Booker, By, Outcome};
use crate::office::Office;
use dialogue::ask::{Booking, Correction, Identity, Known, Message};
use dialogue::{Answer, Ask, Mode, Receipt};
use domain::appointment::{Author, Change};
use domain::availability::{Slot, Wish};
use domain::id::{AppointmentId, CalendarId, CallId, ServiceId};
use domain::support::Priority;
use domain::tenant::Profile;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::json;
use store::appointments::{self, AppointmentRow, Seeker};
use store::{Reader, StoreError, Tx, calls, tickets};

/// One turn's dealings with the outside.
pub(crate) struct Dealings<'a> {
    pub office: &'a Office,
    pub profile: &'a Profile,
    pub mode: Mode,
    pub call: Option<&'a CallId>,
    pub author: Author,
    pub now: Timestamp,
    /// What is held for the call, as far as this process knows.
    pub held: Option<Held>,
    /// Open once something was written.
    pub tx: Option<Tx>,
    /// What was written, in order.
    pub wrote: Vec<Wrote>,
}

/// A kind of row that a turn wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrote {
    Appointment,
    Ticket,
    Prospect,
}

impl Dealings<'_> {
    /// Answers one question. A failure before anything was written is an
    /// answer ([`Answer::Failed`]); afterwards the turn as a whole fails, as
    /// does one that somebody else overtook.
    pub(crate) async fn answer(&mut self, ask: &Ask) -> Result<Answer, StoreError> {
        match self.serve(ask).await {
            Ok(answer) => Ok(answer),
            Err(error) if error == StoreError::Conflict || !self.wrote.is_empty() => Err(error),
            Err(error) => {
                tracing::warn!(%error, "the outside could not be asked");
                self.tx = None;
                Ok(Answer::Failed)
            }
        }
    }

    async fn serve(&mut self, ask: &Ask) -> Result<Answer, StoreError> {
        match ask {
            Ask::TakeMessage(message) => self.take_message(message).await,
            Ask::Complete(message) => self.complete(message).await,
            // The dialogue does not ask for these; nothing of a tenant may be
            // reached through a number that is nobody's all the same.
            _ if self.mode == Mode::MessageOnly => Ok(Answer::Failed),
            Ask::Openings { wish, limit } => self.openings(wish, *limit).await,
            Ask::Find(identity) => self.find(identity).await,
            Ask::Book(booking) => self.book(booking).await,
            Ask::Cancel(appointment) => self.cancel(*appointment).await,
            Ask::Move { appointment, to } => self.move_to(*appointment, to).await,
            Ask::Correct(correction) => self.correct(correction).await,
            Ask::CreateProspect(prospect) => self.create_prospect(prospect).await,
            Ask::OpenTicket(request) => self.open_ticket(request).await,
        }
    }

    async fn openings(&mut self, wish: &Wish, limit: usize) -> Result<Answer, StoreError> {
        let (profile, call, now) = (self.profile, self.call, self.now);
        let wanted = (wish, limit);
        let (slots, nearest) = match &mut self.tx {
            Some(tx) => book::openings(tx, profile, wanted, call, now).await?,
            None => {
                let mut reader = self.office.db.read(profile.tenant).await?;
                book::openings(&mut reader, profile, wanted, call, now).await?
            }
        };
        Ok(Answer::Openings { slots, nearest })
    }

    async fn find(&mut self, identity: &Identity) -> Result<Answer, StoreError> {
        let (profile, now) = (self.profile, self.now);
        let found = match &mut self.tx {
            Some(tx) => find(tx, profile, identity, now).await?,
            None => {
                let mut reader = self.office.db.read(profile.tenant).await?;
                find(&mut reader, profile, identity, now).await?
            }
        };
        Ok(Answer::Found(found))
    }

    async fn book(&mut self, booking: &Booking) -> Result<Answer, StoreError> {
        let (profile, call, world, now) = (self.profile, self.call, &self.office.world, self.now);
        let booker = Booker {
            id: None,
            name: &booking.name,
            phone: booking.phone.as_ref(),
            email: booking.email.as_deref(),
            motive: booking.motive.as_deref(),
            call,
            author: self.author,
        };
        if !self.is_free(&booking.slot).await? {
            return Ok(Answer::SlotTaken);
        }
        // Whoever is faster now makes the turn begin again.
        let tx = self.open().await?;
        let outcome = book::write(tx, profile, &booking.slot, &booker, (world, now)).await?;
        if let (Outcome::Written(..), Some(call)) = (&outcome, call) {
            calls::note_booked(tx, call, &booking.name).await?;
        }
        Ok(self.told(outcome, Answer::Booked))
    }

    async fn is_free(&mut self, slot: &Slot) -> Result<bool, StoreError> {
        if self.held.as_ref().is_some_and(|held| held.covers(slot, self.now)) {
            return Ok(true);
        }
        let (seeker, now) = (Seeker { call: self.call, appointment: None }, self.now);
        match &mut self.tx {
            Some(tx) => appointments::is_free(tx, slot, seeker, now).await,
            None => {
                let mut reader = self.office.db.read(self.profile.tenant).await?;
                appointments::is_free(&mut reader, slot, seeker, now).await
            }
        }
    }

    async fn move_to(
        &mut self,
        appointment: AppointmentId,
        to: &Slot,
    ) -> Result<Answer, StoreError> {
        let (profile, by) = (self.profile, By::caller(self.author, self.call));
        let (moving, chance) = ((appointment, to), (&self.office.world, self.now));
        let outcome = book::move_to(self.open().await?, profile, moving, by, chance).await?;
        Ok(self.told(outcome, Answer::Moved))
    }

    fn told(&mut self, outcome: Outcome, written: fn(Receipt<Slot>) -> Answer) -> Answer {
        match outcome {
            Outcome::Written(id, slot) => {
                self.wrote.push(Wrote::Appointment);
                written(Receipt::committed_with(id.to_string(), slot))
            }
            Outcome::Taken => Answer::SlotTaken,
            Outcome::NotBookable(why) => Answer::NotBookable(why),
            Outcome::Gone => Answer::Gone,
        }
    }

    async fn cancel(&mut self, appointment: AppointmentId) -> Result<Answer, StoreError> {
        let (by, chance) = (By::caller(self.author, self.call), (&self.office.world, self.now));
        let zone = self.profile.zone.clone();
        let tx = self.open().await?;
        let before = appointments::get(tx, appointment).await?;
        let Some(before) = before.and_then(|row| known(&row, &zone)) else {
            return Ok(Answer::Gone);
        };
        if !book::cancel(tx, appointment, by, chance).await? {
            return Ok(Answer::Gone);
        }
        self.wrote.push(Wrote::Appointment);
        Ok(Answer::Cancelled(Receipt::committed_with(appointment.to_string(), before)))
    }

    async fn correct(&mut self, correction: &Correction) -> Result<Answer, StoreError> {
        let (now, call, world) = (self.now, self.call, &self.office.world);
        let by = By::caller(self.author, call);
        let key = book::fold_name(&correction.name);
        let (id, name) = (correction.appointment, correction.name.as_str());
        let contact = (correction.phone.as_ref(), correction.email.as_deref());
        let tx = self.open().await?;
        if !appointments::correct(tx, id, (name, &key), contact, now).await? {
            return Ok(Answer::Gone);
        }
        let what = (id, Change::Corrected, json!({ "fields": ["name", "phone", "email"] }));
        book::note(tx, what, by, (world, now)).await?;
        if let Some(call) = call {
            calls::note_corrected(tx, call, name).await?;
        }
        self.wrote.push(Wrote::Appointment);
        Ok(Answer::Corrected(Receipt::committed_with(id.to_string(), correction.clone())))
    }

    pub(crate) async fn take_message(&mut self, message: &Message) -> Result<Answer, StoreError> {
        let (now, call) = (self.now, self.call);
        let id = self.office.world.ids.ticket(now);
        let subject: String = message.text.chars().take(80).collect();
        let new = tickets::NewTicket {
            id,
            name: message.name.as_deref(),
            phone: message.phone.as_ref(),
            subject: &subject,
            description: &message.text,
            category: message.kind.as_str(),
            priority: Priority::Medium,
            reference: None,
            email: None,
            details: &details(message),
            call,
            now,
            author: "sara",
            due: self.profile.due(Priority::Medium, now),
        };
        let tx = self.open().await?;
        tickets::insert(tx, &new).await?;
        if let Some(call) = call {
            calls::note_ticket(tx, call, message.name.as_deref()).await?;
        }
        self.wrote.push(Wrote::Ticket);
        Ok(Answer::MessageTaken(Receipt::committed_with(id.to_string(), id)))
    }

    /// The turn's transaction.
    pub(crate) async fn open(&mut self) -> Result<&mut Tx, StoreError> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.office.db.begin(self.profile.tenant).await?,
        };
        Ok(self.tx.insert(tx))
    }
}

/// What is known of a message in its parts.
fn details(message: &Message) -> String {
    let wish = message.wish.as_ref().map(|wish| serde_json::json!({ "wish": wish }));
    wish.map_or_else(|| "{}".to_owned(), |wish| wish.to_string())
}

/// Coming appointments whose owner is identified: the caller's own number on
/// file and the name, or else the name with date and hour.
async fn find(
    reader: &mut Reader,
    profile: &Profile,
    identity: &Identity,
    now: Timestamp,
) -> Result<Vec<Known>, StoreError> {
    let start = identity.at.and_then(|at| profile.zone.to_timestamp(at).ok());
    let rows = appointments::coming(reader, identity.caller.as_ref(), start, now).await?;
    let standing = rows.into_iter().filter(|row| row.status == "confirmed").collect();
    let theirs = book::bearing(standing, &identity.name);
    Ok(theirs.iter().filter_map(|row| known(row, &profile.zone)).collect())
}

fn known(row: &AppointmentRow, zone: &TimeZone) -> Option<Known> {
    let start = Timestamp::from_millisecond(row.starts_at).ok()?;
    let local: DateTime = start.to_zoned(zone.clone()).datetime();
    Some(Known {
        appointment: row.id.parse().ok()?,
        local,
        name: row.customer_name.clone(),
        service: ServiceId(row.service_id.clone()),
        calendar: Some(CalendarId(row.calendar_id.clone())),
    })
}
