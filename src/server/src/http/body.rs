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
