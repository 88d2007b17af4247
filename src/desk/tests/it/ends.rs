use crate::house::{Caller, House, TEST_NUMBER, call_id, monday};
use desk::jobs;
use desk::switchboard::{CallEnd, call_ended, close_silent_calls};
use jiff::SignedDuration;
use store::on_both_backends;
use store::testing::Bench;

const EVENTS: &str = "SELECT event FROM ivr_events WHERE event <> 'empty_message'
  AND event <> 'recovery_step' ORDER BY created_at, event";
const ENDED: &str =
    "SELECT call_status || ' ' || COALESCE(ended_reason, '') || ' ' || duration_seconds
  FROM call_logs WHERE ended_at IS NOT NULL";

fn end() -> CallEnd {
    CallEnd {
        call: call_id("call-1"),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: None,
        status: "completed",
        reason: Some("customer-ended-call".to_owned()),
        seconds: Some(42),
        cost_cents: Some(7),
        recording_url: None,
    }
}

async fn a_caller_who_leaves_with_nothing_has_abandoned_once(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").says("Bonjour, je voudrais prendre rendez-vous").await;
    for _ in 0..3 {
        call_ended(&house.office, end()).await.unwrap();
    }
    assert_eq!(house.texts(EVENTS).await, ["call_started", "user_abandon"]);
    assert_eq!(house.texts(ENDED).await, ["completed customer-ended-call 42"]);
    let counted = house.texts("SELECT calls || ' ' || abandons FROM day_counters").await;
    assert_eq!(counted, ["1 1"]);
}

async fn a_caller_who_booked_has_not_abandoned(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    call_ended(&house.office, end()).await.unwrap();
    assert!(!house.texts(EVENTS).await.contains(&"user_abandon".to_owned()));
}

async fn a_call_that_is_only_heard_of_at_its_end_is_a_call(bench: Bench) {
    let house = House::open(bench).await;
    call_ended(&house.office, end()).await.unwrap();
    assert_eq!(house.texts(EVENTS).await, ["call_started", "user_abandon"]);
    assert_eq!(house.texts(ENDED).await.len(), 1);
}

async fn a_silent_call_is_closed_after_a_quarter_of_an_hour(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says("Bonjour").await;
    let clock = &house.office.world.clock;
    clock.set(monday() + SignedDuration::from_mins(10));
    caller.says("je voudrais un rendez-vous").await;
    clock.set(monday() + SignedDuration::from_mins(20));
    assert_eq!(close_silent_calls(&house.office).await.unwrap(), 0);
    clock.set(monday() + SignedDuration::from_mins(26));
    assert_eq!(close_silent_calls(&house.office).await.unwrap(), 1);
    assert_eq!(close_silent_calls(&house.office).await.unwrap(), 0);
    assert_eq!(house.texts(ENDED).await, ["completed silence 600"]);
    assert!(house.texts(EVENTS).await.contains(&"user_abandon".to_owned()));
}

async fn the_sandbox_is_emptied_at_night_and_the_figures_stay(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    call_ended(&house.office, end()).await.unwrap();
    // The first night of a house has nothing to empty.
    jobs::round(&house.office).await.unwrap();
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
    house.office.world.clock.set(monday() + SignedDuration::from_hours(18));
    for _ in 0..2 {
        jobs::round(&house.office).await.unwrap();
    }
    assert!(house.texts("SELECT id FROM rendez_vous").await.is_empty());
    assert!(house.texts("SELECT heard FROM call_turns").await.is_empty());
    assert!(
        house
            .texts("SELECT from_number FROM call_logs WHERE from_number IS NOT NULL")
            .await
            .is_empty()
    );
    assert_eq!(house.texts("SELECT calls || ' ' || bookings FROM day_counters").await, ["1 1"]);
}

on_both_backends!(
    a_caller_who_leaves_with_nothing_has_abandoned_once,
    a_caller_who_booked_has_not_abandoned,
    a_call_that_is_only_heard_of_at_its_end_is_a_call,
    a_silent_call_is_closed_after_a_quarter_of_an_hour,
    the_sandbox_is_emptied_at_night_and_the_figures_stay,
);
