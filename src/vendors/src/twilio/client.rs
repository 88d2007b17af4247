//! An account at Twilio and how it is asked. The calls themselves are in
//! `numbers.rs` and [`regulatory`](super::regulatory).

use super::refusal;
use super::sid::AccountSid;
use crate::exchange::{Answer, exchange};
use crate::fault::Fault;
use reqwest::{Client, Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::Duration;

/// How long a call may take. Buying can be slow; a caller never waits for it.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Twilio's hosts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Host {
    Api,
    Numbers,
    Pricing,
    Upload,
}

impl Host {
    fn base(self) -> &'static str {
        match self {
            Self::Api => "https://api.twilio.com",
            Self::Numbers => "https://numbers.twilio.com",
            Self::Pricing => "https://pricing.twilio.com",
            Self::Upload => "https://numbers-upload.twilio.com",
        }
    }
}

/// What opens an account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account.
    pub account: AccountSid,
    /// Its auth token.
    pub token: SecretString,
}

/// Asks Twilio on behalf of one account. Cheap to clone.
///
/// What every call answers besides its success is a [`Fault`]; each call says
/// whether it may be repeated after [`Outcome::Unknown`](crate::fault::Outcome).
#[derive(Debug, Clone)]
pub struct Twilio {
    client: Client,
    base: Option<String>,
    credentials: Credentials,
    timeout: Duration,
}

impl Twilio {
    /// An account; `base` stands in for all of Twilio's hosts.
    pub fn new(client: Client, base: Option<&Url>, credentials: Credentials) -> Self {
        let base = base.map(|url| url.as_str().trim_end_matches('/').to_owned());
        Self { client, base, credentials, timeout: TIMEOUT }
    }

    /// The same with another time limit per call.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// What stands in for Twilio's hosts, if anything does.
    pub fn base(&self) -> Option<Url> {
        self.base.as_deref().and_then(|base| Url::parse(base).ok())
    }

    /// The account that is asked.
    pub fn account(&self) -> &AccountSid {
        &self.credentials.account
    }

    /// The path of something that the account owns.
    pub(super) fn owned_path(&self, rest: &str) -> String {
        format!("/2010-04-01/Accounts/{}/{rest}", self.credentials.account)
    }

    pub(super) async fn get(
        &self,
        host: Host,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<Answer, Fault> {
        let request = self.request(Method::GET, host, path);
        exchange(if query.is_empty() { request } else { request.query(query) }, refusal::read).await
    }

    pub(super) async fn post(
        &self,
        host: Host,
        path: &str,
        form: &[(&str, String)],
    ) -> Result<Answer, Fault> {
        exchange(self.request(Method::POST, host, path).form(form), refusal::read).await
    }

    /// Posts a body that is no plain form.
    pub(super) async fn upload(
        &self,
        host: Host,
        path: &str,
        (content_type, body): (&str, Vec<u8>),
    ) -> Result<Answer, Fault> {
        let request = self.request(Method::POST, host, path).header("content-type", content_type);
        exchange(request.body(body), refusal::read).await
    }

    pub(super) async fn delete(&self, host: Host, path: &str) -> Result<Answer, Fault> {
        exchange(self.request(Method::DELETE, host, path), refusal::read).await
    }

    fn request(&self, method: Method, host: Host, path: &str) -> reqwest::RequestBuilder {
        let base = self.base.as_deref().unwrap_or(host.base());
        let Credentials { account, token } = &self.credentials;
        let request = self.client.request(method, format!("{base}{path}")).timeout(self.timeout);
        request.basic_auth(account.as_str(), Some(token.expose_secret()))
    }
}
