//! What the dashboard reads, after calls have been answered.

use crate::house::{Caller, House};
use desk::calls::{Mark, Wanted};
use desk::snapshot::{Days, Period};
use desk::{Desk, Who, demo};
use domain::id::TenantId;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

on_both_backends!(
    a_booked_call_is_counted_listed_and_told,
    another_tenant_sees_nothing_of_it,
    a_written_chat_is_answered_and_is_not_a_call,
    lists_go_on_where_they_stopped,
);

fn desk(house: &House, tenant: i64) -> Desk {
    Desk::new(Arc::clone(&house.office), TenantId(tenant), Who::Operator)
}

fn wanted() -> Wanted {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    Wanted {
        days: Days::of(Period::ThirtyDays, date(2026, 11, 23), &paris),
        outcome: String::new(),
        dialled: String::new(),
        search: String::new(),
        before: None,
    }
}

async fn a_booked_call_is_counted_listed_and_told(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    let desk = desk(&house, 1);
    let snapshot = desk.snapshot(Period::Today).await.unwrap();
    assert_eq!((snapshot.total.calls, snapshot.total.bookings), (1, 1));
    assert_eq!(snapshot.last_call.unwrap().call_id, "call-1");
    assert_eq!(snapshot.last_booking.unwrap().call_id, "call-1");
    let found = async |wanted: Wanted| desk.calls(&wanted).await.unwrap().rows;
    let rows = found(wanted()).await;
    assert_eq!(rows[0].made.as_deref(), Some("2026-11-24T09:00"));
    for search in ["lefèvre", "LEF", "1234", "06 39 98 12 34"] {
        let wanted = Wanted { search: search.to_owned(), ..wanted() };
        assert_eq!(found(wanted).await.len(), 1, "{search}");
    }
    for search in ["martin", "9999", "%", "_"] {
        let wanted = Wanted { search: search.to_owned(), ..wanted() };
        let expected = usize::from(search == "_" || search == "%");
        assert_eq!(found(wanted).await.len(), expected, "{search}");
    }
    let outcome = Wanted { outcome: "user_abandon".to_owned(), ..wanted() };
    assert!(found(outcome).await.is_empty());
    let story = desk.call(&rows[0].id).await.unwrap().unwrap();
    assert_eq!((story.turns.len(), story.visits.len()), (5, 1));
    assert!(story.events.iter().any(|event| event.event == "booking_confirmed"));
    assert_eq!(desk.next_visits(5).await.unwrap().len(), 1);
}

async fn another_tenant_sees_nothing_of_it(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    let id = desk(&house, 1).last_calls(1).await.unwrap()[0].id.clone();
    let visit = desk(&house, 1).next_visits(1).await.unwrap()[0].id.clone();
    let other = desk(&house, 2);
    assert!(other.call(&id).await.unwrap().is_none());
    assert!(other.visit(&visit).await.unwrap().is_none());
    assert!(other.last_calls(10).await.unwrap().is_empty());
    assert!(!other.deal_with(&id).await.unwrap());
}

async fn a_written_chat_is_answered_and_is_not_a_call(bench: Bench) {
    let house = House::open(bench).await;
    let chat = demo::new_conversation(&house.office);
    let text = "Bonjour, je voudrais prendre rendez-vous".to_owned();
    let written = demo::write(&house.office, &chat, text, "192.0.2.1").await.unwrap();
    assert!(matches!(written, demo::Written::Answered(reply) if !reply.say.is_empty()));
    let said = demo::said(&house.office, &chat).await.unwrap();
    assert_eq!(said.len(), 1);
    assert!(!demo::is_over(&said));
    let desk = desk(&house, 1);
    assert_eq!(desk.snapshot(Period::Today).await.unwrap().total.calls, 0);
    assert!(desk.last_calls(10).await.unwrap().is_empty());
}

async fn lists_go_on_where_they_stopped(bench: Bench) {
    let house = House::open(bench).await;
    for call in 0..45 {
        Caller::new(&house.office, &format!("call-{call}")).says("euh").await;
    }
    let desk = desk(&house, 1);
    let first = desk.calls(&wanted()).await.unwrap();
    let mark = first.next.expect("there is more").to_string();
    let next = Wanted { before: Mark::parse(&mark), ..wanted() };
    let second = desk.calls(&next).await.unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (40, 5, None));
    let mut ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|call| &call.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 45);
    for odd in ["", "_", "x_y", "9_é"] {
        let mark = Mark::parse(odd);
        let _ = desk.calls(&Wanted { before: mark, ..wanted() }).await.unwrap();
    }
}
