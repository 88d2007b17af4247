//! Whole calls: the simulated Twilio asks our webhooks and follows the answers.

use crate::support::office::{Office, Received, json_answer, xml};
use crate::support::{bought, hooks, vapi, world};
use axum::http::StatusCode;
use domain::phone::E164;
use reqwest::Url;
use serde_json::json;
use vendors::simulator::{Line, Reach, Script, Telephoned, Words};
use vendors::twilio::form::Form;
use vendors::twilio::inbound::{CallStatus, DialResult, Gathered, Leg, StatusReport};
use vendors::twilio::signature::{Signed, verify};
use vendors::twilio::twiml::{Dial, Gather, Party, Twiml, Voice, followed_by};

const CALLER: &str = "+33639981234";
const PRACTICE: &str = "+33199004567";

/// Our server: greets, listens, passes the call on; then takes a message.
fn desk(received: &Received) -> (StatusCode, &'static str, String) {
    let url = |path: &str| -> Url {
        format!("http://{}/api/webhooks/call/{path}", received.header("host")).parse().unwrap()
    };
    let (gather, dial, practice) = (url("gather"), url("dial"), e164(PRACTICE));
    let twiml = Twiml::new(Voice::FRENCH);
    let form = Form::decode(&received.body);
    let answer = match received.uri.rsplit('/').next().unwrap() {
        "incoming" => {
            let say = "Bonjour, que puis-je faire ?";
            let listen = Gather { say, silence_seconds: 4, keys: None, action: &gather };
            twiml.gather(&listen).redirect(&url("dial"))
        }
        "gather" => {
            let gathered = Gathered::read(&form).unwrap();
            let (to, caller_id) = (Party::Number(&practice), None);
            let dial = Dial { to, caller_id, ring_seconds: 20, action: &dial };
            match gathered.speech.as_deref() {
                Some("un humain") => twiml.say("Je vous passe le cabinet.").dial(&dial),
                heard => twiml.say(&format!("Noté : {}.", heard.unwrap_or("rien"))).hang_up(),
            }
        }
        "dial" => match DialResult::read(&form).map(|result| result.result) {
            Some(CallStatus::Completed) => twiml.hang_up(),
            _ => {
                let say = "Personne ne répond. Laissez votre message.";
                twiml.gather(&Gather { say, silence_seconds: 5, keys: None, action: &gather })
            }
        },
        _ => twiml,
    };
    xml(&answer.finish())
}

fn e164(text: &str) -> E164 {
    E164::parse(text, "FR").unwrap()
}

fn script(to: &E164, says: &[&str]) -> Script {
    Script {
        to: to.as_str().to_owned(),
        from: Some(CALLER.to_owned()),
        forwarded_from: Some(PRACTICE.to_owned()),
        says: says.iter().map(|text| Words::from(*text)).collect(),
        ..Script::default()
    }
}

/// A call to a number whose webhooks are answered by `answer`.
async fn called(
    answer: impl Fn(&Received) -> (StatusCode, &'static str, String) + Send + Sync + 'static,
    says: &[&str],
    reach: Reach,
) -> (Telephoned, Vec<Received>) {
    let (world, base) = world().await;
    let (office, _) = Office::open(answer).await;
    let at = office.base.lock().unwrap().clone();
    let number = bought(&world, &base, hooks(&at)).await;
    let reach = [(PRACTICE.to_owned(), reach)].into();
    let call = world.call(&Script { reach, ..script(&number, says) }).await.unwrap();
    let tokens = [world.setup().twilio.token.clone()];
    for one in office.received() {
        let url = format!("{at}{}", one.uri);
        let form = Form::decode(&one.body);
        let signature = one.header("x-twilio-signature");
        assert!(verify(&tokens, &url, Signed::Form(&form), signature), "{url}");
    }
    (call, office.received())
}

fn last_form(received: &[Received]) -> Form {
    Form::decode(&received.last().unwrap().body)
}

#[tokio::test]
async fn a_call_is_signed_answered_carried_out_and_reported() {
    let (call, received) = called(desk, &["Bonjour"], Reach::NoAnswer).await;
    assert_eq!(call.heard(), ["Bonjour, que puis-je faire ?", "Noté : Bonjour."]);
    let first = Leg::read(&Form::decode(&received[0].body)).unwrap();
    assert_eq!(first.forwarded_from.as_deref(), Some(PRACTICE));
    assert_eq!(first.call.as_str(), call.call);
    let report = StatusReport::read(&last_form(&received)).unwrap();
    assert_eq!((report.leg.status, report.seconds), (CallStatus::Completed, Some(call.seconds)));
}

#[tokio::test]
async fn a_call_is_passed_on_and_when_nobody_answers_a_message_is_taken() {
    let (spoke, _) = called(desk, &["un humain"], Reach::Completed).await;
    let dialled = Line::Dialled { to: PRACTICE.to_owned(), reach: Reach::Completed };
    assert_eq!(spoke.lines.last(), Some(&dialled));
    let (missed, _) = called(desk, &["un humain", "Rappelez-moi"], Reach::NoAnswer).await;
    assert_eq!(missed.heard().last(), Some(&"Noté : Rappelez-moi."));
}

#[tokio::test]
async fn silence_goes_on_to_the_next_verb_and_the_end_of_words_hangs_up() {
    let (call, received) = called(desk, &[""], Reach::NoAnswer).await;
    assert!(received.iter().any(|one| one.uri.ends_with("/dial")));
    assert_eq!(call.heard().last(), Some(&"Personne ne répond. Laissez votre message."));
    assert_eq!(call.ended, "completed");
}

#[tokio::test]
async fn a_webhook_that_fails_is_replaced_by_the_fallback_or_an_apology() {
    let broken = |received: &Received| match received.uri.rsplit('/').next().unwrap() {
        "incoming" => (StatusCode::INTERNAL_SERVER_ERROR, "text/plain", String::new()),
        _ => desk(received),
    };
    let (call, received) = called(broken, &["Bonjour"], Reach::NoAnswer).await;
    assert!(matches!(&call.lines[0], Line::Failed { why } if why.contains("11200")));
    let fallback = received.iter().find(|one| one.uri.ends_with("/fallback")).unwrap();
    assert_eq!(Form::decode(&fallback.body).text("ErrorCode"), Some("11200"));
    let silent = |_: &Received| (StatusCode::OK, "text/xml", "no document".to_owned());
    let (call, _) = called(silent, &[], Reach::NoAnswer).await;
    assert!(call.heard()[0].contains("application error"));
}

#[tokio::test]
async fn a_number_that_is_not_ours_is_not_in_service() {
    let (world, _) = world().await;
    assert_eq!(world.call(&script(&e164("+33199000000"), &[])).await, None);
}

#[tokio::test]
async fn a_call_is_placed_through_the_control_door() {
    let (world, base) = world().await;
    let (office, _) = Office::open(desk).await;
    let at = office.base.lock().unwrap().clone();
    let number = bought(&world, &base, hooks(&at)).await;
    let door = base.join("_sim/calls").unwrap();
    let body = json!({ "to": number.as_str(), "says": ["Bonjour", { "keys": "1" }] });
    let answer = crate::support::client().post(door.clone()).json(&body).send().await.unwrap();
    let call: Telephoned = answer.json().await.unwrap();
    assert_eq!(call.heard().last(), Some(&"Noté : Bonjour."));
    let nobody = json!({ "to": "+33199000000" });
    let answer = crate::support::client().post(door).json(&nobody).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_call_reaches_a_vapi_assistant_by_import_and_by_bridge() {
    use vendors::vapi::assistant::Plan;
    use vendors::vapi::bridge::Bridge;
    use vendors::vapi::numbers::Import;
    let (world, base) = world().await;
    let api = vapi(&world, &base);
    let said = json!({ "choices": [{ "delta": { "content": "Je note." } }] });
    let bridged = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let twiml = bridged.clone();
    let (office, _) = Office::open(move |received| match received.uri.as_str() {
        "/api/webhooks/call/incoming" => xml(&twiml.lock().unwrap()),
        "/after" => xml(&Twiml::new(Voice::FRENCH).say("Un instant.").finish()),
        uri if uri.ends_with("/chat/completions") => {
            (StatusCode::OK, "text/event-stream", format!("data: {said}\n\n"))
        }
        _ => json_answer(&json!({})),
    })
    .await;
    let at = office.base.lock().unwrap().clone();
    let plan = Plan {
        name: "Demo",
        first_message: "Bonjour.",
        base_url: &at,
        secret: None,
        transfers: &[],
        fallback: "",
        recording: domain::tenant::notices::Recording::Off,
        words: &[],
    };
    let number = bought(&world, &base, hooks(&at)).await;
    let assistant = api.create_assistant(&plan.assistant()).await.unwrap().id;
    let import = Import {
        number: &number,
        twilio: &world.setup().twilio,
        name: "Demo",
        assistant: Some(&assistant),
        server: &plan.server(),
        fallback: None,
    };
    let known = api.import_number(&import).await.unwrap();
    let direct = world.call(&script(&number, &["oui"])).await.unwrap();
    assert_eq!(direct.heard(), ["Bonjour.", "Je note."]);
    // We take the voice URL back and pass the call on ourselves.
    let twilio = crate::support::twilio(&world, &base);
    let which = vendors::twilio::numbers::Which::Number(&number);
    let sid = twilio.owned(which).await.unwrap().numbers[0].sid.clone();
    let change = vendors::twilio::number::Change { hooks: Some(hooks(&at)), ..Default::default() };
    twilio.configure(&sid, &change).await.unwrap();
    let caller = e164(CALLER);
    let call = domain::id::CallId::parse("CA1").unwrap();
    let caller = Some(&caller);
    let bridge = Bridge { assistant: &assistant, number: &known.id, caller, call: &call };
    let after = format!("{at}/after").parse().unwrap();
    let twiml = api.bridge(&bridge).await.unwrap().twiml;
    *bridged.lock().unwrap() = followed_by(&twiml, &after);
    let passed = world.call(&script(&number, &["oui"])).await.unwrap();
    assert_eq!(passed.lines[0], Line::Agent { provider: "vapi".to_owned() });
    assert_eq!(passed.heard(), ["Bonjour.", "Je note."]);
    assert!(!office.paths().contains(&"/after".to_owned()));
    // The registered call was used up: nobody is there any more.
    let silent = world.call(&script(&number, &["oui"])).await.unwrap();
    assert_eq!(silent.heard(), ["Un instant."]);
}
