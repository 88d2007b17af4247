//! Booking, moving, cancelling: the same for the dialogue, the API and the
//! command line. Each works in the transaction it is given.

use crate::reminders;
use crate::world::World;
use dialogue::understand::people::sound;
use domain::appointment::{Author, Change};
use domain::availability::{self, NotBookable, Slot, Wish};
use domain::id::{AppointmentId, CallId};
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::appointments::history::{self, NewChange};
use store::appointments::{self, AppointmentRow, Claim, Seeker};
use store::{Reader, StoreError, Tx};

/// For whom, and by whom, an appointment is made.
#[derive(Debug, Clone)]
pub struct Booker<'a> {
    /// The appointment's id; `None`: a new one.
    pub id: Option<AppointmentId>,
    /// For whom.
    pub name: &'a str,
    /// How to reach them.
    pub phone: Option<&'a E164>,
    /// Written address.
    pub email: Option<&'a str>,
    /// Why they come.
    pub motive: Option<&'a str>,
    /// The call that makes it.
    pub call: Option<&'a CallId>,
    /// Who makes it.
    pub author: Author,
}

/// By whom an appointment is changed.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// How it comes.
    pub author: Author,
    /// A member's address or a token's prefix.
    pub name: Option<&'a str>,
    /// The call in which it happens.
    pub call: Option<&'a CallId>,
}

impl<'a> By<'a> {
    /// Whoever speaks or writes to the assistant.
    pub fn caller(author: Author, call: Option<&'a CallId>) -> Self {
        Self { author, name: None, call }
    }
}

/// What became of a wish to book or to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written, in the transaction given.
    Written(AppointmentId, Slot),
    /// Somebody else has that time.
    Taken,
    /// The tenant's rules refuse it.
    NotBookable(NotBookable),
    /// The appointment to be moved is gone.
    Gone,
}

/// Books a slot if the tenant's rules still allow it and nobody else has it or
/// is being offered it. [`StoreError::Conflict`] when somebody was faster after
/// that was looked at: the transaction holds part of the slot and must be dropped.
/// In a transaction that reads nothing, see [`write`], which is committed together
/// with others.
pub async fn book(
    tx: &mut Tx,
    profile: &Profile,
    slot: &Slot,
    booker: &Booker<'_>,
    (world, now): (&World, Timestamp),
) -> Result<Outcome, StoreError> {
    let seeker = Seeker { call: booker.call, appointment: None };
    if !appointments::is_free(tx, slot, seeker, now).await? {
        return Ok(Outcome::Taken);
    }
    write(tx, profile, slot, booker, (world, now)).await
}

/// Books a slot that was found free. [`StoreError::Conflict`], here or at the
/// commit, when somebody else was faster.
pub async fn write(
    tx: &mut Tx,
    profile: &Profile,
    slot: &Slot,
    booker: &Booker<'_>,
    (world, now): (&World, Timestamp),
) -> Result<Outcome, StoreError> {
    let slot = match checked(profile, slot, now) {
        Ok(slot) => slot,
        Err(refusal) => return Ok(Outcome::NotBookable(refusal)),
    };
    let id = booker.id.unwrap_or_else(|| world.ids.appointment(now));
    let service = profile.services.iter().find(|service| service.id == slot.service);
    let new = appointments::NewAppointment {
        id,
        slot: &slot,
        zone: profile.zone.iana_name().unwrap_or("UTC"),
        service_name: service.map_or("", |service| service.name.as_str()),
        name: booker.name,
        name_key: &fold_name(booker.name),
        phone: booker.phone,
        email: booker.email,
        motive: booker.motive,
        call: booker.call,
        author: booker.author,
        now,
    };
    appointments::book(tx, &new).await?;
    Ok(Outcome::Written(id, slot))
}

/// Moves an appointment, in one step, and notes it.
pub async fn move_to(
    tx: &mut Tx,
    profile: &Profile,
    (appointment, slot): (AppointmentId, &Slot),
    by: By<'_>,
    (world, now): (&World, Timestamp),
) -> Result<Outcome, StoreError> {
    let slot = match checked(profile, slot, now) {
        Ok(slot) => slot,
        Err(refusal) => return Ok(Outcome::NotBookable(refusal)),
    };
    let seeker = Seeker { call: by.call, appointment: Some(appointment) };
    if !appointments::is_free(tx, &slot, seeker, now).await? {
        return Ok(Outcome::Taken);
    }
    let Some(before) = appointments::get(tx, appointment).await? else { return Ok(Outcome::Gone) };
    Ok(match appointments::move_to(tx, appointment, &slot, now).await? {
        Claim::Ours => {
            let details = json!({ "from": place_of(&before), "to": place(&slot) });
            note(tx, (appointment, Change::Moved, details), by, (world, now)).await?;
            reminders::withdraw(tx, appointment, now).await?;
            Outcome::Written(appointment, slot)
        }
        Claim::Taken => Outcome::Taken,
        Claim::Gone => Outcome::Gone,
    })
}

/// Cancels an appointment and notes it; false when it is gone already.
pub async fn cancel(
    tx: &mut Tx,
    appointment: AppointmentId,
    by: By<'_>,
    (world, now): (&World, Timestamp),
) -> Result<bool, StoreError> {
    let cancelled = appointments::cancel(tx, appointment, now).await?;
    if cancelled {
        note(tx, (appointment, Change::Cancelled, json!({})), by, (world, now)).await?;
        reminders::withdraw(tx, appointment, now).await?;
    }
    Ok(cancelled)
}

/// Notes what is done to an appointment.
pub(crate) async fn note(
    tx: &mut Tx,
    (appointment, change, details): (AppointmentId, Change, Value),
    by: By<'_>,
    (world, now): (&World, Timestamp),
) -> Result<(), StoreError> {
    let new = NewChange {
        id: world.ids.uuid(now),
        appointment,
        change,
        details: &details.to_string(),
        author: by.author,
        by: by.name,
        call: by.call,
        at: now,
    };
    history::note(tx, &new).await
}

fn place_of(row: &AppointmentRow) -> Value {
    json!({ "date": row.rdv_date, "time": row.rdv_time, "calendar": row.calendar_id,
        "service": row.service_id })
}

fn place(slot: &Slot) -> Value {
    json!({ "date": slot.local.date().to_string(), "time": slot.local.strftime("%H:%M").to_string(),
        "calendar": slot.calendar.0, "service": slot.service.0 })
}

/// The slot as the tenant's rules give it now: an offer may be old, and what
/// comes from outside may be anything.
fn checked(profile: &Profile, slot: &Slot, now: Timestamp) -> Result<Slot, NotBookable> {
    let (service, calendar) = (Some(&slot.service), Some(&slot.calendar));
    availability::slot_at(profile, service, calendar, slot.local, now)
}

/// Free slots that meet a wish and, when there are none, the nearest ones that
/// do not. What another call is being offered is not free.
pub async fn openings(
    reader: &mut Reader,
    profile: &Profile,
    (wish, limit): (&Wish, usize),
    call: Option<&CallId>,
    now: Timestamp,
) -> Result<(Vec<Slot>, Vec<Slot>), StoreError> {
    let days = i64::from(profile.booking.horizon_days).saturating_add(2);
    let horizon = now.saturating_add(SignedDuration::from_hours(days.saturating_mul(24)));
    let busy = appointments::busy(reader, (now, horizon.unwrap_or(Timestamp::MAX)), call).await?;
    let slots = availability::openings(profile, wish, &busy, now, limit);
    if !slots.is_empty() {
        return Ok((slots, Vec::new()));
    }
    let (service, calendars) = (wish.service.clone(), wish.calendars.clone());
    let anything = Wish { service, calendars, ..Wish::default() };
    let nearest = availability::openings(profile, &anything, &busy, now, limit);
    Ok((Vec::new(), nearest))
}

/// A name as it is compared: words without accents, case or order.
pub fn fold_name(name: &str) -> String {
    let words: BTreeSet<String> = name
        .to_lowercase()
        .chars()
        .flat_map(plain)
        .collect::<String>()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// A lower-case letter without its accent, ligatures in two letters.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => ('a', None),
        'ç' => ('c', None),
        'è' | 'é' | 'ê' | 'ë' => ('e', None),
        'ì' | 'í' | 'î' | 'ï' => ('i', None),
        'ñ' => ('n', None),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => ('o', None),
        'ù' | 'ú' | 'û' | 'ü' => ('u', None),
        'ý' | 'ÿ' => ('y', None),
        'œ' => ('o', Some('e')),
        'æ' => ('a', Some('e')),
        'ß' => ('s', Some('s')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// The appointments that bear this name: the words of one are all among the words
/// of the other ("Lefèvre" finds "Camille Lefèvre"). When none does, those that
/// sound the same: who says "Lefèvre" may be written Lefebvre.
pub fn bearing(mut rows: Vec<AppointmentRow>, name: &str) -> Vec<AppointmentRow> {
    let alike: fn(&str) -> String = match rows.iter().any(|row| bears(row, name, str::to_owned)) {
        true => str::to_owned,
        false => sound,
    };
    rows.retain(|row| bears(row, name, alike));
    rows
}

fn bears(row: &AppointmentRow, name: &str, alike: fn(&str) -> String) -> bool {
    let given = fold_name(name);
    let given: BTreeSet<String> =
        given.split(' ').filter(|word| word.len() > 1).map(alike).collect();
    let stored: BTreeSet<String> = row.name_key.split(' ').map(alike).collect();
    !given.is_empty() && (given.is_subset(&stored) || stored.is_subset(&given))
}
