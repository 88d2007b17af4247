//! Numbers that ElevenLabs answers.

use super::answer::Refuse;
use crate::simulator::{State as Everything, World};
use axum::Json;
use axum::extract::{Path, State};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

/// The voice URL that ElevenLabs sets at Twilio for an imported number.
const INBOUND: &str = "https://api.us.elevenlabs.io/twilio/inbound_call";

pub(super) async fn list(State(world): State<World>) -> Json<Vec<Value>> {
    Json(world.state().elevenlabs.numbers.all().cloned().collect())
}

pub(super) async fn one(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().elevenlabs.numbers.get(&id).cloned();
    found.map(Json).ok_or_else(Refuse::number)
}

pub(super) async fn import(
    State(world): State<World>,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    let names = ["phone_number", "label", "sid", "token"];
    if let Some(name) = names.iter().find(|name| !body[**name].is_string()) {
        return Err(Refuse::field(name));
    }
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let (twilio, number) = (&world.setup().twilio, text("phone_number"));
    let ours =
        text("sid") == twilio.account.as_str() && text("token") == twilio.token.expose_secret();
    let mut state = world.state();
    if !ours || !state.twilio.redirect(number, INBOUND) {
        return Err(Refuse::new(400, "invalid_twilio", "The number is not in the account"));
    }
    if state.elevenlabs.numbers.with("phone_number", number).is_some() {
        return Err(Refuse::new(400, "exists", "The phone number already exists"));
    }
    let id = format!("phnum_{}", &world.digits(&mut state)[..26]);
    let object = json!({
        "phone_number": number, "label": text("label"), "phone_number_id": id,
        "supports_inbound": true, "supports_outbound": true,
        "assigned_agent": null, "provider": "twilio",
    });
    state.elevenlabs.numbers.put(&id, object);
    Ok(Json(json!({ "phone_number_id": id })))
}

pub(super) async fn assign(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    let mut state = world.state();
    let agent = assigned(&state, &body)?;
    let number = state.elevenlabs.numbers.get_mut(&id).ok_or_else(Refuse::number)?;
    number["assigned_agent"] = agent;
    Ok(Json(number.clone()))
}

fn assigned(state: &Everything, body: &Value) -> Result<Value, Refuse> {
    let Some(id) = body["agent_id"].as_str() else { return Ok(Value::Null) };
    let agent = state.elevenlabs.agents.get(id).ok_or_else(Refuse::agent)?;
    Ok(json!({ "agent_id": id, "agent_name": agent["name"] }))
}

pub(super) async fn remove(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let mut state = world.state();
    let taken = state.elevenlabs.numbers.take(&id).ok_or_else(Refuse::number)?;
    state.twilio.redirect(taken["phone_number"].as_str().unwrap_or_default(), "");
    Ok(Json(json!({})))
}
