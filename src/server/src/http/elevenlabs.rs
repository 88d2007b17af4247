//! `POST /api/webhooks/elevenlabs`: what ElevenLabs reports after a call. Its
//! part of the call is over then; Twilio says when the call is.

use super::body;
use super::exposure::Exposure;
use super::problem::Problem;
use super::site::Site;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use desk::hooks::{self, Taken};
use desk::switchboard::{self, CallEnd};
use domain::id::CallId;
use serde_json::Value;
use std::sync::Arc;
use store::StoreError;
use store::hooks::Hook;
use vendors::elevenlabs::report::{Ended, Kind, Report};
use vendors::elevenlabs::signature::verify;
use vendors::twilio::signature::{Signed, fingerprint};

/// Takes note of a report.
pub async fn report(State(site): State<Arc<Site>>, request: Request) -> Response {
    match take(&site, request).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn take(site: &Site, request: Request) -> Result<(), Problem> {
    let (parts, raw) = request.into_parts();
    let exposure = Exposure::of(site.config.house(), &parts.headers, &parts.uri);
    let secrets = &site.config.elevenlabs.secrets;
    if secrets.is_empty() && exposure == Exposure::Public {
        return Err(Problem::ELEVENLABS_NOT_CONFIGURED);
    }
    let raw = body::hook(&parts.headers, raw).await?;
    let shown = parts.headers.get("elevenlabs-signature").and_then(|text| text.to_str().ok());
    if !secrets.is_empty() {
        verify(secrets, shown, &raw, site.system_now()).map_err(|refused| {
            tracing::warn!(%refused, "ELEVENLABS_REFUSED");
            Problem::BAD_SIGNATURE
        })?;
    }
    let read: Value = serde_json::from_slice(&raw).map_err(|_| Problem::MALFORMED)?;
    let Some(Report { kind: Kind::Ended(ended), .. }) = Report::read(&read) else { return Ok(()) };
    // The signature carries the time: the same report signed anew is another.
    let print = fingerprint(shown.unwrap_or_default(), Signed::Body(&raw));
    let hook = Hook { provider: "elevenlabs", key: &print, kind: "post_call", call: None };
    match once(site, &hook, ended).await {
        Ok(Taken::First | Taken::Again) => Ok(()),
        Ok(Taken::Replayed) => Err(Problem::REPLAYED),
        Err(error) => {
            tracing::error!(%error, "a report could not be stored");
            hooks::give_back(&site.office, &hook).await;
            Err(Problem::INTERNAL)
        }
    }
}

async fn once(site: &Site, hook: &Hook<'_>, ended: Ended) -> Result<Taken, StoreError> {
    let taken = hooks::take(&site.office, hook, None, site.system_now()).await?;
    let call = ended.call.as_deref().and_then(CallId::parse);
    let (Taken::First, Some(call)) = (taken, call) else { return Ok(taken) };
    let end = CallEnd {
        call,
        // A call that we have not passed on is not ours.
        dialled: None,
        caller: None,
        status: "completed",
        reason: ended.reason.map(|reason| reason.chars().take(200).collect()),
        seconds: None,
        cost_cents: None,
        recording_url: None,
    };
    switchboard::agent_ended(&site.office, end).await?;
    Ok(taken)
}
