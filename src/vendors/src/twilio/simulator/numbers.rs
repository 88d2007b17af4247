//! Search, list, change and release; prices.

use super::super::form::Form;
use super::super::number::{AreaCode, Country, Kind};
use super::purchase::{acceptable, buy, date, set};
use super::refuse::Refuse;
use super::stock::{self, Wanted};
use crate::simulator::World;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<World> {
    const BASE: &str = "/2010-04-01/Accounts/{account}";
    Router::new()
        .route(&format!("{BASE}/AvailablePhoneNumbers/{{country}}/{{kind}}"), get(search))
        .route(&format!("{BASE}/IncomingPhoneNumbers.json"), get(list).post(buy))
        .route(
            &format!("{BASE}/IncomingPhoneNumbers/{{sid}}"),
            get(fetch).post(update).delete(release),
        )
        .route("/v1/PhoneNumbers/Countries/{country}", get(prices))
}

pub(super) fn query(RawQuery(query): RawQuery) -> Form {
    Form::decode(query.unwrap_or_default().as_bytes())
}

/// `PN….json` → `PN…`.
pub(super) fn name(segment: &str) -> &str {
    segment.strip_suffix(".json").unwrap_or(segment)
}

async fn search(
    State(world): State<World>,
    Path((_, country, kind)): Path<(String, String, String)>,
    raw: RawQuery,
    uri: Uri,
) -> Result<Json<Value>, Refuse> {
    let kind = Kind::ALL.into_iter().find(|known| known.segment() == name(&kind));
    let place = Country::parse(&country).zip(kind);
    let place = place.filter(|(country, kind)| stock::is_sold(*country, *kind));
    let (country, kind) = place.ok_or_else(|| Refuse::missing(uri.path()))?;
    let query = query(raw);
    let area = query.text("AreaCode");
    if area.is_some_and(|area| AreaCode::parse(area).is_none()) {
        return Err(Refuse::bad(21451, "Invalid area code"));
    }
    let starting = query.text("Contains").unwrap_or("+").trim_end_matches(['%', '*']);
    let limit = query.text("PageSize").and_then(|size| size.parse().ok()).unwrap_or(50);
    let wanted = Wanted { country, kind, area, starting, limit };
    let numbers = stock::search(&world.state().twilio, world.setup().seed, &wanted);
    let can = stock::capabilities(country, kind);
    let able = [("VoiceEnabled", "voice"), ("SmsEnabled", "sms"), ("MmsEnabled", "mms")]
        .into_iter()
        .all(|(asked, ability)| query.text(asked) != Some("true") || can[ability] == true);
    let offers = numbers.iter().filter(|_| able).map(|number| offer(number, country, kind));
    let offers: Vec<_> = offers.collect();
    Ok(Json(json!({ "available_phone_numbers": offers, "uri": uri.to_string() })))
}

fn offer(number: &str, country: Country, kind: Kind) -> Value {
    let can = stock::capabilities(country, kind);
    json!({
        "friendly_name": stock::friendly(number),
        "phone_number": number,
        "lata": null, "locality": null, "rate_center": null,
        "latitude": null, "longitude": null, "region": null, "postal_code": null,
        "iso_country": country.as_str(),
        "address_requirements": stock::address_need(country, kind),
        "beta": false,
        "capabilities": { "voice": can["voice"], "sms": can["sms"], "mms": can["mms"] },
    })
}

async fn list(State(world): State<World>, raw: RawQuery, uri: Uri) -> Json<Value> {
    let query = query(raw);
    let fits = |object: &&Value, field: &str, asked: &str| {
        let wanted = query.text(asked).unwrap_or_default();
        object[field].as_str().unwrap_or_default().contains(wanted)
    };
    let state = world.state();
    let found: Vec<_> = state
        .twilio
        .numbers
        .all()
        .filter(|n| fits(n, "phone_number", "PhoneNumber"))
        .filter(|n| fits(n, "friendly_name", "FriendlyName"))
        .cloned()
        .collect();
    let count = |name: &str| query.text(name).and_then(|text| text.parse::<usize>().ok());
    let size = count("PageSize").unwrap_or(50).clamp(1, 1000);
    let page = count("Page").unwrap_or(0).min(found.len());
    let (start, end) = (page * size, (page + 1) * size);
    let address = |page: usize| format!("{}?PageSize={size}&Page={page}", uri.path());
    let next = (end < found.len()).then(|| address(page + 1));
    let items: Vec<_> = found.into_iter().skip(start).take(size).collect();
    Json(json!({
        "page": page, "page_size": size, "start": start, "end": start + items.len(),
        "uri": uri.to_string(), "first_page_uri": address(0), "next_page_uri": next,
        "previous_page_uri": null, "incoming_phone_numbers": items,
    }))
}

type Named = Path<(String, String)>;

async fn fetch(
    State(world): State<World>,
    Path((_, sid)): Named,
    uri: Uri,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().twilio.numbers.get(name(&sid)).cloned();
    found.map(Json).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn update(
    State(world): State<World>,
    Path((_, sid)): Named,
    uri: Uri,
    body: Bytes,
) -> Result<Json<Value>, Refuse> {
    let form = Form::decode(&body);
    let mut state = world.state();
    let object = state.twilio.numbers.get_mut(name(&sid));
    let object = object.ok_or_else(|| Refuse::missing(uri.path()))?;
    acceptable(&form)?;
    set(object, &form);
    object["date_updated"] = date(&world).into();
    Ok(Json(object.clone()))
}

async fn release(
    State(world): State<World>,
    Path((_, sid)): Named,
    uri: Uri,
) -> Result<StatusCode, Refuse> {
    let mut state = world.state();
    let taken = state.twilio.numbers.take(name(&sid));
    taken.ok_or_else(|| Refuse::missing(uri.path()))?;
    state.twilio.releases += 1;
    Ok(StatusCode::NO_CONTENT)
}

async fn prices(Path(country): Path<String>, uri: Uri) -> Result<Json<Value>, Refuse> {
    let price = |kind: &str, price: &str| json!({ "number_type": kind, "base_price": price, "current_price": price });
    let prices = match country.as_str() {
        "FR" => vec![
            price("local", "1.15"),
            price("mobile", "4.00"),
            price("national", "1.15"),
            price("toll free", "25.00"),
        ],
        "US" | "CA" => vec![price("local", "1.15"), price("toll free", "2.15")],
        _ => return Err(Refuse::missing(uri.path())),
    };
    Ok(Json(json!({
        "iso_country": country,
        "phone_number_prices": prices,
        "price_unit": "USD",
        "url": format!("https://pricing.twilio.com/v1/PhoneNumbers/Countries/{country}"),
    })))
}
