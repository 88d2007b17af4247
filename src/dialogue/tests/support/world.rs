//! The outside: appointments and notes in memory.

use super::scenario::Written;
use dialogue::State;
use dialogue::ask::{
    Answer, Ask, Booking, Correction, Identity, Known, Message, MessageKind, Prospect, Receipt,
    Request,
};
use domain::availability::{Busy, Slot, Wish, openings, slot_at};
use domain::id::{AppointmentId, CalendarId, ProspectId, TicketId};
use domain::phone::E164;
use domain::support::Reference;
use domain::tenant::Profile;
use domain::time::Span;
use jiff::Timestamp;

/// What a missed transfer leaves.
const MISSED: &str = "a demandé quelqu'un, personne n'a répondu";

/// One appointment.
#[derive(Debug, Clone)]
pub struct Appointment {
    pub id: AppointmentId,
    pub slot: Slot,
    pub name: String,
    pub phone: Option<E164>,
    pub cancelled: bool,
}

/// Everything outside the dialogue.
#[derive(Debug, Default)]
pub struct World {
    pub appointments: Vec<Appointment>,
    pub messages: Vec<Message>,
    pub prospects: Vec<Prospect>,
    pub requests: Vec<(Reference, Request)>,
    /// Receipts given so far.
    pub receipts: usize,
    /// True while nothing outside can be reached.
    pub down: bool,
    /// Bookings and moves that somebody else makes first.
    pub races: usize,
    pub made: u128,
    /// Calendars on which nothing is free.
    pub away: Vec<String>,
}

impl World {
    /// Puts an appointment in, as if made before the call.
    pub fn put(&mut self, slot: Slot, name: &str, phone: Option<E164>) -> AppointmentId {
        self.made += 1;
        let id: AppointmentId =
            format!("00000000-0000-7000-8000-{:012}", self.made).parse().expect("an id");
        self.appointments.push(Appointment {
            id,
            slot,
            name: name.into(),
            phone,
            cancelled: false,
        });
        id
    }

    /// Answers as the shell does, in the transaction of the turn.
    pub fn answer(&mut self, profile: &Profile, ask: &Ask, now: Timestamp) -> Answer {
        if self.down {
            return Answer::Failed;
        }
        match ask {
            Ask::Openings { wish, limit } => self.openings(profile, wish, *limit, now),
            Ask::Book(booking) => self.book(profile, booking, now),
            Ask::Find(identity) => Answer::Found(self.find(identity, now)),
            Ask::Cancel(id) => self.cancel(*id),
            Ask::Move { appointment, to } => self.shift(*appointment, to),
            Ask::Correct(correction) => self.correct(correction),
            Ask::TakeMessage(message) => self.note(message),
            Ask::CreateProspect(prospect) => self.welcome(prospect),
            Ask::OpenTicket(request) => self.open(request),
            Ask::Complete(message) => self.complete(message),
        }
    }

    fn openings(&self, profile: &Profile, wish: &Wish, limit: usize, now: Timestamp) -> Answer {
        let busy = self.busy();
        let slots = openings(profile, wish, &busy, now, limit);
        let nearest = match slots.is_empty() {
            true => self.nearest(profile, wish, &busy, now),
            false => Vec::new(),
        };
        Answer::Openings { slots, nearest }
    }

    fn nearest(&self, profile: &Profile, wish: &Wish, busy: &[Busy], now: Timestamp) -> Vec<Slot> {
        let from = wish.within.iter().filter_map(|span| span.from).min();
        let any = |from| Wish {
            service: wish.service.clone(),
            within: vec![Span { from, to: None }],
            except: wish.except.clone(),
            calendars: wish.calendars.clone(),
        };
        let after = openings(profile, &any(from), busy, now, 3);
        match after.is_empty() {
            true => openings(profile, &any(None), busy, now, 3),
            false => after,
        }
    }

    fn busy(&self) -> Vec<Busy> {
        let standing = self.appointments.iter().filter(|one| !one.cancelled);
        let away = self.away.iter().map(|id| Busy {
            calendar: CalendarId(id.clone()),
            start: Timestamp::UNIX_EPOCH,
            end: Timestamp::MAX,
        });
        standing
            .map(|one| Busy {
                calendar: one.slot.calendar.clone(),
                start: one.slot.start,
                end: one.slot.end,
            })
            .chain(away)
            .collect()
    }

    fn taken(&mut self, calendar: &CalendarId, slot: &Slot, but: Option<AppointmentId>) -> bool {
        if self.races > 0 {
            self.races -= 1;
            self.put(slot.clone(), "Quelqu'un d'autre", None);
        }
        self.appointments.iter().any(|one| {
            !one.cancelled
                && Some(one.id) != but
                && one.slot.calendar == *calendar
                && one.slot.start < slot.end
                && slot.start < one.slot.end
        })
    }

    fn book(&mut self, profile: &Profile, booking: &Booking, now: Timestamp) -> Answer {
        let slot = &booking.slot;
        let allowed = slot_at(profile, Some(&slot.service), Some(&slot.calendar), slot.local, now);
        if let Err(why) = allowed {
            return Answer::NotBookable(why);
        }
        if self.taken(&slot.calendar.clone(), slot, None) {
            return Answer::SlotTaken;
        }
        let id = self.put(slot.clone(), &booking.name, booking.phone.clone());
        self.receipt(id, slot.clone(), Answer::Booked)
    }

    fn receipt<T>(
        &mut self,
        id: impl ToString,
        of: T,
        answer: impl FnOnce(Receipt<T>) -> Answer,
    ) -> Answer {
        self.receipts += 1;
        answer(Receipt::committed_with(id.to_string(), of))
    }

    /// The identity rule: the caller's number on file and the name, or the
    /// name, date and hour.
    fn find(&self, identity: &Identity, now: Timestamp) -> Vec<Known> {
        let same_name = |one: &&Appointment| same(&one.name, &identity.name);
        let identified = |one: &&Appointment| {
            let by_number = identity.caller.is_some() && one.phone == identity.caller;
            by_number || identity.at == Some(one.slot.local)
        };
        let standing =
            self.appointments.iter().filter(|one| !one.cancelled && one.slot.start > now);
        standing.filter(same_name).filter(identified).map(known).collect()
    }

    fn cancel(&mut self, id: AppointmentId) -> Answer {
        let found = self.appointments.iter_mut().find(|one| one.id == id && !one.cancelled);
        let Some(one) = found else { return Answer::Gone };
        one.cancelled = true;
        let known = known(one);
        self.receipt(id, known, Answer::Cancelled)
    }

    fn shift(&mut self, id: AppointmentId, to: &Slot) -> Answer {
        if !self.appointments.iter().any(|one| one.id == id && !one.cancelled) {
            return Answer::Gone;
        }
        if self.taken(&to.calendar.clone(), to, Some(id)) {
            return Answer::SlotTaken;
        }
        if let Some(one) = self.appointments.iter_mut().find(|one| one.id == id) {
            one.slot = to.clone();
        }
        self.receipt(id, to.clone(), Answer::Moved)
    }

    fn correct(&mut self, correction: &Correction) -> Answer {
        let found = self.appointments.iter_mut().find(|one| one.id == correction.appointment);
        let Some(one) = found else { return Answer::Gone };
        one.name.clone_from(&correction.name);
        one.phone.clone_from(&correction.phone);
        self.receipt(correction.appointment, correction.clone(), Answer::Corrected)
    }

    /// Fills what a missed transfer has left, as the shell does.
    fn complete(&mut self, message: &Message) -> Answer {
        let Some(at) = self.messages.iter().position(|note| note.text == MISSED) else {
            return self.note(message);
        };
        self.messages[at] = Message { kind: MessageKind::Callback, ..message.clone() };
        let id = format!("00000000-0000-7000-9000-{:012}", at + 1);
        let ticket: TicketId = id.parse().expect("an id");
        self.receipt(ticket, ticket, Answer::MessageTaken)
    }

    /// What an event leaves for the practice, once, as the shell does.
    pub fn left_by(&mut self, event: &str, state: &State) {
        let missed = event == "transfer_failed";
        if missed && !self.messages.iter().any(|note| note.text == MISSED) {
            self.messages.push(Message {
                kind: MessageKind::Callback,
                name: state.name.as_ref().map(|name| name.value.clone()),
                phone: state.caller.clone(),
                text: MISSED.to_owned(),
                wish: None,
            });
        }
    }

    fn note(&mut self, message: &Message) -> Answer {
        self.messages.push(message.clone());
        let id = format!("00000000-0000-7000-9000-{:012}", self.messages.len());
        let ticket: TicketId = id.parse().expect("an id");
        self.receipt(ticket, ticket, Answer::MessageTaken)
    }

    fn welcome(&mut self, prospect: &Prospect) -> Answer {
        self.prospects.push(prospect.clone());
        let id = format!("00000000-0000-7000-a000-{:012}", self.prospects.len());
        let id: ProspectId = id.parse().expect("an id");
        self.receipt(id, id, Answer::ProspectCreated)
    }

    fn open(&mut self, request: &Request) -> Answer {
        let count = i64::try_from(self.requests.len()).expect("few requests");
        let reference = Reference::nth(count);
        self.requests.push((reference.clone(), request.clone()));
        let id = format!("00000000-0000-7000-b000-{:012}", self.requests.len());
        self.receipt(id, reference, Answer::TicketOpened)
    }
}

fn known(one: &Appointment) -> Known {
    Known {
        appointment: one.id,
        local: one.slot.local,
        name: one.name.clone(),
        service: one.slot.service.clone(),
        calendar: Some(one.slot.calendar.clone()),
    }
}

/// Names compared as the ear does: without case and accents, in any order.
pub fn same(a: &str, b: &str) -> bool {
    let parts = |name: &str| {
        let folded = dialogue::understand::words::fold(name);
        let mut parts: Vec<String> =
            folded.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
        parts.retain(|part| !part.is_empty());
        parts.sort();
        parts
    };
    let (a, b) = (parts(a), parts(b));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && short.iter().all(|part| long.contains(part))
}

/// The slot of a written appointment, or a panic that says so.
pub fn slot(profile: &Profile, written: &Written, now: Timestamp) -> Slot {
    let calendar = written.calendar.clone().map(CalendarId);
    slot_at(profile, None, calendar.as_ref(), written.local, now)
        .unwrap_or_else(|why| panic!("{} cannot be booked: {why}", written.local))
}
