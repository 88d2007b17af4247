//! Agents and numbers at ElevenLabs, and the calls they take: our client
//! against the simulated ElevenLabs, every request against its description.

use crate::support::office::{Office, json_answer, xml};
use crate::support::openapi::Description;
use crate::support::{bought, elevenlabs, fixture, hooks, text, world};
use axum::http::StatusCode;
use domain::phone::E164;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use vendors::drift::compare;
use vendors::elevenlabs::agent::{Brain, Plan};
use vendors::elevenlabs::api::{AgentId, Api};
use vendors::elevenlabs::bridge::Bridge;
use vendors::elevenlabs::report::{Kind, Report};
use vendors::elevenlabs::signature;
use vendors::fault::{Fault, Outcome, Reason};
use vendors::simulator::{Line, Misbehaviour, Reach, Script, Trouble, Words};
use vendors::twilio::form::Form;
use vendors::twilio::inbound::Leg;
use vendors::twilio::sid::CallSid;
use vendors::vapi::chat::ChatRequest;

const CALLER: &str = "+33639981234";
const PRACTICE: &str = "+33199004567";

fn e164(text: &str) -> E164 {
    E164::parse(text, "FR").unwrap()
}

fn plan<'a>(brain: Brain<'a>, transfer: &'a E164, words: &'a [String]) -> Plan<'a> {
    Plan {
        name: "Cabinet Demo",
        mark: "uwi:7:agent-1",
        first_message: "Cabinet Demo, bonjour.",
        language: "fr",
        voice: "voice-fr-demo",
        brain,
        transfer: Some(transfer),
        words,
        webhook: Some("wh_demo_1"),
    }
}

fn settings(base_url: &str) -> Value {
    let secret = SecretString::from("whsec-demo-0123456789");
    let brain = Brain::Ours { base_url, secret: Some(&secret) };
    plan(brain, &e164(PRACTICE), &["Cabinet Demo".to_owned()]).agent()
}

#[tokio::test]
async fn an_agent_is_made_found_changed_and_removed() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let wanted = settings("https://voice.example.fr");
    let id = api.create_agent(&wanted).await.unwrap();
    let listed = api.agents().await.unwrap();
    assert!(listed[0].id == id && listed[0].tags.contains(&"uwi:7:agent-1".to_owned()));
    let seen = api.agent(&id).await.unwrap().unwrap();
    assert_eq!(compare(&wanted, &seen.settings), vec![]);
    let greeting = json!({ "conversation_config": { "agent": { "first_message": "Bonsoir." } } });
    let changed = api.update_agent(&id, &greeting).await.unwrap();
    let drift = compare(&wanted, &changed.settings);
    assert_eq!(drift.len(), 1, "{drift:?}");
    assert_eq!(drift[0].path, "/conversation_config/agent/first_message");
    api.delete_agent(&id).await.unwrap();
    api.delete_agent(&id).await.unwrap();
    assert_eq!(api.agent(&id).await.unwrap(), None);
}

#[tokio::test]
async fn refusals_and_troubles_have_their_meaning() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let refused = api.create_agent(&json!({ "name": "x" })).await.unwrap_err();
    assert_eq!(refused.reason(), Some(Reason::Invalid));
    assert!(matches!(&refused, Fault::Refused(why) if why.message == "Field required"));
    let stranger = Api::new(crate::support::client(), Some(&base), "another".into());
    assert!(matches!(stranger.agents().await.unwrap_err(), Fault::Unauthorised));
    world.misbehave(Misbehaviour::once("agents/create", Trouble::CutAfter));
    let lost = api.create_agent(&settings("https://voice.example.fr")).await.unwrap_err();
    assert_eq!(lost.outcome(), Outcome::Unknown);
    assert_eq!(api.agents().await.unwrap().len(), 1);
    let nobody = AgentId::parse("agent_nobody").unwrap();
    let fault = api.update_agent(&nobody, &json!({})).await.unwrap_err();
    assert!(matches!(fault, Fault::NotFound));
}

#[tokio::test]
async fn all_agents_are_listed_page_by_page() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    for _ in 0..205 {
        api.create_agent(&json!({ "conversation_config": {} })).await.unwrap();
    }
    assert_eq!(api.agents().await.unwrap().len(), 205);
}

#[tokio::test]
async fn a_number_is_imported_assigned_and_forgotten() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let number = bought(&world, &base, hooks("https://voice.example.fr")).await;
    let agent = api.create_agent(&settings("https://voice.example.fr")).await.unwrap();
    let credentials = &world.setup().twilio;
    let id = api.import_number(&number, "Cabinet Demo", credentials).await.unwrap();
    let again = api.import_number(&number, "Cabinet Demo", credentials).await.unwrap_err();
    assert_eq!(again.reason(), Some(Reason::Conflict));
    let assigned = api.assign_number(&id, Some(&agent)).await.unwrap();
    assert_eq!(assigned.agent.as_ref(), Some(&agent));
    assert_eq!(api.assign_number(&id, None).await.unwrap().agent, None);
    assert_eq!(api.phone_numbers().await.unwrap()[0].number, number.as_str());
    api.delete_number(&id).await.unwrap();
    api.delete_number(&id).await.unwrap();
    assert!(api.phone_numbers().await.unwrap().is_empty());
}

#[tokio::test]
async fn every_request_is_one_that_elevenlabs_describes() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let number = bought(&world, &base, hooks("https://voice.example.fr")).await;
    let ours = settings("https://voice.example.fr");
    let agent = api.create_agent(&ours).await.unwrap();
    let brain = Brain::Hosted { model: "gpt-4.1-mini", instructions: "Tu es la réceptionniste." };
    api.create_agent(&plan(brain, &e164(PRACTICE), &[]).agent()).await.unwrap();
    api.agents().await.unwrap();
    api.agent(&agent).await.unwrap();
    api.update_agent(&agent, &ours).await.unwrap();
    let id = api.import_number(&number, "Cabinet Demo", &world.setup().twilio).await.unwrap();
    api.phone_numbers().await.unwrap();
    api.assign_number(&id, Some(&agent)).await.unwrap();
    api.assign_number(&id, None).await.unwrap();
    api.delete_number(&id).await.unwrap();
    api.delete_agent(&agent).await.unwrap();
    let description = Description::open("elevenlabs.json");
    let recorded = world.recorded();
    let sent: Vec<_> = recorded.iter().filter(|one| one.path.starts_with("/v1/convai")).collect();
    assert_eq!(sent.len(), 11);
    for request in sent {
        assert_eq!(description.check(request), Vec::<String>::new(), "{request:?}");
    }
}

#[test]
fn the_documented_agent_is_one_that_elevenlabs_describes() {
    let exchange = fixture("elevenlabs/rest/agent.create.json");
    let request = vendors::simulator::Recorded {
        method: "POST".to_owned(),
        path: "/v1/convai/agents/create".to_owned(),
        query: String::new(),
        body: exchange["request"]["json"].to_string(),
        ..Default::default()
    };
    assert_eq!(Description::open("elevenlabs.json").check(&request), Vec::<String>::new());
    assert!(text("elevenlabs/rest/twilio.register-call.json").contains("<Connect>"));
}

#[tokio::test]
async fn a_call_is_bridged_to_an_agent_that_asks_our_dialogue_and_is_reported() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let bridged = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let twiml = bridged.clone();
    let (office, _) = Office::open(move |received| match received.uri.as_str() {
        "/api/webhooks/call/incoming" => xml(&twiml.lock().unwrap()),
        uri if uri.ends_with("/chat/completions") => {
            let last = received.json()["messages"].as_array().unwrap().last().unwrap().clone();
            let tool = |said: &str, name: &str| {
                json!({ "content": said, "tool_calls": [{ "function": { "name": name } }] })
            };
            let delta = match last["content"].as_str().unwrap() {
                "un humain" => tool("Un instant.", "transfer_to_number"),
                "au revoir" => tool("Au revoir.", "end_call"),
                _ => json!({ "content": "Je note." }),
            };
            let frame = json!({ "choices": [{ "delta": delta }] });
            (StatusCode::OK, "text/event-stream", format!("data: {frame}\n\ndata: [DONE]\n\n"))
        }
        _ => json_answer(&json!({})),
    })
    .await;
    let at = office.base.lock().unwrap().clone();
    world.report_to(&format!("{at}/api/webhooks/elevenlabs"));
    let number = bought(&world, &base, hooks(&at)).await;
    let agent = api.create_agent(&settings(&at)).await.unwrap();
    let (caller, variables) = (e164(CALLER), Map::new());
    let bridge = Bridge {
        agent: &agent,
        caller: Some(&caller),
        dialled: &number,
        call: "CA00000000000000000000000000000001",
        first_message: Some("Bonsoir."),
        variables: &variables,
    };
    *bridged.lock().unwrap() = api.bridge(&bridge).await.unwrap();
    let script = Script {
        to: number.as_str().to_owned(),
        from: Some(CALLER.to_owned()),
        says: ["Bonjour", "un humain", "au revoir", "encore"].map(Words::from).to_vec(),
        reach: [(PRACTICE.to_owned(), Reach::Completed)].into(),
        ..Script::default()
    };
    let call = world.call(&script).await.unwrap();
    assert_eq!(call.heard(), ["Bonsoir.", "Je note.", "Un instant.", "Au revoir."]);
    assert!(!call.lines.iter().any(|line| matches!(line, Line::Dialled { .. })));
    let received = office.received();
    let chat = received.iter().find(|one| one.uri.ends_with("/chat/completions")).unwrap();
    assert_eq!(chat.header("x-vapi-secret"), "whsec-demo-0123456789");
    let report = received.iter().find(|one| one.uri.ends_with("/elevenlabs")).unwrap();
    let (secrets, header) =
        ([world.setup().elevenlabs_secret.clone()], report.header("elevenlabs-signature"));
    let checked = signature::verify(&secrets, Some(header), &report.body, crate::support::now());
    assert_eq!(checked, Ok(()));
    let Kind::Ended(ended) = Report::read(&report.json()).unwrap().kind else { panic!() };
    assert_eq!(ended.call.as_deref(), Some(call.call.as_str()));
    assert_eq!(ended.dialled.as_deref(), Some(number.as_str()));
}

/// Waits for a request of our own inside of an answer.
fn wait<T>(asking: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(asking))
}

/// Our server as it really works: each call is bridged when it comes in, and
/// taken back from the agent when the caller wants a person.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_taken_back_from_the_agent_and_passed_on() {
    let (world, base) = world().await;
    let api = elevenlabs(&world, &base);
    let twilio = crate::support::twilio(&world, &base);
    let agent = std::sync::Arc::new(std::sync::OnceLock::<AgentId>::new());
    let (known, live) = (agent.clone(), twilio.clone());
    let bridging = api.clone();
    let (office, _) = Office::open(move |received| match received.uri.as_str() {
        "/api/webhooks/call/incoming" => {
            let leg = Leg::read(&Form::decode(&received.body)).unwrap();
            let bridge = Bridge {
                agent: known.get().unwrap(),
                caller: None,
                dialled: &e164(leg.to.as_deref().unwrap()),
                call: leg.call.as_str(),
                first_message: None,
                variables: &Map::new(),
            };
            xml(&wait(bridging.bridge(&bridge)).unwrap())
        }
        "/passed-on" => xml(&format!("<Response><Dial>{PRACTICE}</Dial></Response>")),
        uri if uri.ends_with("/chat/completions") => {
            let chat = ChatRequest::read(&received.body, None).unwrap();
            let call = CallSid::parse(chat.facts.call.unwrap().as_str()).unwrap();
            let next = format!("http://{}/passed-on", received.header("host"));
            wait(live.redirect_call(&call, &next.parse().unwrap())).unwrap();
            (StatusCode::OK, "text/event-stream", "data: [DONE]\n\n".to_owned())
        }
        _ => json_answer(&json!({})),
    })
    .await;
    let at = office.base.lock().unwrap().clone();
    let number = bought(&world, &base, hooks(&at)).await;
    agent.set(api.create_agent(&settings(&at)).await.unwrap()).unwrap();
    let script = Script {
        to: number.as_str().to_owned(),
        says: ["un humain", "encore"].map(Words::from).to_vec(),
        reach: [(PRACTICE.to_owned(), Reach::Completed)].into(),
        ..Script::default()
    };
    let call = world.call(&script).await.unwrap();
    let passed = Line::Dialled { to: PRACTICE.to_owned(), reach: Reach::Completed };
    assert_eq!(call.lines.last(), Some(&passed));
    let over = CallSid::parse(&call.call).unwrap();
    assert!(matches!(twilio.hang_up_call(&over).await.unwrap_err(), Fault::NotFound));
    let description = Description::open("twilio-api.json");
    let recorded = world.recorded();
    let told: Vec<_> = recorded.iter().filter(|one| one.path.contains("/Calls/")).collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|request| description.check(request).is_empty()));
}
