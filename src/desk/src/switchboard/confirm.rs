//! The confirmation by text message that a caller has agreed to, ordered in
//! the transaction of the turn in which they said so.

use crate::sending::{self, Order};
use dialogue::ask::Known;
use dialogue::speak;
use domain::message::{Cause, Class, Event, Origin, Recipient};
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{StoreError, Tx, notices};

/// Orders it, once per appointment; useless once it has begun.
pub(super) async fn order(
    tx: &mut Tx,
    profile: &Profile,
    (booked, to): (&Known, &E164),
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = booked.appointment;
    let key = format!("confirmation:{id}");
    let order = Order {
        key: &key,
        to: Recipient::Sms(to.clone()),
        class: Class::Transactional,
        origin: Origin::Confirmation,
        event: Event::Confirmation,
        language: "fr",
        variables: variables(profile, booked),
        not_before: None,
        not_after: profile.zone.to_timestamp(booked.local).ok(),
        cause: Cause::Appointment(id),
    };
    sending::queue(tx, profile, &order, now).await?;
    notices::note_confirmation(tx, &id.to_string()).await
}

/// What the tenant's words are filled with.
fn variables(profile: &Profile, booked: &Known) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::from([
        ("nom", booked.name.clone()),
        ("prenom", booked.name.split_whitespace().next().unwrap_or_default().to_owned()),
        ("date", speak::day(booked.local.date())),
        ("heure", speak::time(booked.local.time())),
    ]);
    if let Some(service) = profile.service(&booked.service) {
        values.insert("service", service.name.clone());
    }
    let calendar = booked.calendar.as_ref().and_then(|id| profile.calendar(id));
    if let Some(calendar) = calendar {
        values.insert("praticien", calendar.name.clone());
    }
    values
}
