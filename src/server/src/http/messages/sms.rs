//! `POST /api/webhooks/sms/status` and `POST /api/webhooks/sms/incoming`:
//! Twilio's word on text messages, and on WhatsApp that it carries.

use crate::http::problem::Problem;
use crate::http::site::Site;
use crate::http::twilio::gate::{self, Asked, Refused};
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
    let kind = "sms/status";
    let asked = gate::admit(&site, request).await?;
    let noted = note(&site, &asked, kind).await;
    asked.settle(&site, kind, noted).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn note(site: &Site, asked: &Asked, kind: &str) -> Result<(), Refused> {
    asked.once(site, kind).await?;
    let Some(report) = Report::read(&asked.form) else {
        // Of a message that we did not send, or a word that is not known yet.
        switchboard::incident(&site.office, "unreadable_report", "sms").await;
        return Ok(());
    };
    let told = Told {
        provider: "twilio",
        external: report.sid.as_str(),
        status: report.status,
        code: report.code.as_deref(),
        tag: asked.query.text("message"),
        at: None,
    };
    Ok(reports::receive(&site.office, &told).await?)
}

/// A message that somebody sends us; answered with nothing.
pub async fn incoming(
    State(site): State<Arc<Site>>,
    request: Request,
) -> Result<Response, Problem> {
    let kind = "sms/incoming";
    let asked = gate::admit(&site, request).await?;
    let taken = take(&site, &asked, kind).await;
    asked.settle(&site, kind, taken).await?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], NOTHING).into_response())
}

async fn take(site: &Site, asked: &Asked, kind: &str) -> Result<(), Refused> {
    let received = Received::read(&asked.form).ok_or(Problem::MALFORMED)?;
    asked.once(site, kind).await?;
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
    incoming::receive(&site.office, &message).await?;
    Ok(())
}
