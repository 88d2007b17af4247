//! The accounts at Twilio and ElevenLabs.

use super::text::url;
use super::{ConfigError, Env, error, secrets};
use domain::message::sender::Sender;
use reqwest::Url;
use secrecy::SecretString;
use vendors::twilio::client::Credentials;
use vendors::twilio::sid::AccountSid;
use vendors::whatsapp::api::PhoneNumberId;

/// Twilio's part of the configuration.
#[derive(Debug, Clone, Default)]
pub struct TwilioConfig {
    /// What opens the account, with the first token.
    pub credentials: Option<Credentials>,
    /// What Twilio signs with: any of them is accepted, one for each region.
    pub tokens: Vec<SecretString>,
    /// Another host in Twilio's place.
    pub base_url: Option<Url>,
}

/// ElevenLabs's part of the configuration.
#[derive(Debug, Clone, Default)]
pub struct ElevenLabsConfig {
    /// For requests to ElevenLabs.
    pub api_key: Option<SecretString>,
    /// What ElevenLabs signs its reports with; any of them is accepted.
    pub secrets: Vec<SecretString>,
    /// Another host in ElevenLabs's place.
    pub base_url: Option<Url>,
}

/// WhatsApp's part of the configuration (Meta's own API).
#[derive(Debug, Clone, Default)]
pub struct WhatsAppConfig {
    /// For requests to Meta.
    pub token: Option<SecretString>,
    /// The house's own sending number.
    pub number: Option<PhoneNumberId>,
    /// What Meta signs its webhooks with.
    pub secret: Option<SecretString>,
    /// What its verification presents.
    pub verify_token: Option<SecretString>,
    /// Another host in Meta's place.
    pub base_url: Option<Url>,
}

/// WhatsApp's part, read.
pub(super) fn whatsapp(env: Env<'_>) -> Result<WhatsAppConfig, ConfigError> {
    let name = "WHATSAPP_PHONE_NUMBER_ID";
    let number = match env(name) {
        None => None,
        Some(text) => {
            Some(PhoneNumberId::parse(&text).ok_or_else(|| error(name, "is a number of digits"))?)
        }
    };
    Ok(WhatsAppConfig {
        token: env("WHATSAPP_ACCESS_TOKEN").map(Into::into),
        number,
        secret: env("WHATSAPP_APP_SECRET").map(Into::into),
        verify_token: env("WHATSAPP_VERIFY_TOKEN").map(Into::into),
        base_url: url(env, "WHATSAPP_BASE_URL")?,
    })
}

/// The sender of text messages of the house; a number that may not write is none.
pub(super) fn sender(env: Env<'_>) -> Option<Sender> {
    env("TWILIO_PHONE_NUMBER").and_then(|text| Sender::parse(&text).ok())
}

/// Twilio's part, read.
pub(super) fn twilio(env: Env<'_>) -> Result<TwilioConfig, ConfigError> {
    let base_url = url(env, "TWILIO_BASE_URL")?;
    let tokens = secrets(env, "TWILIO_AUTH_TOKEN");
    Ok(TwilioConfig { credentials: credentials(env)?, tokens, base_url })
}

/// ElevenLabs's part, read.
pub(super) fn elevenlabs(env: Env<'_>) -> Result<ElevenLabsConfig, ConfigError> {
    let base_url = url(env, "ELEVENLABS_BASE_URL")?;
    let secrets = secrets(env, "ELEVENLABS_WEBHOOK_SECRET");
    Ok(ElevenLabsConfig { api_key: env("ELEVENLABS_API_KEY").map(Into::into), secrets, base_url })
}

/// Both or neither: an account and the first of its tokens.
fn credentials(env: Env<'_>) -> Result<Option<Credentials>, ConfigError> {
    let token = secrets(env, "TWILIO_AUTH_TOKEN").into_iter().next();
    match (env("TWILIO_ACCOUNT_SID"), token) {
        (None, _) => Ok(None),
        (Some(_), None) => {
            Err(error("TWILIO_AUTH_TOKEN", "is needed when TWILIO_ACCOUNT_SID is set"))
        }
        (Some(sid), Some(token)) => {
            let account = AccountSid::parse(&sid);
            let account = account
                .ok_or_else(|| error("TWILIO_ACCOUNT_SID", "must be AC and 32 hexadecimal digits"));
            Ok(Some(Credentials { account: account?, token }))
        }
    }
}
