use crate::house::{Conversation, House, fixture, request};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use store::testing::Bench;

const SECRET: &str = "whsec-demo-0123456789";
const HOOKS: [&str; 3] = ["/api/vapi/webhook", "/api/vapi/tool", "/api/vapi/chat/completions"];

async fn private() -> House {
    House::open(Bench::sqlite().await).await
}

async fn with_secret() -> House {
    House::with(Bench::sqlite().await, &[("VAPI_WEBHOOK_SECRET", "old-one,whsec-demo-0123456789")])
        .await
}

#[tokio::test]
async fn without_a_secret_only_this_machine_is_served() {
    let house = private().await;
    let body = json!({ "messages": [] }).to_string();
    for path in HOOKS {
        let here = house.post(path, &body, &[]).await;
        assert_eq!(here.status, StatusCode::OK, "{path}");
        for public in [
            ("host", "voice.example.fr"),
            ("forwarded", "for=1.2.3.4"),
            ("x-forwarded-for", "127.0.0.1"),
        ] {
            let answer = house.post(path, &body, &[public]).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path} {public:?}");
            assert_eq!(answer.code(), "VAPI_NOT_CONFIGURED");
        }
    }
}

#[tokio::test]
async fn a_public_address_makes_every_request_public() {
    let env = [("WEBHOOK_BASE_URL", "https://voice.example.fr")];
    let house = House::with(Bench::sqlite().await, &env).await;
    let answer = house.hook(&json!({})).await;
    assert_eq!(answer.code(), "VAPI_NOT_CONFIGURED");
}

#[tokio::test]
async fn any_of_the_secrets_is_accepted_in_either_header() {
    let house = with_secret().await;
    let body = json!({ "messages": [{ "role": "user", "content": "Bonjour" }] });
    for path in HOOKS {
        for header in [("x-vapi-secret", SECRET), ("authorization", "Bearer old-one")] {
            let answer = house.post(path, &body, &[header, ("host", "voice.example.fr")]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {header:?}");
        }
        for wrong in [vec![], vec![("x-vapi-secret", "old")], vec![("authorization", "Bearer x")]] {
            let answer = house.post(path, &body, &wrong).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {wrong:?}");
            assert_eq!(answer.code(), "VAPI_UNAUTHORIZED");
        }
    }
}

#[tokio::test]
async fn a_signature_of_long_ago_is_refused_although_it_is_right() {
    let house = with_secret().await;
    let vectors = fixture("signature-vectors.json");
    let by = |index: usize| {
        let vector = &vectors["vectors"][index];
        let text = |key: &str| vector[key].as_str().unwrap_or_default().to_owned();
        (text("body"), text("signature"), text("timestamp"))
    };
    let (body, signature, timestamp) = by(0);
    let headers = [("x-signature", signature.as_str()), ("x-timestamp", timestamp.as_str())];
    let stale = house.post("/api/vapi/webhook", &body, &headers).await;
    assert_eq!(stale.status, StatusCode::UNAUTHORIZED);
    // The format without a timestamp has no age.
    let (body, signature, _) = by(4);
    let ageless = house.post("/api/vapi/webhook", &body, &[("x-vapi-signature", &signature)]).await;
    assert_eq!(ageless.status, StatusCode::OK);
    let tampered =
        house.post("/api/vapi/webhook", body + " ", &[("x-signature", &signature)]).await;
    assert_eq!(tampered.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_cannot_be_read_gets_a_stable_error() {
    let house = private().await;
    for path in HOOKS {
        for body in ["", "{", "\u{0}", "{\"messages\": [}"] {
            let answer = house.post(path, body, &[]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
            assert_eq!(answer.code(), "MALFORMED_BODY");
        }
    }
    for odd in [json!([]), json!(3), json!({ "message": 3 }), json!({ "message": { "type": 7 } })] {
        assert_eq!(house.hook(&odd).await.json(), json!({}), "{odd}");
    }
    let not_utf8 = Request::post("/api/vapi/webhook").header("host", "localhost");
    let not_utf8 = not_utf8.body(Body::from(vec![0xff, 0xfe])).unwrap();
    assert_eq!(house.send(not_utf8).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn more_than_eight_megabytes_are_too_much() {
    let house = private().await;
    let large = " ".repeat(8 * 1024 * 1024 + 1);
    for path in HOOKS {
        let answer = house.post(path, &large, &[]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let announced = request("POST", path, &[("content-length", "9000000")], String::new());
        assert_eq!(house.send(announced).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_an_id_and_keeps_browsers_from_mischief() {
    let house = private().await;
    let answer = house.get("/health/live", &[("x-request-id", "abc-1")]).await;
    assert_eq!(answer.headers["x-request-id"], "abc-1");
    assert!(
        answer.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    let own = house.get("/health/live", &[("x-request-id", "with space")]).await;
    assert_ne!(own.headers["x-request-id"], "with space");
    assert!(own.headers.contains_key("x-content-type-options"));
}

#[tokio::test]
async fn a_call_that_is_refused_by_the_operator_hears_a_sentence() {
    let house = House::with(Bench::sqlite().await, &[("UWI_UNKNOWN_DID", "refuse")]).await;
    let mut arriving = fixture("assistant-request.json");
    for path in ["/message/phoneNumber/number", "/message/call/phoneNumber/number"] {
        *arriving.pointer_mut(path).unwrap() = "+33199009999".into();
    }
    assert!(house.hook(&arriving).await.json()["error"].is_string());
    let mut call = Conversation::new("call-1");
    call.body["phoneNumber"]["number"] = "+33199009999".into();
    assert!(call.says(&house, "Bonjour").await.contains("pas attribué"));
}
