//! `POST /api/webhooks/call/gather`: what the caller says to us, and that nobody
//! speaks with them any more. `POST /api/webhooks/call/dial`: how somebody whom
//! we had rung has answered. The turn is in the URL, so that it is signed.

use super::answer::{self, Line};
use super::gate::{self, Asked, Refused};
use super::voice::spoken;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use desk::switchboard::{self, Alone, TurnRequest};
use domain::routing::Channel;
use std::sync::Arc;
use vendors::twilio::inbound::{CallStatus, DialResult, Gathered, Leg};
use vendors::vapi::chat::keypad_entry;

/// No call has more turns.
const MAX_TURN: u32 = 10_000;

/// Answers what the caller said, or pressed, or did not say.
pub async fn gather(State(site): State<Arc<Site>>, request: Request) -> Response {
    let kind = "call/gather";
    match gate::admit(&site, request).await {
        Err(problem) => problem.into_response(),
        Ok(asked) => spoken(&site, &asked, kind, heard(&site, &asked, kind).await).await,
    }
}

/// Ends the call when somebody talked with the caller, and goes on otherwise.
pub async fn dial(State(site): State<Arc<Site>>, request: Request) -> Response {
    let kind = "call/dial";
    match gate::admit(&site, request).await {
        Err(problem) => problem.into_response(),
        Ok(asked) => spoken(&site, &asked, kind, dialled(&site, &asked, kind).await).await,
    }
}

fn line<'a>(site: &'a Site, asked: &'a Asked, leg: &'a Leg) -> Line<'a> {
    let (dialled, caller) = (leg.to.as_deref(), leg.from.as_deref());
    Line { site, call: &leg.call, dialled, caller, base: &asked.base }
}

/// Takes a request about a call that may still go on.
async fn taken(site: &Site, asked: &Asked, leg: &Leg, kind: &str) -> Result<(), Refused> {
    asked.once(site, kind).await?;
    match switchboard::is_long_over(&site.office, &leg.call).await? {
        true => Err(Problem::REPLAYED.into()),
        false => Ok(()),
    }
}

async fn heard(site: &Arc<Site>, asked: &Asked, kind: &str) -> Result<String, Refused> {
    let Gathered { leg, speech, keys } = Gathered::read(&asked.form).ok_or(Problem::MALFORMED)?;
    taken(site, asked, &leg, kind).await?;
    let line = line(site, asked, &leg);
    if asked.query.text("after") == Some("agent") {
        return Ok(line.alone(&Alone::Agent("broke_off")).await?);
    }
    let turn = asked.query.text("turn").and_then(|turn| turn.parse().ok());
    let turn: u32 = turn.filter(|turn| (1..=MAX_TURN).contains(turn)).unwrap_or(1);
    let heard = speech.or_else(|| keys.map(|keys| keypad_entry(&keys)));
    let request = TurnRequest {
        call: Some(leg.call.clone()),
        channel: Channel::Vocal,
        dialled: leg.to.clone(),
        caller: leg.from.clone(),
        user_messages: turn,
        heard: heard.unwrap_or_default(),
        greeted: false,
        control_url: None,
    };
    let reply = switchboard::answer_turn(&site.office, request).await;
    Ok(line.reply(&reply, turn.into()).await?)
}

/// A live call was taken away from its agent, to have somebody rung.
async fn ring(site: &Site, asked: &Asked, kind: &str) -> Result<String, Refused> {
    let leg = Leg::read(&asked.form).ok_or(Problem::MALFORMED)?;
    taken(site, asked, &leg, kind).await?;
    let line = line(site, asked, &leg);
    let to = match switchboard::ringing(&site.office, &leg.call).await? {
        Some(number) => switchboard::rings(&site.office, &leg.call, &number).await?,
        None => None,
    };
    Ok(match to {
        Some(to) => line.ring(None, &to),
        None => line.alone(&Alone::Human("not_allowed".to_owned())).await?,
    })
}

async fn dialled(site: &Site, asked: &Asked, kind: &str) -> Result<String, Refused> {
    if asked.query.text("ring").is_some() {
        return ring(site, asked, kind).await;
    }
    let DialResult { leg, result, .. } = DialResult::read(&asked.form).ok_or(Problem::MALFORMED)?;
    taken(site, asked, &leg, kind).await?;
    let why = match result {
        CallStatus::Completed => return Ok(answer::hang_up()),
        CallStatus::Busy => "busy",
        CallStatus::NoAnswer => "no-answer",
        CallStatus::Canceled => "canceled",
        _ => "failed",
    };
    Ok(line(site, asked, &leg).alone(&Alone::Human(why.to_owned())).await?)
}
