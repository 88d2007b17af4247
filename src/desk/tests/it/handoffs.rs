//! Passing to a human, and coming back from it.

use crate::house::{CALLER, Caller, House, TEST_NUMBER, call_id};
use desk::replay::{Now, replay};
use desk::switchboard::{Line, Then, ToolCall, tool, transfer_destination, transfer_failed};
use serde_json::Map;
use store::on_both_backends;
use store::testing::Bench;

const EVENTS: &str = "SELECT event || COALESCE(' ' || reason, '') FROM ivr_events
  WHERE event LIKE 'transfer%' OR event LIKE 'message%' ORDER BY created_at, event DESC";
const TICKETS: &str = "SELECT category || ' ' || cause || ' ' || priority || ' '
    || COALESCE(customer_name, '-') || ' ' || COALESCE(customer_phone, '-') || ' ' || subject
  FROM tickets ORDER BY created_at, id";
const OUTCOME: &str = "SELECT COALESCE(outcome, '-') FROM call_logs";
const MISSED: &str =
    "callback transfer_failed high - +33639981234 Appel passé, personne n’a décroché";

/// Somebody who is being passed to a human.
async fn passed(house: &House) -> Caller {
    let mut caller = Caller::new(&house.office, "call-1");
    let reply = caller.says("je veux parler à quelqu'un").await;
    assert!(matches!(reply.then, Then::Transfer(_)), "{reply:?}");
    caller
}

async fn fails(house: &House, reason: &str, line: Line) -> Option<String> {
    let told = transfer_failed(&house.office, &call_id("call-1"), reason, line).await.unwrap();
    told.map(|reply| reply.say)
}

async fn a_caller_whom_nobody_answers_comes_back_and_leaves_a_message(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = passed(&house).await;
    assert_eq!(house.texts(OUTCOME).await, ["transferred_human"]);
    let said = fails(&house, "no-answer", Line::Open).await.unwrap();
    assert!(said.starts_with("Personne n'a pu répondre."), "{said}");
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
    assert_eq!(house.texts(OUTCOME).await, ["transfer_failed"]);
    let last =
        caller.says_all(&["oui", "c'est pour une attestation", "Camille Lefèvre", "oui"]).await;
    assert!(last.say.contains("transmise"), "{}", last.say);
    assert_eq!(
        house.texts(TICKETS).await,
        ["callback transfer_failed high Camille Lefèvre +33639981234 c'est pour une attestation"]
    );
    let events = house.texts(EVENTS).await;
    assert_eq!(events, ["transferred_human", "transfer_failed no-answer", "message_taken"]);
}

async fn a_caller_who_hangs_up_at_once_is_to_be_called_back(bench: Bench) {
    let house = House::open(bench).await;
    passed(&house).await;
    assert!(fails(&house, "busy", Line::Over).await.is_some());
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
    // What nobody heard is not told as said.
    let rules = house.texts("SELECT rule FROM call_turns ORDER BY turn, revision").await;
    assert_eq!(rules, ["transfer"]);
}

async fn the_same_failure_reported_again_changes_nothing(bench: Bench) {
    let house = House::open(bench).await;
    passed(&house).await;
    let (one, other) = (house.another().await, house.another().await);
    let call = call_id("call-1");
    let (first, second) = tokio::join!(
        transfer_failed(&one, &call, "no-answer", Line::Open),
        transfer_failed(&other, &call, "failed", Line::Over)
    );
    let told = [first.unwrap(), second.unwrap()].into_iter().flatten().count();
    assert_eq!(told, 1);
    for line in [Line::Open, Line::Over] {
        assert_eq!(fails(&house, "busy", line).await, None);
    }
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
    assert_eq!(house.texts(EVENTS).await.len(), 2);
}

async fn a_failure_without_a_transfer_is_none(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").says("je voudrais un rendez-vous").await;
    assert_eq!(fails(&house, "no-answer", Line::Open).await, None);
    assert!(house.texts(TICKETS).await.is_empty());
    assert!(house.texts(EVENTS).await.is_empty());
}

async fn a_caller_who_speaks_again_has_come_back_before_any_report(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = passed(&house).await;
    let reply = caller.says("allô ? ça ne répond pas").await;
    assert!(reply.say.starts_with("Personne n'a pu répondre."), "{}", reply.say);
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
    assert_eq!(fails(&house, "no-answer", Line::Over).await, None);
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
    assert_eq!(house.texts(EVENTS).await, ["transferred_human", "transfer_failed came_back"]);
}

async fn the_provider_asking_again_hears_that_nobody_answered(bench: Bench) {
    let house = House::open(bench).await;
    let caller = passed(&house).await;
    let said = fails(&house, "no-answer", Line::Open).await.unwrap();
    let again = caller.again().await;
    assert_eq!(again.say, said);
    assert_eq!(again.then, Then::Listen, "the transfer is not tried in a circle");
}

async fn a_return_is_replayed_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = passed(&house).await;
    fails(&house, "no-answer", Line::Open).await;
    caller.says_all(&["oui", "pour une attestation", "Camille Lefèvre", "oui"]).await;
    let replayed = replay(&house.office, &call_id("call-1")).await.unwrap().unwrap();
    assert_eq!(replayed.turns.len(), 6);
    for turn in &replayed.turns {
        assert_eq!(turn.now, Now::Same, "{turn:?}");
    }
}

async fn a_request_dealt_with_meanwhile_is_not_written_over(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = passed(&house).await;
    fails(&house, "no-answer", Line::Open).await;
    caller.says_all(&["oui", "pour une attestation", "Camille Lefèvre"]).await;
    let mut tx = house.office.db.begin(domain::id::TenantId(1)).await.unwrap();
    store::execute!(tx, "UPDATE tickets SET status = 'resolved'").unwrap();
    tx.commit().await.unwrap();
    caller.says("oui").await;
    let tickets = house.texts("SELECT status || ' ' || subject FROM tickets ORDER BY status").await;
    assert_eq!(
        tickets,
        ["open pour une attestation", "resolved Appel passé, personne n’a décroché"]
    );
}

/// The function of a provider's own model; there is no dialogue of ours.
async fn a_model_that_passes_the_call_on_leaves_a_request_too(bench: Bench) {
    let house = House::open(bench).await;
    let asked = ToolCall {
        call: Some(call_id("call-1")),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: Some(CALLER.to_owned()),
        name: "transfer".to_owned(),
        arguments: Map::new(),
    };
    let reply = tool(&house.office, asked).await;
    assert!(matches!(reply.then, Then::Transfer(_)));
    assert!(fails(&house, "no-answer", Line::Over).await.is_some());
    assert_eq!(fails(&house, "no-answer", Line::Over).await, None);
    assert_eq!(house.texts(TICKETS).await, [MISSED]);
}

async fn a_provider_that_asks_where_to_is_told_by_the_hour(bench: Bench) {
    let house = House::open(bench).await;
    let ask = async |call: &str, dialled: &str| {
        let to = transfer_destination(&house.office, &call_id(call), Some(dialled)).await;
        to.unwrap().map(|to| to.number.as_str().to_owned())
    };
    assert_eq!(ask("call-1", TEST_NUMBER).await.as_deref(), Some("+33199001234"));
    assert_eq!(ask("call-2", "+33199009999").await, None, "nobody's number");
    house.office.world.clock.set("2026-11-23T20:00:00Z".parse().unwrap());
    assert_eq!(ask("call-3", TEST_NUMBER).await, None);
    assert_eq!(
        house.texts(EVENTS).await,
        ["transferred_human", "transfer_prevented nobody_now", "transfer_prevented nobody_now"]
    );
}

async fn an_emergency_waits_for_the_practice_once(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&["mon mari ne respire plus", "il ne respire plus du tout"]).await;
    let tickets = house.texts(TICKETS).await;
    assert_eq!(
        tickets,
        ["emergency emergency urgent - +33639981234 Urgence reconnue pendant un appel"]
    );
    let kept = house.texts("SELECT description || details FROM tickets").await;
    assert!(!kept[0].contains("respire"), "{kept:?}");
}

async fn the_waiting_list_holds_the_wish_in_words_and_in_parts(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let last = caller
        .says_all(&[
            "je voudrais un rendez-vous mardi matin, c'est Camille Lefèvre",
            "non mettez-moi plutôt sur la liste d'attente",
            "oui",
        ])
        .await;
    assert!(last.say.contains("Vous êtes bien sur la liste d'attente."), "{}", last.say);
    let rows = house
        .texts("SELECT category || ' ' || customer_name || ' ' || customer_phone || ' ' || description FROM tickets");
    assert_eq!(
        rows.await,
        [
            "waiting_list Camille Lefèvre +33639981234 Souhaite un rendez-vous : mardi 24 novembre de 8 h à 12 h."
        ]
    );
    let details = house.texts("SELECT details FROM tickets").await;
    let details: serde_json::Value = serde_json::from_str(&details[0]).unwrap();
    assert_eq!(details["wish"]["within"][0]["from"], "2026-11-24T08:00:00");
}

on_both_backends!(
    a_caller_whom_nobody_answers_comes_back_and_leaves_a_message,
    a_caller_who_hangs_up_at_once_is_to_be_called_back,
    the_same_failure_reported_again_changes_nothing,
    a_failure_without_a_transfer_is_none,
    a_caller_who_speaks_again_has_come_back_before_any_report,
    the_provider_asking_again_hears_that_nobody_answered,
    a_return_is_replayed_bit_for_bit,
    a_request_dealt_with_meanwhile_is_not_written_over,
    a_model_that_passes_the_call_on_leaves_a_request_too,
    a_provider_that_asks_where_to_is_told_by_the_hour,
    an_emergency_waits_for_the_practice_once,
    the_waiting_list_holds_the_wish_in_words_and_in_parts,
);
