//! What we answer to a call: instructions in Twilio's XML. Every text is
//! escaped; the verbs come in the order in which they are carried out.

use domain::phone::E164;
use reqwest::Url;

/// The type of an answer.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// A voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// BCP 47 (`fr-FR`).
    pub language: &'static str,
    /// Twilio's name (`Polly.Lea-Neural`).
    pub name: &'static str,
}

impl Voice {
    /// French.
    pub const FRENCH: Self = Self { language: "fr-FR", name: "Polly.Lea-Neural" };
    /// American English.
    pub const ENGLISH: Self = Self { language: "en-US", name: "Polly.Joanna-Neural" };
}

/// Whom a call is passed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party<'a> {
    /// A telephone number.
    Number(&'a E164),
    /// A SIP address (`sip:accueil@sip.example.fr`).
    Sip(&'a str),
}

/// `<Dial>`.
#[derive(Debug, Clone)]
pub struct Dial<'a> {
    /// To whom.
    pub to: Party<'a>,
    /// What the dialled party sees: a number of ours, or else the caller's.
    pub caller_id: Option<&'a E164>,
    /// How long it rings, in seconds.
    pub ring_seconds: u16,
    /// Who is asked what comes next, with how it went.
    pub action: &'a Url,
}

/// `<Gather>` of speech and keys.
#[derive(Debug, Clone)]
pub struct Gather<'a> {
    /// What is said first; the caller may interrupt it.
    pub say: &'a str,
    /// How long the caller may be silent first, in seconds.
    pub silence_seconds: u16,
    /// After how many keys it ends; `None`: `#` or silence ends it.
    pub keys: Option<u16>,
    /// Who gets what was said. Silence does not go there but to the next verb.
    pub action: &'a Url,
}

/// Why a call is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The number is not in service.
    Unavailable,
    /// The engaged tone.
    Busy,
}

/// An answer that is being written.
#[derive(Debug, Clone)]
pub struct Twiml {
    voice: Voice,
    verbs: String,
}

impl Twiml {
    /// Nothing yet; `voice` says what has to be said.
    pub fn new(voice: Voice) -> Self {
        Self { voice, verbs: String::new() }
    }

    /// Says a sentence.
    #[must_use]
    pub fn say(mut self, text: &str) -> Self {
        self.spoken(text);
        self
    }

    fn spoken(&mut self, text: &str) {
        let Voice { language, name } = self.voice;
        self.open("Say", &[("language", language), ("voice", name)]);
        escape(text, &mut self.verbs);
        self.verbs.push_str("</Say>");
    }

    /// Passes the call on. The caller hears it ring; our line counts as
    /// answered only when theirs is.
    #[must_use]
    pub fn dial(mut self, dial: &Dial<'_>) -> Self {
        let ring = dial.ring_seconds.clamp(5, 600).to_string();
        let mut attributes = vec![("timeout", ring.as_str()), ("answerOnBridge", "true")];
        attributes.extend(dial.caller_id.map(|number| ("callerId", number.as_str())));
        attributes.extend([("action", dial.action.as_str()), ("method", "POST")]);
        self.open("Dial", &attributes);
        let (name, address) = match dial.to {
            Party::Number(number) => ("Number", number.as_str()),
            Party::Sip(address) => ("Sip", address),
        };
        self.open(name, &[]);
        escape(address, &mut self.verbs);
        self.verbs.push_str(&format!("</{name}></Dial>"));
        self
    }

    /// Asks something and listens, to the voice and to the keys.
    #[must_use]
    pub fn gather(mut self, gather: &Gather<'_>) -> Self {
        let silence = gather.silence_seconds.clamp(1, 60).to_string();
        let keys = gather.keys.map(|keys| keys.max(1).to_string());
        let mut attributes = vec![("input", "dtmf speech"), ("language", self.voice.language)];
        attributes.extend(keys.as_deref().map(|keys| ("numDigits", keys)));
        attributes.extend([
            ("timeout", silence.as_str()),
            ("speechTimeout", "auto"),
            ("action", gather.action.as_str()),
            ("method", "POST"),
        ]);
        self.open("Gather", &attributes);
        self.spoken(gather.say);
        self.verbs.push_str("</Gather>");
        self
    }

    /// Is silent, in seconds.
    #[must_use]
    pub fn pause(mut self, seconds: u16) -> Self {
        let length = seconds.clamp(1, 60).to_string();
        self.empty("Pause", &[("length", &length)]);
        self
    }

    /// Asks another of our URLs what comes next. Nothing after it is reached.
    #[must_use]
    pub fn redirect(mut self, url: &Url) -> Self {
        self.open("Redirect", &[("method", "POST")]);
        escape(url.as_str(), &mut self.verbs);
        self.verbs.push_str("</Redirect>");
        self
    }

    /// Does not answer the call, which then costs nothing. Must come first.
    #[must_use]
    pub fn reject(mut self, why: Rejection) -> Self {
        match why {
            Rejection::Unavailable => self.empty("Reject", &[]),
            Rejection::Busy => self.empty("Reject", &[("reason", "busy")]),
        }
        self
    }

    /// Ends the call.
    #[must_use]
    pub fn hang_up(mut self) -> Self {
        self.empty("Hangup", &[]);
        self
    }

    /// The whole document.
    pub fn finish(self) -> String {
        let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        if self.verbs.is_empty() {
            return format!("{head}\n<Response/>");
        }
        format!("{head}\n<Response>{}</Response>", self.verbs)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.verbs.push('>');
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.verbs.push_str("/>");
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.verbs.push('<');
        self.verbs.push_str(name);
        for (name, value) in attributes {
            self.verbs.push_str(&format!(" {name}=\""));
            escape(value, &mut self.verbs);
            self.verbs.push('"');
        }
    }
}

/// Another provider's document, after which Twilio asks `url` what comes next:
/// when the agent ends its part, and when it cannot be reached. A document of
/// another shape stays as it is.
pub fn followed_by(document: &str, url: &Url) -> String {
    match document.trim_end().strip_suffix("</Response>") {
        Some(verbs) => {
            let next = Twiml::new(Voice::FRENCH).redirect(url).verbs;
            format!("{verbs}{next}</Response>")
        }
        None => document.to_owned(),
    }
}

/// Characters that XML cannot hold at all are left out.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
}
