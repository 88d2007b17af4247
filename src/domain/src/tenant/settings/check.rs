//! The limits of a tenant's settings.

use super::{Settings, SettingsError};
use crate::phone::E164;
use std::collections::HashSet;

pub(super) type Checked = Result<(), SettingsError>;

const MAX_ENTRIES: usize = 200;
pub(super) const MAX_NAME: usize = 80;
pub(super) const MAX_LINE: usize = 300;
const MAX_ANSWER: usize = 1000;
/// A month.
const MAX_NOTICE_MINUTES: u32 = 30 * 24 * 60;
const MAX_HORIZON_DAYS: u32 = 366;
const MAX_SERVICE_MINUTES: u32 = 480;
const MAX_PRICE_CENTS: u32 = 10_000_000;

impl Settings {
    /// Refuses what cannot be worked with, naming the field.
    pub fn check(&self) -> Checked {
        self.check_identity()?;
        self.check_sizes()?;
        self.check_booking()?;
        self.check_faq()?;
        self.check_agents()?;
        self.check_following()?;
        self.check_declared()?;
        self.check_people()?;
        self.parts().map(|_| ())
    }

    fn check_identity(&self) -> Checked {
        if self.id.is_some_and(|id| id < 1) {
            return Err(SettingsError::at("id", "must be 1 or more"));
        }
        text("name", &self.name, MAX_NAME)?;
        for (path, value, longest) in [
            ("address", &self.address, MAX_LINE),
            ("trade", &self.trade, MAX_NAME),
            ("access", &self.access, MAX_ANSWER),
            ("documents", &self.documents, MAX_ANSWER),
        ] {
            if let Some(value) = value {
                text(path, value, longest)?;
            }
        }
        let country = self.country.as_bytes();
        if country.len() != 2 || !country.iter().all(u8::is_ascii_uppercase) {
            let problem = format!("{:?} is no country; write \"FR\"", self.country);
            return Err(SettingsError::at("country", problem));
        }
        if self.agents.is_empty() {
            return Err(SettingsError::at("agents", "names none; write [\"appointment\"]"));
        }
        Ok(())
    }

    fn check_sizes(&self) -> Checked {
        for (path, count) in [
            ("hours", self.hours.len()),
            ("closure", self.closure.len()),
            ("calendar", self.calendar.len()),
            ("service", self.service.len()),
            ("faq", self.faq.len()),
            ("number", self.number.len()),
            ("agent", self.agent.len()),
            ("member", self.member.len()),
        ] {
            if count > MAX_ENTRIES {
                return Err(SettingsError::at(path, format!("more than {MAX_ENTRIES} entries")));
            }
        }
        Ok(())
    }

    fn check_booking(&self) -> Checked {
        within("booking.notice_minutes", self.booking.notice_minutes, 0, MAX_NOTICE_MINUTES)?;
        within("booking.horizon_days", self.booking.horizon_days, 1, MAX_HORIZON_DAYS)?;
        for (index, calendar) in self.calendar.iter().enumerate() {
            text(&format!("calendar[{index}].name"), &calendar.name, MAX_NAME)?;
        }
        for (index, service) in self.service.iter().enumerate() {
            text(&format!("service[{index}].name"), &service.name, MAX_NAME)?;
            let path = format!("service[{index}].minutes");
            within(&path, service.minutes, 5, MAX_SERVICE_MINUTES)?;
            if service.minutes % 5 != 0 {
                return Err(SettingsError::at(path, "must be a multiple of 5"));
            }
            let price = service.price_cents.unwrap_or_default();
            within(&format!("service[{index}].price_cents"), price, 0, MAX_PRICE_CENTS)?;
        }
        Ok(())
    }

    fn check_faq(&self) -> Checked {
        for (index, faq) in self.faq.iter().enumerate() {
            text(&format!("faq[{index}].question"), &faq.question, MAX_LINE)?;
            text(&format!("faq[{index}].answer"), &faq.answer, MAX_ANSWER)?;
        }
        for (index, closure) in self.closure.iter().enumerate() {
            if let Some(reason) = &closure.reason {
                text(&format!("closure[{index}].reason"), reason, MAX_LINE)?;
            }
        }
        Ok(())
    }

    fn check_people(&self) -> Checked {
        let mut emails = HashSet::new();
        for (index, member) in self.member.iter().enumerate() {
            if !emails.insert(&member.email) {
                let path = format!("member[{index}].email");
                return Err(SettingsError::at(path, "is written twice"));
            }
        }
        let mut routes = HashSet::new();
        for (index, (number, channel)) in self.numbers()?.into_iter().enumerate() {
            if !routes.insert((number, channel)) {
                let path = format!("number[{index}].e164");
                return Err(SettingsError::at(path, "is written twice for the same channel"));
            }
        }
        Ok(())
    }
}

/// Reads a telephone number of a settings file.
pub(super) fn phone(path: &str, raw: &str, country: &str) -> Result<E164, SettingsError> {
    E164::parse(raw, country).map_err(|error| SettingsError::at(path, error.to_string()))
}

pub(super) fn text(path: &str, value: &str, longest: usize) -> Checked {
    if value.trim().is_empty() {
        return Err(SettingsError::at(path, "is empty"));
    }
    if value.chars().count() > longest {
        return Err(SettingsError::at(path, format!("is longer than {longest} characters")));
    }
    if value.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(SettingsError::at(path, "holds a control character"));
    }
    Ok(())
}

pub(super) fn within(path: &str, value: u32, least: u32, most: u32) -> Checked {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(SettingsError::at(path, format!("{value} is not between {least} and {most}")))
}
