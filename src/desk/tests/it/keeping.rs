use crate::house::{Caller, House, call_id, monday};
use desk::retention::sweep;
use desk::switchboard::{CallEnd, call_ended};
use jiff::SignedDuration;
use store::on_both_backends;
use store::testing::Bench;

const WORDS: &str = "SELECT call_id || ' ' || turn FROM call_turns ORDER BY 1";
const CALLERS: &str = "SELECT from_number FROM call_logs WHERE from_number IS NOT NULL";
const EVENTS: &str = "SELECT event FROM ivr_events ORDER BY 1";
const COUNTED: &str = "SELECT calls || ' ' || abandons FROM day_counters";

async fn one_call(house: &House) {
    Caller::new(&house.office, "call-1").says("Bonjour, je voudrais prendre rendez-vous").await;
    let end = CallEnd {
        call: call_id("call-1"),
        dialled: None,
        caller: None,
        status: "completed",
        reason: None,
        seconds: None,
        cost_cents: None,
        recording_url: None,
    };
    call_ended(&house.office, end).await.unwrap();
}

async fn words_go_after_a_month_callers_after_a_year_events_after_two(bench: Bench) {
    let house = House::open(bench).await;
    one_call(&house).await;
    let clock = &house.office.world.clock;
    let after = |days: i64| monday() + SignedDuration::from_hours(24 * days);

    clock.set(after(29));
    sweep(&house.office).await.unwrap();
    assert_eq!(house.texts(WORDS).await, ["call-1 1"]);

    clock.set(after(31));
    sweep(&house.office).await.unwrap();
    assert!(house.texts(WORDS).await.is_empty());
    assert_eq!(house.texts(CALLERS).await.len(), 1);

    clock.set(after(366));
    sweep(&house.office).await.unwrap();
    assert!(house.texts(CALLERS).await.is_empty());
    assert_eq!(house.texts(EVENTS).await, ["call_started", "user_abandon"]);

    // The last day of events stays whole, so that counters can be made again.
    clock.set(after(700));
    Caller::new(&house.office, "call-2").says("Bonjour").await;
    clock.set(after(1_500));
    sweep(&house.office).await.unwrap();
    assert_eq!(house.texts(EVENTS).await, ["call_started"]);
    let rebuilt = desk::counters::rebuild(&house.office).await.unwrap();
    assert!(rebuilt.iter().all(|one| one.equal));
    assert_eq!(house.texts(COUNTED).await.len(), 2);
}

on_both_backends!(words_go_after_a_month_callers_after_a_year_events_after_two);
