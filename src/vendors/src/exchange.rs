//! One HTTP exchange with a provider, and what its failure means.

use crate::fault::{Cause, Fault, Outcome, Refusal};
use bytes::Bytes;
use reqwest::{RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// Longer answers are not read: 1000 numbers are about 1.5 MB.
const MAX_BODY: usize = 8 << 20;

/// The longest wait that is believed.
const MAX_WAIT: Duration = Duration::from_secs(3600);

/// Understands a provider's refusal: status and body.
pub(crate) type ReadRefusal = fn(u16, &Value) -> Refusal;

/// A success.
#[derive(Debug)]
pub(crate) struct Answer(Bytes);

impl Answer {
    /// The body as JSON of a known shape; else the outcome is unknown.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_slice(&self.0).map_err(|_| Fault::unreadable())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Result<String, Fault> {
        String::from_utf8(self.0.to_vec()).map_err(|_| Fault::unreadable())
    }
}

/// Sends a request once and reads its answer.
pub(crate) async fn exchange(request: RequestBuilder, read: ReadRefusal) -> Result<Answer, Fault> {
    let answer = request.send().await.map_err(transport)?;
    let status = answer.status().as_u16();
    let wait = retry_after(&answer);
    match status {
        200..=299 => body(answer).await.map(Answer),
        401 | 403 => Err(Fault::Unauthorised),
        404 => Err(Fault::NotFound),
        429 => Err(Fault::RateLimited { wait }),
        // Redirects are not followed: our credentials go to one host only.
        300..=499 => {
            let body = body(answer).await.unwrap_or_default();
            let body = serde_json::from_slice(&body).unwrap_or_default();
            Err(Fault::Refused(read(status, &body)))
        }
        _ => Err(Fault::Unavailable { outcome: Outcome::Unknown, cause: Cause::Status(status) }),
    }
}

/// A failed connection never carried the request; anything later may have.
fn transport(error: reqwest::Error) -> Fault {
    let never_sent = error.is_connect() || error.is_builder();
    let outcome = if never_sent { Outcome::NotDone } else { Outcome::Unknown };
    Fault::Unavailable { outcome, cause: Cause::Transport(error.without_url()) }
}

fn retry_after(answer: &Response) -> Option<Duration> {
    let header = answer.headers().get("retry-after")?.to_str().ok()?;
    Some(Duration::from_secs(header.trim().parse().ok()?).min(MAX_WAIT))
}

async fn body(mut answer: Response) -> Result<Bytes, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(transport)? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(Fault::unreadable());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// A text field of a refusal's body, shortened: it is shown to people.
pub(crate) fn sentence(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    };
    text.chars().take(300).collect()
}
