//! Values that a call collects.

use super::compact;
use crate::understand::Window;
use crate::understand::phones::{Dictation, PhoneReading};
use domain::id::{CalendarId, ServiceId};
use domain::phone::E164;
use domain::time::Span;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A value the dialogue collects, with where it comes from and how sure it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
    /// How sure it is.
    pub certainty: Certainty,
}

impl<T> Field<T> {
    /// A value from `source` that needs no further question.
    pub fn sure(value: T, source: Source) -> Self {
        Self { value, source, certainty: Certainty::Sure }
    }

    /// A value that a clearer one replaces without being asked.
    pub fn likely(value: T, source: Source) -> Self {
        Self { value, source, certainty: Certainty::Likely }
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The telephone network.
    Network,
    /// Said in answer to our question.
    Answered,
    /// Said without being asked.
    Volunteered,
    /// Pressed on the keypad.
    Keyed,
}

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Confirmed, or plainly said.
    Sure,
    /// Probably right.
    Likely,
}

/// How to reach the caller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The number to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Field<E164>>,
    /// A dictated number whose last two digits are being agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictated: Option<Field<E164>>,
    /// Written address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The caller said that the number they call from is not to be used.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_caller: bool,
    /// The caller prefers to leave none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// Groups of digits dictated so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictation: Option<Dictation>,
    /// The readings of an ambiguous dictation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<PhoneReading>,
    /// The number could not be told for sure: it is asked digit by digit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// Keys pressed so far.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub keyed: String,
}

impl Contact {
    /// True while a number that is whole by its longer cuttings may go on.
    pub fn open(&self) -> bool {
        self.dictation.is_some() && !self.readings.is_empty()
    }

    /// True when nothing more need be asked.
    pub fn settled(&self) -> bool {
        self.phone.is_some() || self.email.is_some() || self.withheld
    }
}

/// A direction in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toward {
    /// "Plus tôt".
    Earlier,
    /// "Plus tard".
    Later,
}

/// "Le lendemain", "le même jour mais plus tôt", "une heure plus tard": told
/// from an appointment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Relative {
    /// Days from its day; `None`: any day in the direction.
    pub days: Option<i16>,
    /// True for the whole week of that day.
    pub week: bool,
    /// Minutes from its hour, when the shift is one of hours.
    pub minutes: Option<i16>,
    /// Earlier or later than its hour.
    pub toward: Option<Toward>,
}

/// When and for what the caller would come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preference {
    /// Acceptable windows; empty: any time.
    #[serde(with = "compact", skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Window>,
    /// Windows that do not suit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Span>,
    /// The hour that was asked for and is not free: offers are close to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<DateTime>,
    /// "À la même heure" as an appointment that is not known yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub same_hour: bool,
    /// "Le plus tard possible": the last slots of a day come first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub latest: bool,
    /// "Plus tôt", "plus tard" than what was offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toward: Option<Toward>,
    /// A day told from that of the appointment to move, while `within` holds
    /// the hours alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative: Option<Relative>,
    /// True once the caller has said anything about it, "n'importe quand" included.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stated: bool,
    /// What is to be booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// With whom: one of these calendars, or anybody when there are none;
    /// `None`: nothing was said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<Vec<CalendarId>>,
    /// "Le même que la dernière fois": whom is to be asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ask_whom: bool,
}
