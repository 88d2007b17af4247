//! Passing to a human over Vapi's wire, and coming back.

use crate::house::{Conversation, House, TEST_NUMBER, frames, spoken};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const PATH: &str = "/api/vapi/chat/completions";
const BACK: &str =
    "Personne n'a pu répondre. Voulez-vous laisser un message, pour qu'on vous rappelle ?";

/// A caller who is being passed on with the built-in tool.
async fn passed(house: &House) -> Conversation {
    let mut call = Conversation::new("call-1").offering(&["endCall", "transferCall"]);
    call.push("user", "je voudrais parler à quelqu'un");
    let answer = house.post(PATH, &call.body, &[]).await;
    assert!(tool(&answer.text).contains("transferCall"), "{}", answer.text);
    call.push("assistant", &spoken(&answer.text));
    call
}

fn tool(stream: &str) -> String {
    let frames = frames(stream);
    let calls = frames.iter().map(|frame| frame["choices"][0]["delta"]["tool_calls"].to_string());
    calls.collect()
}

async fn hook(house: &House, fields: Value) {
    let mut message =
        json!({ "call": { "id": "call-1" }, "phoneNumber": { "number": TEST_NUMBER } });
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    assert_eq!(house.hook(&json!({ "message": message })).await.status, StatusCode::OK);
}

async fn call(house: &House) -> Value {
    let token = house.token(1, "read").await;
    house.get("/api/v1/calls/call-1", &[("authorization", &token)]).await.json()
}

async fn the_assistant_is_told_to_take_the_caller_back(bench: Bench) {
    let house = House::open(bench).await;
    let asked = json!({ "message": { "type": "assistant-request",
        "call": { "id": "call-1" }, "phoneNumber": { "number": TEST_NUMBER } } });
    let assistant = house.hook(&asked).await.json()["assistant"].take();
    assert_eq!(assistant["artifactPlan"]["recordingEnabled"], false);
    let transfer = &assistant["model"]["tools"][1]["destinations"][0];
    assert_eq!(transfer["number"], "+33199001234");
    assert_eq!(
        transfer["transferPlan"]["fallbackPlan"],
        json!({ "message": BACK, "endCallEnabled": false })
    );
}

async fn a_failed_function_is_answered_with_what_the_caller_hears_now(bench: Bench) {
    let house = House::open(bench).await;
    let mut call = passed(&house).await;
    call.push("tool", "Transfer failed: no answer.");
    for _ in 0..2 {
        let answer = house.post(PATH, &call.body, &[]).await;
        assert_eq!(spoken(&answer.text), BACK);
        assert!(!tool(&answer.text).contains("transferCall"), "no transfer in a circle");
    }
    let outcome = self::call(&house).await["outcome"].take();
    assert_eq!(outcome, "transfer_failed");
}

async fn what_vapi_said_itself_is_not_said_again(bench: Bench) {
    let house = House::open(bench).await;
    let mut call = passed(&house).await;
    call.push("assistant", BACK);
    let said = call.says(&house, "oui").await;
    assert_eq!(said, "C'est à quel sujet ?");
}

async fn a_caller_who_hung_up_while_it_rang_is_to_be_called_back(bench: Bench) {
    let house = House::open(bench).await;
    passed(&house).await;
    let ended = json!({ "endedReason": "customer-ended-call",
        "artifact": { "transfers": [{ "status": "no-answer" }] }, "analysis": {} });
    for kind in ["end-of-call-report", "end-of-call-report", "status-update"] {
        let mut fields = ended.clone();
        fields["type"] = json!(kind);
        fields["status"] = json!("ended");
        hook(&house, fields).await;
    }
    let call = call(&house).await;
    assert_eq!(call["outcome"], "transfer_failed");
    let failed = call["events"].as_array().unwrap().iter();
    assert_eq!(failed.filter(|event| event["event"] == "transfer_failed").count(), 1);
}

async fn a_caller_who_was_put_through_is_not(bench: Bench) {
    let house = House::open(bench).await;
    passed(&house).await;
    hook(
        &house,
        json!({ "type": "end-of-call-report", "endedReason": "assistant-forwarded-call" }),
    )
    .await;
    assert_eq!(call(&house).await["outcome"], "transferred_human");
}

async fn where_to_is_answered_by_the_dialogues_decision(bench: Bench) {
    let house = House::open(bench).await;
    passed(&house).await;
    let asked = json!({ "message": { "type": "transfer-destination-request",
        "call": { "id": "call-1" }, "phoneNumber": { "number": TEST_NUMBER } } });
    let answer = house.hook(&asked).await.json();
    assert_eq!(answer["destination"]["number"], "+33199001234");
    assert_eq!(answer["destination"]["transferPlan"]["fallbackPlan"]["endCallEnabled"], false);
}

/// Somebody in Vapi's place who cannot pass calls on.
#[tokio::test]
async fn a_caller_whom_the_control_cannot_pass_on_is_told() {
    let (sender, mut told) = mpsc::channel(8);
    let control = async move |axum::Json(body): axum::Json<Value>| {
        let refused = body["type"] == "transfer";
        sender.send(body).await.unwrap();
        if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/{call}/control", post(control));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let house = House::with(Bench::sqlite().await, &[("VAPI_BASE_URL", &base)]).await;
    let mut call = Conversation::new("call-1");
    call.body["call"]["monitor"] = json!({ "controlUrl": format!("{base}/call-1/control") });
    call.says(&house, "je voudrais parler à quelqu'un").await;
    let transfer = told.recv().await.unwrap();
    assert_eq!(transfer["destination"]["number"], "+33199001234");
    assert_eq!(transfer["destination"]["transferPlan"]["timeout"], 25);
    let said = told.recv().await.unwrap();
    assert_eq!((said["type"].as_str(), said["content"].as_str()), (Some("say"), Some(BACK)));
}

on_both_backends!(
    the_assistant_is_told_to_take_the_caller_back,
    a_failed_function_is_answered_with_what_the_caller_hears_now,
    what_vapi_said_itself_is_not_said_again,
    a_caller_who_hung_up_while_it_rang_is_to_be_called_back,
    a_caller_who_was_put_through_is_not,
    where_to_is_answered_by_the_dialogues_decision,
);
