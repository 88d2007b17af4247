//! Is it Vapi? Decided on the raw body, before anything of it is read.

use super::MAX_BODY;
use crate::http::exposure::Exposure;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header, request::Parts};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use vendors::vapi::signature::{Presented, verify};

/// How long a body that is too large may take to come.
const DISCARDING: Duration = Duration::from_secs(5);

/// A request that is Vapi's: its head and its whole body.
pub(super) async fn admit(site: &Site, request: Request) -> Result<(Parts, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let exposure = Exposure::of(site.config.house(), &parts.headers, &parts.uri);
    let secrets = &site.config.vapi.secrets;
    if secrets.is_empty() && exposure == Exposure::Public {
        return Err(Problem::VAPI_NOT_CONFIGURED);
    }
    if announced_length(&parts.headers).is_some_and(|length| length > MAX_BODY) {
        let _ = tokio::time::timeout(DISCARDING, discard(body)).await;
        return Err(Problem::TOO_LARGE);
    }
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)?;
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

/// Reads a body that is too large without keeping it, up to a bound: a sender
/// that is cut off while it writes does not hear why.
async fn discard(mut body: Body) {
    let mut left = 4 * MAX_BODY;
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
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
