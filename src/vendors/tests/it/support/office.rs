//! A small stand-in for our own server: it remembers what it is told and
//! answers as scripted.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use reqwest::Url;
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// What it was sent.
#[derive(Debug, Clone)]
pub struct Received {
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

type Answer = dyn Fn(&Received) -> (StatusCode, &'static str, String) + Send + Sync;

#[derive(Clone)]
pub struct Office {
    pub base: Arc<Mutex<String>>,
    received: Arc<Mutex<Vec<Received>>>,
    answer: Arc<Answer>,
}

pub fn json_answer(value: &Value) -> (StatusCode, &'static str, String) {
    (StatusCode::OK, "application/json", value.to_string())
}

pub fn xml(twiml: &str) -> (StatusCode, &'static str, String) {
    (StatusCode::OK, "text/xml", twiml.to_owned())
}

impl Office {
    pub async fn open(
        answer: impl Fn(&Received) -> (StatusCode, &'static str, String) + Send + Sync + 'static,
    ) -> (Self, Url) {
        let office =
            Self { base: Arc::default(), received: Arc::default(), answer: Arc::new(answer) };
        let router = Router::new().fallback(take).with_state(office.clone());
        let base = super::listen(router).await;
        *office.base.lock().unwrap() = base.as_str().trim_end_matches('/').to_owned();
        (office, base)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The paths that were called, in order.
    pub fn paths(&self) -> Vec<String> {
        self.received().iter().map(|one| one.uri.clone()).collect()
    }
}

async fn take(State(office): State<Office>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let received = Received { uri: uri.to_string(), headers, body };
    office.received.lock().unwrap().push(received.clone());
    let (status, kind, text) = (office.answer)(&received);
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}
