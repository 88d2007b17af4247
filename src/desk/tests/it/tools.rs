use crate::house::{CALLER, House, TEST_NUMBER, call_id};
use desk::switchboard::{Then, ToolCall, ToolReply, tool};
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;

const APPOINTMENTS: &str =
    "SELECT customer_name || ' ' || rdv_date || ' ' || rdv_time || ' ' || status
  FROM rendez_vous ORDER BY rdv_date, rdv_time";

async fn ask(house: &House, name: &str, arguments: Value) -> ToolReply {
    let asked = ToolCall {
        call: Some(call_id("call-1")),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: Some(CALLER.to_owned()),
        name: name.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    };
    tool(&house.office, asked).await
}

fn booking() -> Value {
    json!({"name": "Camille Lefèvre", "start": "2026-11-24T09:30"})
}

async fn a_model_finds_books_moves_and_cancels(bench: Bench) {
    let house = House::open(bench).await;
    let free =
        ask(&house, "get_slots", json!({"date": "2026-11-24", "partOfDay": "morning"})).await;
    assert!(free.told.unwrap().contains("9 h"));
    for _ in 0..2 {
        let booked = ask(&house, "book", booking()).await.told.unwrap();
        assert!(booked.contains("mardi 24 novembre à 9 h 30"), "{booked}");
    }
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:30 confirmed"]);
    let moving = json!({"name": "Lefevre", "new_date": "2026-11-26", "new_time": "10:00"});
    for _ in 0..2 {
        ask(&house, "modify", moving.clone()).await.told.unwrap();
    }
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-26 10:00 confirmed"]);
    for _ in 0..2 {
        ask(&house, "cancel", json!({"name": "Camille Lefèvre"})).await.told.unwrap();
    }
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-26 10:00 cancelled"]);
    let events = house.texts("SELECT event FROM ivr_events ORDER BY event").await;
    assert_eq!(events, ["booking_confirmed", "call_started", "cancel_done", "modify_done"]);
    assert!(house.texts("SELECT bucket || '' FROM appointment_claims").await.is_empty());
}

async fn a_taken_or_closed_time_is_refused(bench: Bench) {
    let house = House::open(bench).await;
    ask(&house, "book", booking()).await.told.unwrap();
    let other = json!({"name": "Dominique Roux", "date": "2026-11-24", "time": "09:30"});
    assert!(ask(&house, "book", other).await.told.unwrap_err().contains("plus libre"));
    let sunday = json!({"name": "Dominique Roux", "start": "2026-11-29T10:00"});
    assert!(ask(&house, "book", sunday).await.told.unwrap_err().contains("pas ouvert"));
    assert!(ask(&house, "book", json!({"name": "Dominique Roux"})).await.told.is_err());
    assert_eq!(house.texts(APPOINTMENTS).await.len(), 1);
}

async fn nobody_elses_appointment_is_told_or_changed(bench: Bench) {
    let house = House::open(bench).await;
    ask(&house, "book", booking()).await.told.unwrap();
    let stranger = |name: &str, arguments: Value| ToolCall {
        call: Some(call_id("call-2")),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: Some("+33639985678".to_owned()),
        name: name.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    };
    let by_name = stranger("cancel", json!({"name": "Camille Lefèvre"}));
    assert!(tool(&house.office, by_name).await.told.is_err());
    let by_dictated = stranger("cancel", json!({"name": "Camille Lefèvre", "phone": CALLER}));
    assert!(tool(&house.office, by_dictated).await.told.is_err());
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:30 confirmed"]);
    let by_hour =
        stranger("cancel", json!({"name": "Camille Lefèvre", "start": "2026-11-24T09:30"}));
    assert!(tool(&house.office, by_hour).await.told.is_ok());
}

async fn messages_questions_and_transfers_are_stored_once(bench: Bench) {
    let house = House::open(bench).await;
    for _ in 0..2 {
        let message = json!({"name": "Mme Martin", "text": "Rappeler avant midi"});
        ask(&house, "take_message", message).await.told.unwrap();
    }
    assert_eq!(house.texts("SELECT description FROM tickets").await, ["Rappeler avant midi"]);
    let hours = ask(&house, "opening_hours", json!({})).await.told.unwrap();
    assert!(hours.contains("9 h"), "{hours}");
    let answer = ask(&house, "faq", json!({"question": "Y a-t-il un parking ?"})).await;
    assert!(answer.told.unwrap().contains("parking"));
    assert!(matches!(ask(&house, "transfer", json!({})).await.then, Then::Transfer(_)));
    assert!(ask(&house, "launch", json!({})).await.told.is_err());
}

async fn a_number_that_is_nobodys_only_takes_messages(bench: Bench) {
    let house = House::open(bench).await;
    let unrouted = |name: &str, arguments: Value| ToolCall {
        call: Some(call_id("call-3")),
        dialled: Some("+33199009999".to_owned()),
        caller: None,
        name: name.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    };
    assert!(tool(&house.office, unrouted("book", booking())).await.told.is_err());
    assert!(tool(&house.office, unrouted("opening_hours", json!({}))).await.told.is_err());
    let message = unrouted("take_message", json!({"text": "Rappelez-moi"}));
    assert!(tool(&house.office, message).await.told.is_ok());
    assert!(house.texts(APPOINTMENTS).await.is_empty());
}

on_both_backends!(
    a_model_finds_books_moves_and_cancels,
    a_taken_or_closed_time_is_refused,
    nobody_elses_appointment_is_told_or_changed,
    messages_questions_and_transfers_are_stored_once,
    a_number_that_is_nobodys_only_takes_messages,
);
