//! The description of the API, against the router and against answers.

use crate::conforms::fits;
use crate::house::House;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::testing::Bench;

#[tokio::test]
async fn every_route_of_the_api_is_described_and_nothing_else() {
    let house = House::open(Bench::sqlite().await).await;
    let answer = house.get("/api/openapi.json", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let document = answer.json();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert((path.clone(), method.to_uppercase()));
        }
    }
    // Providers call the others: their own documents say what they send.
    let hook = |path: &str| path.starts_with("/api/vapi/") || path.starts_with("/api/webhooks/");
    let rows = house.rows.iter().filter(|row| row.path.starts_with("/api/") && !hook(row.path));
    let routed: BTreeSet<_> =
        rows.map(|row| (row.path.to_owned(), row.method.to_string())).collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn every_shape_that_is_named_is_there() {
    let house = House::open(Bench::sqlite().await).await;
    let document = house.get("/api/openapi.json", &[]).await.json();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

#[test]
fn what_differs_from_its_shape_is_noticed() {
    let document = uwi::http::api::openapi::document();
    let shape = json!({ "$ref": "#/components/schemas/Last" });
    let right = json!({ "call_id": null, "at": "2026-11-24T14:00:00Z" });
    assert_eq!(fits(&document, &shape, &right), Ok(()));
    for (name, value) in [
        ("at", json!("demain")),
        ("at", json!(3)),
        ("call_id", json!([])),
        ("more", json!("than is described")),
    ] {
        let mut wrong = right.clone();
        wrong[name] = value;
        assert!(fits(&document, &shape, &wrong).is_err(), "{wrong}");
    }
    assert!(fits(&document, &shape, &json!({ "call_id": null })).is_err());
}
