//! `POST /api/vapi/chat/completions`: one turn of a call. The whole answer is
//! known when the first byte leaves, so it is written into one buffer.

use super::{CALL_HEADER, gate};
use crate::http::control;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use desk::switchboard::{self, Line, Then, TurnReply, TurnRequest};
use dialogue::handoff;
use domain::routing::Channel;
use std::sync::Arc;
use vendors::vapi::chat::ChatRequest;
use vendors::vapi::control::ControlUrl;
use vendors::vapi::stream::{self, Head, MODEL, Tool};

/// Answers a turn.
pub async fn completions(State(site): State<Arc<Site>>, request: Request) -> Response {
    match turn(&site, request).await {
        Ok(answer) => answer,
        Err(problem) => problem.into_response(),
    }
}

async fn turn(site: &Arc<Site>, request: Request) -> Result<Response, Problem> {
    let chat = read(site, request).await?;
    let url = control_url(site, &chat);
    let reply = match back_from_transfer(site, &chat).await {
        Some(reply) => reply,
        None => switchboard::answer_turn(&site.office, turn_request(&chat, url.as_ref())).await,
    };
    // What follows these words has been begun already: only the words are missing.
    let begun = chat.history.tool_result.is_some();
    let tool = tool(&chat, &reply).filter(|_| !begun);
    if tool.is_none() && !begun && reply.then != Then::Listen {
        control::follow(site, url, &chat.facts, &reply);
    }
    Ok(answer(site, &chat, &reply, tool.as_ref()))
}

/// The request without its body, whose memory is free again before the turn is stored.
async fn read(site: &Site, request: Request) -> Result<ChatRequest, Problem> {
    let (parts, body) = gate::admit(site, request).await?;
    let header = parts.headers.get(CALL_HEADER).and_then(|value| value.to_str().ok());
    ChatRequest::read(&body, header).map_err(|_| Problem::MALFORMED)
}

/// Takes note when the history shows that a transfer failed; gives the answer
/// when the caller has not said anything since.
async fn back_from_transfer(site: &Site, chat: &ChatRequest) -> Option<TurnReply> {
    let failed = chat.history.transfer_failed(&handoff::fallback_message());
    let call = chat.facts.call.as_ref().filter(|_| failed)?;
    let noted = switchboard::transfer_failed(&site.office, call, "not_answered", Line::Open).await;
    let reply = noted.unwrap_or_else(|error| {
        tracing::error!(%error, "TRANSFER_FAILED not stored");
        None
    });
    reply.filter(|_| chat.history.tool_result.is_some())
}

fn control_url(site: &Site, chat: &ChatRequest) -> Option<ControlUrl> {
    ControlUrl::parse(chat.facts.control_url.as_deref()?, site.own_vapi())
}

fn turn_request(chat: &ChatRequest, url: Option<&ControlUrl>) -> TurnRequest {
    TurnRequest {
        call: chat.facts.call.clone(),
        channel: Channel::Vocal,
        dialled: chat.facts.dialled.clone(),
        caller: chat.facts.caller.clone(),
        user_messages: chat.history.user_messages,
        // The desk tells pressed keys from words.
        heard: chat.history.last_user.clone(),
        greeted: chat.history.assistant_spoke,
        control_url: url.map(|url| url.as_str().to_owned()),
    }
}

/// The tool that carries out what follows the sentence, when it is offered.
fn tool(chat: &ChatRequest, reply: &TurnReply) -> Option<Tool> {
    match &reply.then {
        Then::Listen => None,
        Then::HangUp => chat.offered.hang_up(),
        Then::Transfer(number) => chat
            .offered
            .may_transfer_to(number.as_str())
            .then(|| Tool::TransferCall(number.as_str().to_owned())),
    }
}

fn answer(site: &Site, chat: &ChatRequest, reply: &TurnReply, tool: Option<&Tool>) -> Response {
    let call = chat.facts.call.as_ref().map_or("unnamed", |call| call.as_str());
    let head = Head {
        id: format!("chatcmpl-{call}-{}", chat.history.user_messages).into(),
        created: site.now().as_second(),
        model: chat.model.as_deref().unwrap_or(MODEL),
    };
    if !chat.stream {
        let json = HeaderValue::from_static("application/json");
        return ([(header::CONTENT_TYPE, json)], stream::object(&head, &reply.say, tool))
            .into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, stream::events(&head, &reply.say, tool)).into_response()
}
