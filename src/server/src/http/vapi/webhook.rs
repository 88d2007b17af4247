//! `POST /api/vapi/webhook` and `POST /api/vapi/tool`: every server message,
//! whichever of the two addresses it comes to.

use super::{CALL_HEADER, gate, tools};
use crate::http::control;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use desk::switchboard::{self, AssistantPlan, CallEnd, CallFacts, Line};
use dialogue::{Mode, handoff};
use serde_json::Value;
use std::sync::Arc;
use store::StoreError;
use vendors::vapi::answer;
use vendors::vapi::assistant::{Plan, words};
use vendors::vapi::control::ControlUrl;
use vendors::vapi::message::{Kind, Message, Status};
use vendors::vapi::report::{Ending, Report, TransferEnd};

/// Said when nobody can take a transfer.
const NOBODY: &str =
    "Personne ne peut prendre l'appel pour le moment. Vous pouvez laisser un message.";
/// Said before a call is passed on.
const PASSING_ON: &str = "Je vous passe quelqu'un, un instant.";

/// Answers a server message.
pub async fn message(State(site): State<Arc<Site>>, request: Request) -> Response {
    match answer(&site, request).await {
        Ok(body) => Json(body).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn answer(site: &Arc<Site>, request: Request) -> Result<Value, Problem> {
    let (parts, body) = gate::admit(site, request).await?;
    let Ok(payload) = serde_json::from_slice::<Value>(&body) else {
        // Counted, not kept: what cannot be read cannot be cleared of secrets.
        switchboard::incident(&site.office, "unreadable_hook", parts.uri.path()).await;
        return Err(Problem::MALFORMED);
    };
    let header = parts.headers.get(CALL_HEADER).and_then(|value| value.to_str().ok());
    let message = Message::read(&payload, header);
    take_note(site, &message).await;
    Ok(match &message.kind {
        Kind::AssistantRequest => assistant(site, &message).await,
        Kind::ToolCalls(calls) => tools::run_all(site, &message.facts, calls).await,
        Kind::FunctionCall(call) => tools::run_legacy(site, &message.facts, call).await,
        Kind::TransferDestination => transfer(site, &message).await,
        Kind::HandoffDestination => answer::no_destination(NOBODY),
        Kind::KnowledgeBase => answer::documents(&[]),
        Kind::Endpointing(said) => answer::endpointing(said),
        Kind::CampaignPredial => answer::not_eligible(),
        _ => answer::nothing(),
    })
}

/// Stores what the message says of its call. A database that does not answer
/// is logged: the turns and the report say it again.
async fn take_note(site: &Site, message: &Message) {
    let noted = match &message.kind {
        Kind::Report(report) => ended(site, message, report).await,
        Kind::Status(Status::Ended(reason)) => {
            let report = Report { ended_reason: reason.clone(), ..Report::default() };
            ended(site, message, &report).await
        }
        _ if message.carries_caller() => signs(site, message).await,
        _ => Ok(()),
    };
    if let Err(error) = noted {
        tracing::error!(%error, kind = message.name, "a webhook could not be stored");
    }
}

async fn signs(site: &Site, message: &Message) -> Result<(), StoreError> {
    let facts = &message.facts;
    let Some(call) = facts.call.clone() else {
        switchboard::incident(&site.office, "missing_call_id", &message.name).await;
        return Ok(());
    };
    let url = facts.control_url.as_deref();
    let url = url.and_then(|raw| ControlUrl::parse(raw, site.own_vapi()));
    let noted = CallFacts {
        call,
        dialled: facts.dialled.clone(),
        caller: facts.caller.clone(),
        kind: message.name.clone(),
        control_url: url.map(|url| url.as_str().to_owned()),
    };
    switchboard::call_facts(&site.office, noted).await
}

/// The end of a call, and of the transfer that it may have been.
async fn ended(site: &Site, message: &Message, report: &Report) -> Result<(), StoreError> {
    let facts = &message.facts;
    let Some(call) = facts.call.clone() else {
        switchboard::incident(&site.office, "missing_call_id", &message.name).await;
        return Ok(());
    };
    let reason = report.ended_reason.as_deref().unwrap_or_default();
    if let TransferEnd::Missed(why) = report.transfer_end() {
        switchboard::transfer_failed(&site.office, &call, &why, Line::Over).await?;
    }
    let end = CallEnd {
        call,
        dialled: facts.dialled.clone(),
        caller: facts.caller.clone(),
        status: Ending::of(reason).call_status(),
        reason: report.ended_reason.clone(),
        seconds: report.duration_seconds,
        cost_cents: report.cost_cents,
        recording_url: report.recording_url.clone(),
    };
    match facts.carrier {
        // Vapi's part is over; Twilio says when the call is.
        Some(_) => switchboard::agent_ended(&site.office, end).await,
        None => switchboard::call_ended(&site.office, end).await,
    }
}

async fn assistant(site: &Site, message: &Message) -> Value {
    match plan(site, message).await {
        Ok(Some(plan)) => answer::assistant(transient(site, &plan)),
        Ok(None) => answer::refusal(dialogue::not_in_service()),
        Err(()) => answer::refusal(dialogue::out_of_order()),
    }
}

async fn plan(site: &Site, message: &Message) -> Result<Option<AssistantPlan>, ()> {
    let plan = switchboard::assistant_for(&site.office, message.facts.dialled.as_deref()).await;
    plan.map_err(|error| tracing::error!(%error, kind = message.name, "no assistant"))
}

fn transient(site: &Site, plan: &AssistantPlan) -> Value {
    let words = if plan.mode == Mode::Full { words(&plan.profile) } else { Vec::new() };
    let transfers: Vec<_> = plan.transfers.iter().map(control::destination).collect();
    let plan = Plan {
        name: &plan.name,
        first_message: &plan.first_message,
        base_url: &site.public_base,
        secret: site.config.vapi.secrets.first(),
        transfers: &transfers,
        fallback: &handoff::fallback_message(),
        recording: plan.recording,
        words: &words,
    };
    plan.assistant()
}

/// Where Vapi passes a call that it wants to pass.
async fn transfer(site: &Site, message: &Message) -> Value {
    let facts = &message.facts;
    let Some(call) = &facts.call else { return answer::no_destination(NOBODY) };
    let to = switchboard::transfer_destination(&site.office, call, facts.dialled.as_deref()).await;
    match to {
        Ok(Some(to)) => {
            let fallback = handoff::fallback_message();
            answer::transfer_to(&control::destination(&to), PASSING_ON, &fallback)
        }
        Ok(None) => answer::no_destination(NOBODY),
        Err(error) => {
            tracing::error!(%error, "no destination of a transfer");
            answer::no_destination(NOBODY)
        }
    }
}
