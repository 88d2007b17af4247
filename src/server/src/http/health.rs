//! Is the process alive, is it ready, what has it counted?

use super::api::who;
use super::exposure::Exposure;
use super::problem::Problem;
use super::site::Site;
use crate::config::House;
use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;

/// The process answers.
pub async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "ok" }))
}

/// The database answers too.
pub async fn ready(State(site): State<Arc<Site>>) -> Response {
    let up = site.office.db.is_up().await;
    let (status, word) =
        if up { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "database") };
    (status, Json(json!({ "status": word }))).into_response()
}

/// Figures for Prometheus: to this machine, or with a token.
pub async fn metrics(State(site): State<Arc<Site>>, request: Request) -> Response {
    if !is_local(&request) && !who::has_token(&site, request.headers()).await {
        return Problem::UNAUTHENTICATED.into_response();
    }
    let text = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, text)], site.figures.render()).into_response()
}

/// From this machine, past no proxy, whatever the house is.
fn is_local(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let loopback = peer.is_some_and(|ConnectInfo(peer)| peer.ip().is_loopback());
    let exposure = Exposure::of(House::Private, request.headers(), request.uri());
    loopback && exposure == Exposure::Private
}
