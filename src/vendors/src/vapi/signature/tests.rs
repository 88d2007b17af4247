use super::*;
use serde_json::Value;

const VECTORS: &str = include_str!("../../../tests/fixtures/vapi/signature-vectors.json");

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn sent() -> Timestamp {
    "2026-09-14T08:30:06Z".parse().unwrap()
}

fn secrets(texts: &[&str]) -> Vec<SecretString> {
    texts.iter().map(|text| SecretString::from(*text)).collect()
}

fn presented(vector: &Value) -> Presented<'_> {
    Presented {
        signature: vector["signature"].as_str(),
        timestamp: vector["timestamp"].as_str(),
        method: "POST",
        url: vector["url"].as_str().unwrap_or("https://voice.example.fr/other"),
        ..Presented::default()
    }
}

#[test]
fn every_vector_is_accepted_by_any_of_the_secrets() {
    assert_eq!(vectors().len(), 7);
    for vector in vectors() {
        let body = vector["body"].as_str().unwrap().as_bytes();
        let keys = secrets(&["another", vector["secret"].as_str().unwrap()]);
        assert_eq!(verify(&keys, &presented(&vector), body, sent()), Ok(()), "{vector}");
    }
}

#[test]
fn every_vector_is_refused_once_its_body_key_or_signature_changes() {
    for vector in vectors() {
        let body = vector["body"].as_str().unwrap().as_bytes();
        let keys = secrets(&[vector["secret"].as_str().unwrap()]);
        let changed = [body, b" "].concat();
        let shown = presented(&vector);
        assert_eq!(verify(&keys, &shown, &changed, sent()), Err(Refused::Wrong));
        assert_eq!(verify(&secrets(&["another"]), &shown, body, sent()), Err(Refused::Wrong));
        let short = Presented { signature: Some("b8712a"), ..shown };
        assert_eq!(verify(&keys, &short, body, sent()), Err(Refused::Wrong));
    }
}

#[test]
fn a_timestamp_far_from_the_system_clock_is_refused() {
    for vector in vectors().iter().filter(|vector| vector["timestamp"].is_string()) {
        let body = vector["body"].as_str().unwrap().as_bytes();
        let keys = secrets(&[vector["secret"].as_str().unwrap()]);
        let later = "2026-09-14T08:40:06Z".parse().unwrap();
        assert_eq!(verify(&keys, &presented(vector), body, later), Err(Refused::Stale));
        let unreadable = Presented { timestamp: Some("now"), ..presented(vector) };
        assert_eq!(verify(&keys, &unreadable, body, sent()), Err(Refused::Stale));
    }
}

#[test]
fn a_prefix_of_the_signature_is_tolerated() {
    let vector = &vectors()[0];
    let body = vector["body"].as_str().unwrap().as_bytes();
    let keys = secrets(&[vector["secret"].as_str().unwrap()]);
    for prefix in ["sha256=", "v1,", "v1="] {
        let header = format!("{prefix}{}", vector["signature"].as_str().unwrap());
        let shown = Presented { signature: Some(&header), ..presented(vector) };
        assert_eq!(verify(&keys, &shown, body, sent()), Ok(()), "{prefix}");
    }
}

#[test]
fn the_shared_secret_is_accepted_in_both_headers_and_nothing_else_is() {
    let keys = secrets(&["old", "whsec-demo-0123456789"]);
    let by_header = Presented { secret: Some("whsec-demo-0123456789"), ..Presented::default() };
    assert_eq!(verify(&keys, &by_header, b"", sent()), Ok(()));
    for bearer in ["Bearer old", "bearer  old", "old"] {
        let shown = Presented { authorization: Some(bearer), ..Presented::default() };
        assert_eq!(verify(&keys, &shown, b"", sent()), Ok(()), "{bearer}");
    }
    for wrong in ["", "ol", "older", "Bearer", "Bearer older", "Basic old"] {
        let shown =
            Presented { authorization: Some(wrong), secret: Some(wrong), ..Presented::default() };
        assert_eq!(verify(&keys, &shown, b"", sent()), Err(Refused::Wrong), "{wrong}");
    }
    assert_eq!(verify(&keys, &Presented::default(), b"", sent()), Err(Refused::Missing));
    assert_eq!(verify(&[], &by_header, b"", sent()), Err(Refused::Wrong));
}
