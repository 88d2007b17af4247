//! Misbehaviour on request.

use super::record::Recorded;
use super::world::World;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const MAX_BODY: usize = 8 << 20;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Trouble {
    /// 429; nothing is done.
    RateLimited {
        /// `Retry-After`, in seconds.
        #[serde(default)]
        seconds: Option<u64>,
    },
    /// A server error; nothing is done.
    Error {
        /// 500 to 599.
        status: u16,
    },
    /// The request is carried out, then a server error is answered.
    ErrorAfter {
        /// 500 to 599.
        status: u16,
    },
    /// The request is carried out, the answer comes late.
    Slow {
        /// By how many milliseconds, at most a minute.
        millis: u64,
    },
    /// Nothing is done and nothing answered, for so long; then the connection
    /// is cut.
    Hang {
        /// How many milliseconds, at most a minute.
        millis: u64,
    },
    /// The connection is cut before anything is done.
    CutBefore,
    /// The request is carried out, then the connection is cut.
    CutAfter,
    /// The credentials are refused.
    Unauthorised,
    /// The request is refused with a provider's code; nothing is done.
    Refuse {
        /// 400 to 499.
        status: u16,
        /// The code (`21404`).
        code: u32,
    },
}

/// A trouble and the requests that it befalls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misbehaviour {
    /// What goes wrong.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// `POST /2010-04-01` or `IncomingPhoneNumbers`: a method, a part of the
    /// path, or both with a space between; empty: every request.
    #[serde(default)]
    pub on: String,
    /// How many such requests pass unharmed first.
    #[serde(default)]
    pub after: u32,
    /// How many requests it befalls then.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

impl Misbehaviour {
    /// The next request that `on` describes meets a trouble.
    pub fn once(on: &str, trouble: Trouble) -> Self {
        Self { trouble, on: on.to_owned(), after: 0, times: 1 }
    }

    fn befalls(&self, method: &Method, path: &str) -> bool {
        match self.on.split_once(' ') {
            Some((wanted, part)) => method.as_str() == wanted && path.contains(part),
            None => self.on.is_empty() || method.as_str() == self.on || path.contains(&self.on),
        }
    }
}

/// Takes the trouble of a request, if one is due, and counts it.
pub(super) fn take(list: &mut Vec<Misbehaviour>, method: &Method, path: &str) -> Option<Trouble> {
    let hit = list.iter_mut().find(|item| item.times > 0 && item.befalls(method, path))?;
    if hit.after > 0 {
        hit.after -= 1;
        return None;
    }
    hit.times -= 1;
    let trouble = hit.trouble.clone();
    list.retain(|item| item.times > 0);
    Some(trouble)
}

/// Records a request and lets it meet its trouble.
pub(super) async fn trouble(State(world): State<World>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let trouble = world.take_trouble(&head.method, head.uri.path());
    let recorded = Recorded::of(&head.method, &head.uri, &body, trouble.clone());
    let outcome = Arc::clone(&recorded.outcome);
    world.record(recorded);
    let request = Request::from_parts(head, Body::from(body));
    let carried_out = async {
        let answer = next.run(request).await;
        // Nobody else sets it: this request is carried out once.
        let _ = outcome.set(answer.status().as_u16());
        answer
    };
    match trouble {
        None => carried_out.await,
        Some(Trouble::Slow { millis }) => {
            let answer = carried_out.await;
            tokio::time::sleep(Duration::from_millis(millis.min(60_000))).await;
            answer
        }
        Some(Trouble::Hang { millis }) => {
            tokio::time::sleep(Duration::from_millis(millis.min(60_000))).await;
            cut()
        }
        Some(Trouble::ErrorAfter { status }) => {
            carried_out.await;
            failure(status)
        }
        Some(Trouble::CutAfter) => {
            carried_out.await;
            cut()
        }
        Some(before) => refuse(&before),
    }
}

fn refuse(trouble: &Trouble) -> Response {
    match trouble {
        Trouble::RateLimited { seconds } => {
            let mut answer = failure_with(429, 20429, "Too Many Requests");
            if let Some(seconds) = seconds {
                answer.headers_mut().insert("retry-after", (*seconds).into());
            }
            answer
        }
        Trouble::Error { status } => failure(*status),
        Trouble::Unauthorised => failure_with(401, 20003, "Authenticate"),
        Trouble::Refuse { status, code } => failure_with(*status, *code, "Refused on request"),
        _ => cut(),
    }
}

fn failure(status: u16) -> Response {
    failure_with(status, 20500, "Internal Server Error")
}

/// In Twilio's shape; the other providers' clients read no more than the status.
fn failure_with(status: u16, code: u32, message: &str) -> Response {
    let code_url = format!("https://www.twilio.com/docs/errors/{code}");
    let body = json!({ "code": code, "message": message, "more_info": code_url, "status": status });
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

/// A body that breaks off: the server closes the connection.
fn cut() -> Response {
    let broken = futures::stream::once(async {
        Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    });
    Body::from_stream(broken).into_response()
}
