//! The controls: what a test or a person tells the simulators from outside.
//!
//! - `GET /_sim/state` everything they remember, `PUT /_sim/state` brings it back
//! - `GET /_sim/requests` the latest requests (without their bodies)
//! - `POST /_sim/troubles` a [`Misbehaviour`], `DELETE /_sim/troubles` none any more
//! - `POST /_sim/bundles/{sid}` `{"status", "reason"}` decides a review
//! - `POST /_sim/calls` a [`Script`]: calls a number, answers a [`Telephoned`]
//! - `POST /_sim/reports` `{"url"}` where ElevenLabs reports calls
//! - `POST /_sim/reports-of-messages` `{"how"}` `at_once`, `held`, `twice`, `reversed`
//! - `POST /_sim/messages/{sid}` `{"status", "code"}` what becomes of a text message
//! - `POST /_sim/texts` `{"url", "from", "to", "body"}` somebody writes to us
//! - `POST /_sim/stock` `{"number", "for_sale"}` sells or withdraws a number

use super::faults::Misbehaviour;
use super::telephone::{Script, Telephoned};
use super::world::{Reports, World};
use crate::twilio::regulatory::BundleStatus;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::Value;

pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/_sim/state", get(state).put(restore))
        .route("/_sim/requests", get(requests))
        .route("/_sim/troubles", post(misbehave).delete(behave))
        .route("/_sim/bundles/{sid}", post(review))
        .route("/_sim/calls", post(call))
        .route("/_sim/reports", post(report_to))
        .route("/_sim/reports-of-messages", post(report_messages))
        .route("/_sim/messages/{sid}", post(report_message))
        .route("/_sim/texts", post(text))
        .route("/_sim/stock", post(stock))
}

async fn state(State(world): State<World>) -> Json<Value> {
    Json(world.save())
}

async fn restore(State(world): State<World>, Json(saved): Json<Value>) -> StatusCode {
    match world.restore(&saved) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn requests(State(world): State<World>) -> impl IntoResponse {
    Json(world.recorded())
}

async fn misbehave(
    State(world): State<World>,
    Json(misbehaviour): Json<Misbehaviour>,
) -> StatusCode {
    world.misbehave(misbehaviour);
    StatusCode::NO_CONTENT
}

async fn behave(State(world): State<World>) -> StatusCode {
    world.behave();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Decision {
    status: String,
    #[serde(default)]
    reason: String,
}

async fn review(
    State(world): State<World>,
    Path(sid): Path<String>,
    Json(decision): Json<Decision>,
) -> StatusCode {
    let Some(status) = BundleStatus::parse(&decision.status) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    match world.decide(&sid, status, &decision.reason).await {
        Some(()) => StatusCode::NO_CONTENT,
        None => StatusCode::NOT_FOUND,
    }
}

#[derive(Deserialize)]
struct Stock {
    number: String,
    for_sale: bool,
}

async fn stock(State(world): State<World>, Json(stock): Json<Stock>) -> StatusCode {
    if stock.for_sale {
        world.sell(&stock.number)
    } else {
        world.withdraw(&stock.number)
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct How {
    how: Reports,
}

async fn report_messages(State(world): State<World>, Json(how): Json<How>) -> StatusCode {
    world.report_messages(how.how);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Becomes {
    status: String,
    #[serde(default)]
    code: Option<u32>,
}

async fn report_message(
    State(world): State<World>,
    Path(sid): Path<String>,
    Json(becomes): Json<Becomes>,
) -> StatusCode {
    match world.report_message(&sid, &becomes.status, becomes.code).await {
        Some(_) => StatusCode::NO_CONTENT,
        None => StatusCode::NOT_FOUND,
    }
}

#[derive(Deserialize)]
struct Text {
    url: String,
    from: String,
    to: String,
    body: String,
}

async fn text(State(world): State<World>, Json(text): Json<Text>) -> StatusCode {
    match world.text(&text.url, &text.from, &text.to, &text.body).await {
        Some(_) => StatusCode::NO_CONTENT,
        None => StatusCode::BAD_GATEWAY,
    }
}

#[derive(Deserialize)]
struct Target {
    url: String,
}

async fn report_to(State(world): State<World>, Json(target): Json<Target>) -> StatusCode {
    world.report_to(&target.url);
    StatusCode::NO_CONTENT
}

async fn call(
    State(world): State<World>,
    Json(script): Json<Script>,
) -> Result<Json<Telephoned>, StatusCode> {
    world.call(&script).await.map(Json).ok_or(StatusCode::NOT_FOUND)
}
