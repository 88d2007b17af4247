//! `GET` and `POST /api/webhooks/whatsapp`: Meta's word on WhatsApp.

use super::gate;
use crate::http::api::who::problem;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use desk::sending::incoming::{self, Incoming};
use desk::sending::reports;
use desk::switchboard;
use domain::message::Channel;
use std::sync::Arc;
use store::StoreError;
use vendors::whatsapp::signature::is_verify_token;
use vendors::whatsapp::webhook::{self, Told};

/// Proves to Meta that this address is ours.
pub async fn verify(State(site): State<Arc<Site>>, uri: Uri) -> Result<String, Problem> {
    let given = Parameters::of(&uri);
    let ours = site.config.whatsapp.verify_token.as_ref();
    let token = given.text("hub.verify_token").unwrap_or_default();
    let right = ours.is_some_and(|ours| is_verify_token(ours, token));
    match given.text("hub.challenge") {
        Some(challenge) if right && given.text("hub.mode") == Some("subscribe") => {
            Ok(challenge.to_owned())
        }
        _ => Err(Problem::BAD_SIGNATURE),
    }
}

/// Messages that people write, and what became of ours.
pub async fn told(State(site): State<Arc<Site>>, request: Request) -> Result<StatusCode, Problem> {
    let body = gate::meta(&site, request).await?;
    let Ok(body) = serde_json::from_slice(&body) else {
        switchboard::incident(&site.office, "unreadable_hook", "/api/webhooks/whatsapp").await;
        return Err(Problem::MALFORMED);
    };
    for told in webhook::read(&body) {
        // Meta sends everything again when one of them is not taken.
        note(&site, &told).await.map_err(problem)?;
    }
    Ok(StatusCode::OK)
}

async fn note(site: &Site, told: &Told) -> Result<(), StoreError> {
    match told {
        Told::Report(report) => {
            let told = reports::Told {
                provider: "whatsapp",
                external: report.id.as_str(),
                status: report.status,
                code: report.code.as_deref(),
                tag: report.mark.as_deref(),
                at: report.at,
            };
            reports::receive(&site.office, &told).await
        }
        Told::Received(received) => {
            // Meta may leave the number out; then nobody can be answered.
            let Some(from) = &received.from else { return Ok(()) };
            let message = Incoming {
                provider: "whatsapp",
                external: received.id.as_str(),
                channel: Channel::WhatsApp,
                from: &format!("+{}", from.trim_start_matches('+')),
                to: &format!("+{}", received.to.trim_start_matches('+')),
                words: &received.body,
                heard: None,
            };
            incoming::receive(&site.office, &message).await.map(drop)
        }
    }
}
