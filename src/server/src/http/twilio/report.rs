//! `POST /api/webhooks/call/status`: how a call ended, in any order and any
//! number of times. `POST /api/webhooks/bundle/status`: documents were looked at.

use super::gate::{self, Asked, Refused};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use desk::numbers::decided;
use desk::switchboard::{self, CallEnd};
use std::sync::Arc;
use vendors::twilio::inbound::{CallStatus, StatusReport};
use vendors::twilio::regulatory::BundleReport;

/// Takes note of how a call goes.
pub async fn status(State(site): State<Arc<Site>>, request: Request) -> Response {
    let kind = "call/status";
    match gate::admit(&site, request).await {
        Err(problem) => problem.into_response(),
        Ok(asked) => {
            let noted = call_status(&site, &asked, kind).await;
            told(asked.settle(&site, kind, noted).await)
        }
    }
}

/// Takes note that Twilio has looked at documents: whoever waits for them goes on.
pub async fn bundle(State(site): State<Arc<Site>>, request: Request) -> Response {
    let kind = "bundle/status";
    match gate::admit(&site, request).await {
        Err(problem) => problem.into_response(),
        Ok(asked) => {
            let noted = bundle_status(&site, &asked, kind).await;
            told(asked.settle(&site, kind, noted).await)
        }
    }
}

fn told(noted: Result<(), Problem>) -> Response {
    match noted {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn call_status(site: &Site, asked: &Asked, kind: &str) -> Result<(), Refused> {
    let report = StatusReport::read(&asked.form).ok_or(Problem::MALFORMED)?;
    asked.once(site, kind).await?;
    let status = match report.leg.status {
        CallStatus::Completed => "completed",
        CallStatus::Busy => "busy",
        CallStatus::NoAnswer | CallStatus::Canceled => "no-answer",
        CallStatus::Failed => "failed",
        // A call that we answer has been under way since it arrived.
        CallStatus::Ringing | CallStatus::InProgress | CallStatus::Other(_) => return Ok(()),
    };
    // Of a call that we have placed, the dialled number is not ours.
    let inbound = asked.form.text("Direction").is_none_or(|direction| direction == "inbound");
    let end = CallEnd {
        call: report.leg.call,
        dialled: report.leg.to.filter(|_| inbound),
        caller: report.leg.from.filter(|_| inbound),
        status,
        reason: None,
        seconds: report.seconds.filter(|seconds| (0..=86_400).contains(seconds)),
        cost_cents: None,
        recording_url: None,
    };
    Ok(switchboard::carrier_ended(&site.office, end).await?)
}

async fn bundle_status(site: &Arc<Site>, asked: &Asked, kind: &str) -> Result<(), Refused> {
    let report = BundleReport::read(&asked.form).ok_or(Problem::MALFORMED)?;
    asked.once(site, kind).await?;
    tracing::info!(bundle = %report.bundle, status = report.status.as_str(), "BUNDLE");
    decided::wake(&site.office).await?;
    // What follows is bought and configured, which takes longer than Twilio waits.
    let site = Arc::clone(site);
    tokio::spawn(async move { decided::go_on(&site.office, &site.providers).await });
    Ok(())
}
