//! The webhooks of messages, the API of channels, the page behind a link.

use crate::house::{Answer, House};
use axum::http::StatusCode;
use domain::id::TenantId;
use serde_json::json;
use store::testing::Bench;
use store::{fetch_all, on_both_backends};
use vendors::twilio::form::Form;
use vendors::twilio::signature::{Signed, sign};
use vendors::whatsapp;

const TOKEN: &str = "token-demo-0123456789";
const SECRET: &str = "secret-demo-0123456789";
const OWN: &str = "+33199008888";
const PATIENT: &str = "+33639981234";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn house(bench: Bench) -> (House, TenantId) {
    let env = [
        ("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001"),
        ("TWILIO_AUTH_TOKEN", TOKEN),
        ("WHATSAPP_APP_SECRET", SECRET),
        ("WHATSAPP_VERIFY_TOKEN", "verify-demo-0123456789"),
        ("ENCRYPTION_KEY", "une clé d’essai assez longue pour cela"),
        ("WEBHOOK_BASE_URL", "https://voice.example.fr"),
    ];
    let house = House::with(bench, &env).await;
    let tenant = house.tenant("Cabinet Martin", OWN).await;
    (house, tenant)
}

fn form(fields: &[(&str, &str)]) -> Form {
    Form::of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

async fn by_twilio(house: &House, path: &str, form: &Form) -> Answer {
    let url = format!("https://voice.example.fr{path}");
    let signature = sign(&TOKEN.into(), &url, Signed::Form(form));
    house.post(path, form.encode(), &[FORM, ("x-twilio-signature", &signature)]).await
}

async fn texts(house: &House, tenant: TenantId, sql: &'static str) -> Vec<String> {
    let mut reader = house.office.db.read(tenant).await.unwrap();
    fetch_all!(reader, sql => (String,)).unwrap().into_iter().map(|(text,)| text).collect()
}

async fn a_stop_by_text_message_is_heard_when_twilio_has_signed_it(bench: Bench) {
    let (house, tenant) = house(bench).await;
    let stop = form(&[
        ("MessageSid", "SM00000000000000000000000000000002"),
        ("From", PATIENT),
        ("To", OWN),
        ("Body", "Arrêt SMS svp"),
    ]);
    let path = "/api/webhooks/sms/incoming";
    for headers in [vec![FORM], vec![FORM, ("x-twilio-signature", "AAAA")]] {
        let answer = house.post(path, stop.encode(), &headers).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "BAD_SIGNATURE".into()));
    }
    let list = "SELECT masked FROM stop_list WHERE lifted_at IS NULL ORDER BY channel_type";
    assert!(texts(&house, tenant, list).await.is_empty());
    let answer = by_twilio(&house, path, &stop).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("<Response/>"), "{}", answer.text);
    assert_eq!(texts(&house, tenant, list).await, ["+33XXXXXX34"; 2]);
    // Taken back, and not given anew by whoever repeats the first message.
    let start = form(&[
        ("MessageSid", "SM00000000000000000000000000000003"),
        ("From", PATIENT),
        ("To", OWN),
        ("Body", "START"),
        ("OptOutType", "START"),
    ]);
    assert_eq!(by_twilio(&house, path, &start).await.status, StatusCode::OK);
    let left = texts(&house, tenant, list).await;
    assert!(left.len() < 2, "{left:?}");
    let again = by_twilio(&house, path, &stop).await;
    assert_eq!((again.status, again.code()), (StatusCode::FORBIDDEN, "REPLAYED".into()));
    assert_eq!(texts(&house, tenant, list).await, left);
    let other = form(&[
        ("AccountSid", "AC00000000000000000000000000000002"),
        ("MessageSid", "SM00000000000000000000000000000004"),
        ("From", PATIENT),
        ("To", OWN),
        ("Body", "STOP"),
    ]);
    assert_eq!(by_twilio(&house, path, &other).await.code(), "BAD_SIGNATURE");
    assert_eq!(texts(&house, tenant, list).await, left);
}

async fn reports_are_kept_and_unsigned_ones_refused(bench: Bench) {
    let (house, tenant) = house(bench).await;
    let report = form(&[
        ("MessageSid", "SM00000000000000000000000000000001"),
        ("MessageStatus", "undelivered"),
        ("ErrorCode", "30003"),
    ]);
    let path = "/api/webhooks/sms/status?message=7.0198a000-0000-7000-8000-0000000000d7";
    let answer = house.post(path, report.encode(), &[FORM]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(by_twilio(&house, path, &report).await.status, StatusCode::NO_CONTENT);
    assert_eq!(by_twilio(&house, path, &report).await.code(), "REPLAYED");
    let kept = "SELECT status || ' ' || error_code FROM delivery_reports";
    assert_eq!(texts(&house, tenant, kept).await, ["failed 30003"]);
    let strange = form(&[("MessageSid", "x"), ("MessageStatus", "dancing")]);
    let path = "/api/webhooks/sms/status";
    assert_eq!(by_twilio(&house, path, &strange).await.status, StatusCode::NO_CONTENT);
}

async fn meta_proves_itself_and_so_do_we(bench: Bench) {
    let (house, tenant) = house(bench).await;
    let path = "/api/webhooks/whatsapp";
    let ask = |token: &str| {
        format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}")
    };
    let answer = house.get(&ask("verify-demo-0123456789"), &[]).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, "1158201444"));
    assert_eq!(house.get(&ask("wrong"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get(path, &[]).await.status, StatusCode::FORBIDDEN);
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [{ "value": {
        "metadata": { "display_phone_number": "33199008888", "phone_number_id": "1" },
        "messages": [{ "from": "33639981234", "id": "wamid.0000001", "timestamp": "1789374600",
            "type": "text", "text": { "body": "STOP" } }],
        "statuses": [{ "id": "wamid.0000002", "status": "delivered", "timestamp": "1789374600",
            "recipient_id": "33639981234" }],
    }}]}]})
    .to_string();
    let json = ("content-type", "application/json");
    for signature in ["", "sha256=00", "sha256=zz"] {
        let refused = house.post(path, &body, &[json, ("x-hub-signature-256", signature)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{signature}");
    }
    let signature = whatsapp::signature::sign(&SECRET.into(), body.as_bytes());
    for _ in 0..2 {
        let taken = house.post(path, &body, &[json, ("x-hub-signature-256", &signature)]).await;
        assert_eq!(taken.status, StatusCode::OK);
    }
    let list = "SELECT channel_type FROM stop_list ORDER BY channel_type";
    assert_eq!(texts(&house, tenant, list).await, ["sms", "whatsapp"]);
    let kept = "SELECT status FROM delivery_reports";
    assert_eq!(texts(&house, tenant, kept).await, ["delivered"]);
}

async fn a_channel_is_changed_by_its_parts_and_tells_no_secret(bench: Bench) {
    let (house, tenant) = house(bench).await;
    let token = house.token(tenant.0, "channels").await;
    let pass = [("authorization", token.as_str()), ("content-type", "application/json")];
    let all = house.get("/api/channels", &pass).await.json();
    assert_eq!(all["total"], 4);
    let change = json!({
        "version": 0,
        "public": { "smtp": { "host": "mail.example.fr", "port": 465, "fromEmail": "a@example.fr" } },
        "secrets": { "password": "sesame-7431" },
    });
    let answer = house.patch("/api/channels/email", &change, &pass).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["secrets"]["password"]["has_secret"], true);
    assert!(!answer.text.contains("sesame"));
    let again = house.patch("/api/channels/email", &change, &pass).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let wrong = json!({ "public": { "smtp": { "port": 99999 } } });
    let refused = house.patch("/api/channels/email", &wrong, &pass).await;
    assert_eq!(refused.json()["error"]["field"], "public.smtp.port", "{}", refused.text);
    let on = house.post("/api/channels/email/enable", "", &pass).await;
    assert_eq!(on.json()["enabled"], true);
    let off = house.post("/api/channels/email/disable", "", &pass).await;
    assert_eq!(off.json()["health"]["state"], "off");
    let none = house.post("/api/channels/whatsapp/enable", "", &pass).await;
    assert_eq!(none.code(), "CHANNEL_NOT_CONFIGURED");
    let gone = house.get("/api/channels/pigeon", &pass).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let reader = house.token(tenant.0, "channels:read").await;
    let pass = [("authorization", reader.as_str()), ("content-type", "application/json")];
    assert_eq!(house.get("/api/channels/email", &pass).await.status, StatusCode::OK);
    let refused = house.patch("/api/channels/email", &json!({}), &pass).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

async fn a_message_is_ordered_once_for_its_key_and_shown_in_the_log(bench: Bench) {
    let (house, tenant) = house(bench).await;
    let token = house.token(tenant.0, "channels").await;
    let pass = [
        ("authorization", token.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "essai-1"),
    ];
    let to = json!({ "to": PATIENT }).to_string();
    let first = house.post("/api/channels/sms/test", &to, &pass).await;
    assert_eq!(first.status, StatusCode::ACCEPTED, "{}", first.text);
    let second = house.post("/api/channels/sms/test", &to, &pass).await;
    assert_eq!((second.status, &second.json()["id"]), (StatusCode::OK, &first.json()["id"]));
    let words = json!({ "to": "12", "message": "Bonjour" }).to_string();
    let refused = house.post("/api/channels/sms/send", &words, &pass).await;
    assert_eq!(refused.json()["error"]["field"], "to", "{}", refused.text);
    let log = house.get("/api/channels/sms/log", &pass).await.json();
    assert_eq!((&log["total"], &log["messages"][0]["event"]), (&json!(1), &json!("test")));
    let figures = house.get("/api/channels/sms/statistics?days=7", &pass).await.json();
    assert_eq!(figures["by_status"]["pending"], 1);
    let draft =
        json!({ "event": "confirmation", "text": "Le {date} à {heure}, l’essai" }).to_string();
    let shown = house.post("/api/channels/sms/preview", &draft, &pass).await.json();
    assert_eq!(shown["text"], "Le mardi 24 novembre à 14 h 30, l’essai");
    assert_eq!((&shown["sms"]["encoding"], &shown["sms"]["segments"]), (&json!("gsm7"), &json!(1)));
    let draft = json!({ "event": "confirmation", "text": "Le {jour}" }).to_string();
    let refused = house.post("/api/channels/sms/preview", &draft, &pass).await;
    assert_eq!(refused.json()["error"]["field"], "text");
}

async fn a_link_that_opens_nothing_says_so_in_french(bench: Bench) {
    let (house, _) = house(bench).await;
    let answer = house.get("/r/AAAA", &[]).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text.contains("Ce lien ne fonctionne plus"));
    let answer = house.post("/r/AAAA", "action=stop", &[FORM]).await;
    assert_eq!(answer.status, StatusCode::GONE);
}

on_both_backends!(
    a_stop_by_text_message_is_heard_when_twilio_has_signed_it,
    reports_are_kept_and_unsigned_ones_refused,
    meta_proves_itself_and_so_do_we,
    a_channel_is_changed_by_its_parts_and_tells_no_secret,
    a_message_is_ordered_once_for_its_key_and_shown_in_the_log,
    a_link_that_opens_nothing_says_so_in_french,
);
