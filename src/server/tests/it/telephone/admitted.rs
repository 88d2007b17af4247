//! Who may say that a call arrives.

use super::line::{ENV, HOME, NUMBER, Phone, SID, TOKEN, fixture, posted, practice, written};
use crate::house::{House, TEST_NUMBER, request};
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use secrecy::SecretString;
use serde_json::json;
use std::net::SocketAddr;
use store::on_both_backends;
use store::testing::Bench;
use vendors::twilio::form::Form;
use vendors::twilio::signature::{Signed, sign};

const HOOKS: [&str; 7] = [
    "/api/webhooks/call/incoming",
    "/api/webhooks/call/gather?turn=1",
    "/api/webhooks/call/dial",
    "/api/webhooks/call/status",
    "/api/webhooks/bundle/status",
    "/api/webhooks/sms/incoming",
    "/api/webhooks/sms/status?message=1.x",
];
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn body() -> Form {
    fixture("voice-webhook.inbound.json")
}

async fn a_webhook_without_the_right_signature_is_refused_and_leaves_nothing(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    practice(&house, "").await;
    let before = written(&house).await;
    let sign_with = |token: &str, url: &str, form: &Form| {
        sign(&SecretString::from(token.to_owned()), url, Signed::Form(form))
    };
    for path in HOOKS {
        let url = format!("{HOME}{path}");
        let form = body();
        let more = Form::of(form.fields().iter().cloned().chain([("Added".into(), "1".into())]));
        let right = sign_with(TOKEN, &url, &form);
        let tries = [
            (None, &form),
            (Some(sign_with("another", &url, &form)), &form),
            (Some(sign_with("", &url, &form)), &form),
            (Some(sign_with(TOKEN, &format!("{url}x"), &form)), &form),
            (Some(sign_with(TOKEN, &url.replace("https", "http"), &form)), &form),
            (Some(right.to_lowercase()), &form),
            (Some(right.clone()), &more),
            (Some("\u{e9}".to_owned()), &form),
        ];
        for (index, (signature, form)) in tries.into_iter().enumerate() {
            let mut headers = vec![FORM];
            headers.extend(signature.as_deref().map(|text| ("x-twilio-signature", text)));
            let answer = house.post(path, form.encode(), &headers).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {index}");
            assert_eq!(answer.code(), "BAD_SIGNATURE");
        }
        let json = json!({ "To": NUMBER, "From": "+33639981234", "CallSid": SID });
        let headers = [("content-type", "application/json")];
        assert_eq!(house.post(path, &json, &headers).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(written(&house).await, before);
}

async fn a_webhook_that_is_repeated_is_refused_unless_twilio_repeats_it(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    let again = [("i-twilio-idempotency-token", "once-1")];
    let other = [("i-twilio-idempotency-token", "once-2")];
    let form = Phone::to(&house, NUMBER).with("CallStatus", "ringing");
    let form = Form::of(form.fields.clone());
    let path = "/api/webhooks/call/incoming";
    let first = posted(&house, path, &form, &again).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    let taken = written(&house).await;
    let retried = posted(&house, path, &form, &again).await;
    assert_eq!((retried.status, &retried.text), (StatusCode::OK, &first.text));
    // Twilio repeats a request within seconds, nobody else does later.
    let mut tx = house.office.db.begin_directory().await.unwrap();
    let sql = "UPDATE hooks SET received_at = received_at - 91000 WHERE provider = 'twilio'";
    store::execute!(tx, sql).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(posted(&house, path, &form, &again).await.code(), "REPLAYED");
    // The same in another order of its fields is the same.
    let turned = Form::of(form.fields().iter().rev().cloned());
    for (form, headers) in [(&form, &other[..]), (&form, &[][..]), (&turned, &other[..])] {
        let replayed = posted(&house, path, form, headers).await;
        assert_eq!(replayed.status, StatusCode::FORBIDDEN);
        assert_eq!(replayed.code(), "REPLAYED");
    }
    assert_eq!(written(&house).await, taken);
    // Nor does anything come of a turn, an end or a dialled party told again.
    let phone = Phone::to(&house, NUMBER);
    let said = [("SpeechResult", "Je voudrais un rendez-vous")];
    let turn = "/api/webhooks/call/gather?turn=1";
    assert_eq!(phone.post(turn, &said).await.status, StatusCode::OK);
    let taken = written(&house).await;
    assert_eq!(phone.post(turn, &said).await.code(), "REPLAYED");
    assert_eq!(written(&house).await, taken);
    assert_eq!(phone.ends("completed", "27").await.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.ends("completed", "27").await.code(), "REPLAYED");
    // Long after, when what was seen is forgotten, the call is known to be over.
    let now = house.office.world.clock.now();
    house.office.world.clock.set(now + jiff::SignedDuration::from_hours(24 * 40));
    let mut tx = house.office.db.begin_directory().await.unwrap();
    store::hooks::forget_before(&mut tx, jiff::Timestamp::MAX).await.unwrap();
    tx.commit().await.unwrap();
    let rows = super::line::logs(&house, tenant).await;
    assert_eq!(posted(&house, path, &form, &again).await.code(), "REPLAYED");
    assert_eq!(phone.post(turn, &said).await.code(), "REPLAYED");
    assert_eq!(super::line::logs(&house, tenant).await, rows);
}

async fn what_is_signed_for_another_account_is_refused(bench: Bench) {
    let own = "AC00000000000000000000000000000001";
    let house = House::with(bench, &[ENV[0], ENV[1], ("TWILIO_ACCOUNT_SID", own)]).await;
    practice(&house, "").await;
    let before = written(&house).await;
    let other = Phone::to(&house, NUMBER).with("AccountSid", "AC00000000000000000000000000000002");
    for path in HOOKS {
        assert_eq!(other.post(path, &[]).await.code(), "BAD_SIGNATURE", "{path}");
    }
    assert_eq!(written(&house).await, before);
    assert_eq!(Phone::to(&house, NUMBER).post(HOOKS[0], &[]).await.status, StatusCode::OK);
}

async fn the_url_that_is_signed_is_the_public_one(bench: Bench) {
    let house = House::with(bench, &[ENV[1], ("UWI_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let path = "/api/webhooks/call/status";
    let form = fixture("voice-status-callback.inbound.completed.json");
    let signature = |url: &str| sign(&SecretString::from(TOKEN), url, Signed::Form(&form));
    let send = async |peer: &str, url: &str, more: &[(&str, &str)]| {
        let signature = signature(url);
        let mut headers = vec![FORM, ("x-twilio-signature", signature.as_str())];
        headers.push(("host", "internal:3000"));
        headers.extend(more);
        let mut sent = request("POST", path, &headers, form.encode());
        let peer: SocketAddr = peer.parse().unwrap();
        sent.extensions_mut().insert(ConnectInfo(peer));
        let answer = house.send(sent).await;
        if answer.status == 204 { String::new() } else { answer.code() }
    };
    let proxied = [("x-forwarded-host", "voice.example.fr"), ("x-forwarded-proto", "https")];
    let public = format!("{HOME}{path}");
    assert_eq!(send("192.0.2.1:1", &public, &proxied).await, "BAD_SIGNATURE");
    assert_eq!(send("10.0.0.1:1", &public, &[]).await, "BAD_SIGNATURE");
    assert_eq!(send("10.0.0.1:1", &public, &proxied).await, "");
    let with_port = format!("{HOME}:443{path}");
    assert_eq!(send("10.0.0.1:1", &with_port, &proxied).await, "REPLAYED");
}

async fn the_body_of_the_first_documents_is_read_in_private_only(bench: Bench) {
    let house = House::open(bench).await;
    let body = json!({ "To": TEST_NUMBER, "From": "+33639981234", "CallSid": "CAxxxxx" });
    let json = ("content-type", "application/json");
    let path = "/api/webhooks/call/incoming";
    let answer = house.post(path, &body, &[json]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.text.contains("assistant vocal automatique"), "{}", answer.text);
    let taken = written(&house).await;
    for public in [("host", "voice.example.fr"), ("x-forwarded-for", "127.0.0.1")] {
        let answer = house.post(path, &body, &[json, public]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.code(), "TWILIO_NOT_CONFIGURED");
    }
    assert_eq!(written(&house).await, taken);
}

#[tokio::test]
async fn in_public_without_a_token_nothing_is_served() {
    let house = House::with(Bench::sqlite().await, &[ENV[0]]).await;
    for path in HOOKS {
        let answer = posted(&house, path, &body(), &[]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(answer.code(), "TWILIO_NOT_CONFIGURED");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_breaks_nothing() {
    let house = House::with(Bench::sqlite().await, &ENV).await;
    for path in HOOKS {
        for body in ["", "CallSid=", "CallSid=%ff%fe", "CallSid=..%2Fx&CallStatus=%00", "="] {
            let form = Form::decode(body.as_bytes());
            let answer = posted(&house, path, &form, &[]).await;
            let status = answer.status.as_u16();
            assert!([200, 204, 400, 403].contains(&status), "{path} {body}: {status}");
        }
    }
    let path = "/api/webhooks/call/gather?turn=99999999999999999999&turn=-1&after=%00";
    let odd = Phone::to(&house, "+\u{661}").with("From", "<script>").with("CallSid", "CA2");
    let answer = odd.post(path, &[("SpeechResult", "\u{0}\u{fffe}é")]).await;
    assert_eq!(answer.status, StatusCode::OK);
}

/// Every voice webhook of the fixtures, at the door it belongs to.
async fn every_voice_webhook_of_the_fixtures_is_taken(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let folder = crate::house::fixtures().join("../twilio");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let path = match name.split('.').next().unwrap() {
            "voice-webhook" if name.contains("gather") || name.contains("speech") => HOOKS[1],
            "voice-webhook" => HOOKS[0],
            "voice-status-callback" => HOOKS[3],
            "dial-action" => HOOKS[2],
            "bundle-status-callback" => HOOKS[4],
            _ => continue,
        };
        // A call of its own for each.
        seen += 1;
        let sid = format!("CA{seen:032}");
        let fields = fixture(&name).fields().to_vec().into_iter().map(|(field, value)| {
            let value = if field == "CallSid" { sid.clone() } else { value };
            (field, value)
        });
        let answer = posted(&house, path, &Form::of(fields), &[]).await;
        assert!(answer.status.is_success(), "{name}: {} {}", answer.status, answer.text);
    }
    assert_eq!(seen, 17);
}

on_both_backends!(
    a_webhook_without_the_right_signature_is_refused_and_leaves_nothing,
    a_webhook_that_is_repeated_is_refused_unless_twilio_repeats_it,
    what_is_signed_for_another_account_is_refused,
    the_url_that_is_signed_is_the_public_one,
    the_body_of_the_first_documents_is_read_in_private_only,
    every_voice_webhook_of_the_fixtures_is_taken,
);
