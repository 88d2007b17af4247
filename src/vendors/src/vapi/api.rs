//! Vapi's REST API: an account and how it is asked. The calls themselves are
//! in [`assistants`](super::assistants), [`numbers`](super::numbers) and
//! [`bridge`](super::bridge).

use crate::exchange::{Answer, exchange, sentence};
use crate::fault::{Fault, Reason, Refusal};
use crate::id::{is_plain, provider_id};
use reqwest::{Client, Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use std::time::Duration;

/// Where Vapi's API is.
pub const BASE: &str = "https://api.vapi.ai";

const TIMEOUT: Duration = Duration::from_secs(10);

provider_id! {
    /// An assistant.
    AssistantId: is_plain,
    /// A telephone number as Vapi knows it.
    NumberId: is_plain,
}

/// Asks Vapi on behalf of one account. Cheap to clone. What every call answers
/// besides its success is a [`Fault`].
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: String,
    key: SecretString,
    timeout: Duration,
}

impl Api {
    /// An account; `base` stands in for [`BASE`].
    pub fn new(client: Client, base: Option<&Url>, key: SecretString) -> Self {
        let base = base.map_or(BASE, Url::as_str).trim_end_matches('/').to_owned();
        Self { client, base, key, timeout: TIMEOUT }
    }

    /// The same with another time limit per call.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    pub(super) async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Answer, Fault> {
        let request = self.request(Method::GET, path);
        exchange(if query.is_empty() { request } else { request.query(query) }, refusal).await
    }

    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Answer, Fault> {
        exchange(self.request(method, path).json(body), refusal).await
    }

    /// Removes an object; one that is gone is removed.
    pub(super) async fn delete(&self, path: &str) -> Result<(), Fault> {
        match exchange(self.request(Method::DELETE, path), refusal).await {
            Ok(_) | Err(Fault::NotFound) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// All objects of a list, oldest last, asked for in pages.
    pub(super) async fn list(&self, path: &str) -> Result<Vec<Value>, Fault> {
        const PAGE: usize = 1000;
        const MAX_PAGES: usize = 50;
        let (mut all, mut query) = (Vec::new(), vec![("limit", PAGE.to_string())]);
        for _ in 0..MAX_PAGES {
            let page: Vec<Value> = self.get(path, &query).await?.json()?;
            let last = page.last().and_then(|item| item["createdAt"].as_str()).map(str::to_owned);
            let full = page.len() >= PAGE;
            all.extend(page);
            match last {
                Some(before) if full => {
                    query = vec![("limit", PAGE.to_string()), ("createdAtLt", before)];
                }
                _ => return Ok(all),
            }
        }
        Err(Fault::unreadable())
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        request.bearer_auth(self.key.expose_secret()).timeout(self.timeout)
    }
}

/// Reads `{"message": text or texts, "error", "statusCode"}`; Vapi has no codes.
fn refusal(status: u16, body: &Value) -> Refusal {
    let message = sentence(body.get("message"));
    let taken = message.to_lowercase().contains("already");
    let reason = match status {
        409 => Reason::Conflict,
        400 if taken => Reason::Conflict,
        400 | 422 => Reason::Invalid,
        _ => Reason::Other,
    };
    Refusal { status, code: None, reason, message }
}
