//! Reading the bodies of requests.

use super::problem::Problem;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

/// Bodies beyond this are refused with 413.
pub const MAX_BODY: usize = 8 * 1024 * 1024;

/// How long a body that is too large may take to come.
const DISCARDING: Duration = Duration::from_secs(5);

/// A hook's raw body: 413 when it is too large.
pub async fn hook(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    if announced_length(headers).is_some_and(|length| length > MAX_BODY) {
        let _ = tokio::time::timeout(DISCARDING, discard(body)).await;
        return Err(Problem::TOO_LARGE);
    }
    to_bytes(body, MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)
}

/// The body as `T`: 413 when it is too large, 400 when it is no JSON, 422 when
/// it is JSON of another shape.
pub async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    parse(&text(request).await?)
}

/// The body as it is: 413 when it is too large, 400 when it is no text.
pub async fn text(request: Request) -> Result<String, Problem> {
    let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)?;
    String::from_utf8(body.to_vec()).map_err(|_| Problem::MALFORMED)
}

/// A body that was read, as `T`; refused like [`json`].
pub fn parse<T: DeserializeOwned>(body: &str) -> Result<T, Problem> {
    serde_json::from_str(body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Problem::BAD_SHAPE,
        _ => Problem::MALFORMED,
    })
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
