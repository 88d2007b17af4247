//! Numbers that Vapi answers.

use super::answer::{Refuse, created, merge, required};
use super::server::{Page, born, page};
use crate::simulator::{State as Everything, World};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::phone::E164;
use secrecy::ExposeSecret as _;
use serde_json::Value;

pub(super) async fn list(
    State(world): State<World>,
    Query(asked): Query<Page>,
) -> Json<Vec<Value>> {
    Json(page(&world.state().vapi.numbers, &asked))
}

pub(super) async fn one(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().vapi.numbers.get(&id).cloned();
    found.map(Json).ok_or_else(|| Refuse::missing("phone number", &id))
}

pub(super) async fn import(
    State(world): State<World>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Refuse> {
    required(&body, &["provider", "number", "twilioAccountSid", "twilioAuthToken"])?;
    let mut state = world.state();
    let number = acceptable(&world, &state, &body)?;
    if state.vapi.numbers.with("number", &number).is_some() {
        return Err(Refuse::new(400, "Phone number is already in use"));
    }
    // Vapi takes the number over at Twilio.
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let url = world.own_url(super::INBOUND);
    let url = url.unwrap_or_else(|| format!("http://{host}{}", super::INBOUND));
    if !state.twilio.redirect(&number, &url) {
        return Err(Refuse::new(400, "The number was not found in the Twilio account"));
    }
    let (id, mut object) = born(&world, &mut state, body);
    object["status"] = "active".into();
    state.vapi.numbers.put(&id, object.clone());
    Ok(created(object))
}

fn acceptable(world: &World, state: &Everything, body: &Value) -> Result<String, Refuse> {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    if body["provider"] != "twilio" {
        return Err(Refuse::new(400, "only numbers of Twilio are simulated"));
    }
    let number = E164::parse(text("number"), "US").ok();
    let number = number.filter(|number| number.as_str() == text("number"));
    let shape = "number must be a valid phone number in the E.164 format.";
    let number = number.ok_or_else(|| Refuse::new(400, shape))?;
    let twilio = &world.setup().twilio;
    let ours = text("twilioAccountSid") == twilio.account.as_str()
        && text("twilioAuthToken") == twilio.token.expose_secret();
    if !ours {
        return Err(Refuse::new(400, "Twilio does not accept the account and token"));
    }
    known_assistant(state, body)?;
    Ok(number.as_str().to_owned())
}

fn known_assistant(state: &Everything, body: &Value) -> Result<(), Refuse> {
    match body["assistantId"].as_str() {
        Some(id) if state.vapi.assistants.get(id).is_none() => {
            Err(Refuse::new(400, &format!("Couldn't find assistant for ID {id}")))
        }
        _ => Ok(()),
    }
}

pub(super) async fn update(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    required(&body, &["provider"])?;
    let mut state = world.state();
    known_assistant(&state, &body)?;
    let found = state.vapi.numbers.get_mut(&id);
    let found = found.ok_or_else(|| Refuse::missing("phone number", &id))?;
    merge(found, &body, &world);
    Ok(Json(found.clone()))
}

pub(super) async fn remove(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let mut state = world.state();
    let taken = state.vapi.numbers.take(&id);
    let taken = taken.ok_or_else(|| Refuse::missing("phone number", &id))?;
    state.twilio.redirect(taken["number"].as_str().unwrap_or_default(), "");
    Ok(Json(taken))
}
