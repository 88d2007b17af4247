//! Messages: ordered with their cause, once, and told truly.

use crate::house::{CALLER, House, monday, number};
use desk::sending::{self, Order, Queued, Refusal, Which};
use desk::{Desk, Who};
use domain::id::{AppointmentId, TenantId};
use domain::message::{Cause, Class, Event, Origin, Recipient};
use jiff::ToSpan as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

fn appointment() -> Cause {
    Cause::Appointment(AppointmentId(uuid::Uuid::from_u128(7)))
}

fn reminder(key: &str) -> Order<'_> {
    Order {
        key,
        to: Recipient::Sms(number(CALLER)),
        class: Class::Transactional,
        origin: Origin::Reminder,
        event: Event::Reminder24h,
        language: "fr",
        variables: BTreeMap::from([("prenom", "Camille".to_owned())]),
        not_before: None,
        not_after: None,
        cause: appointment(),
    }
}

impl House {
    async fn order(&self, order: &Order<'_>) -> Queued {
        let profile = self.office.profile(TenantId(1)).await.unwrap();
        let mut tx = self.office.db.begin(TenantId(1)).await.unwrap();
        let now = self.office.world.clock.now();
        let queued = sending::queue(&mut tx, &profile, order, now).await.unwrap();
        tx.commit().await.unwrap();
        queued
    }

    async fn statuses(&self) -> Vec<String> {
        let sql = "SELECT status || ' ' || COALESCE(error_code, '-') FROM channel_messages_log
          ORDER BY idempotency_key";
        self.texts(sql).await
    }
}

async fn a_message_is_ordered_once_however_often_it_is_asked_for(bench: Bench) {
    let house = House::open(bench).await;
    let Queued::New(id) = house.order(&reminder("r:7:1")).await else { panic!("it is new") };
    house.office.world.clock.set(monday() + 1.minute());
    assert_eq!(house.order(&reminder("r:7:1")).await, Queued::Known(id));
    assert_eq!(house.statuses().await, ["pending -"]);
    assert_eq!(house.texts("SELECT kind FROM outbox WHERE kind = 'message'").await, ["message"]);
}

async fn what_is_ordered_in_a_transaction_that_fails_never_was(bench: Bench) {
    let house = House::open(bench).await;
    let profile = house.office.profile(TenantId(1)).await.unwrap();
    let mut tx = house.office.db.begin(TenantId(1)).await.unwrap();
    sending::queue(&mut tx, &profile, &reminder("r:7:1"), monday()).await.unwrap();
    drop(tx);
    assert!(house.statuses().await.is_empty());
    assert!(house.texts("SELECT kind FROM outbox WHERE kind = 'message'").await.is_empty());
}

async fn a_message_whose_time_is_over_is_refused_and_says_so(bench: Bench) {
    let house = House::open(bench).await;
    let order = Order { not_after: Some(monday()), ..reminder("r:7:1") };
    let queued = house.order(&order).await;
    assert!(matches!(queued, Queued::Refused(_, Refusal::TooLate)), "{queued:?}");
    assert_eq!(house.statuses().await, ["refused too_late"]);
}

async fn messages_are_taken_back_by_key_or_with_their_cause(bench: Bench) {
    let house = House::open(bench).await;
    for key in ["r:7:1", "r:7:2", "r:7:3"] {
        house.order(&reminder(key)).await;
    }
    let mut tx = house.office.db.begin(TenantId(1)).await.unwrap();
    let cause = appointment();
    assert_eq!(sending::cancel(&mut tx, Which::Key("r:7:2"), monday()).await.unwrap(), 1);
    assert_eq!(sending::cancel(&mut tx, Which::Of(&cause), monday()).await.unwrap(), 2);
    assert_eq!(sending::cancel(&mut tx, Which::Of(&Cause::Tenant), monday()).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(house.statuses().await, ["refused cancelled"; 3]);
}

async fn messages_of_one_instant_are_all_listed_over_the_pages(bench: Bench) {
    let house = House::open(bench).await;
    for number in 0..45 {
        house.order(&reminder(&format!("r:7:{number}"))).await;
    }
    let desk = Desk::new(Arc::clone(&house.office), TenantId(1), Who::Operator);
    let first = desk.messages(None, None).await.unwrap();
    let second = desk.messages(Some("sms"), first.next.clone()).await.unwrap();
    assert!(first.next.is_some() && second.next.is_none());
    let all: BTreeSet<String> =
        first.rows.into_iter().chain(second.rows).map(|row| row.id).collect();
    assert_eq!(all.len(), 45);
    assert!(desk.messages(Some("email"), None).await.unwrap().rows.is_empty());
}

on_both_backends!(
    a_message_is_ordered_once_however_often_it_is_asked_for,
    what_is_ordered_in_a_transaction_that_fails_never_was,
    a_message_whose_time_is_over_is_refused_and_says_so,
    messages_are_taken_back_by_key_or_with_their_cause,
    messages_of_one_instant_are_all_listed_over_the_pages,
);
