//! Text messages and WhatsApp through Twilio: sending, looking up, and what
//! Twilio tells us of them.
//!
//! Sending is not idempotent: after [`Outcome::Unknown`](crate::fault::Outcome)
//! the message is looked up ([`Twilio::messages_to`]) or waited for, never sent
//! again blindly.

use super::client::{Host, Twilio};
use super::form::Form;
use super::price::Price;
use super::sid::MessageSid;
use crate::fault::Fault;
use domain::message::Status;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// How many messages a look-up reads at most.
const LOOKUP: usize = 50;

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// `+33…`, or `whatsapp:+33…`.
    pub to: &'a str,
    /// The sender: a name, a number, a short code, or `whatsapp:+33…`.
    pub from: &'a str,
    /// What it says.
    pub content: Content<'a>,
    /// Where Twilio reports what becomes of it.
    pub report_to: &'a str,
}

/// What a message says.
#[derive(Debug, Clone)]
pub enum Content<'a> {
    /// Free words, at most 1600 characters.
    Text(&'a str),
    /// An approved WhatsApp template (`HX…`) and what fills it, JSON.
    Template {
        /// Its name at Twilio.
        sid: &'a str,
        /// `{"1":"…"}`.
        variables: &'a str,
    },
}

/// A message as Twilio knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its name there.
    pub sid: MessageSid,
    /// What it says.
    pub body: String,
    /// Its sender.
    pub from: String,
    /// What became of it.
    pub status: Status,
    /// Why it was not delivered.
    pub code: Option<String>,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// What it cost, once that is known.
    pub price: Option<Price>,
}

#[derive(Deserialize)]
struct Wire {
    sid: MessageSid,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    from: Option<String>,
    status: String,
    #[serde(default)]
    error_code: Value,
    #[serde(default)]
    date_created: Option<String>,
    #[serde(default)]
    price: Option<String>,
    #[serde(default)]
    price_unit: Option<String>,
}

impl From<Wire> for Message {
    fn from(wire: Wire) -> Self {
        let made = wire.date_created.and_then(|text| jiff::fmt::rfc2822::parse(&text).ok());
        // What is paid is written as a negative amount.
        let price = wire.price.as_deref().map(|price| price.trim_start_matches('-'));
        let code = match wire.error_code {
            Value::Null => None,
            Value::String(code) => Some(code),
            code => Some(code.to_string()),
        };
        Self {
            sid: wire.sid,
            body: wire.body.unwrap_or_default(),
            from: wire.from.unwrap_or_default(),
            status: status(&wire.status).unwrap_or(Status::Unknown),
            code,
            made: made.map(|zoned| zoned.timestamp()),
            price: price
                .zip(wire.price_unit.as_deref())
                .and_then(|(p, unit)| Price::parse(p, unit)),
        }
    }
}

/// What Twilio's word means; `None`: of a message that comes, or unknown.
pub fn status(word: &str) -> Option<Status> {
    Some(match word {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Status::Sent,
        "delivered" | "partially_delivered" => Status::Delivered,
        "read" => Status::Read,
        "undelivered" | "failed" | "canceled" => Status::Failed,
        _ => return None,
    })
}

impl Twilio {
    /// Sends a message. A refusal has its code; nothing was sent then.
    pub async fn send_message(&self, new: &NewMessage<'_>) -> Result<Message, Fault> {
        let mut form = vec![
            ("To", new.to.to_owned()),
            ("From", new.from.to_owned()),
            ("StatusCallback", new.report_to.to_owned()),
        ];
        match new.content {
            Content::Text(text) => form.push(("Body", text.to_owned())),
            Content::Template { sid, variables } => {
                form.push(("ContentSid", sid.to_owned()));
                form.push(("ContentVariables", variables.to_owned()));
            }
        }
        let answer = self.post(Host::Api, &self.owned_path("Messages.json"), &form).await?;
        answer.json::<Wire>().map(Message::from)
    }

    /// One message.
    pub async fn message(&self, sid: &MessageSid) -> Result<Message, Fault> {
        let path = self.owned_path(&format!("Messages/{sid}.json"));
        self.get(Host::Api, &path, &[]).await?.json::<Wire>().map(Message::from)
    }

    /// The latest messages to somebody since an instant, newest first.
    pub async fn messages_to(&self, to: &str, since: Timestamp) -> Result<Vec<Message>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            messages: Vec<Wire>,
        }
        let day = since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let query = [("To", to.to_owned()), ("DateSent>", day), ("PageSize", LOOKUP.to_string())];
        let path = self.owned_path("Messages.json");
        let page: Page = self.get(Host::Api, &path, &query).await?.json()?;
        Ok(page.messages.into_iter().map(Message::from).collect())
    }
}

/// What becomes of a message, as Twilio reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its name there.
    pub sid: MessageSid,
    /// What became of it.
    pub status: Status,
    /// Why it was not delivered.
    pub code: Option<String>,
}

impl Report {
    /// Reads a posted form; `None` when it is about no message that we sent.
    pub fn read(form: &Form) -> Option<Self> {
        let sid = form.text("MessageSid").or_else(|| form.text("SmsSid"))?;
        let word = form.text("MessageStatus").or_else(|| form.text("SmsStatus"))?;
        // WhatsApp tells that it was read besides.
        let read = form.text("EventType") == Some("READ");
        Some(Self {
            sid: MessageSid::parse(sid)?,
            status: if read { Status::Read } else { status(word)? },
            code: form.text("ErrorCode").map(|code| code.chars().take(16).collect()),
        })
    }
}

/// The longest message that is kept, in characters.
const MAX_WORDS: usize = 2000;

/// A message that somebody sends us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its name at Twilio.
    pub sid: MessageSid,
    /// From where: `+33…`, for WhatsApp without its prefix.
    pub from: String,
    /// To which number of ours.
    pub to: String,
    /// Whether it came by WhatsApp.
    pub by: By,
    /// The words.
    pub body: String,
    /// What Twilio itself took it for (`STOP`, `START`, `HELP`).
    pub opt_out: Option<String>,
}

/// How a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// As a text message.
    Sms,
    /// By WhatsApp.
    WhatsApp,
}

impl Received {
    /// Reads a posted form; `None` when it holds no message.
    pub fn read(form: &Form) -> Option<Self> {
        let sid = form.text("MessageSid").or_else(|| form.text("SmsMessageSid"))?;
        let (from, to) = (form.text("From")?, form.text("To")?);
        let by = if from.starts_with("whatsapp:") { By::WhatsApp } else { By::Sms };
        let bare = |text: &str| text.trim_start_matches("whatsapp:").to_owned();
        Some(Self {
            sid: MessageSid::parse(sid)?,
            from: bare(from),
            to: bare(to),
            by,
            body: form.text("Body").unwrap_or_default().chars().take(MAX_WORDS).collect(),
            opt_out: form.text("OptOutType").map(str::to_owned),
        })
    }
}

/// True for a code that says: this person does not want to be written to.
pub fn says_stop(code: &str) -> bool {
    code == "21610"
}
