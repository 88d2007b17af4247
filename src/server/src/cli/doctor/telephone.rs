//! Can calls arrive? What Twilio needs to reach us and prove itself, and whether
//! each of its numbers sends its calls here.

use super::Check;
use crate::config::{Config, House};
use std::time::Duration;
use vendors::twilio::client::Twilio;
use vendors::twilio::numbers::Which;

const NAME: &str = "telephone";

/// Every check of the telephone.
pub(super) async fn checks(config: &Config) -> Vec<Check> {
    let mut checks = vec![signed(config)];
    checks.extend(reachable(config));
    checks.extend(answered(config));
    checks.extend(numbers(config).await);
    checks
}

fn signed(config: &Config) -> Check {
    match (config.twilio.tokens.len(), config.house()) {
        (0, House::Private) => {
            Check::note(NAME, "simulated: `uwi call --phone` rings by way of it", "")
        }
        (0, House::Public) => Check::note(
            NAME,
            "TWILIO_AUTH_TOKEN is not set: calls that arrive at Twilio get 503",
            "set it (several regional tokens by comma), if numbers are at Twilio",
        ),
        (1, _) => Check::ok(NAME, "Twilio's webhooks are verified with one token"),
        (many, _) => {
            Check::ok(NAME, format!("Twilio's webhooks are verified with any of {many} tokens"))
        }
    }
}

fn reachable(config: &Config) -> Option<Check> {
    let _ = config.twilio.tokens.first()?;
    let hook = format!("{}/api/webhooks/call/incoming", config.public_base());
    Some(match config.base_url.as_ref().map(|url| url.scheme()) {
        Some("https") => Check::ok(NAME, format!("calls are answered at {hook}")),
        Some(_) => Check::note(
            NAME,
            format!("calls are answered at {hook}, in clear"),
            "use https for the public address: callers' numbers pass through it",
        ),
        None => Check::wrong(
            NAME,
            "Twilio cannot reach this server, and signs the address that it calls",
            "set WEBHOOK_BASE_URL to the public address",
        ),
    })
}

/// Does anybody speak?
fn answered(config: &Config) -> Option<Check> {
    let _ = config.twilio.credentials.as_ref()?;
    let voice = config.vapi.api_key.is_some() || config.elevenlabs.api_key.is_some();
    (!voice).then(|| {
        Check::note(
            NAME,
            "no voice provider: the tenant's human is rung, or Twilio's own voice speaks",
            "set VAPI_API_KEY or ELEVENLABS_API_KEY",
        )
    })
}

async fn numbers(config: &Config) -> Vec<Check> {
    let Some(credentials) = config.twilio.credentials.clone() else { return Vec::new() };
    let Ok(client) = super::super::http_client(Duration::from_secs(10)) else { return Vec::new() };
    let twilio = Twilio::new(client, config.twilio.base_url.as_ref(), credentials);
    let owned = match twilio.owned(Which::All).await {
        Ok(owned) => owned,
        Err(fault) => {
            let remedy = "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (the first token is used)";
            return vec![Check::wrong("twilio-account", fault.to_string(), remedy)];
        }
    };
    let hook = format!("{}/api/webhooks/call/incoming", config.public_base());
    let check = |number: &vendors::twilio::number::OwnedNumber| {
        let ours = number.voice_url.split('#').next() == Some(hook.as_str());
        let masked = number.number.masked();
        match ours {
            true => Check::ok("twilio-number", format!("{masked} sends its calls here")),
            false => Check::note(
                "twilio-number",
                format!("{masked} sends its calls elsewhere"),
                format!("set its voice URL to {hook}, or run `uwi number reconcile`"),
            ),
        }
    };
    owned.numbers.iter().map(check).collect()
}
