use crate::house::{Caller, House};
use store::on_both_backends;
use store::testing::Bench;

async fn a_turn_is_stored_with_its_call(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let reply = caller.says("Bonjour, je voudrais prendre rendez-vous").await;
    assert!(!reply.say.is_empty());
    let said = house.texts("SELECT said FROM call_turns WHERE call_id = 'call-1'").await;
    assert_eq!(said, [reply.say]);
    let events = house.texts("SELECT event FROM ivr_events WHERE call_id = 'call-1'").await;
    assert_eq!(events, ["call_started"]);
    let masked = house.texts("SELECT from_number FROM call_logs").await;
    assert_eq!(masked, ["+33639981234"]);
}

async fn the_same_turn_again_gets_the_same_answer(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let first = caller.says("Bonjour").await;
    assert_eq!(caller.again().await, first);
    let turns = house.texts("SELECT heard FROM call_turns").await;
    assert_eq!(turns, ["Bonjour"]);
}

on_both_backends!(a_turn_is_stored_with_its_call, the_same_turn_again_gets_the_same_answer);
