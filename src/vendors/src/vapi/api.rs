//! Vapi's REST API, as far as it is needed to check an installation.

use reqwest::{Client, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use std::time::Duration;

/// Where Vapi's API is.
pub const BASE: &str = "https://api.vapi.ai";

/// A telephone number of our account at Vapi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As Vapi writes it.
    pub number: String,
    /// Where its messages go; `None`: to the organisation's server.
    pub server_url: Option<String>,
}

/// Why Vapi did not answer a request.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The key is wrong.
    #[error("Vapi does not accept the key")]
    Unauthorized,
    /// Another refusal.
    #[error("Vapi answered {0}")]
    Refused(u16),
    /// No answer, or none that can be read.
    #[error("Vapi could not be reached")]
    Unreachable(#[source] reqwest::Error),
}

/// Asks Vapi's API.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: String,
    key: SecretString,
}

impl Api {
    /// An account; `base` stands in for [`BASE`].
    pub fn new(client: Client, base: Option<&Url>, key: SecretString) -> Self {
        let base = base.map_or(BASE, Url::as_str).trim_end_matches('/').to_owned();
        Self { client, base, key }
    }

    /// The account's telephone numbers.
    pub async fn phone_numbers(&self) -> Result<Vec<PhoneNumber>, ApiError> {
        let unreachable = |error: reqwest::Error| ApiError::Unreachable(error.without_url());
        let request = self.client.get(format!("{}/phone-number", self.base));
        let request =
            request.bearer_auth(self.key.expose_secret()).timeout(Duration::from_secs(10));
        let answer = request.send().await.map_err(unreachable)?;
        match answer.status().as_u16() {
            200..=299 => Ok(read(&answer.json().await.map_err(unreachable)?)),
            401 => Err(ApiError::Unauthorized),
            other => Err(ApiError::Refused(other)),
        }
    }
}

fn read(list: &Value) -> Vec<PhoneNumber> {
    let text = |value: &Value, path: &str| Some(value.pointer(path)?.as_str()?.to_owned());
    let number = |item: &Value| {
        let server_url = text(item, "/server/url").or_else(|| text(item, "/serverUrl"));
        Some(PhoneNumber { number: text(item, "/number")?, server_url })
    };
    list.as_array().into_iter().flatten().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounts_numbers_are_read() {
        let exchange = include_str!("../../tests/fixtures/vapi/rest/phone-number.list.json");
        let exchange: Value = serde_json::from_str(exchange).unwrap();
        let numbers = read(&exchange["response"]["json"]);
        assert_eq!(numbers[0].number, "+33939240575");
        assert!(read(&serde_json::json!({ "message": "x" })).is_empty());
    }
}
