use crate::house::{House, TEST_NUMBER};
use axum::http::StatusCode;
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;

const PATH: &str = "/api/admin/routing";

async fn the_test_number_cannot_be_given_away(bench: Bench) {
    let house = House::open(bench).await;
    let other = house.tenant("Cabinet Martin", "+33199001122").await;
    let token = house.token(1, "admin").await;
    let auth = [("authorization", token.as_str())];
    let route =
        |tenant: i64| json!({ "channel": "vocal", "key": "09 39 24 05 75", "tenant_id": tenant });
    let refused = house.post(PATH, route(other.0), &auth).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.code(), "TEST_NUMBER_IMMUTABLE");
    assert_eq!(refused.json()["error_code"], "TEST_NUMBER_IMMUTABLE");
    let same = house.post(PATH, route(1), &auth).await;
    assert_eq!(same.status, StatusCode::OK);
    assert_eq!(same.json()["key"], TEST_NUMBER);
}

async fn only_staff_writes_routes(bench: Bench) {
    let house = House::open(bench).await;
    let other = house.tenant("Cabinet Martin", "+33199001122").await;
    let route = json!({ "channel": "vocal", "key": "+33199003344", "tenant_id": other });
    assert_eq!(house.post(PATH, &route, &[]).await.status, StatusCode::UNAUTHORIZED);
    let invented = [("authorization", "Bearer uwi_0000_0000")];
    assert_eq!(house.post(PATH, &route, &invented).await.status, StatusCode::UNAUTHORIZED);
    for (tenant, scope) in [(1, "write"), (other.0, "admin")] {
        let token = house.token(tenant, scope).await;
        let answer = house.post(PATH, &route, &[("authorization", &token)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{tenant} {scope}");
    }
    let token = house.token(1, "admin").await;
    let auth = [("authorization", token.as_str())];
    assert_eq!(house.post(PATH, &route, &auth).await.status, StatusCode::CREATED);
    assert_eq!(house.post(PATH, &route, &auth).await.status, StatusCode::OK);
    let routes = house.get(PATH, &auth).await.json();
    let keys: Vec<_> =
        routes["routes"].as_array().unwrap().iter().map(|r| r["key"].clone()).collect();
    assert!(
        keys.contains(&json!("+33199003344")) && keys.contains(&json!(TEST_NUMBER)),
        "{keys:?}"
    );
}

async fn what_is_no_route_is_refused(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "admin").await;
    let auth = [("authorization", token.as_str())];
    for (body, status) in [
        (json!({ "channel": "vocal", "key": "zéro", "tenant_id": 1 }), 422),
        (json!({ "channel": "vocal", "key": "", "tenant_id": 1 }), 422),
        (json!({ "channel": "pigeon", "key": "+33199003344", "tenant_id": 1 }), 422),
        (json!({ "channel": "vocal", "key": "+33199003344", "tenant_id": 99 }), 422),
        (json!({ "channel": "vocal", "key": "+33199003344" }), 422),
        (json!([]), 422),
    ] {
        assert_eq!(house.post(PATH, &body, &auth).await.status.as_u16(), status, "{body}");
    }
    assert_eq!(house.post(PATH, "{", &auth).await.status, StatusCode::BAD_REQUEST);
}

on_both_backends!(
    the_test_number_cannot_be_given_away,
    only_staff_writes_routes,
    what_is_no_route_is_refused,
);
