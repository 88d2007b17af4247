//! Reading the JSON body of an API request.

use super::problem::Problem;
use axum::body::to_bytes;
use axum::extract::Request;
use serde::de::DeserializeOwned;

/// Bodies of the API are small; those of hooks are not read here.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// The body as `T`: 413 when it is too large, 400 when it is no JSON, 422 when
/// it is JSON of another shape.
pub async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|_| Problem::TOO_LARGE)?;
    serde_json::from_slice(&body).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => Problem::BAD_SHAPE,
        _ => Problem::MALFORMED,
    })
}
