use crate::house::{CALLER, House, TEST_NUMBER, fixture};
use axum::http::StatusCode;
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;

fn asking(name: &str, arguments: Value) -> Value {
    json!({ "message": {
        "type": "tool-calls",
        "toolCallList": [{ "id": "call_1", "type": "function",
            "function": { "name": name, "arguments": arguments } }],
        "call": { "id": "tool-call-1", "customer": { "number": CALLER } },
        "phoneNumber": { "number": TEST_NUMBER },
    }})
}

async fn run(house: &House, name: &str, arguments: Value) -> Value {
    let answer = house.post("/api/vapi/tool", asking(name, arguments), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let result = answer.json()["results"][0].clone();
    assert_eq!(result["toolCallId"], "call_1");
    result
}

async fn a_model_of_vapis_books_by_the_same_rules(bench: Bench) {
    let house = House::open(bench).await;
    for name in ["get_slots", "find_slots"] {
        let slots =
            run(&house, name, json!({ "date": "2026-11-24", "partOfDay": "morning" })).await;
        assert!(slots["result"].as_str().unwrap().contains("24 novembre"), "{slots}");
    }
    let start = json!({ "name": "Camille Lefèvre", "start": "2026-11-24T09:30", "date": "2026-11-24", "time": "09:30" });
    let booked = run(&house, "book", start.clone()).await;
    assert!(booked["result"].is_string(), "{booked}");
    let token = house.token(1, "read").await;
    let listed = house.get("/api/v1/appointments", &[("authorization", &token)]).await.json();
    assert_eq!(listed["appointments"].as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(listed["appointments"][0]["call_id"], "tool-call-1");
}

async fn a_tool_that_cannot_be_run_says_so(bench: Bench) {
    let house = House::open(bench).await;
    for (name, arguments) in [
        ("fly", json!({})),
        ("book", json!({})),
        ("book", json!("{not json")),
        ("get_slots", json!({ "date": "9999-99-99" })),
        ("cancel", json!({ "name": 3 })),
    ] {
        let result = run(&house, name, arguments.clone()).await;
        let text = result["result"].as_str().or(result["error"].as_str()).unwrap();
        assert!(!text.is_empty() && !text.contains('\n'), "{name} {arguments}: {result}");
    }
    let token = house.token(1, "read").await;
    let listed = house.get("/api/v1/appointments", &[("authorization", &token)]).await.json();
    assert_eq!(listed["appointments"], json!([]));
}

on_both_backends!(a_model_of_vapis_books_by_the_same_rules, a_tool_that_cannot_be_run_says_so);

#[tokio::test]
async fn several_tools_are_answered_in_order() {
    let house = House::open(Bench::sqlite().await).await;
    let answer =
        house.post("/api/vapi/tool", fixture("tool-calls.multiple.json"), &[]).await.json();
    let ids: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|r| &r["toolCallId"]).collect();
    assert_eq!(ids, [&json!("call_Zk1aVw7dQmT2"), &json!("call_9bXq4RtY0pLm")]);
}
