//! Plays ElevenLabs' part: agents, telephone numbers, registered calls, and
//! the conversations that agents have on them, with signed reports.

mod answer;
mod conversation;
mod numbers;

use crate::simulator::{Shelf, World, serve};
use answer::{Refuse, merge};
use axum::extract::{Path, Query, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where a registered call's sound goes; the conversation is a parameter.
const STREAM: &str = "/v1/convai/conversation/twilio";

/// What ElevenLabs keeps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    agents: Shelf,
    numbers: Shelf,
    registered: Shelf,
    /// Where reports go.
    webhook: Option<String>,
}

/// ElevenLabs alone, with the controls.
pub fn router(world: &World) -> Router {
    serve(world, routes(world))
}

pub(crate) fn routes(world: &World) -> Router<World> {
    Router::new()
        .route("/v1/convai/agents/create", post(create))
        .route("/v1/convai/agents", get(list))
        .route("/v1/convai/agents/{id}", get(one).patch(update).delete(remove))
        .route("/v1/convai/phone-numbers", get(numbers::list).post(numbers::import))
        .route(
            "/v1/convai/phone-numbers/{id}",
            get(numbers::one).patch(numbers::assign).delete(numbers::remove),
        )
        .route("/v1/convai/twilio/register-call", post(conversation::register))
        .layer(from_fn_with_state(world.clone(), authenticate))
}

async fn authenticate(State(world): State<World>, request: Request, next: Next) -> Response {
    let shown = request.headers().get("xi-api-key").and_then(|value| value.to_str().ok());
    if shown == Some(world.setup().elevenlabs_key.expose_secret()) {
        return next.run(request).await;
    }
    Refuse::new(401, "invalid_api_key", "Invalid API key").into_response()
}

async fn create(
    State(world): State<World>,
    Json(mut body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    let config = &body["conversation_config"];
    if !config.is_object() {
        return Err(Refuse::field("conversation_config"));
    }
    let prompt = &config["agent"]["prompt"];
    if prompt["llm"] == "custom-llm" && !prompt["custom_llm"]["url"].is_string() {
        return Err(Refuse::field("custom_llm"));
    }
    let mut state = world.state();
    let id = format!("agent_{}", &world.digits(&mut state)[..26]);
    body["agent_id"] = id.as_str().into();
    body["metadata"] = json!({ "created_at_unix_secs": world.now().as_second() });
    state.elevenlabs.agents.put(&id, body);
    Ok(Json(json!({ "agent_id": id })))
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    cursor: Option<usize>,
    #[serde(default)]
    page_size: Option<usize>,
}

async fn list(State(world): State<World>, Query(page): Query<Page>) -> Json<Value> {
    let (from, size) = (page.cursor.unwrap_or(0), page.page_size.unwrap_or(30).clamp(1, 100));
    let state = world.state();
    let agents = &state.elevenlabs.agents;
    let shown = agents.all().skip(from).take(size).map(|agent| {
        json!({ "agent_id": agent["agent_id"], "name": agent["name"], "tags": agent["tags"],
            "created_at_unix_secs": agent["metadata"]["created_at_unix_secs"] })
    });
    let shown: Vec<_> = shown.collect();
    let more = from.saturating_add(size) < agents.len();
    let next = more.then(|| (from + size).to_string());
    Json(json!({ "agents": shown, "next_cursor": next, "has_more": more }))
}

async fn one(State(world): State<World>, Path(id): Path<String>) -> Result<Json<Value>, Refuse> {
    let found = world.state().elevenlabs.agents.get(&id).cloned();
    found.map(Json).ok_or_else(Refuse::agent)
}

async fn update(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refuse> {
    let mut state = world.state();
    let agent = state.elevenlabs.agents.get_mut(&id).ok_or_else(Refuse::agent)?;
    merge(agent, &body);
    Ok(Json(agent.clone()))
}

async fn remove(State(world): State<World>, Path(id): Path<String>) -> Result<Json<Value>, Refuse> {
    let taken = world.state().elevenlabs.agents.take(&id);
    taken.map(|_| Json(json!({}))).ok_or_else(Refuse::agent)
}

impl World {
    /// Where ElevenLabs' signed reports go from now on.
    pub fn report_to(&self, url: &str) {
        self.state().elevenlabs.webhook = Some(url.to_owned());
    }
}
