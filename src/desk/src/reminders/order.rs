//! Ordering what has come: the reminder is taken and its message ordered in
//! one transaction, on an appointment that still stands.

use super::find::Found;
use crate::notices;
use crate::office::Office;
use crate::sending::{self, Order, Queued};
use domain::appointment::Status;
use domain::message::{Cause, Class, Event, Origin};
use domain::tenant::Profile;
use jiff::{SignedDuration, Timestamp};
use store::appointments::lock;
use store::reminders::{self as rows, NewReminder};
use store::{StoreError, Tx};

/// So many reminders are ordered in one transaction: others wait for it.
const PIECE: usize = 50;

/// Orders what was found; gives how many were ordered here.
pub(super) async fn order(
    office: &Office,
    profile: &Profile,
    found: &[Found],
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut ordered = 0;
    for piece in found.chunks(PIECE) {
        match order_piece(office, profile, piece, now).await {
            Ok(taken) => ordered += taken,
            // Another instance was faster; what it left is found again.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ordered)
}

async fn order_piece(
    office: &Office,
    profile: &Profile,
    piece: &[Found],
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut tx = office.db.begin(profile.tenant).await?;
    let mut taken = 0;
    for one in piece {
        taken += usize::from(order_one(&mut tx, profile, one, now).await?);
    }
    tx.commit().await?;
    Ok(taken)
}

/// True when it was ordered here.
async fn order_one(
    tx: &mut Tx,
    profile: &Profile,
    found: &Found,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let stands = lock(tx, found.appointment).await?.is_some_and(|row| {
        row.status == Status::Confirmed.as_str() && row.starts_at == found.start.as_millisecond()
    });
    let new = NewReminder {
        appointment: found.appointment,
        minutes: found.rule.minutes,
        start: found.start,
        channel: found.to.channel(),
        tries: found.tries,
        due: &found.due.from,
    };
    if !stands || !rows::claim(tx, &new, now).await? {
        return Ok(false);
    }
    let local = profile.zone.to_datetime(found.start);
    let place = (found.row.service_id.as_str(), found.row.calendar_id.as_str());
    let order = Order {
        key: &key(found),
        to: found.to.clone(),
        class: Class::Transactional,
        origin: Origin::Reminder,
        event: event(profile, found, now),
        language: "fr",
        variables: notices::variables(profile, &found.row.customer_name, local, place),
        not_before: None,
        not_after: Some(end(profile, found, now)),
        cause: Cause::Appointment(found.appointment),
    };
    let (Queued::New(message) | Queued::Known(message) | Queued::Refused(message, _)) =
        sending::queue(tx, profile, &order, now).await?;
    rows::name(tx, &new, message).await?;
    Ok(true)
}

/// Appointment, kind and start; and which time, once it was taken back.
fn key(found: &Found) -> String {
    let (id, minutes) = (found.appointment, found.rule.minutes);
    let key = format!("reminder:{id}:{minutes}:{}", found.start.as_millisecond());
    if found.tries == 1 { key } else { format!("{key}:{}", found.tries) }
}

/// Of use until then, and nothing is sent at night: if a provider cannot be
/// reached before, it is ordered again in the morning.
fn end(profile: &Profile, found: &Found, now: Timestamp) -> Timestamp {
    let night = profile.reminding.next_night(now, &profile.zone);
    night.map_or(found.due.until, |night| night.min(found.due.until))
}

/// "Tomorrow" and "soon" are only said when they are true.
fn event(profile: &Profile, found: &Found, now: Timestamp) -> Event {
    let day = |at: Timestamp| profile.zone.to_datetime(at).date();
    let (today, then) = (day(now), day(found.start));
    let soon = found.start.duration_since(now) <= SignedDuration::from_hours(3);
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == then) {
        Event::Reminder24h
    } else if today == then && soon {
        Event::Reminder1h
    } else {
        Event::Reminder
    }
}
