//! A tenant that is suspended or deleted: its tokens, sessions, links and numbers
//! open nothing any more, at once and everywhere.

use super::is_public;
use super::rooms::{self, NUMBER, Rooms, rooms};
use crate::house::{Conversation, House, request};
use axum::http::{Method, StatusCode};
use desk::sign_in::{self, Email};
use domain::tenant::settings::Settings;
use serde_json::json;
use store::testing::Bench;
use store::{execute, on_both_backends};

/// How a tenant ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Suspended,
    Deleted,
}

const SECRET: (&str, &str) = ("x-vapi-secret", "whsec-demo-0123456789");

async fn end(rooms: &Rooms, how: End) {
    let office = &rooms.house.office;
    match how {
        End::Deleted => drop(desk::tenants::delete(office, rooms.tenant).await.unwrap()),
        End::Suspended => {
            let mut tx = office.db.begin_directory().await.unwrap();
            let sql = "UPDATE tenants SET status = 'suspended' WHERE tenant_id = $1";
            execute!(tx, sql, rooms.tenant.0).unwrap();
            tx.commit().await.unwrap();
            // A number is routed, so that nobody remembers how this tenant was.
            let other = "name = \"Garage Durand\"\n\
                         [[number]]\ne164 = \"+33199009999\"\nchannel = \"vocal\"\n";
            let other = Settings::from_toml(other).unwrap();
            desk::tenants::apply(office, &other).await.unwrap();
        }
    }
}

/// What a caller of the tenant's number hears from the model.
async fn heard(house: &House, call: &str, words: &str) -> String {
    let mut call = Conversation::new(call);
    call.body["phoneNumber"]["number"] = json!(NUMBER);
    call.push("user", words);
    let answer = house.post("/api/vapi/chat/completions", &call.body, &[SECRET]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    crate::house::spoken(&answer.text)
}

async fn statuses(rooms: &Rooms, token: &str) -> (StatusCode, StatusCode) {
    let api = rooms.house.get("/api/v1/snapshot", &[("authorization", token)]).await;
    let page = rooms.house.get("/app", &[("cookie", &rooms.cookie)]).await;
    (api.status, page.status)
}

async fn walk(bench: Bench, how: End) {
    let rooms = rooms(bench).await;
    let token = rooms.house.token(rooms.tenant.0, "admin").await;
    let owner = Email::parse(rooms::OWNER).unwrap();
    let link = sign_in::login_link(&rooms.house.office, &owner, None).await.unwrap().unwrap();
    assert_eq!(statuses(&rooms, &token).await, (StatusCode::OK, StatusCode::OK));
    let said = heard(&rooms.house, "call-before", "Bonjour, je voudrais un rendez-vous").await;
    assert!(said.contains("À quel nom"), "{said}");
    end(&rooms, how).await;
    let before = rooms.everything().await;
    nothing_opens(&rooms, how, &token).await;
    // Nor does a link that was sent before, or a new one.
    let entered = rooms.house.post(&link, "", &[]).await;
    if let Some(cookie) = entered.headers.get("set-cookie") {
        let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
        let page = rooms.house.get("/app", &[("cookie", cookie)]).await;
        assert_ne!(page.status, StatusCode::OK, "{how:?}: {}", page.text);
    }
    let new = sign_in::login_link(&rooms.house.office, &owner, None).await.unwrap();
    assert_eq!(new, None, "{how:?}");
    assert_eq!(rooms.everything().await, before, "{how:?}");
    for call in ["call-before", "call-after"] {
        let said = heard(&rooms.house, call, "Avez-vous une place demain matin ?").await;
        assert!(!said.is_empty() && !said.contains("Vaucluse"), "{how:?} {call}: {said}");
        assert!(!said.contains(" h "), "{how:?} {call}: {said}");
    }
}

/// Every route, with the token and with the session of the tenant that has ended.
async fn nothing_opens(rooms: &Rooms, how: End, token: &str) {
    for row in rooms.house.rows.iter().filter(|row| !is_public(row.path)) {
        let (path, method) = (rooms.path(row.path), row.method.as_str());
        let hook = row.path.starts_with("/api/webhooks/") || row.path.starts_with("/api/vapi/");
        if hook || row.path == "/metrics" {
            continue;
        }
        let api = path.starts_with("/api/");
        let kind = if api { "application/json" } else { "application/x-www-form-urlencoded" };
        let body = if row.method == Method::GET { String::new() } else { rooms.body(row.path) };
        let passes = [("authorization", token), ("cookie", rooms.cookie.as_str())];
        for pass in passes {
            let headers = [("content-type", kind), pass];
            let answer = rooms.house.begin(request(method, &path, &headers, body.clone())).await;
            let answer = House::read(answer).await;
            let login = answer.headers.get("location").is_some_and(|place| place == "/login");
            let shut = answer.status == StatusCode::UNAUTHORIZED || login;
            let what = format!("{how:?} {}: {method} {path}: {}", pass.0, answer.status);
            assert!(shut, "{what} {}", answer.text);
            for secret in rooms.secrets() {
                assert!(!answer.text.contains(&secret), "{secret} is told by {what}");
            }
        }
    }
}

async fn nothing_of_a_deleted_tenant_opens(bench: Bench) {
    walk(bench, End::Deleted).await;
}

async fn nothing_of_a_suspended_tenant_opens(bench: Bench) {
    walk(bench, End::Suspended).await;
}

on_both_backends!(nothing_of_a_deleted_tenant_opens, nothing_of_a_suspended_tenant_opens);
