//! `POST /api/webhooks/call/incoming`: a call arrives. The dialled number leads
//! to a tenant and its agent; whoever is to answer is asked while Twilio waits,
//! and when that fails we answer ourselves.

use super::answer::{self, Line};
use super::gate::{self, Asked, Refused};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use desk::switchboard::{self, Agent, Alone, Answering, Arrival, TurnRequest};
use domain::routing::Channel;
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use vendors::twilio::inbound::Leg;
use vendors::twilio::twiml;

const KIND: &str = "call/incoming";

/// Everything of our answer, in time for the 15 seconds that Twilio waits.
const PATIENCE: Duration = Duration::from_secs(12);

/// Answers a call that arrives.
pub async fn incoming(State(site): State<Arc<Site>>, request: Request) -> Response {
    let asked = match gate::admit(&site, request).await {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let answered = tokio::time::timeout(PATIENCE, take(&site, &asked)).await;
    spoken(&site, &asked, KIND, answered.unwrap_or(Err(Refused::Late))).await
}

/// A document, or what Twilio and the caller are told instead.
pub(super) async fn spoken(
    site: &Site,
    asked: &Asked,
    kind: &str,
    answered: Result<String, Refused>,
) -> Response {
    match answered {
        Ok(document) => answer::document(document),
        Err(Refused::Problem(problem)) => problem.into_response(),
        Err(refused) => {
            tracing::error!(kind, ?refused, "a call could not be dealt with");
            asked.give_back(site, kind).await;
            answer::document(answer::goodbye(dialogue::out_of_order()))
        }
    }
}

async fn take(site: &Arc<Site>, asked: &Asked) -> Result<String, Refused> {
    let leg = Leg::read(&asked.form).ok_or(Problem::MALFORMED)?;
    asked.once(site, KIND).await?;
    let line = Line {
        site,
        call: &leg.call,
        dialled: leg.to.as_deref(),
        caller: leg.from.as_deref(),
        base: &asked.base,
    };
    let arrival = Arrival {
        call: leg.call.clone(),
        dialled: leg.to.clone(),
        caller: leg.from.clone(),
        forwarded_from: leg.forwarded_from.clone(),
    };
    Ok(match switchboard::arrive(&site.office, &arrival).await? {
        Answering::Refused => answer::goodbye(dialogue::not_in_service()),
        Answering::Over => return Err(Problem::REPLAYED.into()),
        Answering::Assistant => greet(&line).await?,
        Answering::Human(to) => line.ring(None, &to),
        Answering::Resting => line.alone(&Alone::Human("agent_paused".to_owned())).await?,
        Answering::Agent(agent) => bridge(&line, &agent).await?,
    })
}

/// We answer ourselves.
async fn greet(line: &Line<'_>) -> Result<String, StoreError> {
    let request = TurnRequest {
        call: Some(line.call.clone()),
        channel: Channel::Vocal,
        dialled: line.dialled.map(str::to_owned),
        caller: line.caller.map(str::to_owned),
        user_messages: 0,
        heard: String::new(),
        greeted: false,
        control_url: None,
    };
    let reply = switchboard::answer_turn(&line.site.office, request).await;
    line.reply(&reply, 0).await
}

/// Has the voice agent take the call; when it cannot, or leaves the caller alone
/// later, we go on.
async fn bridge(line: &Line<'_>, agent: &Agent) -> Result<String, StoreError> {
    let site = line.site;
    match switchboard::bridge(&site.office, &site.providers, agent).await {
        Ok(document) => Ok(match line.url("gather?after=agent") {
            Some(after) => twiml::followed_by(&document, &after),
            None => document,
        }),
        Err(fault) => {
            tracing::warn!(call_id = %line.call, %fault, "AGENT_FAILED");
            line.alone(&Alone::Agent(switchboard::unreachable(&fault))).await
        }
    }
}
