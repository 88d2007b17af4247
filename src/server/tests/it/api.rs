use crate::house::{Conversation, House, request};
use axum::http::StatusCode;
use desk::tokens::Wanted;
use desk::{Desk, Who};
use domain::id::TenantId;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

const APPOINTMENTS: &str = "/api/v1/appointments";

fn wanted(start: &str) -> Value {
    json!({ "name": "Alix Martin", "phone": "06 39 98 12 35", "start": start })
}

async fn an_appointment_is_made_listed_and_cancelled(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "appointments").await;
    let auth = [("authorization", token.as_str())];
    let made = house.post(APPOINTMENTS, wanted("2026-11-24T14:30"), &auth).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let made = made.json();
    assert_eq!((made["date"].as_str(), made["time"].as_str()), (Some("2026-11-24"), Some("14:30")));
    assert_eq!(made["phone"], "+33639981235");
    for same in ["2026-11-24T14:30", "2026-11-24T13:30:00Z", "2026-11-24T14:30:00+01:00"] {
        let taken = house.post(APPOINTMENTS, wanted(same), &auth).await;
        assert_eq!(taken.code(), "SLOT_TAKEN", "{same}");
        assert_eq!(taken.status, StatusCode::CONFLICT);
    }
    let listed =
        house.get("/api/v1/appointments?from=2026-11-24&to=2026-11-24", &auth).await.json();
    assert_eq!(listed["appointments"][0]["id"], made["id"]);
    let path = format!("{APPOINTMENTS}/{}", made["id"].as_str().unwrap());
    let cancelled = house.send(request("DELETE", &path, &auth, String::new())).await;
    assert_eq!(cancelled.json()["status"], "cancelled");
    let again = house.send(request("DELETE", &path, &auth, String::new())).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

async fn what_is_no_appointment_is_refused(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "write").await;
    let auth = [("authorization", token.as_str())];
    for (body, code) in [
        (wanted("demain"), "BAD_START"),
        (wanted("2026-11-24T03:00"), "NOT_BOOKABLE"),
        (wanted("2020-01-06T10:00"), "NOT_BOOKABLE"),
        (wanted("9999-12-31T10:00"), "NOT_BOOKABLE"),
        (json!({ "name": " ", "start": "2026-11-24T14:30" }), "NO_NAME"),
        (json!({ "name": "A", "phone": "12", "start": "2026-11-24T14:30" }), "BAD_NUMBER"),
        (json!({ "name": "A", "start": "2026-11-24T14:30", "service": "greffe" }), "NOT_BOOKABLE"),
        (json!({ "name": "A" }), "BAD_SHAPE"),
    ] {
        let answer = house.post(APPOINTMENTS, &body, &auth).await;
        assert_eq!(answer.code(), code, "{body}");
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
}

async fn another_tenants_objects_are_not_there(bench: Bench) {
    let house = House::open(bench).await;
    let other = house.tenant("Cabinet Martin", "+33199001122").await;
    let mut call = Conversation::new("call-1");
    call.books(&house).await;
    let own = house.token(1, "read").await;
    let own = [("authorization", own.as_str())];
    let foreign = house.token(other.0, "write").await;
    let foreign = [("authorization", foreign.as_str())];
    assert_eq!(house.get("/api/v1/calls/call-1", &own).await.status, StatusCode::OK);
    assert_eq!(house.get("/api/v1/calls/call-1", &foreign).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/api/v1/calls", &foreign).await.json()["calls"], json!([]));
    assert_eq!(house.get("/api/v1/events", &foreign).await.json()["events"], json!([]));
    let mine = house.get("/api/v1/appointments", &own).await.json();
    let id = mine["appointments"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("{APPOINTMENTS}/{id}");
    let cancelled = house.send(request("DELETE", &path, &foreign, String::new())).await;
    assert_eq!(cancelled.status, StatusCode::NOT_FOUND);
    let asked = house.get("/api/v1/snapshot?tenant_id=1", &foreign).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
    let tenants = house.get("/api/v1/tenants", &foreign).await.json();
    assert_eq!(tenants["tenants"][0]["name"], "Cabinet Martin");
}

async fn the_snapshot_has_the_promised_shape(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "snapshot:read").await;
    let auth = [("authorization", token.as_str())];
    for (period, from) in [("today", "2026-11-23"), ("7d", "2026-11-17"), ("30d", "2026-10-25")] {
        let body = house.get(&format!("/api/v1/snapshot?period={period}"), &auth).await.json();
        let expected = json!({ "tenant_id": 1, "period": period, "from": from, "to": "2026-11-23",
            "calls_total": 0, "bookings_confirmed": 0, "transfers": 0, "abandons": 0,
            "last_call": null, "last_booking": null });
        assert_eq!(body, expected);
    }
    let bad = house.get("/api/v1/snapshot?period=1y", &auth).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
}

on_both_backends!(
    an_appointment_is_made_listed_and_cancelled,
    what_is_no_appointment_is_refused,
    another_tenants_objects_are_not_there,
    the_snapshot_has_the_promised_shape,
);

#[tokio::test]
async fn a_token_does_what_its_scopes_say() {
    let house = House::open(Bench::sqlite().await).await;
    let token = house.token(1, "calls:read").await;
    let auth = [("authorization", token.as_str())];
    assert_eq!(house.get("/api/v1/calls", &auth).await.status, StatusCode::OK);
    assert_eq!(house.get("/api/v1/events", &auth).await.status, StatusCode::FORBIDDEN);
    let answer = house.post(APPOINTMENTS, wanted("2026-11-24T14:30"), &auth).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    for path in ["tenants", "appointments", "calls", "calls/x", "events", "snapshot"] {
        let nobody = house.get(&format!("/api/v1/{path}"), &[]).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn a_token_that_is_wrong_revoked_or_over_is_nobody() {
    let house = House::open(Bench::sqlite().await).await;
    let operator = || Desk::new(Arc::clone(&house.office), TenantId(1), Who::Operator);
    let scopes = vec!["calls:read".to_owned()];
    let life = Some(SignedDuration::from_hours(1));
    let wanted = Wanted { name: "Site".to_owned(), scopes, life };
    let made = operator().create_token(&wanted).await.unwrap();
    let status = async |bearer: &str| {
        let answer = house.get("/api/v1/calls", &[("authorization", bearer)]).await;
        assert!(answer.status == StatusCode::OK || answer.code() == "UNAUTHENTICATED");
        answer.status
    };
    assert_eq!(status(&format!("Bearer {made}")).await, StatusCode::OK);
    for wrong in [format!("Bearer {made}0"), "Bearer uwi_".to_owned(), format!("Basic {made}")] {
        assert_eq!(status(&wrong).await, StatusCode::UNAUTHORIZED, "{wrong}");
    }
    let other = operator().create_token(&wanted).await.unwrap();
    operator().revoke_token(other.split('_').nth(1).unwrap()).await.unwrap();
    assert_eq!(status(&format!("Bearer {other}")).await, StatusCode::UNAUTHORIZED);
    let now = house.office.world.clock.now();
    house.office.world.clock.set(now + SignedDuration::from_hours(1));
    assert_eq!(status(&format!("Bearer {made}")).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_does_not_exist_is_said_in_json() {
    let house = House::open(Bench::sqlite().await).await;
    assert_eq!(house.get("/api/v2/x", &[]).await.code(), "NOT_FOUND");
    let wrong_method = house.get("/api/vapi/webhook", &[]).await;
    assert_eq!(wrong_method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(wrong_method.code(), "METHOD_NOT_ALLOWED");
    let page = house.get("/nothing", &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("<html"));
}

#[tokio::test]
async fn the_figures_are_for_this_machine_or_a_token() {
    let house = House::open(Bench::sqlite().await).await;
    assert_eq!(house.get("/metrics", &[]).await.status, StatusCode::UNAUTHORIZED);
    let reader = house.token(1, "read").await;
    let refused = house.get("/metrics", &[("authorization", &reader)]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let token = house.token(1, "metrics").await;
    let shown = house.get("/metrics", &[("authorization", &token)]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(house.get("/health/ready", &[]).await.json(), json!({ "status": "ok" }));
}
