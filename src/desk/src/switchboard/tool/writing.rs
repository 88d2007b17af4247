//! Functions that write: booking, cancelling, moving, leaving a message. A
//! repeated request finds its own row and writes nothing.

use super::{ATTEMPTS, Told, Work, words};
use crate::book::{self, Booker, By, Outcome};
use crate::live::Change;
use dialogue::Receipt;
use domain::appointment::Author;
use domain::availability::{self, Slot};
use domain::event::EventKind;
use domain::id::{AppointmentId, CalendarId, ServiceId};
use domain::phone::E164;
use jiff::Timestamp;
use jiff::civil::DateTime;
use store::appointments::{self, AppointmentRow};
use store::{Reader, StoreError, Tx, calls, tickets};

const WHOLE: &[&str] = &["start", "slot", "datetime", "date_time", "dateTime"];
const DATE: &[&str] = &["date", "day"];
const TIME: &[&str] = &["time", "hour"];
const NEW_WHOLE: &[&str] = &["new_start", "newStart", "new_slot", "new_datetime"];
const NEW_DATE: &[&str] = &["new_date", "newDate"];
const NEW_TIME: &[&str] = &["new_time", "newTime"];

impl Work<'_> {
    pub(super) async fn book(&self) -> Result<Told, StoreError> {
        let Some(name) = self.name() else { return Ok(Err(words::name_needed().to_owned())) };
        let Some(local) = self.moment(WHOLE, DATE, TIME) else {
            return Ok(Err(words::time_needed().to_owned()));
        };
        let dictated = self.text(&["phone", "phone_number", "phoneNumber", "customer_phone"]);
        let dictated = dictated.and_then(|raw| E164::parse(raw, &self.profile.country).ok());
        let phone = dictated.or_else(|| self.caller.clone());
        let email = self.email();
        let booker = Booker {
            id: None,
            name,
            phone: phone.as_ref(),
            email: email.as_deref(),
            motive: self.motive(),
            call: Some(self.call),
            author: Author::Sara,
        };
        for _ in 0..ATTEMPTS {
            match self.book_once(local, &booker).await {
                // Somebody was faster: what is free now is looked at again.
                Err(StoreError::Conflict) => {}
                told => return told,
            }
        }
        Err(StoreError::Conflict)
    }

    async fn book_once(&self, local: DateTime, booker: &Booker<'_>) -> Result<Told, StoreError> {
        let name = booker.name;
        let mut tx = self.office.db.begin(self.profile.tenant).await?;
        if let Some(made) = self.made_before(&mut tx, name, local).await? {
            return Ok(Ok(words::booked(&made, name)));
        }
        match self.book_first_free(&mut tx, local, booker).await? {
            Outcome::Written(id, slot) => {
                calls::note_booked(&mut tx, self.call, name).await?;
                self.event(&mut tx, EventKind::BookingConfirmed, &id.to_string(), None).await?;
                self.commit(tx, Change::Appointments).await?;
                let receipt = Receipt::committed_with(id.to_string(), slot.local);
                Ok(Ok(words::booked(&receipt, name)))
            }
            other => Ok(Err(words::not_booked(&other).to_owned())),
        }
    }

    /// What this call has already booked for this name and start.
    async fn made_before(
        &self,
        reader: &mut Reader,
        name: &str,
        local: DateTime,
    ) -> Result<Option<Receipt<DateTime>>, StoreError> {
        let rows = appointments::of_call(reader, self.call).await?;
        let same = rows
            .into_iter()
            .filter(|row| row.status == "confirmed" && self.start(row) == Some(local))
            .collect();
        let same = book::bearing(same, name).into_iter().next();
        Ok(same.map(|row| Receipt::committed_with(row.id, local)))
    }

    async fn book_first_free(
        &self,
        tx: &mut Tx,
        local: DateTime,
        booker: &Booker<'_>,
    ) -> Result<Outcome, StoreError> {
        let service = self.text(&["service", "service_id"]).and_then(|asked| self.service(asked));
        let mut refusal = Outcome::Taken;
        for calendar in &self.profile.calendars {
            let (service, calendar) = (service.as_ref(), Some(&calendar.id));
            let slot = availability::slot_at(self.profile, service, calendar, local, self.now);
            refusal = match slot {
                Ok(slot) => {
                    let chance = (&self.office.world, self.now);
                    book::book(tx, self.profile, &slot, booker, chance).await?
                }
                Err(why) => Outcome::NotBookable(why),
            };
            if matches!(refusal, Outcome::Written(..)) {
                break;
            }
        }
        Ok(refusal)
    }

    pub(super) async fn cancel(&self) -> Result<Told, StoreError> {
        let mut tx = self.office.db.begin(self.profile.tenant).await?;
        let (row, id) = match self.theirs(&mut tx).await? {
            Ok(found) => found,
            Err(sentence) => return self.failed(tx, sentence).await,
        };
        let at = self.start(&row).unwrap_or_default();
        if row.status == "confirmed" {
            let chance = (&self.office.world, self.now);
            if !book::cancel(&mut tx, id, By::caller(Author::Sara, Some(self.call)), chance).await?
            {
                return Ok(Err(words::not_found().to_owned()));
            }
            self.event(&mut tx, EventKind::CancelDone, &row.id, None).await?;
            self.commit(tx, Change::Appointments).await?;
        }
        Ok(Ok(words::cancelled(&Receipt::committed_with(row.id, at))))
    }

    async fn failed(&self, mut tx: Tx, sentence: &'static str) -> Result<Told, StoreError> {
        self.event(&mut tx, EventKind::CancelFailed, "", Some("not_found")).await?;
        self.commit(tx, Change::Calls).await?;
        Ok(Err(sentence.to_owned()))
    }

    pub(super) async fn modify(&self) -> Result<Told, StoreError> {
        let Some(to) = self.moment(NEW_WHOLE, NEW_DATE, NEW_TIME) else {
            return Ok(Err(words::time_needed().to_owned()));
        };
        let mut tx = self.office.db.begin(self.profile.tenant).await?;
        let (row, id) = match self.theirs(&mut tx).await? {
            Ok(found) => found,
            Err(sentence) => return Ok(Err(sentence.to_owned())),
        };
        let receipt = Receipt::committed_with(row.id.clone(), to);
        if self.start(&row) == Some(to) {
            return Ok(Ok(words::moved(&receipt)));
        }
        let slot = match self.slot_like(&row, to) {
            Ok(slot) => slot,
            Err(why) => return Ok(Err(words::not_booked(&Outcome::NotBookable(why)).to_owned())),
        };
        let (by, chance) =
            (By::caller(Author::Sara, Some(self.call)), (&self.office.world, self.now));
        match book::move_to(&mut tx, self.profile, (id, &slot), by, chance).await? {
            Outcome::Written(..) => {
                self.event(&mut tx, EventKind::ModifyDone, &row.id, None).await?;
                self.commit(tx, Change::Appointments).await?;
                Ok(Ok(words::moved(&receipt)))
            }
            other => Ok(Err(words::not_booked(&other).to_owned())),
        }
    }

    fn slot_like(
        &self,
        row: &AppointmentRow,
        to: DateTime,
    ) -> Result<Slot, availability::NotBookable> {
        let service = ServiceId(row.service_id.clone());
        let calendar = CalendarId(row.calendar_id.clone());
        availability::slot_at(self.profile, Some(&service), Some(&calendar), to, self.now)
    }

    /// The caller's one appointment: by the number they call from and the
    /// name, otherwise by name, date and hour.
    async fn theirs(
        &self,
        reader: &mut Reader,
    ) -> Result<Result<(AppointmentRow, AppointmentId), &'static str>, StoreError> {
        let Some(name) = self.name() else { return Ok(Err(words::name_needed())) };
        let at = self.moment(WHOLE, DATE, TIME);
        let start = at.and_then(|at| self.profile.zone.to_timestamp(at).ok());
        if self.caller.is_none() && start.is_none() {
            return Ok(Err(words::identity_needed()));
        }
        let rows = appointments::coming(reader, self.caller.as_ref(), start, self.now).await?;
        let then = rows.into_iter().filter(|row| at.is_none() || self.start(row) == at).collect();
        let mut theirs = book::bearing(then, name);
        // One that is cancelled is theirs only when nothing else is.
        if theirs.iter().any(|row| row.status == "confirmed") {
            theirs.retain(|row| row.status == "confirmed");
        }
        match (theirs.pop(), theirs.is_empty()) {
            (Some(row), true) => {
                Ok(row.id.parse().map(|id| (row, id)).map_err(|_| words::not_found()))
            }
            (Some(_), false) => Ok(Err(words::which_one())),
            (None, _) => Ok(Err(words::not_found())),
        }
    }

    fn start(&self, row: &AppointmentRow) -> Option<DateTime> {
        let start = Timestamp::from_millisecond(row.starts_at).ok()?;
        Some(start.to_zoned(self.profile.zone.clone()).datetime())
    }

    pub(super) async fn take_message(&self) -> Result<Told, StoreError> {
        let Some(text) = self.text(&["text", "message", "content", "description"]) else {
            return Ok(Err(words::message_needed().to_owned()));
        };
        let name = self.name();
        let dictated = self.text(&["phone", "phone_number", "phoneNumber"]);
        let dictated = dictated.and_then(|raw| E164::parse(raw, &self.profile.country).ok());
        let phone = dictated.or_else(|| self.caller.clone());
        let mut tx = self.office.db.begin(self.profile.tenant).await?;
        if tickets::exists(&mut tx, self.call, text).await? {
            return Ok(Ok(words::noted().to_owned()));
        }
        let subject: String = text.chars().take(80).collect();
        let new = tickets::NewTicket {
            id: self.office.world.ids.ticket(self.now),
            name,
            phone: phone.as_ref(),
            subject: &subject,
            description: text,
            category: self.text(&["kind", "category"]).map_or("message", category),
            priority: domain::support::Priority::Medium,
            reference: None,
            email: None,
            details: "{}",
            call: Some(self.call),
            now: self.now,
            author: "sara",
            due: self.profile.due(domain::support::Priority::Medium, self.now),
        };
        tickets::insert(&mut tx, &new).await?;
        calls::note_ticket(&mut tx, self.call, name).await?;
        self.event(&mut tx, EventKind::MessageTaken, &new.id.to_string(), None).await?;
        self.commit(tx, Change::Tickets).await?;
        Ok(Ok(words::noted().to_owned()))
    }
}

/// One of the categories that the dialogue uses.
fn category(asked: &str) -> &'static str {
    match asked {
        "callback" | "rappel" => "callback",
        "prescription" | "ordonnance" => "prescription",
        "results" | "resultats" | "résultats" => "results",
        "complaint" | "reclamation" | "réclamation" => "complaint",
        _ => "message",
    }
}
