//! `[[agent]]`: assistants with numbers of their own.

use super::check::{MAX_NAME, text};
use super::{Settings, SettingsError};
use crate::numbers::Place;
use crate::tenant::AgentKind;
use serde::{Deserialize, Serialize};

/// `[[agent]]`: an assistant that the tenant is to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentEntry {
    /// What it is called; also what tells it from the others.
    pub name: String,
    /// What it does; absent: appointments.
    #[serde(default = "appointment", rename = "type")]
    pub kind: AgentKind,
    /// Two letters; absent: French.
    #[serde(default = "french")]
    pub language: String,
    /// Where its number is; absent: in the tenant's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `212` in North America, `01` in France.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
    /// Whether a number is got for it.
    #[serde(default)]
    pub provision: bool,
}

impl AgentEntry {
    /// Where its number is wanted.
    pub fn place(&self, home: &str) -> Result<Place, crate::numbers::PlaceError> {
        Place::read(self.country.as_deref(), self.area_code.as_deref(), home)
    }
}

fn appointment() -> AgentKind {
    AgentKind::Appointment
}

fn french() -> String {
    "fr".to_owned()
}

impl Settings {
    pub(super) fn check_declared(&self) -> super::check::Checked {
        for (at, agent) in self.agent.iter().enumerate() {
            let path = |field: &str| format!("agent[{at}].{field}");
            text(&path("name"), &agent.name, MAX_NAME)?;
            let twice = self.agent[..at].iter().any(|before| before.name == agent.name);
            if twice {
                return Err(SettingsError::at(path("name"), "another agent has this name"));
            }
            let language = agent.language.as_bytes();
            if language.len() != 2 || !language.iter().all(u8::is_ascii_lowercase) {
                return Err(SettingsError::at(path("language"), "is two letters, \"fr\""));
            }
            if let Err(error) = agent.place(&self.country) {
                return Err(SettingsError::at(path("area_code"), error.to_string()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(agents: &str) -> Result<Settings, SettingsError> {
        Settings::from_toml(&format!("name = \"Cabinet\"\n{agents}"))
    }

    #[test]
    fn an_agent_is_declared_with_its_number() {
        let file = "[[agent]]\nname = \"Accueil\"\ntype = \"support\"\narea_code = \"01\"\n\
                    provision = true\n[[agent]]\nname = \"Nuit\"\n";
        let settings = read(file).unwrap();
        let first = &settings.agent[0];
        assert_eq!((first.kind, first.language.as_str()), (AgentKind::Support, "fr"));
        assert_eq!(first.place("FR").unwrap().area.as_deref(), Some("01"));
        assert!(!settings.agent[1].provision);
        assert_eq!(Settings::from_json(&settings.to_json()).unwrap(), settings);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_field() {
        for (file, path) in [
            ("[[agent]]\nname = \"\"", "agent[0].name"),
            ("[[agent]]\nname = \"A\"\n[[agent]]\nname = \"A\"", "agent[1].name"),
            ("[[agent]]\nname = \"A\"\nlanguage = \"fra\"", "agent[0].language"),
            ("[[agent]]\nname = \"A\"\narea_code = \"99\"", "agent[0].area_code"),
        ] {
            assert_eq!(read(file).unwrap_err().path, path, "{file}");
        }
    }
}
