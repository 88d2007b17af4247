//! A purchase and what Twilio checks before it sells.

use super::super::form::Form;
use super::super::number::{AreaCode, Country, Kind};
use super::super::regulatory::BundleStatus;
use super::Records;
use super::refuse::Refuse;
use super::stock::{self, Wanted};
use crate::simulator::{State as Everything, World};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value, json};

pub(super) async fn buy(State(world): State<World>, body: Bytes) -> Result<Response, Refuse> {
    let form = Form::decode(&body);
    let mut state = world.state();
    let number = chosen(&state.twilio, world.setup().seed, &form)?;
    stock::for_sale(&state.twilio, &number)?;
    acceptable(&form)?;
    let (country, kind) =
        stock::place(&number).ok_or_else(|| Refuse::bad(21421, "Phone Number is invalid"))?;
    permitted(&state.twilio, &form, country, kind)?;
    let object = owned(&world, &mut state, &form, &number);
    let sid = object["sid"].as_str().unwrap_or_default().to_owned();
    state.twilio.numbers.put(&sid, object.clone());
    state.twilio.purchases += 1;
    Ok((StatusCode::CREATED, Json(object)).into_response())
}

/// The number itself, or the first of an area.
fn chosen(records: &Records, seed: u64, form: &Form) -> Result<String, Refuse> {
    if let Some(number) = form.text("PhoneNumber") {
        return Ok(number.to_owned());
    }
    let area = form.text("AreaCode").unwrap_or_default();
    AreaCode::parse(area).ok_or_else(|| Refuse::bad(21451, "Invalid area code"))?;
    let (country, kind) = (Country::UNITED_STATES, Kind::Local);
    let wanted = Wanted { country, kind, area: Some(area), starting: "+", limit: 1 };
    let found = stock::search(records, seed, &wanted).into_iter().next();
    let none = || Refuse::bad(21452, &format!("No phone numbers found in area code {area}"));
    found.ok_or_else(none)
}

/// Limits that hold for a purchase and a change.
pub(super) fn acceptable(form: &Form) -> Result<(), Refuse> {
    for name in ["VoiceUrl", "VoiceFallbackUrl", "StatusCallback", "SmsUrl"] {
        let url = form.text(name).map(reqwest::Url::parse);
        if url.is_some_and(|url| !url.is_ok_and(|url| matches!(url.scheme(), "http" | "https"))) {
            return Err(Refuse::bad(21402, &format!("{name} is not a valid URL")));
        }
    }
    match form.text("FriendlyName") {
        Some(tag) if tag.chars().count() > 64 => {
            Err(Refuse::bad(21658, "Parameter exceeded character limit"))
        }
        _ => Ok(()),
    }
}

/// The rules of the number's country.
fn permitted(records: &Records, form: &Form, country: Country, kind: Kind) -> Result<(), Refuse> {
    let need = stock::address_need(country, kind);
    if country == Country::FRANCE {
        let bundle = form.text("BundleSid").and_then(|sid| records.bundles.get(sid));
        let fits = bundle.is_some_and(|bundle| {
            let status = bundle["status"].as_str().and_then(BundleStatus::parse);
            let of = |key: &str, wanted: &str| bundle[key].as_str() == Some(wanted);
            status.is_some_and(BundleStatus::permits)
                && of("x_country", country.as_str())
                && of("x_kind", kind.as_str())
        });
        if !fits {
            return Err(Refuse::bad(
                21649,
                "To purchase or transfer this number you must provide a bundle compliant \
                 with the rules for the country and number type.",
            ));
        }
    }
    let address = form.text("AddressSid").map(|sid| records.addresses.get(sid));
    match address {
        None if need == "none" => Ok(()),
        None | Some(None) => Err(Refuse::bad(21631, "Phone Number Requires an Address")),
        Some(Some(address)) => {
            let local = address["iso_country"] == country.as_str();
            if need != "local" || local {
                return Ok(());
            }
            Err(Refuse::bad(21615, "Phone Number Requires a Local Address"))
        }
    }
}

fn owned(world: &World, state: &mut Everything, form: &Form, number: &str) -> Value {
    let sid = format!("PN{}", world.digits(state));
    let (country, kind) = stock::place(number).unwrap_or((Country::UNITED_STATES, Kind::Local));
    let account = world.setup().twilio.account.as_str();
    let now = date(world);
    let mut object = json!({
        "account_sid": account,
        "address_requirements": stock::address_need(country, kind),
        "address_sid": form.text("AddressSid"),
        "api_version": "2010-04-01",
        "beta": false,
        "bundle_sid": form.text("BundleSid"),
        "capabilities": stock::capabilities(country, kind),
        "date_created": now,
        "date_updated": now,
        "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "emergency_status": "Active",
        "friendly_name": stock::friendly(number),
        "identity_sid": null,
        "origin": "twilio",
        "phone_number": number,
        "sid": sid,
        "sms_application_sid": "",
        "status": "in-use",
        "trunk_sid": null,
        "type": kind.as_str(),
        "uri": format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json"),
        "voice_application_sid": null,
        "voice_caller_id_lookup": false,
        "voice_receive_mode": "voice",
    });
    for (field, _) in SETTINGS {
        let value = if field.ends_with("_method") { "POST" } else { "" };
        object.as_object_mut().and_then(|object| {
            let missing = !object.contains_key(field);
            missing.then(|| object.insert(field.to_owned(), value.into()))
        });
    }
    set(&mut object, form);
    object
}

/// The fields that a purchase and a change set.
const SETTINGS: [(&str, &str); 9] = [
    ("friendly_name", "FriendlyName"),
    ("voice_url", "VoiceUrl"),
    ("voice_method", "VoiceMethod"),
    ("voice_fallback_url", "VoiceFallbackUrl"),
    ("voice_fallback_method", "VoiceFallbackMethod"),
    ("status_callback", "StatusCallback"),
    ("status_callback_method", "StatusCallbackMethod"),
    ("sms_url", "SmsUrl"),
    ("sms_method", "SmsMethod"),
];

pub(super) fn set(object: &mut Value, form: &Form) {
    let given: Map<String, Value> = SETTINGS
        .iter()
        .filter_map(|(field, name)| Some(((*field).to_owned(), form.text(name)?.into())))
        .collect();
    if let Some(object) = object.as_object_mut() {
        object.extend(given);
    }
}

pub(super) fn date(world: &World) -> String {
    jiff::fmt::rfc2822::to_string(&world.now().to_zoned(jiff::tz::TimeZone::UTC))
        .unwrap_or_default()
}
