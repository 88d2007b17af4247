//! Signatures, forms and TwiML, against the documented examples.

use crate::support::{fixture, text};
use domain::phone::CallerId;
use reqwest::Url;
use secrecy::SecretString;
use serde_json::{Value, json};
use vendors::twilio::form::Form;
use vendors::twilio::inbound::{CallStatus, DialResult, Gathered, Leg, StatusReport, unsigned};
use vendors::twilio::regulatory::{BundleReport, BundleStatus};
use vendors::twilio::signature::{Signed, sign, verify};
use vendors::twilio::twiml::{Dial, Gather, Party, Rejection, Twiml, Voice, followed_by};

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

#[test]
fn another_providers_document_is_followed_by_our_question() {
    let next = "https://voice.example.fr/after?a=1&b=2".parse().unwrap();
    let document = text("twilio/twiml/connect-stream.xml");
    let followed = followed_by(&document, &next);
    let end = r#"</Connect><Redirect method="POST">https://voice.example.fr/after?a=1&amp;b=2</Redirect></Response>"#;
    assert!(followed.ends_with(end), "{followed}");
    assert_eq!(followed_by("something else", &next), "something else");
}
