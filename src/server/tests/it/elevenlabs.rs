//! What ElevenLabs reports after a call: only what it has signed itself, lately,
//! and once.

use crate::house::{Answer, House, fixtures};
use crate::telephone::line::{HOME, NUMBER, Phone, SID, logs, practice};
use axum::http::StatusCode;
use desk::Clock;
use domain::id::TenantId;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::testing::Bench;
use store::{fetch_all, on_both_backends};
use vendors::elevenlabs::signature::sign;

const PATH: &str = "/api/webhooks/elevenlabs";
const SECRET: &str = "wsec-new-0123456789";
const ENV: [(&str, &str); 3] = [
    ("WEBHOOK_BASE_URL", HOME),
    ("TWILIO_AUTH_TOKEN", "token-of-ireland"),
    ("ELEVENLABS_WEBHOOK_SECRET", "wsec-old-0123456789,wsec-new-0123456789"),
];

/// The report of the documents, about a call.
fn report(call: &str) -> String {
    let file = fixtures().join("../elevenlabs/post-call.transcription.json");
    let mut report: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    report["data"]["metadata"]["phone_call"]["call_sid"] = json!(call);
    report["data"]["metadata"]["phone_call"]["agent_number"] = json!(NUMBER);
    report["data"]["metadata"]["termination_reason"] = json!("Call ended by remote party");
    report.to_string()
}

fn signed(secret: &str, at: Timestamp, body: &str) -> String {
    sign(&SecretString::from(secret), at, body.as_bytes())
}

async fn told(house: &House, body: &str, signature: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json"), ("host", "voice.example.fr")];
    headers.extend(signature.map(|text| ("elevenlabs-signature", text)));
    house.post(PATH, body, &headers).await
}

/// How many reports were taken.
async fn taken(house: &House) -> i64 {
    let mut reader = house.office.db.read_directory().await.unwrap();
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM hooks WHERE provider = 'elevenlabs'";
    fetch_all!(reader, sql => (i64,)).unwrap()[0].0
}

/// A house in which a call is under way.
async fn called(bench: Bench) -> (House, TenantId) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    Phone::to(&house, NUMBER).rings().await;
    (house, tenant)
}

async fn reason(house: &House, tenant: TenantId) -> Option<String> {
    logs(house, tenant).await.remove(0).ended_reason
}

async fn a_report_without_the_right_signature_is_refused_and_leaves_nothing(bench: Bench) {
    let (house, tenant) = called(bench).await;
    let (body, now) = (report(SID), Clock::System.now());
    let hours = SignedDuration::from_hours;
    let right = signed(SECRET, now, &body);
    let another_time =
        right.replace(&now.as_second().to_string(), &(now.as_second() - 1).to_string());
    let wrong = [
        None,
        Some(String::new()),
        Some("v0=00".to_owned()),
        Some(signed("wsec-another", now, &body)),
        Some(signed("", now, &body)),
        Some(signed(SECRET, now, &format!("{body} "))),
        Some(signed(SECRET, now - hours(1), &body)),
        Some(signed(SECRET, now + hours(1), &body)),
        Some(another_time),
        Some(right.replace("v0=", "v1=")),
    ];
    for (index, signature) in wrong.into_iter().enumerate() {
        let answer = told(&house, &body, signature.as_deref()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{index}");
        assert_eq!(answer.code(), "BAD_SIGNATURE", "{index}");
    }
    let altered = body.replace("remote party", "somebody else");
    assert_ne!(altered, body);
    assert_eq!(told(&house, &altered, Some(&right)).await.code(), "BAD_SIGNATURE");
    assert_eq!((taken(&house).await, reason(&house, tenant).await), (0, None));
}

async fn a_signed_report_is_taken_once_with_any_of_the_secrets(bench: Bench) {
    let (house, tenant) = called(bench).await;
    let now = Clock::System.now();
    let body = report(SID);
    let signature = signed(SECRET, now, &body);
    assert_eq!(told(&house, &body, Some(&signature)).await.status, StatusCode::OK);
    let words = "Call ended by remote party";
    assert_eq!(reason(&house, tenant).await.as_deref(), Some(words));
    let kept = logs(&house, tenant).await;
    let again = told(&house, &body, Some(&signature)).await;
    assert_eq!((again.status, again.code()), (StatusCode::FORBIDDEN, "REPLAYED".to_owned()));
    // Sent anew by ElevenLabs itself, it changes nothing.
    let anew = signed("wsec-old-0123456789", now - SignedDuration::from_mins(2), &body);
    assert_eq!(told(&house, &body, Some(&anew)).await.status, StatusCode::OK);
    assert_eq!((logs(&house, tenant).await, taken(&house).await), (kept, 2));
}

async fn a_report_of_a_call_that_is_not_ours_leaves_no_call(bench: Bench) {
    let (house, tenant) = called(bench).await;
    let before = logs(&house, tenant).await;
    let now = Clock::System.now();
    for call in ["CA0000000000000000000000000000dead", "", "../x", "CA\u{0}"] {
        let body = report(call);
        // Refusals would have ElevenLabs stop reporting.
        let answer = told(&house, &body, Some(&signed(SECRET, now, &body))).await;
        assert_eq!(answer.status, StatusCode::OK, "{call}: {}", answer.text);
    }
    assert_eq!(logs(&house, tenant).await, before);
    assert_eq!(logs(&house, TenantId(1)).await, []);
    for odd in ["[]", "{}", "{\"type\":7}", "{\"type\":\"post_call_audio\",\"data\":{}}"] {
        let answer = told(&house, odd, Some(&signed(SECRET, now, odd))).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
    }
    let broken = told(&house, "{", Some(&signed(SECRET, now, "{"))).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

async fn without_a_secret_only_this_machine_is_served(bench: Bench) {
    let house = House::open(bench).await;
    let body = report(SID);
    let here = house.post(PATH, &body, &[("content-type", "application/json")]).await;
    assert_eq!(here.status, StatusCode::OK, "{}", here.text);
    for public in [("host", "voice.example.fr"), ("x-forwarded-for", "127.0.0.1")] {
        let answer = house.post(PATH, &body, &[public]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.code(), "ELEVENLABS_NOT_CONFIGURED");
    }
}

on_both_backends!(
    a_report_without_the_right_signature_is_refused_and_leaves_nothing,
    a_signed_report_is_taken_once_with_any_of_the_secrets,
    a_report_of_a_call_that_is_not_ours_leaves_no_call,
    without_a_secret_only_this_machine_is_served,
);
