//! How a tenant's channels are set: what may be shown of each, typed.
//!
//! Start with [`Public::parse`]. Secrets are elsewhere and sealed; here are
//! only their names.

use crate::email::EmailAddress;
use crate::message::Event;
use crate::message::sender::Sender;
use crate::phone::E164;
use crate::tenant::AgentKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

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

/// How calls are taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Phone {
    /// The practice's own line, which is passed on to us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_phone_number: Option<String>,
    /// The assistant.
    pub sara: Sara,
    /// Whether the practice has set its line to be passed on.
    pub transfer_configured: bool,
}

/// The assistant of the calls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Sara {
    /// `female`, `male`, or a provider's name of a voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// How it calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant_name: Option<String>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_type: Option<AgentKind>,
    /// ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What else it is to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_instructions: Option<String>,
}

/// How text messages leave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Sms {
    /// A name of 3 to 11 characters, a short code, or a number that can write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
}

/// How mail leaves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Email {
    /// The practice's own server; absent: ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp: Option<Smtp>,
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// 465 or 587.
    pub port: u16,
    /// The account; absent: the sender's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The sender.
    pub from_email: String,
    /// The sender's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
}

/// How WhatsApp leaves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WhatsApp {
    /// By which account it was connected.
    pub connection_method: Connection,
    /// Who carries it.
    pub carrier: Carrier,
    /// The sending number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whatsapp_number: Option<String>,
    /// Meta's name of that number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_id: Option<String>,
    /// Approved templates by event: needed outside of 24 hours.
    pub templates: BTreeMap<Event, Approved>,
}

/// How a WhatsApp account was connected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Connection {
    /// By its owner's sign-in.
    Oauth,
    /// By a token that was typed in, or by ours.
    #[default]
    Manual,
}

/// Who carries WhatsApp.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Carrier {
    /// Meta itself.
    #[default]
    Meta,
    /// Twilio.
    Twilio,
}

/// A template that WhatsApp has approved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approved {
    /// Its name at Meta, or `HX…` at Twilio.
    pub name: String,
    /// Its language.
    #[serde(default = "french")]
    pub language: String,
    /// Our variables that fill it, in order.
    #[serde(default)]
    pub variables: Vec<String>,
}

fn french() -> String {
    "fr".to_owned()
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

/// The longest free text, in characters.
const LONGEST: usize = 2000;

fn short(path: &str, text: Option<&String>, most: usize) -> Result<(), FieldError> {
    match text {
        Some(text) if text.chars().count() > most => {
            Err(FieldError::at(path, format!("au plus {most} caractères")))
        }
        Some(text) if text.chars().any(|c| c.is_control() && c != '\n') => {
            Err(FieldError::at(path, "un caractère ne s’imprime pas"))
        }
        _ => Ok(()),
    }
}

impl Phone {
    /// The practice's own line.
    pub fn line(&self) -> Option<E164> {
        self.client_phone_number.as_deref().and_then(|text| E164::parse(text, "FR").ok())
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.client_phone_number.is_some() && self.line().is_none() {
            let path = "public.clientPhoneNumber";
            return Err(FieldError::at(path, "ce n’est pas un numéro de téléphone"));
        }
        short("public.sara.voice", self.sara.voice.as_ref(), 100)?;
        short("public.sara.assistantName", self.sara.assistant_name.as_ref(), 60)?;
        short("public.sara.language", self.sara.language.as_ref(), 8)?;
        short("public.sara.customInstructions", self.sara.custom_instructions.as_ref(), LONGEST)
    }
}

impl Sms {
    /// The sender; `None`: not yet set.
    pub fn sender(&self) -> Option<Sender> {
        self.sender.as_deref().and_then(|text| Sender::parse(text).ok())
    }

    fn check(&self) -> Result<(), FieldError> {
        match self.sender.as_deref().map(Sender::parse) {
            Some(Err(problem)) => Err(FieldError::at("public.sender", problem.to_string())),
            _ => Ok(()),
        }
    }
}

impl Smtp {
    /// The sender as a mail shows it.
    pub fn from(&self) -> String {
        match self.from_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => format!("\"{}\" <{}>", name.replace(['"', '\\'], ""), self.from_email),
            None => self.from_email.clone(),
        }
    }

    /// The account.
    pub fn account(&self) -> &str {
        self.username.as_deref().unwrap_or(&self.from_email)
    }

    fn check(&self) -> Result<(), FieldError> {
        let host = self.host.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if host.is_empty() || host.len() > 253 || !host.chars().all(plain) {
            return Err(FieldError::at("public.smtp.host", "ce n’est pas un nom de serveur"));
        }
        if self.port == 0 {
            return Err(FieldError::at("public.smtp.port", "465 ou 587"));
        }
        EmailAddress::parse(&self.from_email)
            .map_err(|_| FieldError::at("public.smtp.fromEmail", "ce n’est pas une adresse"))?;
        short("public.smtp.username", self.username.as_ref(), 254)?;
        let name = self.from_name.as_ref();
        if name.is_some_and(|name| name.contains(['\r', '\n'])) {
            return Err(FieldError::at("public.smtp.fromName", "sur une seule ligne"));
        }
        short("public.smtp.fromName", name, 100)
    }
}

impl WhatsApp {
    /// The sending number.
    pub fn number(&self) -> Option<E164> {
        self.whatsapp_number.as_deref().and_then(|text| E164::parse(text, "FR").ok())
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.whatsapp_number.is_some() && self.number().is_none() {
            let path = "public.whatsappNumber";
            return Err(FieldError::at(path, "ce n’est pas un numéro de téléphone"));
        }
        let digits = |text: &String| {
            (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !self.phone_number_id.as_ref().is_none_or(digits) {
            return Err(FieldError::at("public.phoneNumberId", "des chiffres seulement"));
        }
        for (event, approved) in &self.templates {
            let path = format!("public.templates.{}", event.as_str());
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if approved.name.is_empty() || !approved.name.chars().all(plain) {
                return Err(FieldError::at(format!("{path}.name"), "lettres, chiffres et _"));
            }
            let known = |name: &String| {
                crate::message::template::VARIABLES.iter().any(|(known, _)| known == name)
            };
            if let Some(at) = approved.variables.iter().position(|name| !known(name)) {
                let path = format!("{path}.variables[{at}]");
                return Err(FieldError::at(path, "cette variable n’existe pas"));
            }
        }
        Ok(())
    }
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
mod tests {
    use super::*;
    use serde_json::json;

    fn path(kind: Kind, value: Value) -> String {
        Public::parse(kind, &value).unwrap_err().path
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        for (kind, value, at) in [
            (Kind::Phone, json!({ "clientPhoneNumber": "12" }), "public.clientPhoneNumber"),
            (Kind::Phone, json!({ "sara": { "agentType": "boss" } }), "public.sara.agentType"),
            (Kind::Sms, json!({ "sender": "0639981234" }), "public.sender"),
            (Kind::Sms, json!({ "senders": "x" }), "public.senders"),
            (
                Kind::Email,
                json!({ "smtp": { "host": "a b", "port": 465, "fromEmail": "a@example.fr" } }),
                "public.smtp.host",
            ),
            (
                Kind::Email,
                json!({ "smtp": { "host": "a", "port": 70000, "fromEmail": "a@example.fr" } }),
                "public.smtp.port",
            ),
            (
                Kind::Email,
                json!({ "smtp": { "host": "a", "port": 465, "fromEmail": "a@example.fr",
                    "fromName": "x\r\nBcc: y" } }),
                "public.smtp.fromName",
            ),
            (Kind::WhatsApp, json!({ "phoneNumberId": "a/b" }), "public.phoneNumberId"),
            (
                Kind::WhatsApp,
                json!({ "templates": { "confirmation": { "name": "x", "variables": ["y"] } } }),
                "public.templates.confirmation.variables[0]",
            ),
        ] {
            assert_eq!(path(kind, value), at);
        }
    }

    #[test]
    fn nothing_set_is_no_error_and_comes_back_as_it_was() {
        for kind in Kind::ALL {
            let public = Public::parse(kind, &json!({})).unwrap();
            assert_eq!(Public::parse(kind, &public.to_value()), Ok(public));
        }
    }

    #[test]
    fn a_patch_changes_what_it_names() {
        let mut value = json!({ "a": { "b": 1, "c": 2 }, "d": 3 });
        merge(&mut value, &json!({ "a": { "b": null, "e": 5 }, "d": 4 }));
        assert_eq!(value, json!({ "a": { "c": 2, "e": 5 }, "d": 4 }));
    }
}
