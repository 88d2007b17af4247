use axum::http::{Method, Uri};
use bytes::Bytes;
use serde::Serialize;

/// A request that a simulator got, for tests that check what is sent.
#[derive(Debug, Clone, Serialize)]
pub struct Recorded {
    /// `POST`.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query as it came.
    pub query: String,
    /// The body as text. Left out where records are shown: it may hold keys.
    #[serde(skip)]
    pub body: String,
}

impl Recorded {
    pub(super) fn of(method: &Method, uri: &Uri, body: &Bytes) -> Self {
        Self {
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }
}
