//! Sending by Meta's Cloud API.
//!
//! There is no idempotency key and no look-up: after
//! [`Outcome::Unknown`](crate::fault::Outcome) only a webhook with our own mark
//! tells what became of a message.

use crate::exchange::{exchange, sentence};
use crate::fault::{Cause, Fault, Outcome, Reason, Refusal};
use crate::id::{is_plain, provider_id};
use reqwest::{Client, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// Where Meta's API is.
pub const BASE: &str = "https://graph.facebook.com";
/// Its version; one lives for about two years.
pub const VERSION: &str = "v25.0";

const TIMEOUT: Duration = Duration::from_secs(20);

provider_id! {
    /// A sending number as Meta knows it.
    PhoneNumberId: is_plain,
}

/// A name of a message (`wamid.…`): printable, without spaces.
fn is_wamid(text: &str) -> bool {
    (8..=256).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

provider_id! {
    /// A message.
    WhatsAppId: is_wamid,
}

/// Asks Meta on behalf of one account. Cheap to clone.
#[derive(Debug, Clone)]
pub struct WhatsApp {
    client: Client,
    base: String,
    token: SecretString,
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// The sending number.
    pub from: &'a PhoneNumberId,
    /// E.164.
    pub to: &'a str,
    /// What it says.
    pub content: Content<'a>,
    /// Our mark: comes back in every report.
    pub mark: &'a str,
}

/// What a message says.
#[derive(Debug, Clone)]
pub enum Content<'a> {
    /// Free words, within 24 hours of the person's last message.
    Text(&'a str),
    /// An approved template.
    Template {
        /// Its name.
        name: &'a str,
        /// Its language (`fr`).
        language: &'a str,
        /// What fills it, in order.
        values: &'a [String],
    },
}

impl WhatsApp {
    /// An account; `base` stands in for Meta's host.
    pub fn new(client: Client, base: Option<&Url>, token: SecretString) -> Self {
        let base = base.map_or(BASE, |url| url.as_str().trim_end_matches('/')).to_owned();
        Self { client, base, token }
    }

    /// The same with another access token.
    pub fn with_token(&self, token: SecretString) -> Self {
        Self { token, ..self.clone() }
    }

    /// Sends a message; gives Meta's name of it. Accepted is not delivered.
    pub async fn send(&self, new: &NewMessage<'_>) -> Result<WhatsAppId, Fault> {
        #[derive(Deserialize)]
        struct Taken {
            messages: Vec<Named>,
        }
        #[derive(Deserialize)]
        struct Named {
            id: WhatsAppId,
        }
        let url = format!("{}/{VERSION}/{}/messages", self.base, new.from);
        let request = self.client.post(url).timeout(TIMEOUT);
        let request = request.bearer_auth(self.token.expose_secret()).json(&body(new));
        let answer = exchange(request, refusal).await.map_err(sorted)?;
        let taken: Taken = answer.json()?;
        taken.messages.into_iter().next().map(|named| named.id).ok_or_else(Fault::unreadable)
    }
}

fn body(new: &NewMessage<'_>) -> Value {
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": new.to,
        "biz_opaque_callback_data": new.mark,
    });
    match &new.content {
        Content::Text(text) => {
            body["type"] = "text".into();
            body["text"] = json!({ "body": text, "preview_url": false });
        }
        Content::Template { name, language, values } => {
            let parameters: Vec<Value> =
                values.iter().map(|text| json!({ "type": "text", "text": text })).collect();
            let components = json!([{ "type": "body", "parameters": parameters }]);
            body["type"] = "template".into();
            body["template"] = json!({ "name": name, "language": { "policy": "deterministic", "code": language }, "components": components });
        }
    }
    body
}

fn refusal(status: u16, body: &Value) -> Refusal {
    let error = &body["error"];
    let code = error["code"].as_u64().and_then(|code| u32::try_from(code).ok());
    let details = error["error_data"].get("details").or_else(|| error.get("message"));
    Refusal { status, code, reason: Reason::Other, message: sentence(details) }
}

/// Meta answers 400 to nearly everything; the code says what it is.
fn sorted(fault: Fault) -> Fault {
    let Fault::Refused(refusal) = fault else { return fault };
    match refusal.code.unwrap_or_default() {
        190 => Fault::Unauthorised,
        4 | 80007 | 130429 | 131048 | 131056 | 133016 => Fault::RateLimited { wait: None },
        1 | 2 | 131000 | 131016 | 131057 | 133004 => {
            let cause = Cause::Status(refusal.status);
            Fault::Unavailable { outcome: Outcome::NotDone, cause }
        }
        _ => Fault::Refused(refusal),
    }
}

/// True for a code that says: this person does not want such messages.
pub fn says_stop(code: &str) -> bool {
    code == "131050"
}
