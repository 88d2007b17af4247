//! Settings of what happens beside a booking: passing to a human, notices,
//! recording.

use super::{Hours, Settings, SettingsError, check, week};
use crate::tenant::notices::{Notices, Recording};
use crate::tenant::transfer::{RING_SECONDS, Subject, Transfer, TransferRule};
use serde::{Deserialize, Serialize};

const MAX_RULES: usize = 20;
const MAX_WORDS: usize = 40;
const MAX_WORD: usize = 40;
const MAX_NOTICE: usize = 200;

/// `[transfer]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferEntry {
    /// Who is rung.
    pub number: String,
    /// How long it rings, 5 to 60 seconds; absent: 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ring_seconds: Option<u32>,
    /// When; absent: during the opening hours.
    #[serde(default)]
    pub hours: Vec<Hours>,
}

/// `[[transfer_rule]]`: somebody else is rung for some matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferRuleEntry {
    /// What a caller says when it is about that.
    #[serde(default)]
    pub words: Vec<String>,
    /// What a caller wants when it is about that.
    #[serde(default)]
    pub about: Vec<Subject>,
    /// Who is rung.
    pub number: String,
    /// How long it rings, 5 to 60 seconds; absent: 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ring_seconds: Option<u32>,
    /// When; absent: during the opening hours.
    #[serde(default)]
    pub hours: Vec<Hours>,
}

/// `[recording]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordingEntry {
    /// Whether calls are recorded.
    pub enabled: bool,
    /// Whether the caller is asked rather than told.
    pub ask_consent: bool,
}

/// `[notice]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeEntry {
    /// Words added after the disclosure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greeting: Option<String>,
    /// Another wording of what is said of the recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

impl Settings {
    /// Refuses notices that ask something, or that announce what is not done.
    pub(super) fn notices(&self) -> Result<Notices, SettingsError> {
        let record = match (self.recording.enabled, self.recording.ask_consent) {
            (false, true) => {
                let problem = "asks consent to a recording that is not made; set enabled = true";
                return Err(SettingsError::at("recording.ask_consent", problem));
            }
            (false, false) => Recording::Off,
            (true, false) => Recording::Announced,
            (true, true) => Recording::Asked,
        };
        if self.notice.recording.is_some() && record == Recording::Off {
            let problem = "announces a recording that is not made; set recording.enabled = true";
            return Err(SettingsError::at("notice.recording", problem));
        }
        Ok(Notices {
            greeting: notice("notice.greeting", self.notice.greeting.as_deref())?,
            recording: notice("notice.recording", self.notice.recording.as_deref())?,
            record,
        })
    }

    pub(super) fn transfer(&self) -> Result<Option<Transfer>, SettingsError> {
        let read = |entry: &TransferEntry| {
            self.rung("transfer", &entry.number, entry.ring_seconds, &entry.hours)
        };
        self.transfer.as_ref().map(read).transpose()
    }

    pub(super) fn transfer_rules(&self) -> Result<Vec<TransferRule>, SettingsError> {
        if self.transfer_rule.len() > MAX_RULES {
            let problem = format!("more than {MAX_RULES} entries");
            return Err(SettingsError::at("transfer_rule", problem));
        }
        self.transfer_rule
            .iter()
            .enumerate()
            .map(|(index, entry)| self.rule(index, entry))
            .collect()
    }

    fn rule(&self, index: usize, entry: &TransferRuleEntry) -> Result<TransferRule, SettingsError> {
        let path = format!("transfer_rule[{index}]");
        if entry.words.is_empty() && entry.about.is_empty() {
            let problem = "says neither \"words\" nor \"about\"; whoever is rung for everything \
                           else stands under [transfer]";
            return Err(SettingsError::at(path, problem));
        }
        if entry.words.len() > MAX_WORDS {
            let problem = format!("more than {MAX_WORDS} entries");
            return Err(SettingsError::at(format!("{path}.words"), problem));
        }
        for (at, word) in entry.words.iter().enumerate() {
            let path = format!("{path}.words[{at}]");
            check::text(&path, word, MAX_WORD)?;
            if word.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
                return Err(SettingsError::at(path, "is too short to mean one thing"));
            }
        }
        Ok(TransferRule {
            words: entry.words.iter().map(|word| word.trim().to_owned()).collect(),
            about: entry.about.clone(),
            to: self.rung(&path, &entry.number, entry.ring_seconds, &entry.hours)?,
        })
    }

    /// Refuses one of its own numbers: the call would come back to us forever.
    fn rung(
        &self,
        path: &str,
        number: &str,
        ring_seconds: Option<u32>,
        hours: &[Hours],
    ) -> Result<Transfer, SettingsError> {
        let at = format!("{path}.number");
        let number = check::phone(&at, number, &self.country)?;
        if self.numbers()?.iter().any(|(own, _)| *own == number) {
            let problem = "is a number this tenant is called on; calls would go round in circles";
            return Err(SettingsError::at(at, problem));
        }
        let ring_seconds = ring_seconds.unwrap_or(RING_SECONDS);
        check::within(&format!("{path}.ring_seconds"), ring_seconds, 5, 60)?;
        let hours = week::openings(hours, &format!("{path}.hours"))?;
        Ok(Transfer { number, hours, ring_seconds })
    }
}

/// One or two sentences to be said; the question comes from us.
fn notice(path: &str, text: Option<&str>) -> Result<Option<String>, SettingsError> {
    let Some(text) = text else { return Ok(None) };
    check::text(path, text, MAX_NOTICE)?;
    if text.contains('?') {
        let problem = "asks something; the assistant asks its own question after it";
        return Err(SettingsError::at(path, problem));
    }
    if text.contains(['*', '#', '_', '<', '>', '{', '}', '[', ']', '|', '/', '\n']) {
        return Err(SettingsError::at(path, "holds a sign that a voice cannot read"));
    }
    let text = text.trim();
    let ends = text.ends_with(['.', '!', '…']);
    Ok(Some(if ends { text.to_owned() } else { format!("{text}.") }))
}
