//! Is it Meta? Decided on the raw body, before anything is read. Whether it is
//! Twilio is decided by [its own gate](crate::http::twilio::gate).

use crate::http::body;
use crate::http::exposure::Exposure;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::body::Bytes;
use axum::extract::Request;
use desk::providers::Account;
use secrecy::SecretString;
use vendors::whatsapp::signature;

/// A body that is Meta's.
pub(super) async fn meta(site: &Site, request: Request) -> Result<Bytes, Problem> {
    let (parts, raw) = request.into_parts();
    let exposure = Exposure::of(site.config.house(), &parts.headers, &parts.uri);
    let secret = secret(site, exposure);
    if secret.is_none() && exposure == Exposure::Public {
        return Err(Problem::WHATSAPP_NOT_CONFIGURED);
    }
    let raw = body::hook(&parts.headers, raw).await?;
    if let Some(secret) = secret {
        let presented = parts.headers.get("x-hub-signature-256").and_then(|v| v.to_str().ok());
        if !signature::verify(&secret, &raw, presented.unwrap_or_default()) {
            tracing::warn!("WHATSAPP_REFUSED");
            return Err(Problem::BAD_SIGNATURE);
        }
    }
    Ok(raw)
}

/// What Meta signs with; in private the simulated one has its own, which
/// everybody can read.
fn secret(site: &Site, exposure: Exposure) -> Option<SecretString> {
    let played = exposure == Exposure::Private && site.providers.account == Account::Simulated;
    let demo = || vendors::simulator::demo_whatsapp_secret();
    site.config.whatsapp.secret.clone().or_else(|| played.then(demo))
}
