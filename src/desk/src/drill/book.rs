//! The providers' book, and reading requests that were made of them.

use jiff::Timestamp;
use vendors::simulator::Recorded;
use vendors::twilio::form::Form;

/// What a provider did with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It left.
    Left,
    /// It left and did not arrive, as the provider reports later.
    Lost,
    /// It was not taken, and never will be.
    Refused,
    /// The person is not to be written to in this way, or cannot be, ever.
    Closed,
    /// It was not taken, and nobody says so.
    Silent,
    /// Not now.
    Busy,
}

impl Fate {
    /// How many steps it takes until the next way is tried: look-ups and
    /// reports take their time.
    pub(super) fn steps(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Busy => 1,
            Self::Refused | Self::Closed => 2,
            Self::Silent => 4,
            Self::Lost => 7,
        }
    }
}

/// Which letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// The one that carries this message.
    Message(String),
    /// One of which no more is known than to whom it was.
    Address(String),
}

/// A letter in the book.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub of: Of,
    pub channel: &'static str,
    pub at: Timestamp,
    pub fate: Fate,
}

/// Our mark on a message that a provider is asked to send; `None`: it is asked
/// for something else.
pub(super) fn mark_of(request: &Recorded) -> Option<String> {
    if request.method != "POST" {
        return None;
    }
    if request.path.ends_with("/Messages.json") {
        let form = Form::decode(request.body.as_bytes());
        let (_, mark) = form.text("StatusCallback")?.split_once("message=")?;
        return Some(mark.to_owned());
    }
    let asked: serde_json::Value = serde_json::from_str(&request.body).ok()?;
    asked["biz_opaque_callback_data"].as_str().map(str::to_owned)
}

/// How a message travels, and who carries it.
pub(super) fn channel_of(request: &Recorded) -> (&'static str, &'static str) {
    if request.path.ends_with("/Messages.json") {
        ("sms", "twilio")
    } else {
        ("whatsapp", "whatsapp")
    }
}

/// Sender and recipient of a text message.
pub(super) fn sender_of(request: &Recorded) -> (String, String) {
    let form = Form::decode(request.body.as_bytes());
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    (text("From"), text("To"))
}
