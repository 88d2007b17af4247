//! Assistants and numbers at Vapi, and the calls they take: our client against
//! the simulated Vapi, every request against Vapi's own description.

use crate::support::openapi::Description;
use crate::support::{fixture, twilio, vapi, world};
use domain::id::CallId;
use domain::phone::E164;
use domain::tenant::notices::Recording;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use vendors::drift::compare;
use vendors::fault::{Fault, Reason};
use vendors::simulator::{Misbehaviour, Trouble, World};
use vendors::vapi::api::Api;
use vendors::vapi::assistant::Plan;
use vendors::vapi::assistants::marked;
use vendors::vapi::bridge::Bridge;
use vendors::vapi::destination::Destination;
use vendors::vapi::hosted::{CallerLine, Hosted};
use vendors::vapi::numbers::{Import, NumberChange};

pub const CALLER: &str = "+33639981234";
pub const PRACTICE: &str = "+33199004567";

pub fn e164(text: &str) -> E164 {
    E164::parse(text, "FR").unwrap()
}

pub struct Wishes {
    base: String,
    secret: SecretString,
    transfer: E164,
    transfers: Vec<Destination>,
    words: Vec<String>,
}

impl Wishes {
    pub fn at(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            secret: SecretString::from("whsec-demo-0123456789"),
            transfer: e164(PRACTICE),
            transfers: vec![Destination { number: e164(PRACTICE), ring_seconds: 20 }],
            words: vec!["Cabinet Demo".to_owned()],
        }
    }

    pub fn plan(&self) -> Plan<'_> {
        Plan {
            name: "Cabinet Demo",
            first_message: "Cabinet Demo, bonjour.",
            base_url: &self.base,
            secret: Some(&self.secret),
            transfers: &self.transfers,
            fallback: "Personne n'a pu répondre.",
            recording: Recording::Off,
            words: &self.words,
        }
    }

    pub fn hosted(&self) -> Value {
        let hosted = Hosted {
            model: "gpt-4.1-mini",
            instructions: "Tu es la réceptionniste du Cabinet Demo.",
            caller: CallerLine::Told,
        };
        self.plan().hosted_assistant(&hosted)
    }
}

pub async fn bought(world: &World, base: &Url) -> E164 {
    crate::support::bought(world, base, crate::support::hooks("https://voice.example.fr")).await
}

#[tokio::test]
async fn an_assistant_is_made_found_changed_and_removed() {
    let (_world, base) = world().await;
    let api = vapi(&_world, &base);
    let wishes = Wishes::at("https://voice.example.fr");
    let settings = marked(wishes.plan().assistant(), "uwi:7:agent-1");
    let made = api.create_assistant(&settings).await.unwrap();
    assert_eq!(made.mark.as_deref(), Some("uwi:7:agent-1"));
    assert_eq!(compare(&settings, &made.settings), vec![]);
    assert_eq!(api.assistants().await.unwrap(), vec![made.clone()]);
    let greeting = json!({ "firstMessage": "Bonsoir." });
    let changed = api.update_assistant(&made.id, &greeting).await.unwrap();
    let drift = compare(&settings, &changed.settings);
    assert_eq!(drift.len(), 1);
    assert_eq!(
        (drift[0].path.as_str(), &drift[0].found),
        ("/firstMessage", &Some("Bonsoir.".into()))
    );
    api.delete_assistant(&made.id).await.unwrap();
    api.delete_assistant(&made.id).await.unwrap();
    assert_eq!(api.assistant(&made.id).await.unwrap(), None);
    let gone = api.update_assistant(&made.id, &greeting).await.unwrap_err();
    assert!(matches!(gone, Fault::NotFound));
}

#[tokio::test]
async fn an_assistant_whose_creation_was_not_answered_is_found_by_its_mark() {
    let (world, base) = world().await;
    let api = vapi(&world, &base);
    let settings = marked(Wishes::at("https://voice.example.fr").plan().assistant(), "uwi:7:a");
    world.misbehave(Misbehaviour::once("POST /assistant", Trouble::CutAfter));
    let fault = api.create_assistant(&settings).await.unwrap_err();
    assert_eq!(fault.outcome(), vendors::fault::Outcome::Unknown);
    let found = api.assistants().await.unwrap();
    assert_eq!(found[0].mark.as_deref(), Some("uwi:7:a"));
}

#[tokio::test]
async fn a_number_is_answered_by_vapi_once_and_only_when_it_is_ours() {
    let (world, base) = world().await;
    let api = vapi(&world, &base);
    let wishes = Wishes::at("https://voice.example.fr");
    let assistant = api.create_assistant(&wishes.plan().assistant()).await.unwrap().id;
    let (number, server) = (bought(&world, &base).await, wishes.plan().server());
    let import = Import {
        number: &number,
        twilio: &world.setup().twilio,
        name: "Cabinet Demo",
        assistant: Some(&assistant),
        server: &server,
        fallback: Some(&wishes.transfer),
    };
    let known = api.import_number(&import).await.unwrap();
    assert_eq!(known.assistant.as_ref(), Some(&assistant));
    assert_eq!(known.server_url.as_deref(), Some("https://voice.example.fr/api/vapi/webhook"));
    let at_twilio = twilio(&world, &base);
    let owned = at_twilio.owned(vendors::twilio::numbers::Which::Number(&number)).await.unwrap();
    let url = &owned.numbers[0].voice_url;
    assert_eq!(*url, format!("{base}twilio/inbound_call"));
    let again = api.import_number(&import).await.unwrap_err();
    assert_eq!(again.reason(), Some(Reason::Conflict));
    let strange = e164("+33199001111");
    let strange = api.import_number(&Import { number: &strange, ..import }).await.unwrap_err();
    assert_eq!(strange.reason(), Some(Reason::Invalid));
    assert_eq!(api.phone_numbers().await.unwrap(), vec![known.clone()]);
    api.delete_number(&known.id).await.unwrap();
    api.delete_number(&known.id).await.unwrap();
    assert!(api.phone_numbers().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_key_opens_nothing() {
    let (_world, base) = world().await;
    let api = Api::new(crate::support::client(), Some(&base), "another".into());
    assert!(matches!(api.phone_numbers().await.unwrap_err(), Fault::Unauthorised));
}

#[test]
fn the_hosted_variant_keeps_the_settings_and_replaces_the_model() {
    let wishes = Wishes::at("https://voice.example.fr");
    let (ours, hosted) = (wishes.plan().assistant(), wishes.hosted());
    let differing: Vec<_> = compare(&ours, &hosted).into_iter().map(|d| d.path).collect();
    assert!(differing.iter().all(|path| path.starts_with("/model/")), "{differing:?}");
    let said = hosted["model"]["messages"][0]["content"].as_str().unwrap();
    assert!(said.contains("Le numéro de l'appelant est : {{customer.number}}"));
    let tools = hosted["model"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().filter_map(|tool| tool["function"]["name"].as_str()).collect();
    let contract = ["get_slots", "book", "cancel", "modify", "transfer", "take_message"];
    assert!(contract.iter().all(|name| names.contains(name)));
    assert!(names.contains(&"opening_hours") && names.contains(&"faq"));
}

#[tokio::test]
async fn every_request_is_one_that_vapi_describes() {
    let (world, base) = world().await;
    let api = vapi(&world, &base);
    let wishes = Wishes::at("https://voice.example.fr");
    let ours = marked(wishes.plan().assistant(), "uwi:7");
    let made = api.create_assistant(&ours).await.unwrap();
    api.create_assistant(&wishes.hosted()).await.unwrap();
    api.assistant(&made.id).await.unwrap();
    api.assistants().await.unwrap();
    api.update_assistant(&made.id, &ours).await.unwrap();
    let (number, server) = (bought(&world, &base).await, wishes.plan().server());
    let import = Import {
        number: &number,
        twilio: &world.setup().twilio,
        name: "Cabinet Demo, un nom bien trop long pour Vapi",
        assistant: None,
        server: &server,
        fallback: Some(&wishes.transfer),
    };
    let known = api.import_number(&import).await.unwrap();
    api.phone_numbers().await.unwrap();
    let change =
        NumberChange { name: Some("Demo"), assistant: Some(&made.id), server: Some(&server) };
    api.update_number(&known.id, &change).await.unwrap();
    let caller = e164(CALLER);
    let call = CallId::parse("CA00000000000000000000000000000001").unwrap();
    let bridge =
        Bridge { assistant: &made.id, number: &known.id, caller: Some(&caller), call: &call };
    let twiml = api.bridge(&bridge).await.unwrap().twiml;
    api.bridge(&Bridge { caller: None, ..bridge }).await.unwrap();
    assert!(twiml.contains("<Connect><Stream"));
    api.delete_number(&known.id).await.unwrap();
    api.delete_assistant(&made.id).await.unwrap();
    let description = Description::open("vapi.json");
    let recorded = world.recorded();
    let to_vapi = recorded.iter().filter(|request| !request.path.starts_with("/2010"));
    for request in to_vapi {
        let mut request = request.clone();
        if request.path == "/call" {
            // The one field that Vapi's description does not have.
            request.body = request.body.replace(r#""phoneCallProviderBypassEnabled":true"#, "");
            request.body = request.body.replace("{,", "{").replace(",,", ",").replace(",}", "}");
        }
        assert_eq!(description.check(&request), Vec::<String>::new(), "{request:?}");
    }
}

#[test]
fn what_is_not_described_is_noticed() {
    let description = Description::open("vapi.json");
    let mut request = vendors::simulator::Recorded {
        method: "POST".to_owned(),
        path: "/assistant".to_owned(),
        query: String::new(),
        body: json!({ "firstMessage": "Bonjour" }).to_string(),
        ..Default::default()
    };
    assert!(description.check(&request).is_empty());
    for bad in [
        json!({ "firstMesage": "Bonjour" }),
        json!({ "maxDurationSeconds": "900" }),
        json!({ "maxDurationSeconds": 1 }),
        json!({ "serverMessages": ["nothing"] }),
        json!({ "model": { "provider": "custom-llm", "model": "m" } }),
        json!({ "name": "x".repeat(41) }),
    ] {
        request.body = bad.to_string();
        assert!(!description.check(&request).is_empty(), "{bad}");
    }
}

#[test]
fn refusals_in_the_documentation_are_read() {
    for name in ["assistant.create", "phone-number.create.twilio"] {
        let exchange = fixture(&format!("vapi/rest/{name}.json"));
        let request = vendors::simulator::Recorded {
            method: "POST".to_owned(),
            path: exchange["request"]["url"].as_str().unwrap().replace("https://api.vapi.ai", ""),
            query: String::new(),
            body: exchange["request"]["json"].to_string(),
            ..Default::default()
        };
        assert_eq!(Description::open("vapi.json").check(&request), Vec::<String>::new());
    }
}
