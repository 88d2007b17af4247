//! Is it Vapi? Decided on the raw body, before anything of it is read.

use crate::http::body::hook;
use crate::http::exposure::Exposure;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::request::Parts;
use vendors::vapi::signature::{Presented, verify};

/// A request that is Vapi's: its head and its whole body.
pub(super) async fn admit(site: &Site, request: Request) -> Result<(Parts, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let exposure = Exposure::of(site.config.house(), &parts.headers, &parts.uri);
    let secrets = &site.config.vapi.secrets;
    if secrets.is_empty() && exposure == Exposure::Public {
        return Err(Problem::VAPI_NOT_CONFIGURED);
    }
    let body = hook(&parts.headers, body).await?;
    if !secrets.is_empty() {
        let url = format!("{}{}", site.public_base, parts.uri.path());
        let presented = presented(&parts, &url);
        verify(secrets, &presented, &body, site.system_now()).map_err(|refused| {
            tracing::warn!(%refused, path = parts.uri.path(), "VAPI_REFUSED");
            Problem::VAPI_UNAUTHORIZED
        })?;
    }
    Ok((parts, body))
}

fn presented<'a>(parts: &'a Parts, url: &'a str) -> Presented<'a> {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    Presented {
        secret: text("x-vapi-secret"),
        authorization: text("authorization"),
        signature: text("x-signature").or_else(|| text("x-vapi-signature")),
        timestamp: text("x-timestamp").or_else(|| text("x-vapi-timestamp")),
        method: parts.method.as_str(),
        url,
    }
}
