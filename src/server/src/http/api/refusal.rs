//! Refusals that name a field.

use crate::http::problem::Problem;
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Deserializer};
use serde_json::json;

/// Why something was not done.
#[derive(Debug)]
pub enum Refusal {
    /// As everywhere.
    Plain(Problem),
    /// What is in this field cannot be there.
    Field(String),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Plain(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Plain(problem) => problem.into_response(),
            Self::Field(field) => {
                let Problem { status, code, message } = Problem::BAD_PARAMETER;
                let error = json!({ "code": code, "message": message, "field": field });
                (status, Json(json!({ "error": error }))).into_response()
            }
        }
    }
}

/// A field that may be left out, emptied (`null`) or given.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}
