//! Is it Twilio, or Meta? Decided on the raw body, before anything is read.

use super::MAX_BODY;
use crate::http::exposure::Exposure;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use desk::providers::Account;
use secrecy::SecretString;
use vendors::twilio::form::Form;
use vendors::twilio::signature::{Signed, verify};
use vendors::whatsapp::signature;

/// A form that is Twilio's, and what stands after `?`.
pub(super) async fn twilio(site: &Site, request: Request) -> Result<(Form, Form), Problem> {
    let (parts, body) = request.into_parts();
    let tokens = tokens(site);
    if tokens.is_empty() && exposure(site, &parts) == Exposure::Public {
        return Err(Problem::TWILIO_NOT_CONFIGURED);
    }
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)?;
    let form = Form::decode(&body);
    let query = Form::decode(parts.uri.query().unwrap_or_default().as_bytes());
    if tokens.is_empty() {
        return Ok((form, query));
    }
    let after = parts.uri.path_and_query().map_or("/", |after| after.as_str());
    let url = format!("{}{after}", site.public_base);
    let presented = text(&parts, "x-twilio-signature");
    if !presented.is_some_and(|presented| verify(&tokens, &url, Signed::Form(&form), presented)) {
        tracing::warn!(path = parts.uri.path(), "TWILIO_REFUSED");
        return Err(Problem::BAD_SIGNATURE);
    }
    Ok((form, query))
}

/// What Twilio signs with; the simulated one has its own.
fn tokens(site: &Site) -> Vec<SecretString> {
    let real = site.config.twilio.tokens.clone();
    let simulated = site.providers.account == Account::Simulated;
    let simulated = site.providers.twilio.as_ref().filter(|_| simulated);
    real.into_iter().chain(simulated.map(|account| account.credentials.token.clone())).collect()
}

/// A body that is Meta's.
pub(super) async fn meta(site: &Site, request: Request) -> Result<Bytes, Problem> {
    let (parts, body) = request.into_parts();
    let secret = secret(site);
    if secret.is_none() && exposure(site, &parts) == Exposure::Public {
        return Err(Problem::WHATSAPP_NOT_CONFIGURED);
    }
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)?;
    if let Some(secret) = secret {
        let presented = text(&parts, "x-hub-signature-256").unwrap_or_default();
        if !signature::verify(&secret, &body, presented) {
            tracing::warn!("WHATSAPP_REFUSED");
            return Err(Problem::BAD_SIGNATURE);
        }
    }
    Ok(body)
}

/// What Meta signs with; the simulated one has its own.
fn secret(site: &Site) -> Option<SecretString> {
    let simulated = site.providers.account == Account::Simulated;
    let demo = || vendors::simulator::demo_whatsapp_secret();
    site.config.whatsapp.secret.clone().or_else(|| simulated.then(demo))
}

fn exposure(site: &Site, parts: &Parts) -> Exposure {
    Exposure::of(site.config.house(), &parts.headers, &parts.uri)
}

fn text<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.headers.get(name).and_then(|value| value.to_str().ok())
}
