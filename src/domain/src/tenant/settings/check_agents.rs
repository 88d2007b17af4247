//! The limits of what the qualification and the support agents are told.

use super::agents::{OptionEntry, QuestionEntry};
use super::check::{Checked, MAX_LINE, MAX_NAME, text};
use super::{Settings, SettingsError};
use crate::qualification::{Kind, ProspectField};
use crate::tenant::AgentKind;
use std::collections::HashSet;

const MAX_QUESTIONS: usize = 30;
const MAX_OPTIONS: usize = 12;
const MAX_WORDS: usize = 60;
const MAX_CATEGORIES: usize = 20;
const MAX_POINTS: i32 = 1000;
/// What a voice cannot read.
const UNREADABLE: [char; 12] = ['*', '#', '_', '<', '>', '{', '}', '[', ']', '|', '/', '\n'];

impl Settings {
    pub(super) fn check_agents(&self) -> Checked {
        let asks = self.agents.contains(&AgentKind::Qualification);
        if asks && self.question.is_empty() {
            let problem = "the qualification agent needs at least one [[question]]";
            return Err(SettingsError::at("question", problem));
        }
        if self.question.len() > MAX_QUESTIONS {
            return Err(SettingsError::at(
                "question",
                format!("more than {MAX_QUESTIONS} entries"),
            ));
        }
        let mut ids = HashSet::new();
        let mut fields = HashSet::new();
        for (index, question) in self.question.iter().enumerate() {
            let path = format!("question[{index}]");
            question.check(&path)?;
            if question.id.as_ref().is_some_and(|id| !ids.insert(id)) {
                return Err(SettingsError::at(format!("{path}.id"), "is written twice"));
            }
            if question.field.is_some_and(|field| !fields.insert(field)) {
                let problem = "another question fills this column already";
                return Err(SettingsError::at(format!("{path}.field"), problem));
            }
        }
        self.check_scoring()?;
        self.check_support()
    }

    fn check_scoring(&self) -> Checked {
        if self.scoring.qualified > 100 {
            let problem = format!("{} is not between 0 and 100", self.scoring.qualified);
            return Err(SettingsError::at("scoring.qualified", problem));
        }
        if self.scoring.follow_up > self.scoring.qualified {
            let problem = "must not be above scoring.qualified";
            return Err(SettingsError::at("scoring.follow_up", problem));
        }
        Ok(())
    }

    fn check_support(&self) -> Checked {
        let support = &self.support;
        if support.category.len() > MAX_CATEGORIES {
            let problem = format!("more than {MAX_CATEGORIES} entries");
            return Err(SettingsError::at("support.category", problem));
        }
        let mut names = HashSet::new();
        for (index, category) in support.category.iter().enumerate() {
            let path = format!("support.category[{index}]");
            spoken(&format!("{path}.name"), &category.name, MAX_NAME)?;
            if let Some(label) = &category.label {
                spoken(&format!("{path}.label"), label, MAX_NAME)?;
            }
            if !names.insert(category.name.trim().to_lowercase()) {
                return Err(SettingsError::at(format!("{path}.name"), "is written twice"));
            }
            words(&format!("{path}.words"), &category.words)?;
        }
        if support.urgency.len() > MAX_CATEGORIES {
            let problem = format!("more than {MAX_CATEGORIES} entries");
            return Err(SettingsError::at("support.urgency", problem));
        }
        for (index, urgency) in support.urgency.iter().enumerate() {
            words(&format!("support.urgency[{index}].words"), &urgency.words)?;
        }
        Ok(())
    }
}

impl QuestionEntry {
    fn check(&self, path: &str) -> Checked {
        let ask = format!("{path}.ask");
        spoken(&ask, &self.ask, MAX_LINE)?;
        if self.ask.matches('?').count() > 1 {
            return Err(SettingsError::at(ask, "asks more than one question"));
        }
        if self.id.as_ref().is_some_and(|id| id.trim().is_empty()) {
            return Err(SettingsError::at(format!("{path}.id"), "is empty"));
        }
        words(&format!("{path}.words"), &self.words)?;
        self.check_options(path)?;
        self.check_ranges(path)?;
        for (name, value) in [("points", self.points), ("points_no", self.points_no)] {
            points(&format!("{path}.{name}"), value)?;
        }
        if self.points_no != 0 && self.kind != Kind::YesNo {
            let problem = "only a question of kind \"yes_no\" has it";
            return Err(SettingsError::at(format!("{path}.points_no"), problem));
        }
        self.check_field(path)
    }

    fn check_options(&self, path: &str) -> Checked {
        let path = format!("{path}.options");
        match (self.kind, self.options.len()) {
            (Kind::Choice, 0..2) => {
                return Err(SettingsError::at(path, "a choice needs at least two"));
            }
            (Kind::Choice, 2..=MAX_OPTIONS) | (_, 0) => {}
            (Kind::Choice, _) => {
                return Err(SettingsError::at(path, format!("more than {MAX_OPTIONS} entries")));
            }
            _ => {
                let problem = "only a question of kind \"choice\" has options";
                return Err(SettingsError::at(path, problem));
            }
        }
        let mut labels = HashSet::new();
        for (index, OptionEntry { label, words: cues, points: worth }) in
            self.options.iter().enumerate()
        {
            let path = format!("{path}[{index}]");
            spoken(&format!("{path}.label"), label, MAX_NAME)?;
            words(&format!("{path}.words"), cues)?;
            points(&format!("{path}.points"), *worth)?;
            if !labels.insert(label.trim().to_lowercase()) {
                return Err(SettingsError::at(format!("{path}.label"), "is written twice"));
            }
        }
        Ok(())
    }

    fn check_ranges(&self, path: &str) -> Checked {
        if !self.ranges.is_empty() && !matches!(self.kind, Kind::Number | Kind::Amount) {
            let problem = "only a question of kind \"number\" or \"amount\" has ranges";
            return Err(SettingsError::at(format!("{path}.ranges"), problem));
        }
        if self.ranges.len() > MAX_OPTIONS {
            let problem = format!("more than {MAX_OPTIONS} entries");
            return Err(SettingsError::at(format!("{path}.ranges"), problem));
        }
        for (index, range) in self.ranges.iter().enumerate() {
            let path = format!("{path}.ranges[{index}]");
            if range.from.zip(range.to).is_some_and(|(from, to)| from > to) {
                return Err(SettingsError::at(format!("{path}.to"), "must not be below `from`"));
            }
            points(&format!("{path}.points"), range.points)?;
        }
        Ok(())
    }

    fn check_field(&self, path: &str) -> Checked {
        let Some(field) = self.field else { return Ok(()) };
        let amount = matches!(field, ProspectField::BudgetMin | ProspectField::BudgetMax);
        match amount == (self.kind == Kind::Amount) {
            true => Ok(()),
            false => {
                let problem = "a budget is answered by an \"amount\", the others by words";
                Err(SettingsError::at(format!("{path}.field"), problem))
            }
        }
    }
}

fn spoken(path: &str, value: &str, longest: usize) -> Checked {
    text(path, value, longest)?;
    match value.trim().chars().find(|c| UNREADABLE.contains(c)) {
        Some(sign) => Err(SettingsError::at(path, format!("holds {sign:?}, which no voice reads"))),
        None => Ok(()),
    }
}

fn words(path: &str, words: &[String]) -> Checked {
    if words.len() > MAX_WORDS {
        return Err(SettingsError::at(path, format!("more than {MAX_WORDS} entries")));
    }
    for (index, word) in words.iter().enumerate() {
        let path = format!("{path}[{index}]");
        text(&path, word, MAX_NAME)?;
        if !word.chars().any(char::is_alphanumeric) {
            return Err(SettingsError::at(path, "holds no letter"));
        }
    }
    Ok(())
}

fn points(path: &str, value: i32) -> Checked {
    if (-MAX_POINTS..=MAX_POINTS).contains(&value) {
        return Ok(());
    }
    let problem = format!("{value} is not between -{MAX_POINTS} and {MAX_POINTS}");
    Err(SettingsError::at(path, problem))
}
