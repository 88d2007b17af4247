//! Answers of requests that spend money: kept under their `Idempotency-Key`.

use super::who;
use crate::http::problem::Problem;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use desk::once::{Key, Once};
use serde_json::{Value, json};
use uuid::Uuid;

/// What is answered: a status and JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn created(body: Value) -> Self {
        Self { status: StatusCode::CREATED, body }
    }

    /// A problem with something more to it, within `error`.
    pub(super) fn problem(problem: Problem, more: Value) -> Self {
        let mut error = json!({ "code": problem.code, "message": problem.message });
        if let (Some(error), Value::Object(more)) = (error.as_object_mut(), more) {
            error.extend(more);
        }
        Self { status: problem.status, body: json!({ "error": error }) }
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        Self::problem(problem, Value::Null)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// A request with the key that it bears, if it does.
#[derive(Debug, Clone)]
pub(super) struct Keyed {
    key: Option<String>,
    at: String,
    body: String,
}

/// What is to be done with a request.
pub(super) enum Begin {
    /// Carry it out; what it makes bears this id.
    Go(Uuid),
    /// That was answered, and that id made.
    Done(Answer, Uuid),
}

impl Keyed {
    pub(super) fn read(headers: &HeaderMap, at: String, body: String) -> Result<Self, Problem> {
        let key = headers.get("idempotency-key").map(|key| key.to_str().map(str::trim));
        let key = key.transpose().map_err(|_| Problem::BAD_KEY)?.map(str::to_owned);
        let keyed = Self { key, at, body };
        match keyed.key() {
            Some(key) if !key.is_usable() => Err(Problem::BAD_KEY),
            _ => Ok(keyed),
        }
    }

    pub(super) fn key(&self) -> Option<Key<'_>> {
        let text = self.key.as_deref()?;
        Some(Key { text, at: &self.at, request: &self.body })
    }

    /// Takes the request, unless it was carried out.
    pub(super) async fn begin(&self, desk: &Desk) -> Result<Begin, Problem> {
        let world = &desk.office().world;
        let Some(key) = self.key() else { return Ok(Begin::Go(world.ids.uuid(world.clock.now()))) };
        match desk.once(key).await.map_err(who::problem)? {
            Once::Go(id) => Ok(Begin::Go(id)),
            Once::Other => Err(Problem::KEY_REUSED),
            Once::Running => Err(Problem::KEY_IN_USE),
            Once::Done(status, body, id) => {
                let status = StatusCode::from_u16(status).map_err(|_| Problem::INTERNAL)?;
                let body = serde_json::from_str(&body).map_err(|_| Problem::INTERNAL)?;
                Ok(Begin::Done(Answer { status, body }, id))
            }
        }
    }

    /// Keeps the answer, without the token that it shows once.
    pub(super) async fn end(&self, desk: &Desk, answer: &Answer) -> Result<(), Problem> {
        let Some(key) = self.key() else { return Ok(()) };
        let mut body = answer.body.clone();
        if body.get("api_token").is_some() {
            body["api_token"] = Value::Null;
        }
        let kept = desk.answered(key, answer.status.as_u16(), &body.to_string()).await;
        kept.map_err(who::problem)
    }
}
