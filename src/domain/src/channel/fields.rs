//! The fields of each channel, and what may stand in them.

use super::FieldError;
use crate::email::EmailAddress;
use crate::message::Event;
use crate::message::sender::Sender;
use crate::phone::E164;
use crate::tenant::AgentKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// The longest free text, in characters.
const LONGEST: usize = 2000;
/// The longest name of an approved template that Meta gives.
const MOST_NAME: usize = 512;
/// The most places of an approved template.
const MOST_VARIABLES: usize = 20;

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

    pub(super) fn check(&self) -> Result<(), FieldError> {
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

    pub(super) fn check(&self) -> Result<(), FieldError> {
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

    pub(super) fn check(&self) -> Result<(), FieldError> {
        let host = self.host.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if host.is_empty() || host.len() > 253 || !host.chars().all(plain) {
            return Err(FieldError::at("public.smtp.host", "ce n’est pas un nom de serveur"));
        }
        if self.port == 0 {
            return Err(FieldError::at("public.smtp.port", "un nombre : 465, 587, 2525 ou 25"));
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

    pub(super) fn check(&self) -> Result<(), FieldError> {
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
            let named = (1..=MOST_NAME).contains(&approved.name.len());
            if !named || !approved.name.chars().all(plain) {
                return Err(FieldError::at(format!("{path}.name"), "lettres, chiffres et _"));
            }
            if !(2..=10).contains(&approved.language.len()) {
                return Err(FieldError::at(format!("{path}.language"), "de 2 à 10 lettres"));
            }
            if approved.variables.len() > MOST_VARIABLES {
                let path = format!("{path}.variables");
                return Err(FieldError::at(path, "20 variables au plus"));
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
