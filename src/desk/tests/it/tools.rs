use crate::house::{CALLER, House, TEST_NUMBER, call_id};
use desk::switchboard::{Then, ToolCall, ToolReply, tool};
use desk::tenants;
use domain::id::TenantId;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::testing::Bench;
use store::{execute, fetch_optional, on_both_backends};

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
        // By ear it is the same name.
        ask(&house, "cancel", json!({"name": "Camille Lefebvre"})).await.told.unwrap();
    }
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-26 10:00 cancelled"]);
    let events = house.texts("SELECT event FROM ivr_events ORDER BY event").await;
    assert_eq!(events, ["booking_confirmed", "call_started", "cancel_done", "modify_done"]);
    assert!(house.texts("SELECT bucket || '' FROM appointment_claims").await.is_empty());
}

/// Waits until somebody waits for a row; on SQLite nobody waits for one.
async fn until_somebody_waits(house: &House) {
    const WAITING: &str = "SELECT COUNT(*) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE NOT l.granted AND a.datname = current_database()";
    while house.office.db.engine() == "postgres" {
        let mut reader = house.office.db.read_directory().await.unwrap();
        let waiting = fetch_optional!(reader, WAITING => (i64,)).unwrap();
        if waiting.is_some_and(|(count,)| count > 0) {
            break;
        }
        tokio::task::yield_now().await;
    }
}

async fn a_time_that_somebody_takes_meanwhile_is_booked_elsewhere_and_blocks_nothing(bench: Bench) {
    const CLAIM: &str = "INSERT INTO appointment_claims
      (tenant_id, calendar_id, bucket, appointment_id) VALUES (1, $1, $2, 'somebody')";
    let house = House::open(bench).await;
    let mut settings = tenants::show(&house.office, TenantId(1)).await.unwrap().unwrap().settings;
    settings.number.clear();
    let first = settings.profile(TenantId(1)).unwrap().calendars[0].id.0.clone();
    let second = settings.calendar.last().unwrap().clone();
    settings.calendar.push(second);
    settings.calendar.last_mut().unwrap().name = "Salle B".to_owned();
    tenants::apply(&house.office, &settings).await.unwrap();
    let quarter: Timestamp = "2026-11-24T08:45:00Z".parse().unwrap();
    let mut faster = house.office.db.begin(TenantId(1)).await.unwrap();
    execute!(faster, CLAIM, first.as_str(), quarter.as_millisecond() / 300_000).unwrap();
    let (booked, ()) = tokio::join!(ask(&house, "book", booking()), async {
        until_somebody_waits(&house).await;
        faster.commit().await.unwrap();
    });
    assert!(booked.told.unwrap().contains("9 h 30"));
    let claims = house.texts("SELECT calendar_id FROM appointment_claims").await;
    assert_eq!(claims.iter().filter(|calendar| **calendar == first).count(), 1, "{claims:?}");
}

async fn who_is_written_so_comes_before_who_sounds_so(bench: Bench) {
    let house = House::open(bench).await;
    ask(&house, "book", booking()).await.told.unwrap();
    let other = json!({"name": "Camille Lefebvre", "start": "2026-11-26T10:00"});
    ask(&house, "book", other).await.told.unwrap();
    ask(&house, "cancel", json!({"name": "Camille Lefèvre"})).await.told.unwrap();
    assert_eq!(
        house.texts(APPOINTMENTS).await,
        [
            "Camille Lefèvre 2026-11-24 09:30 cancelled",
            "Camille Lefebvre 2026-11-26 10:00 confirmed"
        ]
    );
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

async fn what_a_model_writes_is_kept_only_so_far(bench: Bench) {
    let house = House::open(bench).await;
    let nobody = json!({"name": "é".repeat(201), "start": "2026-11-24T09:30"});
    assert!(ask(&house, "book", nobody).await.told.is_err());
    assert!(house.texts(APPOINTMENTS).await.is_empty());
    let mut long = booking();
    long["motive"] = "é".repeat(100_000).into();
    long["email"] = format!("{}@exemple.fr", "a".repeat(5_000)).into();
    ask(&house, "book", long).await.told.unwrap();
    let kept = "SELECT CAST(LENGTH(motive) AS TEXT) || ' ' || COALESCE(customer_email, '-')
      FROM rendez_vous";
    assert_eq!(house.texts(kept).await, ["500 -"]);
    let odd = json!({"name": "Camille", "text": "a\u{0}b"});
    assert!(ask(&house, "take_message", odd).await.told.is_err());
    let long = json!({"name": "Camille", "text": "é".repeat(100_000)});
    for _ in 0..2 {
        ask(&house, "take_message", long.clone()).await.told.unwrap();
    }
    let kept = "SELECT CAST(LENGTH(description) AS TEXT) FROM tickets";
    assert_eq!(house.texts(kept).await, ["5000"]);
    let wish = json!({"preference": "mardi matin ".repeat(100_000)});
    assert!(ask(&house, "get_slots", wish).await.told.is_ok());
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
    who_is_written_so_comes_before_who_sounds_so,
    a_taken_or_closed_time_is_refused,
    a_time_that_somebody_takes_meanwhile_is_booked_elsewhere_and_blocks_nothing,
    nobody_elses_appointment_is_told_or_changed,
    messages_questions_and_transfers_are_stored_once,
    what_a_model_writes_is_kept_only_so_far,
    a_number_that_is_nobodys_only_takes_messages,
);
