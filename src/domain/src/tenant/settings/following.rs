//! `[due]`, `[notify]`, `[confirmation]` and `[form]`: what follows a call.

use super::check::{self, Checked};
use super::{Moment, Settings, SettingsError, week};
use crate::tenant::following::{Confirmation, Following, Form, Quiet};
use crate::ticket::Delays;
use serde::{Deserialize, Serialize};

/// A quarter of a year of days of eight hours.
const MAX_DELAY: u32 = 90 * 8 * 60;
/// The consent's words are kept with every form that is sent.
const MAX_CONSENT: usize = 600;

/// `[due]`: minutes of opening within which a request should be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names of the priorities say it")]
pub struct DueEntry {
    pub urgent_minutes: u32,
    pub high_minutes: u32,
    pub medium_minutes: u32,
    pub low_minutes: u32,
}

impl Default for DueEntry {
    fn default() -> Self {
        let Delays { urgent, high, medium, low } = Delays::default();
        Self {
            urgent_minutes: urgent,
            high_minutes: high,
            medium_minutes: medium,
            low_minutes: low,
        }
    }
}

/// `[notify]`: when the practice is left in peace; the same hour twice: never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotifyEntry {
    /// The first quiet minute, local.
    pub quiet_from: Moment,
    /// The first minute after, local.
    pub quiet_to: Moment,
}

impl Default for NotifyEntry {
    fn default() -> Self {
        Self { quiet_from: Moment("21:00".into()), quiet_to: Moment("07:00".into()) }
    }
}

/// `[confirmation]`: what a caller is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfirmationEntry {
    /// Whether a text message is offered after a booking.
    pub sms: bool,
}

impl Default for ConfirmationEntry {
    fn default() -> Self {
        Self { sms: true }
    }
}

/// `[form]`: the public form of prospects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormEntry {
    /// Whether it is there.
    pub enabled: bool,
    /// What one may write for; absent: a usual line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What one agrees to; absent: the usual words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
}

impl Settings {
    pub(super) fn check_following(&self) -> Checked {
        let due = &self.due;
        for (path, minutes) in [
            ("due.urgent_minutes", due.urgent_minutes),
            ("due.high_minutes", due.high_minutes),
            ("due.medium_minutes", due.medium_minutes),
            ("due.low_minutes", due.low_minutes),
        ] {
            check::within(path, minutes, 5, MAX_DELAY)?;
        }
        for (path, text, longest) in [
            ("form.title", &self.form.title, check::MAX_LINE),
            ("form.consent", &self.form.consent, MAX_CONSENT),
        ] {
            if let Some(text) = text {
                check::text(path, text, longest)?;
            }
        }
        Ok(())
    }

    pub(super) fn following(&self) -> Result<Following, SettingsError> {
        let DueEntry { urgent_minutes, high_minutes, medium_minutes, low_minutes } = self.due;
        let from = week::clock(&self.notify.quiet_from.0, "notify.quiet_from")?;
        let to = week::clock(&self.notify.quiet_to.0, "notify.quiet_to")?;
        let confirmation = match self.confirmation.sms {
            true => Confirmation::Wanted,
            false => Confirmation::Off,
        };
        Ok(Following {
            delays: Delays {
                urgent: urgent_minutes,
                high: high_minutes,
                medium: medium_minutes,
                low: low_minutes,
            },
            quiet: (from != to).then_some(Quiet { from, to }),
            confirmation,
            form: self.form.enabled.then(|| self.form_shown()),
        })
    }

    fn form_shown(&self) -> Form {
        let name = self.name.trim();
        let title = self.form.title.clone();
        let consent = self.form.consent.clone();
        Form {
            title: title.unwrap_or_else(|| format!("Écrire à {name}")),
            consent: consent.unwrap_or_else(|| {
                format!(
                    "J’accepte que mes réponses soient gardées par {name}, et d’être recontacté \
                     à leur sujet. Je peux demander leur effacement à tout moment."
                )
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TenantId;

    fn following(text: &str) -> Result<Following, SettingsError> {
        let file = format!("name = \"Cabinet Martin\"\n{text}");
        Ok(Settings::from_toml(&file)?.profile(TenantId(1))?.following)
    }

    #[test]
    fn what_a_file_does_not_say_is_as_usual() {
        assert_eq!(following("").unwrap(), Following::default());
        let own = following("[due]\nurgent_minutes = 15\n[notify]\nquiet_from = \"0h\"\nquiet_to = \"0h\"\n[form]\nenabled = true\n[confirmation]\nsms = false").unwrap();
        assert_eq!((own.delays.urgent, own.delays.high), (15, 240));
        assert_eq!((own.quiet, own.confirmation), (None, Confirmation::Off));
        assert!(own.form.unwrap().consent.contains("Cabinet Martin"));
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_field() {
        for (text, path) in [
            ("[due]\nlow_minutes = 0", "due.low_minutes"),
            ("[notify]\nquiet_to = \"demain\"", "notify.quiet_to"),
            ("[form]\nconsent = \" \"", "form.consent"),
            ("[form]\nwords = 1", "form.words"),
        ] {
            assert_eq!(following(text).unwrap_err().path, path, "{text}");
        }
    }
}
