//! Addresses, bundles and what they are made of.

use super::super::form::Form;
use super::super::number::{Country, Kind};
use super::super::regulatory::BundleStatus;
use super::numbers::{name, query};
use super::refuse::Refuse;
use super::scans;
use crate::simulator::{Review, World};
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<World> {
    const ADDRESSES: &str = "/2010-04-01/Accounts/{account}/Addresses";
    const BASE: &str = "/v2/RegulatoryCompliance";
    Router::new()
        .route(&format!("{ADDRESSES}.json"), get(addresses).post(create_address))
        .route(&format!("{ADDRESSES}/{{sid}}"), get(address).delete(delete_address))
        .route(&format!("{BASE}/Bundles"), get(bundles).post(create_bundle))
        .route(
            &format!("{BASE}/Bundles/{{sid}}"),
            get(bundle).post(update_bundle).delete(delete_bundle),
        )
        .route(&format!("{BASE}/Bundles/{{sid}}/ItemAssignments"), post(assign))
        .route(&format!("{BASE}/EndUsers"), post(create_end_user))
        .route(&format!("{BASE}/SupportingDocuments"), post(scans::create_document))
        .route(&format!("{BASE}/Bundles/{{sid}}/Evaluations"), post(scans::evaluate))
}

type Named = Path<(String, String)>;

pub(super) fn created(object: Value) -> Response {
    (StatusCode::CREATED, Json(object)).into_response()
}

/// The texts of fields that must be there.
fn required<'a, const N: usize>(form: &'a Form, names: [&str; N]) -> Result<[&'a str; N], Refuse> {
    let missing = names.iter().find(|name| form.text(name).is_none());
    match missing {
        Some(name) => Err(Refuse::bad(21628, &format!("{name} is required"))),
        None => Ok(names.map(|name| form.text(name).unwrap_or_default())),
    }
}

async fn create_address(State(world): State<World>, body: Bytes) -> Result<Response, Refuse> {
    let form = Form::decode(&body);
    let names = ["CustomerName", "Street", "City", "Region", "PostalCode", "IsoCountry"];
    let [customer, street, city, region, postal_code, country] = required(&form, names)?;
    Country::parse(country).ok_or_else(|| Refuse::bad(21628, "Address Validation Error"))?;
    let mut state = world.state();
    let sid = format!("AD{}", world.digits(&mut state));
    let account = &world.setup().twilio.account;
    let object = json!({
        "sid": sid, "account_sid": account.as_str(),
        "friendly_name": form.text("FriendlyName"),
        "customer_name": customer, "street": street, "street_secondary": null, "city": city,
        "region": region, "postal_code": postal_code, "iso_country": country,
        "emergency_enabled": false, "validated": true, "verified": false,
        "uri": format!("/2010-04-01/Accounts/{account}/Addresses/{sid}.json"),
    });
    state.twilio.addresses.put(&sid, object.clone());
    Ok(created(object))
}

async fn addresses(State(world): State<World>, raw: RawQuery) -> Json<Value> {
    let tag = query(raw);
    let tag = tag.text("FriendlyName");
    let state = world.state();
    let found = state.twilio.addresses.all();
    let found: Vec<_> =
        found.filter(|a| tag.is_none() || a["friendly_name"].as_str() == tag).collect();
    Json(json!({ "addresses": found, "page": 0, "page_size": 50, "next_page_uri": null }))
}

async fn address(
    State(world): State<World>,
    Path((_, sid)): Named,
    uri: Uri,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().twilio.addresses.get(name(&sid)).cloned();
    found.map(Json).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn delete_address(
    State(world): State<World>,
    Path((_, sid)): Named,
    uri: Uri,
) -> Result<StatusCode, Refuse> {
    let taken = world.state().twilio.addresses.take(name(&sid));
    taken.map(|_| StatusCode::NO_CONTENT).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn create_bundle(State(world): State<World>, body: Bytes) -> Result<Response, Refuse> {
    let form = Form::decode(&body);
    let [tag, email] = required(&form, ["FriendlyName", "Email"])?;
    let country = form.text("IsoCountry").and_then(Country::parse);
    let kind = form.text("NumberType").and_then(Kind::parse);
    if !matches!(form.text("EndUserType"), Some("business" | "individual")) {
        return Err(Refuse::bad(22212, "Invalid End-User Type in request"));
    }
    let country = country.ok_or_else(|| Refuse::bad(22202, "No regulation was provided"))?;
    let kind = kind.ok_or_else(|| Refuse::bad(22213, "Invalid Number Type in request"))?;
    let mut state = world.state();
    let sid = format!("BU{}", world.digits(&mut state));
    let url = format!("https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/{sid}");
    let object = json!({
        "sid": sid, "account_sid": world.setup().twilio.account.as_str(),
        "regulation_sid": format!("RN{}", world.digits(&mut state)),
        "friendly_name": tag, "status": "draft", "valid_until": null, "email": email,
        "status_callback": form.text("StatusCallback"), "failure_reason": null,
        "date_created": world.now().to_string(), "date_updated": world.now().to_string(),
        "url": url, "links": {},
        // Not shown by Twilio: what the bundle is for, and its parts.
        "x_country": country.as_str(), "x_kind": kind.as_str(), "x_parts": [],
    });
    state.twilio.bundles.put(&sid, object.clone());
    Ok(created(shown(object)))
}

fn shown(mut bundle: Value) -> Value {
    if let Some(object) = bundle.as_object_mut() {
        object.retain(|key, _| !key.starts_with("x_"));
    }
    bundle
}

async fn bundles(State(world): State<World>, raw: RawQuery) -> Json<Value> {
    let tag = query(raw);
    let tag = tag.text("FriendlyName");
    let state = world.state();
    let found = state.twilio.bundles.all();
    let found = found.filter(|b| tag.is_none() || b["friendly_name"].as_str() == tag);
    let found: Vec<_> = found.cloned().map(shown).collect();
    Json(json!({ "results": found, "meta": { "page": 0, "page_size": 50, "key": "results" } }))
}

async fn bundle(
    State(world): State<World>,
    Path(sid): Path<String>,
    uri: Uri,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().twilio.bundles.get(&sid).cloned();
    found.map(shown).map(Json).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn update_bundle(
    State(world): State<World>,
    Path(sid): Path<String>,
    uri: Uri,
    body: Bytes,
) -> Result<Json<Value>, Refuse> {
    let form = Form::decode(&body);
    let status = form.text("Status").map(BundleStatus::parse);
    if let Some(status) = status {
        let status = status.filter(|status| *status == BundleStatus::PendingReview);
        status.ok_or_else(|| Refuse::bad(22203, "Unable to parse bundle status"))?;
        submit(&world, &sid, &uri)?;
        if world.setup().review == Review::Approve {
            world.decide(&sid, BundleStatus::Approved, "").await;
        }
    }
    let found = world.state().twilio.bundles.get(&sid).cloned();
    found.map(shown).map(Json).ok_or_else(|| Refuse::missing(uri.path()))
}

fn submit(world: &World, sid: &str, uri: &Uri) -> Result<(), Refuse> {
    let mut state = world.state();
    let bundle = state.twilio.bundles.get_mut(sid).ok_or_else(|| Refuse::missing(uri.path()))?;
    let parts = bundle["x_parts"].as_array().cloned().unwrap_or_default();
    let has = |prefix: &str| {
        parts.iter().any(|part| part.as_str().is_some_and(|part| part.starts_with(prefix)))
    };
    if !has("IT") {
        return Err(Refuse::bad(22214, "Missing End User"));
    }
    if !has("RD") {
        return Err(Refuse::bad(22216, "Missing Supporting Document"));
    }
    bundle["status"] = BundleStatus::PendingReview.as_str().into();
    bundle["failure_reason"] = Value::Null;
    Ok(())
}

async fn delete_bundle(
    State(world): State<World>,
    Path(sid): Path<String>,
    uri: Uri,
) -> Result<StatusCode, Refuse> {
    let mut state = world.state();
    if state.twilio.numbers.with("bundle_sid", &sid).is_some() {
        let text = "Regulatory Bundle cannot be deleted due to active number assignment";
        return Err(Refuse::bad(21648, text));
    }
    let taken = state.twilio.bundles.take(&sid);
    taken.map(|_| StatusCode::NO_CONTENT).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn assign(
    State(world): State<World>,
    Path(sid): Path<String>,
    uri: Uri,
    body: Bytes,
) -> Result<Response, Refuse> {
    let form = Form::decode(&body);
    let [part] = required(&form, ["ObjectSid"])?;
    let mut state = world.state();
    let name = format!("BV{}", world.digits(&mut state));
    let records = &mut state.twilio;
    if records.parts.get(part).is_none() && records.addresses.get(part).is_none() {
        return Err(Refuse::bad(22205, "Attempting to assign invalid object_sid to Bundle"));
    }
    let bundle = records.bundles.get_mut(&sid).ok_or_else(|| Refuse::missing(uri.path()))?;
    if let Some(parts) = bundle["x_parts"].as_array_mut()
        && !parts.contains(&part.into())
    {
        parts.push(part.into());
    }
    Ok(created(json!({ "sid": name, "bundle_sid": sid, "object_sid": part })))
}

async fn create_end_user(State(world): State<World>, body: Bytes) -> Result<Response, Refuse> {
    create_part(&world, &body, "IT")
}

pub(super) fn create_part(world: &World, body: &[u8], prefix: &str) -> Result<Response, Refuse> {
    let form = Form::decode(body);
    let [tag, kind] = required(&form, ["FriendlyName", "Type"])?;
    let attributes = serde_json::from_str::<Value>(form.text("Attributes").unwrap_or("{}"));
    let attributes = attributes.ok().filter(Value::is_object);
    let attributes =
        attributes.ok_or_else(|| Refuse::bad(22207, "Unable to parse attributes JSON"))?;
    let mut state = world.state();
    let sid = format!("{prefix}{}", world.digits(&mut state));
    let object = json!({
        "sid": sid, "account_sid": world.setup().twilio.account.as_str(),
        "friendly_name": tag, "type": kind, "attributes": attributes,
        "date_created": world.now().to_string(), "date_updated": world.now().to_string(),
    });
    state.twilio.parts.put(&sid, object.clone());
    Ok(created(object))
}

impl World {
    /// Decides a bundle's review and reports it to the bundle's callback, signed;
    /// `None` when there is no such bundle.
    pub async fn decide(&self, sid: &str, status: BundleStatus, reason: &str) -> Option<()> {
        let callback = {
            let mut state = self.state();
            let bundle = state.twilio.bundles.get_mut(sid)?;
            bundle["status"] = status.as_str().into();
            bundle["failure_reason"] = if reason.is_empty() { Value::Null } else { reason.into() };
            bundle["status_callback"].as_str().map(str::to_owned)
        };
        if let Some(url) = callback {
            let form = Form::of(
                [
                    ("BundleSid", sid),
                    ("AccountSid", self.setup().twilio.account.as_str()),
                    ("Status", status.as_str()),
                    ("FailureReason", reason),
                ]
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
            );
            // A callback that fails changes nothing, as with Twilio.
            let token = self.idempotency_token();
            let _ = self.post_signed(&url, &form, &token).await;
        }
        Some(())
    }
}
