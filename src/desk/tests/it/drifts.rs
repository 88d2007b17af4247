//! What somebody changes at a provider is noticed, shown and set right.

use crate::exchange::Exchange;
use desk::agents::NewAgent;
use desk::numbers::reconcile::{Repair, reconcile_and};
use desk::providers::Voice;
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;
use vendors::twilio::number::{Change, Hooks};
use vendors::twilio::sid::NumberSid;
use vendors::vapi::api::AssistantId;

async fn what_is_as_configured_has_not_drifted(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    exchange.provision(&agent).await.unwrap();
    let elevenlabs = NewAgent { voice: Some(Voice::ElevenLabs), ..crate::exchange::new_agent() };
    let id = exchange.fresh();
    exchange.desk().create_agent(&exchange.providers, &elevenlabs, id).await.unwrap();
    let report = exchange.restarted(1).await;
    assert_eq!(report.drifted, Vec::<String>::new());
    assert!(report.is_clean(), "{report:?}");
    assert!(exchange.desk().drifts().await.unwrap().is_empty());
}

async fn what_is_changed_at_a_provider_is_shown_and_set_right(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let number = exchange.provision(&agent).await.unwrap();
    let desk = exchange.desk();
    let api = exchange.providers.vapi.as_ref().unwrap();
    let made = desk.agent(&agent).await.unwrap().provider_agent_id.unwrap();
    let made = AssistantId::parse(&made).unwrap();
    api.update_assistant(&made, &json!({ "firstMessage": "Bonsoir." })).await.unwrap();
    let twilio = &exchange.providers.twilio.as_ref().unwrap().client;
    let url = || "https://elsewhere.example/voice".parse().unwrap();
    let hooks = Hooks { voice: url(), voice_fallback: None, status: url(), sms: None };
    let sid = NumberSid::parse(&number.phone_number_sid).unwrap();
    twilio.configure(&sid, &Change { tag: None, hooks: Some(hooks) }).await.unwrap();
    let report = exchange.restarted(1).await;
    assert_eq!(report.drifted.len(), 2, "{report:?}");
    assert!(report.is_clean());
    let drifts = desk.drifts().await.unwrap();
    let told: Vec<_> = drifts
        .iter()
        .flat_map(|drift| drift.settings.iter().map(|setting| setting.path.as_str()))
        .collect();
    assert_eq!(told, ["/firstMessage", "/status_callback", "/voice_url"], "{drifts:?}");
    assert_eq!(drifts[0].settings[0].found, "Bonsoir.");
    assert_eq!(drifts[1].phone_number.as_ref(), Some(&number.phone_number));
    assert_eq!(desk.repair_agent(&exchange.providers, &agent).await.unwrap(), []);
    assert!(desk.drifts().await.unwrap().is_empty());
    exchange.books_balance(1).await;
}

async fn an_assistant_that_is_gone_is_made_again(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    exchange.provision(&agent).await.unwrap();
    let desk = exchange.desk();
    let api = exchange.providers.vapi.as_ref().unwrap();
    let made = desk.agent(&agent).await.unwrap().provider_agent_id.unwrap();
    api.delete_assistant(&AssistantId::parse(&made).unwrap()).await.unwrap();
    exchange.restarted(1).await;
    assert_eq!(desk.drifts().await.unwrap()[0].settings[0].path, "");
    let office = &exchange.house.office;
    let report = reconcile_and(office, &exchange.providers, Repair::Yes).await.unwrap();
    assert_eq!((report.repaired, report.drifted), (1, Vec::new()));
    let again = desk.agent(&agent).await.unwrap().provider_agent_id.unwrap();
    assert_ne!(again, made);
    let known = api.phone_numbers().await.unwrap();
    assert_eq!(known[0].assistant.as_ref().map(|id| id.to_string()), Some(again));
}

async fn the_numbers_at_vapi_are_listed_once_in_a_run(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    for _ in 0..3 {
        let (new, id) = (crate::exchange::new_agent(), exchange.fresh());
        let made = exchange.desk().create_agent(&exchange.providers, &new, id).await.unwrap();
        exchange.provision(&made.agent_id).await.unwrap();
    }
    let lists = || {
        let asked = exchange.world.recorded().into_iter();
        asked.filter(|it| it.method == "GET" && it.path.ends_with("/phone-number")).count()
    };
    let before = lists();
    let office = &exchange.house.office;
    reconcile_and(office, &exchange.providers, Repair::No).await.unwrap();
    assert_eq!(lists() - before, 1);
}

on_both_backends!(
    the_numbers_at_vapi_are_listed_once_in_a_run,
    what_is_as_configured_has_not_drifted,
    what_is_changed_at_a_provider_is_shown_and_set_right,
    an_assistant_that_is_gone_is_made_again,
);
