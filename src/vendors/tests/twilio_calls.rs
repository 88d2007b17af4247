//! Calls that arrive at Twilio: signatures, forms, TwiML, and whole calls
//! placed by the simulator.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use axum::http::StatusCode;
use domain::phone::{CallerId, E164};
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use support::office::{Office, Received, json_answer, xml};
use support::{bought, fixture, hooks, text, vapi, world};
use vendors::simulator::{Line, Reach, Script, Telephoned, Words};
use vendors::twilio::form::Form;
use vendors::twilio::inbound::{CallStatus, DialResult, Gathered, Leg, StatusReport, unsigned};
use vendors::twilio::regulatory::{BundleReport, BundleStatus};
use vendors::twilio::signature::{Signed, sign, verify};
use vendors::twilio::twiml::{Dial, Gather, Party, Rejection, Twiml, Voice};

const CALLER: &str = "+33639981234";
const PRACTICE: &str = "+33199004567";

fn form_of(params: &Value) -> Form {
    let fields = params.as_object().unwrap().iter().flat_map(|(name, value)| {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        values.into_iter().map(|value| (name.clone(), value.as_str().unwrap().to_owned()))
    });
    Form::of(fields.collect::<Vec<_>>())
}

fn form(name: &str) -> Form {
    form_of(&fixture(&format!("twilio/{name}.json")))
}

/// Checks a vector with some tokens, its URL and form as they are or changed.
fn accepted(vector: &Value, tokens: &[&str], url: &str, extra: Option<(&str, &str)>) -> bool {
    let tokens: Vec<_> = tokens.iter().map(|token| SecretString::from(*token)).collect();
    let signature = vector["signature"].as_str().unwrap();
    if let Some(body) = vector["body"].as_str() {
        let body = format!("{body}{}", extra.map_or("", |(name, _)| name));
        return verify(&tokens, url, Signed::Body(body.as_bytes()), signature);
    }
    let mut form = match vector.get("params") {
        None if extra.is_none() => return verify(&tokens, url, Signed::Url, signature),
        params => params.map(form_of).unwrap_or_default(),
    };
    if let Some((name, value)) = extra {
        let more = (name.to_owned(), value.to_owned());
        form = Form::of(form.fields().iter().cloned().chain([more]));
    }
    verify(&tokens, url, Signed::Form(&form), signature)
}

#[test]
fn every_signature_vector_is_accepted_with_any_of_the_tokens_and_no_altered_one() {
    let vectors = fixture("twilio/signature-vectors.json");
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 12);
    for vector in vectors {
        let (name, url) = (vector["name"].as_str().unwrap(), vector["url"].as_str().unwrap());
        let token = vector["authToken"].as_str().unwrap();
        assert!(accepted(vector, &["regional", token], url, None), "{name}");
        assert!(!accepted(vector, &["regional"], url, None), "{name}");
        assert!(!accepted(vector, &[], url, None), "{name}");
        assert!(!accepted(vector, &[token], &format!("{url}x"), None), "{name}");
        assert!(!accepted(vector, &[token], url, Some(("Added", "1"))), "{name}");
        assert!(accepted(vector, &[token], &format!("{url}#rc=2"), None), "{name}");
    }
    for vector in fixture("twilio/signature-vectors.json")["negative"].as_array().unwrap() {
        let token = vector["authToken"].as_str().unwrap();
        assert!(!accepted(vector, &[token], vector["url"].as_str().unwrap(), None));
    }
}

#[test]
fn a_signature_fits_with_and_without_the_default_port_but_with_no_other() {
    let token = SecretString::from("12345");
    let form = form("voice-webhook.inbound");
    let fits = |signed: &str, received: &str| {
        let signature = sign(&token, signed, Signed::Form(&form));
        verify(std::slice::from_ref(&token), received, Signed::Form(&form), &signature)
    };
    let (plain, port) = ("https://voice.example.fr/a?b=1", "https://voice.example.fr:443/a?b=1");
    assert!(fits(plain, port) && fits(port, plain));
    let (plain, port) = ("http://voice.example.fr", "http://voice.example.fr:80");
    assert!(fits(plain, port) && fits(port, plain));
    assert!(!fits("https://voice.example.fr:8443/a", "https://voice.example.fr/a"));
    assert!(!fits("http://voice.example.fr/a", "https://voice.example.fr/a"));
}

#[test]
fn nothing_that_is_no_signature_is_accepted() {
    let tokens = [SecretString::from("12345")];
    for bad in ["", "=", "é", "AAAA", "RSOYDt4T1cUTdK1PDd93/VVr8B8"] {
        assert!(!verify(&tokens, "not a url", Signed::Url, bad), "{bad}");
        assert!(!verify(&tokens, "https://x/", Signed::Body(b"{}"), bad), "{bad}");
    }
}

#[test]
fn an_incoming_call_is_read_with_the_number_that_passed_it_on() {
    let leg = Leg::read(&form("voice-webhook.inbound.forwarded")).unwrap();
    assert_eq!(leg.call.as_str(), "CA00000000000000000000000000000001");
    assert_eq!((leg.from.as_deref(), leg.to.as_deref()), (Some(CALLER), Some("+33939240575")));
    assert_eq!(leg.forwarded_from.as_deref(), Some(PRACTICE));
    assert_eq!(leg.status, CallStatus::Ringing);
    let hidden = Leg::read(&form("voice-webhook.inbound.anonymous")).unwrap();
    assert_eq!(CallerId::read(&hidden.from.unwrap(), "FR"), CallerId::Withheld);
    let seed = json!({ "To": "+12125550134", "From": "+19175550156", "CallSid": "CAxxxxx" });
    let seed = Leg::read(&unsigned(&seed).unwrap()).unwrap();
    assert_eq!(seed.to.as_deref(), Some("+12125550134"));
    assert_eq!(Leg::read(&Form::decode(b"CallSid=&From=%ff")), None);
    assert_eq!(unsigned(&json!([1])), None);
}

#[test]
fn what_follows_a_call_is_read() {
    let speech = Gathered::read(&form("voice-webhook.inbound.speech")).unwrap();
    assert_eq!(speech.speech.as_deref(), Some("Je voudrais un rendez-vous"));
    let keys = Gathered::read(&form("voice-webhook.inbound.gather-digits")).unwrap();
    assert_eq!((keys.keys.as_deref(), keys.speech), (Some("1"), None));
    let spoke = DialResult::read(&form("dial-action.completed")).unwrap();
    assert_eq!((spoke.result, spoke.seconds), (CallStatus::Completed, Some(41)));
    let missed = DialResult::read(&form("dial-action.no-answer")).unwrap();
    assert_eq!((missed.result, missed.seconds), (CallStatus::NoAnswer, None));
    assert_eq!(DialResult::read(&form("voice-webhook.inbound")), None);
    let over = StatusReport::read(&form("voice-status-callback.inbound.completed")).unwrap();
    assert!(over.leg.status.is_over());
    assert_eq!((over.seconds, over.sequence), (Some(27), Some(0)));
    assert_eq!(over.at.unwrap().to_string(), "2026-09-14T08:30:31Z");
    for (word, over) in [("ringing", false), ("initiated", false), ("busy", true), ("failed", true)]
    {
        let report = form(&format!("voice-status-callback.outbound.{word}"));
        assert_eq!(StatusReport::read(&report).unwrap().leg.status.is_over(), over, "{word}");
    }
    let bundle = BundleReport::read(&form("bundle-status-callback.approved")).unwrap();
    assert_eq!((bundle.status, bundle.reason), (BundleStatus::Approved, None));
}

#[test]
fn the_answers_are_the_documented_ones() {
    let twiml = |say: &str| Twiml::new(Voice::FRENCH).say(say);
    let same = |answer: String, name: &str| {
        assert_eq!(answer, text(&format!("twilio/twiml/{name}.xml")).trim_end(), "{name}");
    };
    same(twiml("Cabinet Demo, bonjour.").finish(), "say-fr");
    same(Twiml::new(Voice::FRENCH).finish(), "empty");
    same(Twiml::new(Voice::FRENCH).reject(Rejection::Unavailable).finish(), "reject");
    same(Twiml::new(Voice::FRENCH).reject(Rejection::Busy).finish(), "reject-busy");
    let next = "https://voice.example.fr/twilio/voice?step=2".parse().unwrap();
    same(Twiml::new(Voice::FRENCH).redirect(&next).finish(), "redirect");
}

#[test]
fn every_text_in_an_answer_is_escaped() {
    let action: Url = "https://voice.example.fr/g?a=1&b='2'".parse().unwrap();
    let gather = Gather { say: "<a> & \"b\"", silence_seconds: 0, keys: Some(1), action: &action };
    let answer =
        Twiml::new(Voice::FRENCH).say("L'été\u{0}\u{1b} < 3 & > 1\nligne").gather(&gather).finish();
    assert!(answer.contains(">L&apos;été &lt; 3 &amp; &gt; 1 ligne</Say>"), "{answer}");
    assert!(answer.contains("&lt;a&gt; &amp; &quot;b&quot;"));
    assert!(answer.contains("a=1&amp;b=") && answer.contains(r#"timeout="1""#));
    let sip =
        Dial { to: Party::Sip("sip:a@b?x=<"), caller_id: None, ring_seconds: 20, action: &action };
    let answer = Twiml::new(Voice::FRENCH).dial(&sip).finish();
    assert!(answer.contains("<Sip>sip:a@b?x=&lt;</Sip></Dial>"), "{answer}");
}

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
    let answer = support::client().post(door.clone()).json(&body).send().await.unwrap();
    let call: Telephoned = answer.json().await.unwrap();
    assert_eq!(call.heard().last(), Some(&"Noté : Bonjour."));
    let nobody = json!({ "to": "+33199000000" });
    let answer = support::client().post(door).json(&nobody).send().await.unwrap();
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
        transfer: None,
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
    let twilio = support::twilio(&world, &base);
    let which = vendors::twilio::numbers::Which::Number(&number);
    let sid = twilio.owned(which).await.unwrap().numbers[0].sid.clone();
    let change = vendors::twilio::number::Change { hooks: Some(hooks(&at)), ..Default::default() };
    twilio.configure(&sid, &change).await.unwrap();
    let caller = e164(CALLER);
    let bridge = Bridge { assistant: &assistant, number: &known.id, caller: &caller };
    *bridged.lock().unwrap() = api.bridge(&bridge).await.unwrap();
    let passed = world.call(&script(&number, &["oui"])).await.unwrap();
    assert_eq!(passed.lines[0], Line::Agent { provider: "vapi".to_owned() });
    assert_eq!(passed.heard(), ["Bonjour.", "Je note."]);
}
