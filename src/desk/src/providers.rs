//! The providers of numbers and voices, as far as they are configured.

use secrecy::SecretString;
use vendors::elevenlabs::api::Api as ElevenLabs;
use vendors::twilio::client::{Credentials, Twilio};
use vendors::twilio::number::Hooks;
use vendors::vapi::api::Api as Vapi;

/// Who can be asked, and how they reach us.
#[derive(Clone)]
pub struct Providers {
    /// Numbers.
    pub twilio: Option<Telephony>,
    /// Voices: the usual one.
    pub vapi: Option<Vapi>,
    /// Voices: another.
    pub elevenlabs: Option<ElevenLabs>,
    /// What Vapi and ElevenLabs are to present when they call us.
    pub secret: Option<SecretString>,
    /// Our own address, without a slash at the end.
    pub home: String,
    /// Whether anything real happens.
    pub account: Account,
}

/// A Twilio account.
#[derive(Clone)]
pub struct Telephony {
    /// Asks it.
    pub client: Twilio,
    /// Opens it: Vapi keeps a copy, to answer the calls.
    pub credentials: Credentials,
}

/// Whether money is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// It is.
    Real,
    /// The built-in simulators stand in.
    Simulated,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Vapi.
    Vapi,
    /// ElevenLabs.
    ElevenLabs,
}

impl Voice {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vapi => "vapi",
            Self::ElevenLabs => "elevenlabs",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Vapi, Self::ElevenLabs].into_iter().find(|voice| voice.as_str() == word)
    }
}

impl Providers {
    /// Nobody: nothing is configured.
    pub fn none(home: &str) -> Self {
        Self {
            twilio: None,
            vapi: None,
            elevenlabs: None,
            secret: None,
            home: home.to_owned(),
            account: Account::Real,
        }
    }

    /// The voice that is configured; Vapi's first.
    pub fn voice(&self) -> Option<Voice> {
        let vapi = self.vapi.as_ref().map(|_| Voice::Vapi);
        vapi.or_else(|| self.elevenlabs.as_ref().map(|_| Voice::ElevenLabs))
    }

    /// Where Twilio reports calls. `None`: our own address is none that it could call.
    pub(crate) fn hooks(&self) -> Option<Hooks> {
        let url = |path: &str| format!("{}/api/webhooks/call/{path}", self.home).parse().ok();
        Some(Hooks {
            voice: url("incoming")?,
            voice_fallback: None,
            status: url("status")?,
            sms: None,
        })
    }
}
