//! Acting on a live call when the request offers no tool for it.

use super::destination::Destination;
use reqwest::Url;
use serde_json::{Value, json};
use std::time::Duration;

/// The control URL of one call, known to be Vapi's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlUrl(Url);

impl ControlUrl {
    /// Accepts a URL from a payload only when its host is Vapi's, over TLS, or
    /// when it lies on `own_base`, the host the operator has set instead.
    pub fn parse(raw: &str, own_base: Option<&Url>) -> Option<Self> {
        let mut url = Url::parse(raw.trim()).ok()?;
        let trusted = is_vapi(&url) || own_base.is_some_and(|base| base.origin() == url.origin());
        if !trusted || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let path = url.path().trim_end_matches('/').to_owned();
        if !path.ends_with("/control") {
            url.set_path(&format!("{path}/control"));
        }
        Some(Self(url))
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

fn is_vapi(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ours = host == "vapi.ai" || host.ends_with(".vapi.ai");
    ours && url.scheme() == "https" && url.port().is_none()
}

/// What a live call can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Say a sentence.
    Say(String),
    /// Say a sentence and hang up.
    SayAndEnd(String),
    /// Hang up.
    EndCall,
    /// Say a sentence and pass the call on.
    Transfer {
        /// To whom.
        to: Destination,
        /// What is said first.
        say: String,
        /// What the caller hears whom nobody answered.
        fallback: String,
    },
}

impl Command {
    /// The documented body.
    pub fn body(&self) -> Value {
        match self {
            Self::Say(text) => {
                json!({ "type": "say", "content": text, "endCallAfterSpoken": false })
            }
            Self::SayAndEnd(text) => {
                json!({ "type": "say", "content": text, "endCallAfterSpoken": true })
            }
            Self::EndCall => json!({ "type": "end-call" }),
            Self::Transfer { to, say, fallback } => json!({
                "type": "transfer",
                "destination": to.as_vapi("", fallback),
                "content": say,
            }),
        }
    }
}

/// Why a command did not reach the call.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// Vapi answered with this status: mostly that the call is over.
    #[error("the call's control answered {0}")]
    Refused(u16),
    /// No answer.
    #[error("the call's control could not be reached")]
    Unreachable(#[source] reqwest::Error),
}

/// Sends commands to live calls.
#[derive(Debug, Clone)]
pub struct Controller {
    client: reqwest::Client,
}

impl Controller {
    /// A controller over a client whose TLS provider is installed.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    /// Sends one command, once: a caller waits, and a second "hang up" helps nobody.
    pub async fn send(&self, url: &ControlUrl, command: &Command) -> Result<(), ControlError> {
        let request = self.client.post(url.0.clone()).json(&command.body());
        let answer = request.timeout(Duration::from_secs(5)).send().await;
        let status = answer.map_err(|e| ControlError::Unreachable(e.without_url()))?.status();
        if status.is_success() { Ok(()) } else { Err(ControlError::Refused(status.as_u16())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = "019a9f3b-6c1e-7aa0-9d54-2f6b8c0e1d37";

    #[test]
    fn only_vapis_own_hosts_are_called() {
        for good in [
            "https://phone-call-websocket.aws-us-west-2-backend-production3.vapi.ai/x/control",
            "https://aws-us-west-2-production1-phone-call-websocket.vapi.ai/x",
            " https://vapi.ai/x/ ",
        ] {
            let url = ControlUrl::parse(good, None).expect(good);
            assert!(url.as_str().ends_with("/x/control"), "{url:?}");
        }
        for bad in [
            "http://a.vapi.ai/x",
            "https://a.vapi.ai:8443/x",
            "https://vapi.ai.example.fr/x",
            "https://notvapi.ai/x",
            "https://a.vapi.ai@example.fr/x",
            "https://u:p@a.vapi.ai/x",
            "file:///etc/passwd",
            "127.0.0.1",
        ] {
            assert_eq!(ControlUrl::parse(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn the_operators_own_host_is_called_too() {
        let base = Url::parse("http://127.0.0.1:4010/v1").unwrap();
        let url = format!("http://127.0.0.1:4010/{CALL}/control");
        assert!(ControlUrl::parse(&url, Some(&base)).is_some());
        assert!(ControlUrl::parse("http://127.0.0.1:4011/x", Some(&base)).is_none());
    }
}
