//! The morning's letter: once per tenant and local day, by whichever instance
//! comes first, and only when there is something to say.

use super::letters::{self, LETTER, Letter};
use super::{addresses, words};
use crate::office::Office;
use crate::prospects::{day_after, start_of};
use crate::sign_in::hash;
use domain::id::TenantId;
use domain::tenant::Profile;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use store::dashboard::prospects;
use store::{StoreError, Tx, notices};

/// When it is written, on the tenant's clock.
const MORNING: Time = time(7, 30, 0, 0);
/// From then on it is too late; the next one tells both days.
const NOON: Time = time(12, 0, 0, 0);
/// How often the mornings are looked at.
const PAUSE: i64 = 60_000;
/// How far back a first letter looks.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Which mornings this process has seen to, so that the database is asked once
/// per tenant and day.
#[derive(Debug, Default)]
pub(crate) struct Mornings(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    looked_at: Option<Timestamp>,
    done: HashSet<(TenantId, Date)>,
}

impl Mornings {
    /// True when it is time to look again.
    fn begin(&self, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = seen
            .looked_at
            .is_none_or(|at| (now.as_millisecond() - at.as_millisecond()).abs() >= PAUSE);
        if due {
            seen.looked_at = Some(now);
        }
        due
    }

    fn is_done(&self, morning: (TenantId, Date)) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).done.contains(&morning)
    }

    fn done(&self, (tenant, day): (TenantId, Date)) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.done.retain(|(_, known)| day.duration_since(*known) < SignedDuration::from_hours(72));
        seen.done.insert((tenant, day));
    }
}

/// What a morning's letter tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// The tenant's day.
    pub today: Date,
    /// Since when, local.
    pub since: DateTime,
    /// What happened, by event, in the order it is told.
    pub happened: Vec<(String, i64)>,
    /// Requests that wait.
    pub waiting: i64,
    /// Of these, urgent ones.
    pub urgent: i64,
    /// Of these, late ones.
    pub late: i64,
    /// Prospects to be called back today.
    pub call_back: i64,
    /// Appointments of today.
    pub visits: i64,
}

/// The events that are worth a letter, in the order they are told.
const TOLD: [&str; 11] = [
    "call_started",
    "booking_confirmed",
    "modify_done",
    "cancel_done",
    "message_taken",
    "ticket_created",
    "prospect_created",
    "transferred_human",
    "transfer_failed",
    "emergency",
    "user_abandon",
];

impl Facts {
    /// True when nothing happened and nothing waits.
    fn say_nothing(&self) -> bool {
        self.happened.is_empty() && self.waiting == 0 && self.call_back == 0
    }
}

/// Writes the letters of the mornings that have come.
pub(crate) async fn write_daily(office: &Office) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    if !office.mornings.begin(now) {
        return Ok(());
    }
    let tenants = store::tenants::zones(&mut office.db.read_directory().await?).await?;
    for (tenant, zone) in tenants {
        let Ok(zone) = TimeZone::get(&zone) else { continue };
        let local = zone.to_datetime(now);
        let (tenant, day) = (TenantId(tenant), local.date());
        let morning = (MORNING..NOON).contains(&local.time());
        if !morning || office.mornings.is_done((tenant, day)) {
            continue;
        }
        // One tenant's settings or rows keep no other from its letter.
        match of_tenant(office, tenant, local).await {
            Ok(Morning::Quiet) => {}
            Ok(Morning::Done) => office.mornings.done((tenant, day)),
            Err(error) if error.is_transient() => return Err(error),
            Err(error) => {
                tracing::warn!(%tenant, %error, "a morning's letter cannot be written");
                office.mornings.done((tenant, day));
            }
        }
    }
    Ok(())
}

enum Morning {
    /// It is still quiet there.
    Quiet,
    /// It is seen to.
    Done,
}

async fn of_tenant(
    office: &Office,
    tenant: TenantId,
    local: DateTime,
) -> Result<Morning, StoreError> {
    let profile = office.profile(tenant).await?;
    if profile.sandbox {
        return Ok(Morning::Done);
    }
    if profile.following.quiet.is_some_and(|quiet| quiet.ends_after(local).is_some()) {
        return Ok(Morning::Quiet);
    }
    let now = office.world.clock.now();
    let day = local.date();
    let mut tx = office.db.begin(tenant).await?;
    if !notices::begin_day(&mut tx, day, now).await? {
        return Ok(Morning::Done);
    }
    let facts = facts(&mut tx, &profile, day, now).await?;
    let people = match facts.say_nothing() {
        true => Vec::new(),
        false => addresses(&mut tx, |wishes| wishes.daily).await?,
    };
    let (subject, text) = words::daily(&facts, &profile);
    for to in &people {
        let key = format!("{LETTER}:{tenant}:{day}:{}", hash(to));
        let letter = Letter {
            to: to.clone(),
            subject: subject.clone(),
            text: text.clone(),
            path: "/app".to_owned(),
            page: "Ouvrir le tableau de bord".to_owned(),
            ticket: None,
        };
        letters::write(office, &mut tx, (&key, &letter), now).await?;
    }
    notices::end_day(&mut tx, day, people.len()).await?;
    tx.commit().await?;
    Ok(Morning::Done)
}

async fn facts(
    tx: &mut Tx,
    profile: &Profile,
    today: Date,
    now: Timestamp,
) -> Result<Facts, StoreError> {
    let zone = &profile.zone;
    let usual = now.saturating_sub(DAY).unwrap_or(now);
    let since = notices::before(tx, today).await?.unwrap_or(usual);
    let counts = notices::events_since(tx, since).await?;
    let happened = TOLD
        .iter()
        .filter_map(|event| counts.iter().find(|(known, _)| known == event).cloned())
        .collect();
    let (waiting, urgent, late) = notices::waiting(tx, now).await?;
    let day = (start_of(today, zone).as_millisecond(), day_after(today, zone));
    Ok(Facts {
        today,
        since: zone.to_datetime(since),
        happened,
        waiting,
        urgent,
        late,
        call_back: prospects::count_follow_ups(tx, day.1).await?,
        visits: notices::visits_between(tx, day.0, day.1).await?,
    })
}
