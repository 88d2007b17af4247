use super::faults::Trouble;
use axum::http::{Method, Uri};
use bytes::Bytes;
use serde::Serialize;
use std::sync::{Arc, OnceLock};

/// A request that a simulator got, for tests that check what is sent.
#[derive(Debug, Clone, Default, Serialize)]
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
    /// What befell it.
    #[serde(skip)]
    pub trouble: Option<Trouble>,
    /// The status with which it was carried out, once it was.
    #[serde(skip)]
    pub outcome: Arc<OnceLock<u16>>,
}

impl Recorded {
    pub(super) fn of(method: &Method, uri: &Uri, body: &Bytes, trouble: Option<Trouble>) -> Self {
        Self {
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
            trouble,
            outcome: Arc::default(),
        }
    }

    /// The status with which it was carried out, whatever was answered; `None`:
    /// nothing was done.
    pub fn outcome(&self) -> Option<u16> {
        self.outcome.get().copied()
    }
}
