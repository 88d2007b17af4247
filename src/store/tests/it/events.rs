use domain::event::EventKind;
use domain::id::{CallId, EventId, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::events::{self, NewEvent};
use store::hooks::{self, Hook};
use store::testing::Bench;
use store::{execute, on_both_backends};

const TENANT: TenantId = TenantId(7);

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn call(name: &str) -> CallId {
    CallId::parse(name).unwrap()
}

async fn note(bench: &Bench, number: u128, call: &CallId, kind: EventKind, subject: &str) {
    let event = NewEvent {
        id: EventId(uuid::Uuid::from_u128(number)),
        call,
        kind,
        subject,
        context: "{}",
        reason: None,
        day: Date::constant(2026, 11, 23),
        at: now(),
    };
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    events::create_ivr_event(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
}

async fn an_event_counts_once_and_a_second_booking_twice(bench: Bench) {
    let one = call("call-1");
    note(&bench, 1, &one, EventKind::CallStarted, "").await;
    note(&bench, 2, &one, EventKind::BookingConfirmed, "a").await;
    note(&bench, 3, &one, EventKind::BookingConfirmed, "a").await;
    note(&bench, 4, &one, EventKind::BookingConfirmed, "b").await;
    let days = events::counters_of(&mut bench.db.read(TENANT).await.unwrap()).await.unwrap();
    let counted: Vec<_> =
        days.iter().map(|day| (day.day.as_str(), day.calls, day.bookings)).collect();
    assert_eq!(counted, [("2026-11-23", 1, 2)]);
}

async fn counters_can_be_made_again_from_the_events(bench: Bench) {
    for (number, kind) in EventKind::ALL.iter().enumerate() {
        note(&bench, number as u128, &call("call-1"), *kind, "").await;
    }
    let kept = events::counters_of(&mut bench.db.read(TENANT).await.unwrap()).await.unwrap();
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    execute!(tx, "UPDATE day_counters SET calls = 99 WHERE tenant_id = $1", TENANT.0).unwrap();
    events::rebuild_counters(&mut tx).await.unwrap();
    let made = events::counters_of(&mut tx).await.unwrap();
    assert_eq!(made, kept);
}

async fn what_serves_a_caller_is_told_apart(bench: Bench) {
    note(&bench, 1, &call("call-1"), EventKind::CallStarted, "").await;
    note(&bench, 2, &call("call-2"), EventKind::QuestionAnswered, "hours").await;
    let mut reader = bench.db.read(TENANT).await.unwrap();
    assert!(!events::was_served(&mut reader, &call("call-1")).await.unwrap());
    assert!(events::was_served(&mut reader, &call("call-2")).await.unwrap());
}

async fn a_webhook_is_noted_once_and_a_bad_one_kept_aside(bench: Bench) {
    let hook = Hook { provider: "vapi", key: "call-1:ended", kind: "status-update", call: None };
    let mut tx = bench.db.begin_directory().await.unwrap();
    assert!(hooks::note(&mut tx, &hook, now()).await.unwrap());
    assert!(!hooks::note(&mut tx, &hook, now()).await.unwrap());
    let bad = Hook { key: "bad", ..hook };
    let body = format!("\0{}", "é".repeat(hooks::BODY_LIMIT));
    hooks::set_aside(&mut tx, &bad, (&body, "not JSON"), now()).await.unwrap();
    for _ in 0..3 {
        hooks::count_incident(&mut tx, "unreadable_hook", "vapi", now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = bench.db.read_directory().await.unwrap();
    let counted = hooks::incidents(&mut reader, "2026-11-23", 10).await.unwrap();
    assert_eq!((counted.len(), counted[0].count), (1, 3));
}

on_both_backends!(
    an_event_counts_once_and_a_second_booking_twice,
    counters_can_be_made_again_from_the_events,
    what_serves_a_caller_is_told_apart,
    a_webhook_is_noted_once_and_a_bad_one_kept_aside,
);
