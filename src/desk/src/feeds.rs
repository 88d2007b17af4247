//! Calendars for other programs to read: a secret address per calendar (an
//! iCalendar feed), shown once; only the secret's hash is kept. Whoever has
//! the address reads the calendar, until it is replaced or revoked.

mod ical;

use crate::office::{Desk, Office};
use crate::outbox::after;
use crate::sign_in::hash;
use domain::appointment::Status;
use domain::id::{CalendarId, TenantId};
use domain::tenant::Profile;
use ical::{Event, Sheet};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::StoreError;
use store::dashboard::agenda::{self, VisitRow};
use store::feeds::{self, FeedRow};

/// How much of the past a feed tells: what was cancelled lately is told as such.
const PAST: SignedDuration = SignedDuration::from_hours(31 * 24);
/// How much of the future: more than any horizon of booking.
const FUTURE: SignedDuration = SignedDuration::from_hours(400 * 24);
/// The most appointments in one answer.
const LIMIT: i64 = 10_000;
/// How exactly the last use is kept.
const USE_GRAIN: SignedDuration = SignedDuration::from_hours(1);

/// What a feed tells of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// For whom, what, and how to reach them. Never why they come.
    Names,
    /// Only that the time is taken.
    Busy,
}

impl Shows {
    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Busy => "busy",
        }
    }

    /// Reads [`Shows::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Names, Self::Busy].into_iter().find(|shows| shows.as_str() == text)
    }
}

/// Why a calendar got no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Only who answers for the practice may.
    #[error("only who answers for the practice may do this")]
    Forbidden,
    /// The tenant has no such calendar.
    #[error("no such calendar")]
    NoCalendar,
    /// Nothing leaves the test tenant.
    #[error("nothing leaves the test tenant")]
    Sandbox,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A calendar, and its address if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub calendar: CalendarId,
    /// Its displayed name.
    pub name: String,
    /// Its address, without the secret.
    pub feed: Option<FeedRow>,
}

/// What an address answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The iCalendar text.
    pub body: String,
    /// The same for the same text, quoted as HTTP wants it.
    pub etag: String,
}

impl Desk {
    /// The tenant's calendars with their addresses.
    pub async fn feeds(&self) -> Result<Vec<Listed>, StoreError> {
        let profile = self.office().profile(self.tenant()).await?;
        let rows = feeds::of_tenant(&mut self.reader().await?, self.tenant()).await?;
        let listed = profile.calendars.iter().map(|calendar| Listed {
            calendar: calendar.id.clone(),
            name: calendar.name.clone(),
            feed: rows.iter().find(|row| row.calendar_id == calendar.id.0).cloned(),
        });
        Ok(listed.collect())
    }

    /// Gives a calendar a new address, and ends the one before: the path, with
    /// the only copy of its secret.
    pub async fn open_feed(
        &self,
        calendar: &CalendarId,
        shows: Shows,
    ) -> Result<String, FeedError> {
        let profile = self.must_share().await?;
        let known = profile.calendar(calendar).ok_or(FeedError::NoCalendar)?;
        if profile.sandbox {
            return Err(FeedError::Sandbox);
        }
        let secret = hex::encode(self.office().world.ids.bytes::<24>());
        let mut tx = self.office().db.begin_directory().await?;
        let what = (&known.id, shows.as_str());
        feeds::put(&mut tx, self.tenant(), what, &hash(&secret), self.now()).await?;
        tx.commit().await?;
        Ok(format!("/calendrier/{secret}/agenda.ics"))
    }

    /// Ends the address of a calendar; without one it is no change.
    pub async fn close_feed(&self, calendar: &CalendarId) -> Result<(), FeedError> {
        let profile = self.must_share().await?;
        let known = profile.calendar(calendar).ok_or(FeedError::NoCalendar)?;
        let mut tx = self.office().db.begin_directory().await?;
        feeds::revoke(&mut tx, self.tenant(), &known.id, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// True when whoever works here may give a calendar an address: it tells
    /// names and numbers to whoever has it.
    pub fn may_share(&self) -> bool {
        self.may_manage("calendars")
    }

    async fn must_share(&self) -> Result<Arc<Profile>, FeedError> {
        if !self.may_share() {
            return Err(FeedError::Forbidden);
        }
        Ok(self.office().profile(self.tenant()).await?)
    }
}

/// What the address with this secret answers; `None` when it opens nothing.
pub async fn read(office: &Office, secret: &str) -> Result<Option<Read>, StoreError> {
    let hash = hash(secret);
    let found = feeds::find(&mut office.db.read_directory().await?, &hash).await?;
    let Some(feed) = found else { return Ok(None) };
    let tenant = TenantId(feed.tenant_id);
    let profile = office.profile(tenant).await?;
    let now = office.world.clock.now();
    let span = (after(now, -PAST).as_millisecond(), after(now, FUTURE).as_millisecond());
    let mut reader = office.db.read(tenant).await?;
    let visits = agenda::of_calendar(&mut reader, &feed.calendar_id, span, LIMIT).await?;
    drop(reader);
    note_use(office, &hash, &feed, now).await?;
    let body = body(&profile, &feed, &visits);
    let etag = format!("\"{}\"", hex::encode(&Sha256::digest(body.as_bytes())[..16]));
    Ok(Some(Read { body, etag }))
}

async fn note_use(
    office: &Office,
    hash: &str,
    feed: &FeedRow,
    now: Timestamp,
) -> Result<(), StoreError> {
    let since = after(now, -USE_GRAIN);
    if feed.last_used_at.is_some_and(|used| used >= since.as_millisecond()) {
        return Ok(());
    }
    let mut tx = office.db.begin_directory().await?;
    feeds::touch(&mut tx, hash, now, since).await?;
    tx.commit().await
}

fn body(profile: &Profile, feed: &FeedRow, visits: &[VisitRow]) -> String {
    let calendar = profile.calendars.iter().find(|calendar| calendar.id.0 == feed.calendar_id);
    let name = calendar.map_or(profile.name.as_str(), |calendar| calendar.name.as_str());
    let mut sheet = Sheet::new(name, profile.zone.iana_name().unwrap_or("UTC"));
    let shows = Shows::parse(&feed.shows).unwrap_or(Shows::Busy);
    for visit in visits {
        let (Ok(start), Ok(end), Ok(changed)) = (
            Timestamp::from_millisecond(visit.starts_at),
            Timestamp::from_millisecond(visit.ends_at),
            Timestamp::from_millisecond(visit.updated_at),
        ) else {
            continue;
        };
        let kept = Status::parse(&visit.status).is_some_and(Status::keeps_time);
        let (summary, description) = words(profile, visit, shows);
        sheet.add(&Event {
            uid: &format!("{}@uwi", visit.id),
            sequence: visit.version.saturating_sub(1),
            span: (start, end),
            changed,
            status: if kept { "CONFIRMED" } else { "CANCELLED" },
            summary: &summary,
            description: description.as_deref(),
            location: profile.address.as_deref(),
        });
    }
    sheet.end()
}

/// What is told of one. Why somebody comes is between them and the practice.
fn words(profile: &Profile, visit: &VisitRow, shows: Shows) -> (String, Option<String>) {
    if shows == Shows::Busy {
        return ("Occupé".to_owned(), None);
    }
    let service = profile.services.iter().find(|service| service.id.0 == visit.service_id);
    let service = service.map_or(visit.service_id.as_str(), |service| service.name.as_str());
    let absent = if visit.status == Status::NoShow.as_str() { "Absent : " } else { "" };
    let summary = format!("{absent}{}, {service}", visit.customer_name);
    let phone = visit.customer_phone.as_deref().map(|phone| format!("Téléphone : {phone}"));
    (summary, phone)
}
