use crate::house::{CALLER, Caller, House, TEST_NUMBER, call_id};
use desk::switchboard::{CallFacts, call_facts};
use store::on_both_backends;
use store::testing::Bench;

const FROM: &str = "SELECT COALESCE(from_number, 'withheld') FROM call_logs";

fn facts(caller: &str) -> CallFacts {
    CallFacts {
        call: call_id("call-1"),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: Some(caller.to_owned()),
        kind: "status-update".to_owned(),
        control_url: None,
    }
}

async fn the_callers_number_is_kept_from_the_first_webhook(bench: Bench) {
    let house = House::open(bench).await;
    for caller in [CALLER, "+33639985678", "anonymous"] {
        call_facts(&house.office, facts(caller)).await.unwrap();
    }
    assert_eq!(house.texts(FROM).await, [CALLER]);
    let events = house.texts("SELECT event FROM ivr_events").await;
    assert_eq!(events, ["call_started"]);
}

async fn a_hidden_caller_is_a_call_too(bench: Bench) {
    let house = House::open(bench).await;
    for hidden in ["anonymous", "unavailable", "Restricted", "", "+33", "12", TEST_NUMBER] {
        call_facts(&house.office, facts(hidden)).await.unwrap();
    }
    assert_eq!(house.texts(FROM).await, ["withheld"]);
}

async fn a_number_that_comes_late_is_used_by_the_next_turn_of_every_instance(bench: Bench) {
    let house = House::open(bench).await;
    let other = house.another().await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.caller = None;
    caller.says("Bonjour, je voudrais prendre rendez-vous").await;
    call_facts(&other, facts(CALLER)).await.unwrap();
    let mut said = String::new();
    for text in ["Camille Lefèvre", "mardi matin", "le premier"] {
        said = caller.says(text).await.say;
    }
    assert!(said.contains("34"), "{said}");
    assert_eq!(house.texts(FROM).await, [CALLER]);
}

async fn a_call_of_which_only_the_name_is_known_stays_unknown(bench: Bench) {
    let house = House::open(bench).await;
    let only_name = CallFacts { dialled: None, ..facts(CALLER) };
    call_facts(&house.office, only_name).await.unwrap();
    assert!(house.texts(FROM).await.is_empty());
}

async fn a_turn_after_the_webhook_is_of_the_same_call(bench: Bench) {
    let house = House::open(bench).await;
    call_facts(&house.office, facts(CALLER)).await.unwrap();
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.caller = None;
    caller.says("Bonjour").await;
    assert_eq!(house.texts(FROM).await, [CALLER]);
    let turns = house.texts("SELECT heard FROM call_turns").await;
    assert_eq!(turns, ["Bonjour"]);
}

on_both_backends!(
    the_callers_number_is_kept_from_the_first_webhook,
    a_hidden_caller_is_a_call_too,
    a_number_that_comes_late_is_used_by_the_next_turn_of_every_instance,
    a_call_of_which_only_the_name_is_known_stays_unknown,
    a_turn_after_the_webhook_is_of_the_same_call,
);
