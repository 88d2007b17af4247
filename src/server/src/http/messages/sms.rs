//! `POST /api/webhooks/sms/status` and `POST /api/webhooks/sms/incoming`:
//! Twilio's word on text messages, and on WhatsApp that it carries.

use super::gate;
use crate::http::api::who::problem;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use desk::sending::incoming::{self, Incoming};
use desk::sending::reports::{self, Told};
use desk::switchboard;
use domain::message::Channel;
use domain::message::stop::Wish;
use std::sync::Arc;
use vendors::twilio::messages::{By, Received, Report};
use vendors::twilio::twiml::CONTENT_TYPE;

/// Nothing is to be written back.
const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

/// What became of a message.
pub async fn status(
    State(site): State<Arc<Site>>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let (form, query) = gate::twilio(&site, request).await?;
    let Some(report) = Report::read(&form) else {
        // Of a message that we did not send, or a word that is not known yet.
        switchboard::incident(&site.office, "unreadable_report", "sms").await;
        return Ok(StatusCode::NO_CONTENT);
    };
    let told = Told {
        provider: "twilio",
        external: report.sid.as_str(),
        status: report.status,
        code: report.code.as_deref(),
        tag: query.text("message"),
        at: None,
    };
    reports::receive(&site.office, &told).await.map_err(problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A message that somebody sends us; answered with nothing.
pub async fn incoming(
    State(site): State<Arc<Site>>,
    request: Request,
) -> Result<Response, Problem> {
    let (form, _) = gate::twilio(&site, request).await?;
    let received = Received::read(&form).ok_or(Problem::MALFORMED)?;
    let heard = match received.opt_out.as_deref() {
        Some("STOP") => Some(Wish::Stop),
        Some("START") => Some(Wish::Start),
        _ => None,
    };
    let channel = match received.by {
        By::Sms => Channel::Sms,
        By::WhatsApp => Channel::WhatsApp,
    };
    let message = Incoming {
        provider: "twilio",
        external: received.sid.as_str(),
        channel,
        from: &received.from,
        to: &received.to,
        words: &received.body,
        heard,
    };
    incoming::receive(&site.office, &message).await.map_err(problem)?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], NOTHING).into_response())
}
