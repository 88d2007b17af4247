//! What a tenant tells us about itself, as it is written in the file of
//! `uwi tenant apply` and stored as JSON: [`Settings`]. Checked as a whole when
//! it is read, then turned into a [`Profile`](super::Profile).

mod agents;
mod check;
mod check_agents;
mod convert;
mod declared;
mod following;
mod handoff;
mod moment;
mod reminding;
mod week;

pub use agents::{
    CategoryEntry, OptionEntry, QuestionEntry, RangeEntry, Scoring, SupportEntry, UrgencyEntry,
};
pub use declared::AgentEntry;
pub use following::{ConfirmationEntry, DueEntry, FormEntry, NotifyEntry};
pub use handoff::{NoticeEntry, RecordingEntry, TransferEntry, TransferRuleEntry};
pub use moment::Moment;
pub use reminding::{ReminderEntry, RemindersEntry};

use crate::email::EmailAddress;
use crate::role::Role;
use crate::routing::Channel;
use crate::tenant::retention::Retention;
use crate::tenant::{AgentKind, Faq};
use crate::time::holidays::Territory;
use serde::{Deserialize, Serialize};

/// A tenant's settings. Texts are kept as they were written; a value of this
/// type that came from [`Settings::from_toml`] or [`Settings::from_json`] has
/// been checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which tenant to change; absent: by name, or a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The name spoken and shown.
    pub name: String,
    /// IANA name; absent: Europe/Paris.
    #[serde(default = "paris")]
    pub timezone: String,
    /// ISO 3166 alpha-2.
    #[serde(default = "france")]
    pub country: String,
    /// Whose public holidays apply; absent: by country and time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<Territory>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<String>,
    /// Whether it is a health trade; absent: by the words of `trade` and `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<bool>,
    /// How to get there; answered when asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// What to bring; answered when asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<String>,
    /// What its assistant does.
    #[serde(default = "appointments")]
    pub agents: Vec<AgentKind>,
    /// `[[hours]]`: when it is open each week.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// `[[closure]]`: exceptional closures.
    #[serde(default)]
    pub closure: Vec<ClosureEntry>,
    /// `[booking]`: limits of booking.
    #[serde(default)]
    pub booking: Booking,
    /// `[[calendar]]`: what can be booked on; none: one with the tenant's name.
    #[serde(default)]
    pub calendar: Vec<CalendarEntry>,
    /// `[[service]]`: what can be booked; none: an appointment of 30 minutes.
    #[serde(default)]
    pub service: Vec<ServiceEntry>,
    /// `[[faq]]`: questions it answers.
    #[serde(default)]
    pub faq: Vec<Faq>,
    /// `[[question]]`: what is asked of a prospect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub question: Vec<QuestionEntry>,
    /// `[scoring]`: from which score a prospect is what.
    #[serde(default)]
    pub scoring: Scoring,
    /// `[support]`: what a request may be about, and what makes it urgent.
    #[serde(default)]
    pub support: SupportEntry,
    /// `[[reminder]]`: when people are reminded; absent: a day and an hour before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Vec<ReminderEntry>>,
    /// `[reminders]`: when nobody is written to, and what else is told.
    #[serde(default)]
    pub reminders: RemindersEntry,
    /// `[retention]`: how long personal data is kept.
    #[serde(default)]
    pub retention: Retention,
    /// `[notice]`: what callers are told first.
    #[serde(default)]
    pub notice: NoticeEntry,
    /// `[recording]`: whether calls are recorded.
    #[serde(default)]
    pub recording: RecordingEntry,
    /// `[due]`: until when requests should be answered.
    #[serde(default)]
    pub due: DueEntry,
    /// `[notify]`: when the practice is told nothing.
    #[serde(default)]
    pub notify: NotifyEntry,
    /// `[confirmation]`: what a caller is sent.
    #[serde(default)]
    pub confirmation: ConfirmationEntry,
    /// `[form]`: the public form of prospects.
    #[serde(default)]
    pub form: FormEntry,
    /// `[transfer]`: passing a call to a human.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferEntry>,
    /// `[[transfer_rule]]`: to whom else, for some matters.
    #[serde(default)]
    pub transfer_rule: Vec<TransferRuleEntry>,
    /// `[[number]]`: the numbers it is reached on.
    #[serde(default)]
    pub number: Vec<NumberEntry>,
    /// `[[agent]]`: assistants with numbers of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agent: Vec<AgentEntry>,
    /// `[[member]]`: who may sign in for it.
    #[serde(default)]
    pub member: Vec<MemberEntry>,
}

/// `[[hours]]`: one opening period of some weekdays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// `"mon"`, `"lun"`, `"monday"`, `"lundi"`, or a range `"mon-fri"`.
    pub days: Vec<String>,
    /// Local time, `"09:00"`, `"9h"` or `"9 h 30"`.
    pub from: Moment,
    /// Local time; `"24:00"` for midnight.
    pub to: Moment,
}

/// `[[closure]]`: some days on which it is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosureEntry {
    /// First closed day, `2026-12-24`.
    pub from: Moment,
    /// Last closed day; absent: the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Moment>,
    /// What may be told to a caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `[booking]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Booking {
    /// Minutes between now and the first bookable start.
    pub notice_minutes: u32,
    /// Days from today, today included, in which slots are offered.
    pub horizon_days: u32,
}

impl Default for Booking {
    fn default() -> Self {
        Self { notice_minutes: 120, horizon_days: 60 }
    }
}

/// `[[calendar]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarEntry {
    /// Stable slug; absent: made from the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Displayed and spoken name.
    pub name: String,
}

/// `[[service]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceEntry {
    /// Stable slug; absent: made from the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Displayed and spoken name.
    pub name: String,
    /// 5 to 480, a multiple of five.
    pub minutes: u32,
    /// Price in cents, when it is told to callers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_cents: Option<u32>,
}

/// `[[number]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberEntry {
    /// The number, in any usual form.
    pub e164: String,
    /// How it is reached on it; absent: by phone.
    #[serde(default = "vocal")]
    pub channel: Channel,
}

/// `[[member]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberEntry {
    /// Who signs in.
    pub email: EmailAddress,
    /// As what.
    pub role: Role,
}

/// What is wrong with a tenant's settings, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct SettingsError {
    /// The field, `hours[1].to`.
    pub path: String,
    /// What is wrong with it.
    pub problem: String,
}

impl SettingsError {
    fn at(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { path: path.into(), problem: problem.into() }
    }
}

impl Settings {
    /// The settings of a tenant that has only a name. Not checked yet: the name
    /// may be none.
    pub fn named(name: &str) -> Self {
        let named = Self::from_toml("name = \"x\"").expect("a name is enough");
        Self { name: name.to_owned(), ..named }
    }

    /// Reads and checks the file of `uwi tenant apply`.
    pub fn from_toml(text: &str) -> Result<Self, SettingsError> {
        let reader = toml::Deserializer::parse(text)
            .map_err(|error| SettingsError::at("file", error.to_string()))?;
        Self::read(reader, |error: &toml::de::Error| error.message().to_owned())
    }

    /// Reads and checks what [`Settings::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self, SettingsError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        Self::read(&mut reader, ToString::to_string)
    }

    fn read<'de, D: serde::Deserializer<'de>>(
        reader: D,
        message: impl Fn(&D::Error) -> String,
    ) -> Result<Self, SettingsError> {
        let settings: Self = serde_path_to_error::deserialize(reader).map_err(|error| {
            let path = error.path().to_string();
            let path = if path == "." { "file".to_owned() } else { path };
            SettingsError { path, problem: message(error.inner()) }
        })?;
        settings.check()?;
        Ok(settings)
    }

    /// The form kept in the database.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("settings are plain texts and numbers")
    }

    /// The test tenant's settings until somebody changes them: an invented
    /// practice with restricted bookable hours and the demo number.
    pub fn sandbox_demo() -> Self {
        Self::from_toml(include_str!("settings/demo.toml"))
            .expect("the file is part of the program and read by a test")
    }
}

fn paris() -> String {
    "Europe/Paris".into()
}

fn france() -> String {
    "FR".into()
}

fn appointments() -> Vec<AgentKind> {
    vec![AgentKind::Appointment]
}

fn vocal() -> Channel {
    Channel::Vocal
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_agents;
