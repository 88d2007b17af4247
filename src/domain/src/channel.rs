//! How a tenant's channels are set: what may be shown of each, typed.
//!
//! Start with [`Public::parse`]. Secrets are elsewhere and sealed; here are
//! only their names.

mod fields;

pub use fields::{Approved, Carrier, Connection, Email, Phone, Sara, Sms, Smtp, WhatsApp};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A way to reach people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of the channels say it")]
pub enum Kind {
    Phone,
    Sms,
    Email,
    WhatsApp,
}

impl Kind {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Sms, Self::Email, Self::WhatsApp];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::WhatsApp => "whatsapp",
        }
    }

    /// Reads the stored word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The names of the secrets that it may have.
    pub fn secrets(self) -> &'static [&'static str] {
        match self {
            Self::Phone | Self::Sms => &[],
            Self::Email => &["password"],
            Self::WhatsApp => &["accessToken"],
        }
    }

    /// The channel of messages; `None` for calls.
    pub fn messages(self) -> Option<crate::message::Channel> {
        crate::message::Channel::parse(self.as_str())
    }
}

/// What is wrong with a field, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct FieldError {
    /// `public.smtp.port`.
    pub path: String,
    /// What is wrong, for the person who fills it in.
    pub problem: String,
}

impl FieldError {
    /// A problem at a path.
    pub fn at(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { path: path.into(), problem: problem.into() }
    }
}

/// What may be shown of a channel.
#[derive(Debug, Clone, PartialEq)]
pub enum Public {
    /// Calls.
    Phone(Phone),
    /// Text messages.
    Sms(Sms),
    /// Mail.
    Email(Email),
    /// WhatsApp.
    WhatsApp(WhatsApp),
}

impl Public {
    /// Reads and checks what may be shown of a channel.
    pub fn parse(kind: Kind, value: &Value) -> Result<Self, FieldError> {
        let public = match kind {
            Kind::Phone => Self::Phone(read(value)?),
            Kind::Sms => Self::Sms(read(value)?),
            Kind::Email => Self::Email(read(value)?),
            Kind::WhatsApp => Self::WhatsApp(read(value)?),
        };
        public.check()?;
        Ok(public)
    }

    /// As it is stored and shown.
    pub fn to_value(&self) -> Value {
        let written = match self {
            Self::Phone(phone) => serde_json::to_value(phone),
            Self::Sms(sms) => serde_json::to_value(sms),
            Self::Email(email) => serde_json::to_value(email),
            Self::WhatsApp(whatsapp) => serde_json::to_value(whatsapp),
        };
        written.expect("texts and numbers by name are JSON")
    }

    fn check(&self) -> Result<(), FieldError> {
        match self {
            Self::Phone(phone) => phone.check(),
            Self::Sms(sms) => sms.check(),
            Self::Email(email) => email.smtp.as_ref().map_or(Ok(()), Smtp::check),
            Self::WhatsApp(whatsapp) => whatsapp.check(),
        }
    }
}

fn read<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "public".to_owned() } else { format!("public.{path}") };
        FieldError::at(path, error.inner().to_string())
    })
}

/// A JSON merge patch (RFC 7396): objects are merged, `null` removes.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    for (name, value) in fields {
        let Some(object) = target.as_object_mut() else { return };
        if value.is_null() {
            object.remove(name);
        } else {
            merge(object.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests;
