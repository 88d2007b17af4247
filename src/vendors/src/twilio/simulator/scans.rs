//! Scans that are uploaded, and what a bundle lacks.

use super::super::form::Form;
use super::refuse::Refuse;
use super::regulatory::{create_part, created};
use crate::simulator::World;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};

/// A proof, as a form or with a file.
pub(super) async fn create_document(
    State(world): State<World>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refuse> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| kind.strip_prefix("multipart/form-data; boundary="));
    let Some(boundary) = boundary else { return create_part(&world, &body, "RD") };
    let (fields, file) = parts(&body, boundary);
    if !file {
        return Err(Refuse::bad(22201, "Invalid file in request"));
    }
    create_part(&world, Form::of(fields).encode().as_bytes(), "RD")
}

/// The texts of a form with a file, and whether the file is there.
fn parts(body: &[u8], boundary: &str) -> (Vec<(String, String)>, bool) {
    let text = String::from_utf8_lossy(body);
    let (mut fields, mut file) = (Vec::new(), false);
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else { continue };
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next());
        match name {
            Some("File") => file = head.contains("Content-Type: ") && value.len() > 2,
            Some(name) => {
                let value = value.strip_suffix("\r\n").unwrap_or(value);
                fields.push((name.to_owned(), value.to_owned()));
            }
            None => {}
        }
    }
    (fields, file)
}

/// What a bundle lacks: a holder with a name and a number, and a proof.
pub(super) async fn evaluate(
    State(world): State<World>,
    Path(sid): Path<String>,
    uri: Uri,
) -> Result<Response, Refuse> {
    let mut state = world.state();
    let records = &state.twilio;
    let bundle = records.bundles.get(&sid).ok_or_else(|| Refuse::missing(uri.path()))?;
    let of = |prefix: &str| {
        let parts = bundle["x_parts"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let mut parts = parts.filter(|part| part.starts_with(prefix));
        parts.next().and_then(|part| records.parts.get(part)).cloned()
    };
    let holder = check(of("IT"), "business", &["business_name", "business_registration_number"]);
    let proof = check(of("RD"), "business_registration", &["business_name"]);
    let fits = holder["passed"] == json!(true) && proof["passed"] == json!(true);
    let name = format!("EL{}", world.digits(&mut state));
    let status = if fits { "compliant" } else { "noncompliant" };
    Ok(created(json!({
        "sid": name, "account_sid": world.setup().twilio.account.as_str(), "bundle_sid": sid,
        "status": status, "results": [holder, proof], "date_created": world.now().to_string(),
    })))
}

fn check(part: Option<Value>, kind: &str, wanted: &[&str]) -> Value {
    let lacks: Vec<_> = wanted
        .iter()
        .filter(|field| {
            let text = part.as_ref().and_then(|part| part["attributes"][**field].as_str());
            text.is_none_or(|text| text.trim().is_empty())
        })
        .map(|field| {
            json!({ "object_field": field, "error_code": 22215,
                "failure_reason": format!("The {field} is missing.") })
        })
        .collect();
    let reason = part.is_none().then(|| format!("A {kind} is missing."));
    json!({ "object_type": kind, "passed": lacks.is_empty(), "failure_reason": reason,
        "invalid": lacks })
}
