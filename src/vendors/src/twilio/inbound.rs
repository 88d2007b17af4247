//! What Twilio tells us about a call: that it arrives, what the caller said or
//! pressed, how a dialled party answered, how it ended.
//!
//! Read only what [`signature::verify`](super::signature::verify) accepted.
//! Numbers stay texts: a network writes what it likes; read them with
//! [`domain::phone::CallerId`] and [`domain::phone::E164`].

use super::form::Form;
use domain::id::CallId;
use jiff::Timestamp;
use serde_json::Value;

/// The longest speech that is kept, in characters.
const MAX_SPEECH: usize = 2000;

/// What every message about a call has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Twilio's name for the call (`CA…`).
    pub call: CallId,
    /// The account it belongs to.
    pub account: Option<String>,
    /// Who calls, as the network announces it.
    pub from: Option<String>,
    /// The called number.
    pub to: Option<String>,
    /// The number that passed the call on, for calls that were forwarded to us.
    pub forwarded_from: Option<String>,
    /// How far the call is.
    pub status: CallStatus,
}

impl Leg {
    /// Reads a posted form; `None` when it names no call.
    pub fn read(form: &Form) -> Option<Self> {
        let text = |name: &str| form.text(name).map(str::to_owned);
        Some(Self {
            call: CallId::parse(form.text("CallSid")?)?,
            account: text("AccountSid"),
            from: text("From").or_else(|| text("Caller")),
            to: text("To").or_else(|| text("Called")),
            forwarded_from: text("ForwardedFrom"),
            status: CallStatus::parse(form.text("CallStatus").unwrap_or("ringing")),
        })
    }
}

/// The fields of a JSON object as a form: the body that the first documents
/// show, taken only in private because nothing can sign it.
pub fn unsigned(body: &Value) -> Option<Form> {
    let fields = body.as_object()?.iter().take(50);
    let fields =
        fields.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    Some(Form::of(fields))
}

/// How far a call is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallStatus {
    /// Not yet answered.
    Ringing,
    /// Somebody speaks.
    InProgress,
    /// Over, after it was answered.
    Completed,
    /// It was engaged.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// It could not be set up.
    Failed,
    /// Given up before it was answered.
    Canceled,
    /// A word that is not known yet.
    Other(String),
}

impl CallStatus {
    fn parse(word: &str) -> Self {
        match word {
            "queued" | "initiated" | "ringing" => Self::Ringing,
            "in-progress" | "answered" => Self::InProgress,
            "completed" => Self::Completed,
            "busy" => Self::Busy,
            "no-answer" => Self::NoAnswer,
            "failed" => Self::Failed,
            "canceled" => Self::Canceled,
            other => Self::Other(other.chars().take(32).collect()),
        }
    }

    /// Whether the call is over.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Busy | Self::NoAnswer | Self::Failed | Self::Canceled
        )
    }
}

/// A status callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// The call, with how far it is.
    pub leg: Leg,
    /// How long it took, in seconds, once it is over.
    pub seconds: Option<i64>,
    /// When that was, by Twilio's clock.
    pub at: Option<Timestamp>,
    /// Its place among the reports of the call, from 0: they may arrive out of order.
    pub sequence: Option<u32>,
}

impl StatusReport {
    /// Reads a posted form.
    pub fn read(form: &Form) -> Option<Self> {
        let at = form.text("Timestamp").and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
        Some(Self {
            leg: Leg::read(form)?,
            seconds: number(form, "CallDuration"),
            at: at.map(|zoned| zoned.timestamp()),
            sequence: number(form, "SequenceNumber"),
        })
    }
}

/// What came of `<Dial>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialResult {
    /// The caller's call.
    pub leg: Leg,
    /// How the dialled party's call ended; [`CallStatus::Completed`]: they spoke.
    pub result: CallStatus,
    /// How long they spoke, in seconds.
    pub seconds: Option<i64>,
}

impl DialResult {
    /// Reads a posted form; `None` when it is not about `<Dial>`.
    pub fn read(form: &Form) -> Option<Self> {
        Some(Self {
            leg: Leg::read(form)?,
            // "answered" is said of a conference that was left.
            result: match form.text("DialCallStatus")? {
                "answered" => CallStatus::Completed,
                word => CallStatus::parse(word),
            },
            seconds: number(form, "DialCallDuration"),
        })
    }
}

/// What the caller said or pressed upon `<Gather>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The call.
    pub leg: Leg,
    /// What was understood.
    pub speech: Option<String>,
    /// The keys.
    pub keys: Option<String>,
}

impl Gathered {
    /// Reads a posted form; both are `None` when nothing was said in time.
    pub fn read(form: &Form) -> Option<Self> {
        let keys = form.text("Digits").map(|digits| {
            let keys = digits.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#'));
            keys.take(32).collect()
        });
        let speech = form.text("SpeechResult").map(|s| s.chars().take(MAX_SPEECH).collect());
        Some(Self { leg: Leg::read(form)?, speech, keys })
    }
}

fn number<T: std::str::FromStr>(form: &Form, name: &str) -> Option<T> {
    form.text(name)?.parse().ok()
}
