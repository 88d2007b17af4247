use crate::house::{Conversation, House, fixture, frames, spoken};
use axum::http::StatusCode;
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;

const PATH: &str = "/api/vapi/chat/completions";

async fn a_caller_books_and_the_calls_page_tells_it(bench: Bench) {
    let house = House::open(bench).await;
    house.hook(&fixture("status-update.in-progress.json")).await;
    let mut call = Conversation::new("019a9f3b-6c1e-7aa0-9d54-2f6b8c0e1d37");
    let said = call.books(&house).await;
    assert!(said.contains("Camille Lefèvre"), "{said}");
    house.hook(&fixture("end-of-call-report.customer-ended-call.json")).await;
    let token = house.token(1, "read").await;
    let auth = [("authorization", token.as_str())];
    let snapshot = house.get("/api/v1/snapshot?period=today", &auth).await.json();
    assert_eq!(snapshot["calls_total"], 1);
    assert_eq!(snapshot["bookings_confirmed"], 1);
    assert_eq!(snapshot["abandons"], 0);
    let call = house.get("/api/v1/calls/019a9f3b-6c1e-7aa0-9d54-2f6b8c0e1d37", &auth).await.json();
    assert_eq!(call["outcome"], "booking_confirmed");
    assert_eq!(call["duration_seconds"], 23);
    assert_eq!(call["appointments"].as_array().unwrap().len(), 1);
    assert!(call["turns"].as_array().unwrap().len() >= 4);
}

async fn the_same_turn_again_is_the_same_answer(bench: Bench) {
    let house = House::open(bench).await;
    let mut call = Conversation::new("call-1");
    let first = call.says(&house, "Bonjour, je voudrais un rendez-vous").await;
    call.body["messages"].as_array_mut().unwrap().pop();
    let again = house.post(PATH, &call.body, &[]).await;
    assert_eq!(spoken(&again.text), first);
    let token = house.token(1, "read").await;
    let stored = house.get("/api/v1/calls/call-1", &[("authorization", &token)]).await.json();
    assert_eq!(stored["turns"].as_array().unwrap().len(), 1);
}

async fn a_request_that_names_no_call_is_answered_and_stored_nowhere(bench: Bench) {
    let house = House::open(bench).await;
    let off = fixture("custom-llm/request.metadata-off.json");
    let answer = house.post(PATH, &off, &[]).await;
    assert!(spoken(&answer.text).len() > 10);
    let token = house.token(1, "read").await;
    let auth = [("authorization", token.as_str())];
    assert_eq!(house.get("/api/v1/calls", &auth).await.json()["calls"], json!([]));
    // A header may name it.
    let mut named = off;
    named["phoneNumber"] = json!({ "number": crate::house::TEST_NUMBER });
    house.post(PATH, &named, &[("x-vapi-call-id", "call-7")]).await;
    let calls = house.get("/api/v1/calls", &auth).await.json();
    assert_eq!(calls["calls"][0]["call_id"], "call-7");
}

on_both_backends!(
    a_caller_books_and_the_calls_page_tells_it,
    the_same_turn_again_is_the_same_answer,
    a_request_that_names_no_call_is_answered_and_stored_nowhere,
);

#[tokio::test]
async fn a_stream_has_a_role_contents_a_reason_and_an_end() {
    let house = House::open(Bench::sqlite().await).await;
    let answer = house.post(PATH, fixture("custom-llm/request.turn-1.json"), &[]).await;
    let frames = frames(&answer.text);
    assert_eq!(frames[0]["choices"][0]["delta"], json!({ "role": "assistant", "content": "" }));
    assert!(frames[1]["choices"][0]["delta"]["content"].is_string());
    assert_eq!(frames.last().unwrap()["choices"][0]["finish_reason"], "stop");
    assert!(frames.iter().all(|frame| frame["object"] == "chat.completion.chunk"
        && frame["model"] == "receptionist-fr"
        && frame["id"] == frames[0]["id"]));
    assert_eq!(answer.headers["cache-control"], "no-cache");
    assert!(!answer.headers.contains_key("content-encoding"));
}

#[tokio::test]
async fn without_a_stream_the_answer_is_one_object() {
    let house = House::open(Bench::sqlite().await).await;
    let mut request = fixture("custom-llm/request.turn-1.json");
    request["stream"] = false.into();
    let answer = house.post(PATH, request, &[("accept-encoding", "gzip")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let body = answer.json();
    assert_eq!(body["object"], "chat.completion");
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
    assert!(body["choices"][0]["message"]["content"].as_str().unwrap().len() > 10);
}

#[tokio::test]
async fn hanging_up_is_a_tool_call_when_it_is_offered() {
    let house = House::open(Bench::sqlite().await).await;
    for (offered, expected) in [(vec!["endCall"], "tool_calls"), (vec![], "stop")] {
        let mut call = Conversation::new(&format!("call-{expected}")).offering(&offered);
        call.push("user", "Non rien, au revoir");
        let frames = frames(&house.post(PATH, &call.body, &[]).await.text);
        assert_eq!(frames.last().unwrap()["choices"][0]["finish_reason"], expected);
        let called = frames.iter().any(|frame| {
            frame["choices"][0]["delta"]["tool_calls"][0]["function"]["name"] == "endCall"
        });
        assert_eq!(called, !offered.is_empty());
        let text = frames.iter().filter_map(|f| f["choices"][0]["delta"]["content"].as_str());
        assert!(text.collect::<String>().contains("revoir"));
    }
}

#[tokio::test]
async fn a_transfer_names_the_tenants_number() {
    let house = House::open(Bench::sqlite().await).await;
    let mut call = Conversation::new("call-1").offering(&["transferCall"]);
    call.push("user", "Je voudrais parler à quelqu'un");
    let mut stream = house.post(PATH, &call.body, &[]).await.text;
    if !stream.contains("transferCall") {
        call.push("assistant", &spoken(&stream));
        call.push("user", "oui");
        stream = house.post(PATH, &call.body, &[]).await.text;
    }
    let arguments: String = frames(&stream)
        .iter()
        .filter_map(|frame| {
            frame["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    let arguments: serde_json::Value = serde_json::from_str(&arguments).unwrap();
    assert!(arguments["destination"].as_str().unwrap().starts_with("+33"), "{arguments}");
}

#[tokio::test]
async fn pressed_keys_are_read_like_dictated_digits() {
    let house = House::open(Bench::sqlite().await).await;
    let mut call = Conversation::new("call-1");
    call.body["call"]["customer"]["number"] = "anonymous".into();
    let mut said = call.says(&house, "Je voudrais un rendez-vous, Camille Lefèvre").await;
    for _ in 0..4 {
        if said.contains("votre numéro") {
            break;
        }
        let reply = if said.contains("nom") {
            "Camille Lefèvre"
        } else if said.contains("proposer") {
            "le premier"
        } else {
            "le plus tôt possible"
        };
        said = call.says(&house, reply).await;
    }
    call.says(&house, "User's Keypad Entry: 0639985678").await;
    let token = house.token(1, "read").await;
    let listed = house.get("/api/v1/appointments", &[("authorization", &token)]).await.json();
    assert_eq!(listed["appointments"][0]["phone"], "+33639985678", "{listed}");
}
