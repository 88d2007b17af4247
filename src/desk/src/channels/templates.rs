//! A tenant's own words, by event and language.

use domain::channel::{FieldError, Kind, Public, merge};
use domain::message::sender::Reach;
use domain::message::template::{LANGUAGES, Template, Trade, Use, usual};
use domain::message::{Channel, Event};
use domain::tenant::Profile;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 150;

/// Words of one event in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// One line, for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The text.
    pub text: String,
}

/// A tenant's own templates of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Templates(BTreeMap<Event, BTreeMap<String, Words>>);

impl Templates {
    pub(crate) fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts by name are JSON")
    }

    /// The tenant's own words of an event, if it has any.
    pub fn own(&self, event: Event, language: &str) -> Option<&Words> {
        self.0.get(&event)?.get(language)
    }

    /// The words of an event: the tenant's own, or the usual ones.
    pub fn words(&self, event: Event, channel: Channel, language: &str) -> Words {
        let usual = usual(event, channel, language);
        let own = self.own(event, language);
        let subject = own.and_then(|own| own.subject.clone());
        Words {
            subject: Some(subject.unwrap_or_else(|| usual.subject.to_owned())),
            text: own.map_or_else(|| usual.text.to_owned(), |own| own.text.clone()),
        }
    }

    /// The same after a merge patch, every text checked.
    pub(crate) fn patched(
        &self,
        patch: &Value,
        kind: Kind,
        profile: &Profile,
        public: &Public,
    ) -> Result<Self, FieldError> {
        let Some(channel) = kind.messages() else {
            return Err(FieldError::at("templates", "ce canal n’a pas de modèles"));
        };
        let mut value = serde_json::to_value(self).expect("texts by name are JSON");
        merge(&mut value, patch);
        let templates: Self = serde_path_to_error::deserialize(value).map_err(|error| {
            FieldError::at(format!("templates.{}", error.path()), error.inner().to_string())
        })?;
        for (event, languages) in &templates.0 {
            for (language, words) in languages {
                let path = format!("templates.{}.{language}", event.as_str());
                if !LANGUAGES.contains(&language.as_str()) {
                    return Err(FieldError::at(path, "les langues sont fr et en"));
                }
                check(&path, words, use_of(*event, channel, profile, reach(public)))?;
            }
        }
        Ok(templates)
    }
}

/// Whether messages of a channel can be answered.
pub(crate) fn reach(public: &Public) -> Reach {
    match public {
        Public::Sms(sms) => sms.sender().map_or(Reach::OneWay, |sender| sender.reach()),
        _ => Reach::TwoWay,
    }
}

/// What a template of a tenant is for.
pub(crate) fn use_of(event: Event, channel: Channel, profile: &Profile, reach: Reach) -> Use {
    let trade = if profile.health { Trade::Health } else { Trade::Other };
    Use { event, channel, trade, reach }
}

fn check(path: &str, words: &Words, wanted: Use) -> Result<(), FieldError> {
    let field = |name: &str, error: domain::message::template::TemplateError| {
        FieldError::at(format!("{path}.{name}"), error.to_string())
    };
    Template::parse(&words.text, wanted).map_err(|error| field("text", error))?;
    let Some(subject) = &words.subject else { return Ok(()) };
    if subject.contains(['\r', '\n']) || subject.chars().count() > LONGEST_SUBJECT {
        return Err(FieldError::at(
            format!("{path}.subject"),
            "une ligne d’au plus 150 caractères",
        ));
    }
    // A subject needs none of the places that the text must have.
    let wanted = Use { event: Event::Test, ..wanted };
    Template::parse(subject, wanted).map_err(|error| field("subject", error)).map(drop)
}
