//! Plays Vapi's REST API: assistants, telephone numbers, calls that are passed
//! on to an assistant, and the control of live calls.

use super::super::api::{AssistantId, NumberId};
use super::answer::{Refuse, created, merge, required};
use crate::simulator::{Shelf, State as Everything, World, serve};
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What Vapi keeps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    pub(super) assistants: Shelf,
    pub(super) numbers: Shelf,
    pub(super) calls: Shelf,
    /// What live calls were told.
    #[serde(skip)]
    pub(super) commands: BTreeMap<String, Vec<Value>>,
}

/// Vapi alone, with the controls.
pub fn router(world: &World) -> Router {
    serve(world, routes(world))
}

pub(crate) fn routes(world: &World) -> Router<World> {
    let closed = Router::new()
        .route("/assistant", get(assistants).post(create_assistant))
        .route("/assistant/{id}", get(assistant).patch(update_assistant).delete(delete_assistant))
        .route("/phone-number", get(super::numbers::list).post(super::numbers::import))
        .route(
            "/phone-number/{id}",
            get(super::numbers::one).patch(super::numbers::update).delete(super::numbers::remove),
        )
        .route("/call", post(bridge))
        .layer(from_fn_with_state(world.clone(), authenticate));
    closed.route("/vapi/calls/{id}/control", post(control))
}

async fn authenticate(State(world): State<World>, request: Request, next: Next) -> Response {
    let wanted = format!("Bearer {}", world.setup().vapi_key.expose_secret());
    let shown = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    if shown == Some(wanted.as_str()) { next.run(request).await } else { unauthorised() }
}

fn unauthorised() -> Response {
    let message = "Invalid Key. Hot tip, you may be using the private key instead of the \
                   public key, or vice versa.";
    Refuse::new(401, message).into_response()
}

#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(rename = "createdAtLt", default)]
    before: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
}

/// Newest first.
pub(super) fn page(shelf: &Shelf, page: &Page) -> Vec<Value> {
    let older = |item: &&Value| match (&page.before, item["createdAt"].as_str()) {
        (Some(before), Some(at)) => at < before.as_str(),
        _ => true,
    };
    let mut items: Vec<_> = shelf.all().filter(older).cloned().collect();
    items.reverse();
    items.truncate(page.limit.unwrap_or(100).min(1000));
    items
}

/// A new object with a name and dates.
pub(super) fn born(world: &World, state: &mut Everything, mut object: Value) -> (String, Value) {
    let digits = world.digits(state);
    let cut = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let id =
        format!("{}-{}-4{}-a{}-{}", cut(0, 8), cut(8, 12), cut(13, 16), cut(17, 20), cut(20, 32));
    let now = world.now().to_string();
    for (field, value) in [("id", &id), ("createdAt", &now), ("updatedAt", &now)] {
        object[field] = value.as_str().into();
    }
    object["orgId"] = "5b6a1f2e-0c4d-4a6b-9e11-7d1f0a2b3c4d".into();
    (id, object)
}

/// The limits that an assistant of ours could break.
fn acceptable(assistant: &Value) -> Result<(), Refuse> {
    let name = assistant["name"].as_str().unwrap_or_default();
    if name.chars().count() > 40 {
        return Err(Refuse::new(400, "name must be shorter than or equal to 40 characters"));
    }
    if let Some(seconds) = assistant["maxDurationSeconds"].as_f64()
        && !(10.0..=43_200.0).contains(&seconds)
    {
        return Err(Refuse::new(400, "maxDurationSeconds must not be less than 10"));
    }
    let model = &assistant["model"];
    if model.is_object() {
        required(model, &["provider", "model"])?;
        if model["provider"] == "custom-llm" {
            required(model, &["url"])?;
        }
    }
    Ok(())
}

async fn create_assistant(
    State(world): State<World>,
    Json(body): Json<Value>,
) -> Result<Response, Refuse> {
    acceptable(&body)?;
    let mut state = world.state();
    let (id, object) = born(&world, &mut state, body);
    state.vapi.assistants.put(&id, object.clone());
    Ok(created(object))
}

async fn assistants(State(world): State<World>, Query(asked): Query<Page>) -> Json<Vec<Value>> {
    Json(page(&world.state().vapi.assistants, &asked))
}

async fn assistant(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().vapi.assistants.get(&id).cloned();
    found.map(Json).ok_or_else(|| Refuse::missing("assistant", &id))
}

async fn update_assistant(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    acceptable(&body)?;
    let mut state = world.state();
    let found = state.vapi.assistants.get_mut(&id);
    let found = found.ok_or_else(|| Refuse::missing("assistant", &id))?;
    merge(found, &body, &world);
    Ok(Json(found.clone()))
}

async fn delete_assistant(
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refuse> {
    let taken = world.state().vapi.assistants.take(&id);
    taken.map(Json).ok_or_else(|| Refuse::missing("assistant", &id))
}

/// Only the bypass is played: calls out are not placed yet.
async fn bridge(State(world): State<World>, Json(body): Json<Value>) -> Result<Response, Refuse> {
    if body["phoneCallProviderBypassEnabled"] != true {
        return Err(Refuse::new(400, "only phoneCallProviderBypassEnabled calls are simulated"));
    }
    required(&body, &["assistantId", "phoneNumberId"])?;
    let text = |path: &str| body.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let mut state = world.state();
    let known = AssistantId::parse(text("/assistantId"))
        .is_some_and(|id| state.vapi.assistants.get(id.as_str()).is_some())
        && NumberId::parse(text("/phoneNumberId"))
            .is_some_and(|id| state.vapi.numbers.get(id.as_str()).is_some());
    if !known {
        return Err(Refuse::new(400, "assistantId and phoneNumberId must exist"));
    }
    let call = json!({
        "assistantId": text("/assistantId"), "phoneNumberId": text("/phoneNumberId"),
        "customer": body["customer"], "assistantOverrides": body["assistantOverrides"], "type": "inboundPhoneCall", "status": "ringing",
    });
    let (id, mut call) = born(&world, &mut state, call);
    call["phoneCallProviderDetails"] = json!({ "twiml": super::stream_to(&id) });
    state.vapi.calls.put(&id, call.clone());
    Ok(created(call))
}

async fn control(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(command): Json<Value>,
) -> StatusCode {
    let mut state = world.state();
    match state.vapi.commands.get_mut(&id) {
        Some(commands) => {
            commands.push(command);
            StatusCode::OK
        }
        None => StatusCode::NOT_FOUND,
    }
}
