//! Calls that an assistant takes, through our webhooks.

use crate::support::office::{Office, Received, json_answer};
use crate::support::{vapi, world};
use crate::vapi_agents::{CALLER, PRACTICE, Wishes, bought};
use reqwest::Url;
use serde_json::{Value, json};
use vendors::simulator::{Line, Reach, Script, Words, World};
use vendors::vapi::assistants::marked;
use vendors::vapi::numbers::Import;

/// Our server: answers one turn, then says goodbye.
fn dialogue(received: &Received) -> (axum::http::StatusCode, &'static str, String) {
    if !received.uri.ends_with("/chat/completions") {
        return json_answer(
            &json!({ "results": [{ "toolCallId": "x", "result": "Mardi, 9 h 30" }] }),
        );
    }
    let asked = received.json()["messages"].as_array().unwrap().last().unwrap()["content"].clone();
    let delta = match asked.as_str().unwrap() {
        "au revoir" => json!({ "content": "Au revoir.", "tool_calls":
            [{ "index": 0, "function": { "name": "endCall", "arguments": "{}" } }] }),
        "un humain" => json!({ "content": "Je vous passe le cabinet.", "tool_calls":
            [{ "index": 0, "function": { "name": "transferCall" } }] }),
        other => json!({ "content": format!("Vous dites : {other}.") }),
    };
    let frame = json!({ "choices": [{ "index": 0, "delta": delta }] });
    let stream = format!("data: {frame}\n\ndata: [DONE]\n\n");
    (axum::http::StatusCode::OK, "text/event-stream", stream)
}

async fn answered(world: &World, base: &Url, settings: &Value) -> String {
    let api = vapi(world, base);
    let assistant = api.create_assistant(settings).await.unwrap().id;
    let (number, server) = (bought(world, base).await, settings["server"].clone());
    let import = Import {
        number: &number,
        twilio: &world.setup().twilio,
        name: "Cabinet Demo",
        assistant: Some(&assistant),
        server: &server,
        fallback: None,
    };
    api.import_number(&import).await.unwrap();
    number.as_str().to_owned()
}

fn script(to: &str, says: Vec<Words>) -> Script {
    let reach = [(PRACTICE.to_owned(), Reach::Completed)].into();
    let (to, from) = (to.to_owned(), Some(CALLER.to_owned()));
    Script { to, from, says, reach, ..Script::default() }
}

#[tokio::test]
async fn a_call_to_an_assistant_goes_through_our_dialogue_and_is_reported() {
    let (world, base) = world().await;
    let (office, url) = Office::open(dialogue).await;
    let settings = marked(Wishes::at(url.as_str()).plan().assistant(), "uwi:7");
    let to = answered(&world, &base, &settings).await;
    let says = vec!["bonjour".into(), "au revoir".into(), "encore".into()];
    let call = world.call_vapi(&script(&to, says)).await.unwrap();
    assert_eq!(call.heard(), ["Cabinet Demo, bonjour.", "Vous dites : bonjour.", "Au revoir."]);
    assert_eq!(call.ended, "assistant-ended-call");
    let received = office.received();
    assert!(received.iter().all(|one| one.header("x-vapi-secret") == "whsec-demo-0123456789"));
    assert_eq!(received[1].json()["metadata"]["uwiMark"], "uwi:7");
    let kinds: Vec<_> = received
        .iter()
        .filter_map(|one| one.json()["message"]["type"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(kinds, ["status-update", "status-update", "end-of-call-report"]);
    let report = received.last().unwrap().json();
    assert_eq!(report["message"]["customer"]["number"], CALLER);
    assert_eq!(report["message"]["phoneNumber"]["number"], to.as_str());
}

#[tokio::test]
async fn a_call_is_passed_on_to_the_practice() {
    let (world, base) = world().await;
    let (_office, url) = Office::open(dialogue).await;
    let to = answered(&world, &base, &Wishes::at(url.as_str()).plan().assistant()).await;
    let call = world.call_vapi(&script(&to, vec!["un humain".into()])).await.unwrap();
    let passed = Line::Dialled { to: PRACTICE.to_owned(), reach: Reach::Completed };
    assert_eq!(call.lines.last(), Some(&passed));
    assert_eq!(call.ended, "assistant-forwarded-call");
}

#[tokio::test]
async fn a_hosted_model_runs_our_functions() {
    let (world, base) = world().await;
    let (office, url) = Office::open(dialogue).await;
    let to = answered(&world, &base, &Wishes::at(url.as_str()).hosted()).await;
    let tool = Words::Tool { tool: "get_slots".to_owned(), arguments: Default::default() };
    let call = world.call_vapi(&script(&to, vec![tool])).await.unwrap();
    assert_eq!(call.heard().last(), Some(&"Mardi, 9 h 30"));
    assert!(office.paths().contains(&"/api/vapi/tool".to_owned()));
}

#[tokio::test]
async fn without_an_assistant_our_server_is_asked_for_one() {
    let (world, base) = world().await;
    let (office, url) = Office::open(move |received| {
        let wishes = Wishes::at(&format!("http://{}", received.header("host")));
        match received.json()["message"]["type"].as_str() {
            Some("assistant-request") => {
                json_answer(&json!({ "assistant": wishes.plan().assistant() }))
            }
            _ => dialogue(received),
        }
    })
    .await;
    let (number, server) = (bought(&world, &base).await, Wishes::at(url.as_str()).plan().server());
    let import = Import {
        number: &number,
        twilio: &world.setup().twilio,
        name: "Cabinet Demo",
        assistant: None,
        server: &server,
        fallback: None,
    };
    vapi(&world, &base).import_number(&import).await.unwrap();
    let call = world.call_vapi(&script(number.as_str(), vec!["bonjour".into()])).await.unwrap();
    assert_eq!(call.heard().last(), Some(&"Vous dites : bonjour."));
    assert_eq!(office.paths()[0], "/api/vapi/webhook");
}
