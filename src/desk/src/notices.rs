//! Telling customers what the practice does with their appointments, and what
//! messages about them are filled with.

use crate::reminders::find::address;
use crate::sending::{self, Order};
use dialogue::speak;
use domain::appointment::Status;
use domain::id::AppointmentId;
use domain::message::{Cause, Channel, Class, Event, Origin};
use domain::tenant::Profile;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use store::dashboard::agenda::{self, VisitRow};
use store::{StoreError, Tx, messages, reminders};

/// In which order the ways to somebody are tried.
const WAYS: [Channel; 3] = [Channel::Sms, Channel::Email, Channel::WhatsApp];

/// News that is ordered and not yet on its way: what withdraws it owes it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// That the appointment has moved.
    Moved,
    /// Nothing.
    Nothing,
}

/// What the customer of an appointment waits to be told.
pub(crate) async fn owed(tx: &mut Tx, id: AppointmentId) -> Result<Owed, StoreError> {
    let waits = messages::waits(tx, &Cause::Appointment(id), Event::Moved.as_str()).await?;
    Ok(if waits { Owed::Moved } else { Owed::Nothing })
}

/// Orders the message that tells a customer what a person or a program of the
/// practice has done, within its transaction: `before` is what the appointment
/// was, and what was still to be told of it. Past appointments and the test tenant's are nobody's news.
pub(crate) async fn tell(
    tx: &mut Tx,
    profile: &Profile,
    (before, owed): (&VisitRow, Owed),
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(after) = agenda::one(tx, &before.id).await? else { return Ok(()) };
    let Ok(id) = before.id.parse::<AppointmentId>() else { return Ok(()) };
    // What still stands in an order need not be ordered again.
    let withdrawn = owed == Owed::Moved && self::owed(tx, id).await? == Owed::Nothing;
    let owed = if withdrawn { Owed::Moved } else { Owed::Nothing };
    let Some((event, start)) = news(profile, (before, owed), &after) else { return Ok(()) };
    let coming = before.starts_at > now.as_millisecond();
    if profile.sandbox || !coming || before.status != Status::Confirmed.as_str() {
        return Ok(());
    }
    let usable = reminders::usable_channels(tx).await?;
    let (phone, email) = (after.customer_phone.as_deref(), after.customer_email.as_deref());
    let ways = WAYS.into_iter().filter(|channel| usable.contains(channel));
    let Some(to) = ways.filter_map(|channel| address(phone, email, channel)).next() else {
        return Ok(());
    };
    let Ok(at) = Timestamp::from_millisecond(start) else { return Ok(()) };
    let (local, place) = (profile.zone.to_datetime(at), (&*after.service_id, &*after.calendar_id));
    let order = Order {
        key: &format!("{}:{id}:{}", event.as_str(), after.version),
        to,
        class: Class::Transactional,
        origin: Origin::Change,
        event,
        language: "fr",
        variables: variables(profile, &after.customer_name, local, place),
        not_before: None,
        not_after: Some(at),
        cause: Cause::Appointment(id),
    };
    sending::queue(tx, profile, &order, now).await?;
    Ok(())
}

/// What there is to tell, and of which start.
fn news(
    profile: &Profile,
    (before, owed): (&VisitRow, Owed),
    after: &VisitRow,
) -> Option<(Event, i64)> {
    let gone = after.status == Status::Cancelled.as_str() && before.status != after.status;
    if gone {
        return profile
            .reminding
            .tells_cancelled
            .then_some((Event::Cancellation, before.starts_at));
    }
    let moved = after.starts_at != before.starts_at || owed == Owed::Moved;
    (moved && profile.reminding.tells_moved).then_some((Event::Moved, after.starts_at))
}

/// What templates about an appointment are filled with.
pub(crate) fn variables(
    profile: &Profile,
    name: &str,
    start: DateTime,
    (service, calendar): (&str, &str),
) -> BTreeMap<&'static str, String> {
    let first = name.split_whitespace().next().unwrap_or(name);
    let service = profile.services.iter().find(|known| known.id.0 == service);
    let calendar = profile.calendars.iter().find(|known| known.id.0 == calendar);
    let mut filled = BTreeMap::from([
        ("nom", name.to_owned()),
        ("prenom", first.to_owned()),
        ("date", speak::day(start.date())),
        ("heure", speak::time(start.time())),
    ]);
    filled.extend(service.map(|service| ("service", service.name.clone())));
    filled.extend(calendar.map(|calendar| ("praticien", calendar.name.clone())));
    filled
}
