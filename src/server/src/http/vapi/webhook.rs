//! `POST /api/vapi/webhook` and `POST /api/vapi/tool`: every server message,
//! whichever of the two addresses it comes to.

use super::{CALL_HEADER, gate};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use desk::switchboard;
use serde_json::Value;
use std::sync::Arc;
use vendors::vapi::answer;
use vendors::vapi::message::{Kind, Message};

/// Said when nobody can take a transfer.
const NOBODY: &str =
    "Personne ne peut prendre l'appel pour le moment. Vous pouvez laisser un message.";

/// Answers a server message.
pub async fn message(State(site): State<Arc<Site>>, request: Request) -> Response {
    match answer(&site, request).await {
        Ok(body) => Json(body).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn answer(site: &Site, request: Request) -> Result<Value, Problem> {
    let (parts, body) = gate::admit(site, request).await?;
    let payload: Value = serde_json::from_slice(&body).map_err(|_| Problem::MALFORMED)?;
    let header = parts.headers.get(CALL_HEADER).and_then(|value| value.to_str().ok());
    let message = Message::read(&payload, header);
    if message.facts.call.is_none() && matters(&message) {
        switchboard::incident(&site.office, "call_id_missing", &message.name).await;
    }
    Ok(match &message.kind {
        Kind::TransferDestination | Kind::HandoffDestination => answer::no_destination(NOBODY),
        Kind::KnowledgeBase => answer::documents(&[]),
        Kind::Endpointing(said) => answer::endpointing(said),
        Kind::CampaignPredial => answer::not_eligible(),
        _ => answer::nothing(),
    })
}

/// True for the messages that say something about a call, so that one without
/// a name for it is worth counting.
fn matters(message: &Message) -> bool {
    message.carries_caller() || matches!(message.kind, Kind::Status(_) | Kind::ToolCalls(_))
}
