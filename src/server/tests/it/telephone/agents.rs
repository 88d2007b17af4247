//! A call that a voice agent takes, or does not take.

use super::line::{ENV, NUMBER, Phone, SID, agent, logs, practice, tickets};
use crate::house::{Conversation, House};
use axum::http::StatusCode;
use reqwest::Url;
use serde_json::json;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;
use vendors::simulator::{Misbehaviour, Setup, Trouble, World};
use vendors::vapi::api::Api;

/// Vapi and ElevenLabs, played.
async fn world() -> (World, Url) {
    // The second time it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let now = crate::house::NOW.parse().unwrap();
    let world = World::new(Setup::demo(Arc::new(move || now)), reqwest::Client::new());
    let (base, _) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
    (world, base)
}

async fn house(bench: Bench, base: &Url) -> House {
    let env = [
        ENV[0],
        ENV[1],
        ("VAPI_API_KEY", "simulated-vapi-key"),
        ("VAPI_WEBHOOK_SECRET", "whsec-demo-0123456789"),
        ("VAPI_BASE_URL", base.as_str()),
        ("ELEVENLABS_API_KEY", "simulated-elevenlabs-key"),
        ("ELEVENLABS_BASE_URL", base.as_str()),
    ];
    House::with(bench, &env).await
}

/// An assistant at Vapi, and a name for a number there.
async fn at_vapi(base: &Url) -> (String, String) {
    let api = Api::new(reqwest::Client::new(), Some(base), "simulated-vapi-key".into());
    let made = api.create_assistant(&json!({ "name": "Accueil" })).await.unwrap();
    (made.id.to_string(), "0198a000-0000-4000-a000-000000000001".to_owned())
}

const SECRET: (&str, &str) = ("x-vapi-secret", "whsec-demo-0123456789");

async fn a_call_is_passed_to_its_agent_and_stays_one_call(bench: Bench) {
    let (world, base) = world().await;
    let house = house(bench, &base).await;
    let tenant = practice(&house, "").await;
    let (assistant, number) = at_vapi(&base).await;
    let mut saved = world.save();
    saved["vapi"]["numbers"] = json!([[number, { "id": number, "number": NUMBER }]]);
    world.restore(&saved).unwrap();
    agent(&house, tenant, "vapi", &assistant, &number).await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    assert!(heard.0.contains("<Connect><Stream"), "{heard:?}");
    assert_eq!(heard.redirect(), "/api/webhooks/call/gather?after=agent");
    // What Vapi says of it is of this call.
    let mut call = Conversation::new("0198a000-0000-7000-8000-00000000feed");
    call.body["phoneNumber"]["number"] = json!(NUMBER);
    call.body["metadata"] = json!({ "uwi_call": SID });
    call.push("user", "Quels sont vos horaires ?");
    let said = house.post("/api/vapi/chat/completions", &call.body, &[SECRET]).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.text);
    let report = json!({ "message": { "type": "end-of-call-report",
        "endedReason": "customer-ended-call", "cost": 0.12, "durationSeconds": 20,
        "call": { "id": "0198a000-0000-7000-8000-00000000feed",
            "assistantOverrides": { "metadata": { "uwi_call": SID } } },
        "phoneNumber": { "number": NUMBER } } });
    let told = house.post("/api/vapi/webhook", &report, &[SECRET]).await;
    assert_eq!(told.status, StatusCode::OK);
    let before = logs(&house, tenant).await;
    assert_eq!((before.len(), before[0].ended_at), (1, None));
    assert_eq!(phone.ends("completed", "27").await.status, 204);
    let after = logs(&house, tenant).await;
    assert_eq!(after.len(), 1, "{after:?}");
    assert_eq!((after[0].call_sid.as_str(), after[0].duration_seconds), (SID, Some(27)));
    assert_eq!(after[0].ended_reason.as_deref(), Some("customer-ended-call"));
    assert_eq!(after[0].assistant_id.as_deref(), Some("agent_1"));
    assert_eq!(tickets(&house, tenant).await, []);
}

async fn an_agent_that_does_not_answer_is_apologised_for(bench: Bench) {
    let (world, base) = world().await;
    let house = house(bench, &base).await;
    let tenant = practice(&house, "").await;
    let (assistant, number) = at_vapi(&base).await;
    agent(&house, tenant, "vapi", &assistant, &number).await;
    world.misbehave(Misbehaviour::once("POST /call", Trouble::Error { status: 503 }));
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    assert!(heard.says("Cabinet des Lilas, bonjour. Je suis un assistant vocal automatique."));
    assert!(heard.says("Je suis désolé, nous avons un souci technique."), "{heard:?}");
    let waiting = tickets(&house, tenant).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].0.as_str(), waiting[0].1.as_str()), ("callback", "agent_failed"));
    assert_eq!(waiting[0].2.as_deref(), Some("+33639981234"));
    let mut heard = phone.says(&heard, "C'est pour décaler mon rendez-vous de jeudi").await;
    for words in ["Camille Lefèvre", "oui"] {
        heard = phone.says(&heard, words).await;
    }
    assert!(heard.says("Votre demande de rappel est bien transmise."), "{heard:?}");
    let waiting = tickets(&house, tenant).await;
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert!(waiting[0].3.contains("jeudi"), "{waiting:?}");
    let heard = phone.says(&heard, "Non merci").await;
    assert!(heard.ends(), "{heard:?}");
    phone.ends("completed", "48").await;
    let rows = logs(&house, tenant).await;
    assert_eq!((rows.len(), rows[0].outcome.as_deref()), (1, Some("message_taken")));
}

async fn a_caller_whom_the_agent_leaves_is_taken_over(bench: Bench) {
    let (_world, base) = world().await;
    let house = house(bench, &base).await;
    let tenant = practice(&house, "").await;
    let (assistant, number) = at_vapi(&base).await;
    agent(&house, tenant, "elevenlabs", &assistant, &number).await;
    // ElevenLabs does not know the agent.
    let phone = Phone::to(&house, NUMBER).with("From", "anonymous");
    let heard = phone.rings().await;
    assert!(heard.says("Je suis désolé, nous avons un souci technique."), "{heard:?}");
    let again = phone.document("/api/webhooks/call/gather?after=agent", &[]).await;
    assert_eq!(again.0, heard.0);
    let waiting = tickets(&house, tenant).await;
    assert_eq!((waiting.len(), waiting[0].2.as_deref()), (1, None));
}

async fn an_agent_that_said_goodbye_is_not_apologised_for(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    let heard = phone.says(&heard, "Au revoir").await;
    assert!(heard.ends(), "{heard:?}");
    let heard = phone.document("/api/webhooks/call/gather?after=agent", &[]).await;
    assert!(heard.ends() && !heard.says("désolé"), "{heard:?}");
    assert_eq!(tickets(&house, tenant).await, []);
}

async fn words_said_to_the_agent_are_remembered_when_it_breaks_off(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    let said = "Je voudrais un rendez-vous, je suis Camille Lefèvre";
    phone.says(&heard, said).await;
    let heard = phone.document("/api/webhooks/call/gather?after=agent", &[]).await;
    assert!(heard.says("Je suis désolé, nous avons un souci technique."), "{heard:?}");
    assert!(!heard.says("assistant vocal"), "it was disclosed before: {heard:?}");
    assert_eq!(heard.action("Gather"), "/api/webhooks/call/gather?turn=2");
    let heard = phone.says(&heard, "C'est pour un rendez-vous de contrôle en décembre").await;
    assert!(!heard.says("nom"), "the name is known: {heard:?}");
    assert_eq!(tickets(&house, tenant).await.len(), 1);
}

on_both_backends!(
    a_call_is_passed_to_its_agent_and_stays_one_call,
    an_agent_that_does_not_answer_is_apologised_for,
    a_caller_whom_the_agent_leaves_is_taken_over,
    an_agent_that_said_goodbye_is_not_apologised_for,
    words_said_to_the_agent_are_remembered_when_it_breaks_off,
);
