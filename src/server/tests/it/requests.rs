//! Tickets and prospects through the API.

use crate::house::{Answer, House, request};
use axum::http::StatusCode;
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;

const TICKETS: &str = "/api/v1/tickets";
const PROSPECTS: &str = "/api/v1/prospects";

async fn patch(house: &House, path: &str, body: Value, auth: &[(&str, &str)]) -> Answer {
    house.send(request("PATCH", path, auth, body.to_string())).await
}

async fn a_ticket_is_opened_changed_commented_and_closed(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "tickets").await;
    let auth = [("authorization", token.as_str())];
    let new = json!({ "subject": "Une facture en double", "category": "facturation",
        "priority": "high", "name": "Alix Martin", "phone": "06 39 98 12 35" });
    let made = house.post(TICKETS, new, &auth).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["reference"], &made["created_by"]), (&json!("T4821"), &json!("web")));
    let path = format!("{TICKETS}/{}", made["id"].as_str().unwrap());
    let edit = json!({ "version": 1, "status": "in_progress", "email": "alix@exemple.fr" });
    let changed = patch(&house, &path, edit.clone(), &auth).await.json();
    assert_eq!((&changed["version"], &changed["status"]), (&json!(2), &json!("in_progress")));
    let emptied = patch(&house, &path, json!({ "version": 2, "email": null }), &auth).await.json();
    assert_eq!(emptied["email"], Value::Null);
    let stale = patch(&house, &path, edit, &auth).await;
    assert_eq!((stale.status, stale.code().as_str()), (StatusCode::CONFLICT, "GONE"));
    let told = house.post(&format!("{path}/comments"), json!({ "text": "Vu." }), &auth).await;
    assert_eq!(told.json()["history"].as_array().unwrap().len(), 4);
    let closed = house.post(&format!("{path}/close"), "", &auth).await.json();
    assert_eq!(closed["status"], "closed");
    let moved = patch(&house, &path, json!({ "version": 4, "status": "resolved" }), &auth).await;
    assert_eq!(moved.code(), "BAD_MOVE");
    let again = house.post(&format!("{path}/reopen"), "", &auth).await.json();
    assert_eq!((&again["status"], &again["overdue"]), (&json!("open"), &json!(false)));
    for (query, count) in [
        ("status=waiting", 1),
        ("status=done", 0),
        ("priority=high&category=facturation", 1),
        ("assigned_to=-", 1),
        ("search=t4821", 1),
        ("search=8+12+35", 1),
        ("overdue=true", 0),
        ("call_id=call-1", 0),
    ] {
        let found = house.get(&format!("{TICKETS}?{query}"), &auth).await.json();
        assert_eq!(found["tickets"].as_array().unwrap().len(), count, "{query}");
    }
}

async fn what_is_no_ticket_is_refused_with_its_field(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "write").await;
    let auth = [("authorization", token.as_str())];
    let made = house.post(TICKETS, json!({ "subject": "Un devis" }), &auth).await.json();
    let path = format!("{TICKETS}/{}", made["id"].as_str().unwrap());
    for (edit, code, field) in [
        (json!({ "version": 1, "phone": "12" }), "BAD_PARAMETER", json!("phone")),
        (json!({ "version": 1, "assigned_to": "x@y.fr" }), "BAD_PARAMETER", json!("assigned_to")),
        (json!({ "version": 1, "status": "gone" }), "BAD_SHAPE", Value::Null),
        (json!({ "version": 1, "stauts": "open" }), "BAD_SHAPE", Value::Null),
        (json!({ "status": "closed" }), "BAD_SHAPE", Value::Null),
    ] {
        let refused = patch(&house, &path, edit.clone(), &auth).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, code), "{edit}");
        assert_eq!(refused.json()["error"]["field"], field, "{edit}");
    }
    for query in ["status=gone", "priority=hot", "overdue=perhaps"] {
        let refused = house.get(&format!("{TICKETS}?{query}"), &auth).await;
        assert_eq!(refused.code(), "BAD_PARAMETER", "{query}");
    }
    let reader = house.token(1, "tickets:read").await;
    let reader = [("authorization", reader.as_str())];
    let refused = patch(&house, &path, json!({ "version": 1 }), &reader).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get(&path, &reader).await.status, StatusCode::OK);
}

async fn a_prospect_is_written_down_and_followed_up(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "prospects").await;
    let auth = [("authorization", token.as_str())];
    let consent = json!({ "text": "J’accepte d’être rappelé.", "source": "https://exemple.fr/" });
    let new = json!({ "name": "Hugo Perrin", "email": "hugo@exemple.fr", "consent": consent });
    let made = house.post(PROSPECTS, new, &auth).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["source"], &made["consent_at"]), (&json!("web"), &made["created_at"]));
    assert_eq!(made["budget_min"], Value::Null);
    let path = format!("{PROSPECTS}/{}", made["id"].as_str().unwrap());
    let edit = json!({ "version": 1, "next_follow_up": "2026-11-24", "notes": "À rappeler." });
    let changed = patch(&house, &path, edit.clone(), &auth).await.json();
    assert_eq!(changed["next_follow_up_at"], "2026-11-23T23:00:00Z");
    assert_eq!(patch(&house, &path, edit, &auth).await.code(), "GONE");
    for (query, count) in [
        ("follow_up=2026-11-23", 0),
        ("follow_up=2026-11-24", 1),
        ("status=new&source=web", 1),
        ("status=lost", 0),
        ("search=perrin", 1),
    ] {
        let found = house.get(&format!("{PROSPECTS}?{query}"), &auth).await.json();
        assert_eq!(found["prospects"].as_array().unwrap().len(), count, "{query}");
    }
    let lost = json!({ "version": 2, "qualification_status": "lost" });
    assert_eq!(patch(&house, &path, lost, &auth).await.json()["next_follow_up_at"], Value::Null);
    let back = json!({ "version": 3, "qualification_status": "converted" });
    assert_eq!(patch(&house, &path, back, &auth).await.code(), "BAD_MOVE");
    let silent = house.post(PROSPECTS, json!({ "email": "a@exemple.fr" }), &auth).await;
    assert_eq!(silent.json()["error"]["field"], "consent");
}

on_both_backends!(
    a_ticket_is_opened_changed_commented_and_closed,
    what_is_no_ticket_is_refused_with_its_field,
    a_prospect_is_written_down_and_followed_up,
);
