//! Understanding: everything an utterance contains, independent of state, with
//! all readings when several are possible.

pub mod amounts;
pub mod calendar;
pub mod choice;
mod contact;
pub mod cues;
pub mod dates;
pub mod emails;
pub mod emergency;
pub mod intents;
mod line;
mod motive;
pub mod names;
pub mod numbers;
mod pattern;
pub mod people;
pub mod phones;
pub mod places;
pub mod polarity;
pub mod report;
mod scope;
pub mod words;

use domain::time::Span;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Everything an utterance contains; stored with its turn, without what it does
/// not contain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Understanding {
    /// What the caller wants, in order of mention, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub intents: Vec<intents::Intent>,
    /// Yes or no, when the utterance is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polarity: Option<polarity::Polarity>,
    /// A choice among offers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<choice::Choice>,
    /// Acceptable windows, soonest future first; for a phrase with several
    /// readings the preferred reading first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Window>,
    /// Windows that do not suit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Span>,
    /// "Le plus tôt possible".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub earliest: bool,
    /// "Le plus tard possible".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub latest: bool,
    /// A date that cannot be meant as it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<dates::Doubt>,
    /// Telephone numbers, every valid reading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<phones::PhoneReading>,
    /// True when `phones` holds several readings of one number.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ambiguous: bool,
    /// Groups of spoken digits that do not make a whole number by themselves
    /// (dictation over several turns).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<phones::Dictation>,
    /// E-mail addresses, lower case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Person names, as they are to be written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The only cardinal or ordinal said, if there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Every cardinal or ordinal said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<i64>,
    /// A medical emergency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency: Option<emergency::Emergency>,
    /// The general topic, when a question has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<intents::Topic>,
    /// Why the caller comes, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motive: Option<String>,
    /// Nothing but fillers and noise ("euh", "[bruit]", "…").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub noise: bool,
    /// "Allô ?", "vous m'entendez ?".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hello: bool,
    /// The caller does not want to be recorded.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub refuses_recording: bool,
}

/// An acceptable span of local wall time and how precise it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The span; `to` exclusive, open sides `None`.
    #[serde(flatten)]
    pub span: Span,
    /// How precise.
    pub grain: Grain,
}

/// The precision of a [`Window`], finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "units of time")]
pub enum Grain {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

/// Reads one utterance. `now` is the tenant's wall clock.
pub fn understand(text: &str, now: DateTime) -> Understanding {
    read(text, &words::words(text), now)
}

/// The same of an utterance that has been cut into its words.
pub(crate) fn read(text: &str, words: &[words::Word], now: DateTime) -> Understanding {
    let line = line::Line::new(words);
    let emergency = emergency::find(&line);
    let wants = intents::find(&line, emergency);
    let phones = phones::find(words);
    let dates = match phones.readings.is_empty() {
        true => dates::find(words, now),
        false => dates::find(&without(words, &phones::places(words)), now),
    };
    let numbers = numbers::find(words);
    let contact = contact::find(text, &line);
    Understanding {
        intents: wants.intents,
        polarity: polarity::find(&line),
        choice: choice::find(&line),
        when: dates.when,
        except: dates.except,
        earliest: dates.earliest,
        latest: dates.latest,
        doubt: dates.doubt,
        ambiguous: phones.ambiguous,
        phones: phones.readings,
        digits: phones.dictation,
        emails: emails::find(words),
        names: names::find(words),
        number: match numbers[..] {
            [only] => Some(only),
            _ => None,
        },
        numbers,
        emergency,
        topic: wants.topic,
        motive: motive::find(words, &line),
        noise: contact.noise,
        hello: contact.hello,
        refuses_recording: contact.refuses_recording,
    }
}

/// The words, those in `places` made meaningless.
fn without(words: &[words::Word], places: &[(usize, usize)]) -> Vec<words::Word> {
    let mut left = words.to_vec();
    for word in places.iter().flat_map(|(from, to)| *from..*to) {
        left[word].folded.clear();
    }
    left
}
