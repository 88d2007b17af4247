//! Dates and hours as they are written in a settings file.

use serde::{Deserialize, Serialize};

/// A date or a time of day, as text or as TOML's own date or time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "String")]
pub struct Moment(pub String);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Toml(toml::value::Datetime),
}

impl From<Written> for Moment {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self(text),
            Written::Toml(moment) => Self(moment.to_string()),
        }
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}
