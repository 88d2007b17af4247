//! `[[reminder]]` and `[reminders]`: what customers are sent about their
//! appointments.

use super::check::within;
use super::{Moment, Settings, SettingsError, week};
use crate::message::Channel;
use crate::reminder::{Night, Reminding, Rule};
use serde::{Deserialize, Serialize};

/// A text message comes at least so early that it can be of use.
const LEAST_MINUTES: u32 = 15;
/// Four weeks.
const MOST_MINUTES: u32 = 28 * 24 * 60;
const MAX_REMINDERS: usize = 6;
/// People are reached during eight hours of a day at least.
const MAX_NIGHT_MINUTES: i32 = 16 * 60;

/// `[[reminder]]`: one reminder of every appointment. None are written: a day
/// and an hour before; `reminder = []`: none are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderEntry {
    /// How long before the start.
    pub before_minutes: u32,
    /// How it travels; absent: by text message.
    #[serde(default = "sms")]
    pub channel: Channel,
    /// How it travels when that cannot be; absent: by mail, or by text message
    /// when `channel` is mail. The same as `channel`: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Channel>,
}

/// `[reminders]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RemindersEntry {
    /// Nobody is reminded from this local time…
    pub night_from: Moment,
    /// … to this one.
    pub night_to: Moment,
    /// The customer is told when the practice moves an appointment.
    pub tell_moved: bool,
    /// The customer is told when the practice cancels an appointment.
    pub tell_cancelled: bool,
}

impl Default for RemindersEntry {
    fn default() -> Self {
        let night = Night::default();
        let moment = |time: jiff::civil::Time| Moment(time.strftime("%H:%M").to_string());
        Self {
            night_from: moment(night.from),
            night_to: moment(night.to),
            tell_moved: true,
            tell_cancelled: true,
        }
    }
}

fn sms() -> Channel {
    Channel::Sms
}

impl Settings {
    /// What is sent about appointments, checked.
    pub(super) fn reminding(&self) -> Result<Reminding, SettingsError> {
        let usual = Reminding::default();
        let rules = match &self.reminder {
            Some(entries) => rules(entries)?,
            None => usual.rules,
        };
        let entry = &self.reminders;
        let night = Night {
            from: week::clock(&entry.night_from.0, "reminders.night_from")?,
            to: week::clock(&entry.night_to.0, "reminders.night_to")?,
        };
        let minute =
            |time: jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        if (minute(night.to) - minute(night.from)).rem_euclid(24 * 60) > MAX_NIGHT_MINUTES {
            return Err(SettingsError::at(
                "reminders.night_to",
                "the night is longer than 16 hours",
            ));
        }
        let (tells_moved, tells_cancelled) = (entry.tell_moved, entry.tell_cancelled);
        Ok(Reminding { rules, night, tells_moved, tells_cancelled })
    }
}

fn rules(entries: &[ReminderEntry]) -> Result<Vec<Rule>, SettingsError> {
    if entries.len() > MAX_REMINDERS {
        return Err(SettingsError::at("reminder", format!("more than {MAX_REMINDERS} entries")));
    }
    let mut rules: Vec<Rule> = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let path = format!("reminder[{index}].before_minutes");
        within(&path, entry.before_minutes, LEAST_MINUTES, MOST_MINUTES)?;
        if rules.iter().any(|rule| rule.minutes == entry.before_minutes) {
            return Err(SettingsError::at(path, "is written twice"));
        }
        let other = if entry.channel == Channel::Email { Channel::Sms } else { Channel::Email };
        let fallback = Some(entry.fallback.unwrap_or(other));
        let fallback = fallback.filter(|fallback| *fallback != entry.channel);
        rules.push(Rule { minutes: entry.before_minutes, channel: entry.channel, fallback });
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.minutes));
    Ok(rules)
}
