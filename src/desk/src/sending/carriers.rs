//! Who carries messages, as far as they are configured.

use crate::channels::vault::{Secrets, Vault};
use crate::outbox::Mail;
use domain::channel::Smtp;
use domain::message::sender::Sender;
use secrecy::{ExposeSecret as _, SecretString};
use vendors::mail::{MailSetupError, Mailer};
use vendors::twilio::client::Twilio;
use vendors::whatsapp::api::{PhoneNumberId, WhatsApp};

/// The house's accounts, its keys, and how people reach it.
#[derive(Clone)]
pub struct Carriers {
    /// Text messages, and WhatsApp by the same account.
    pub twilio: Option<Twilio>,
    /// The house's own sender of text messages.
    pub sender: Option<Sender>,
    /// WhatsApp by Meta.
    pub whatsapp: Option<Meta>,
    /// Mail of the house.
    pub mail: Mail,
    /// The keys of stored secrets and of links.
    pub vault: Vault,
    /// Our own address, without a slash at the end.
    pub home: String,
}

/// Meta's account of the house.
#[derive(Clone)]
pub struct Meta {
    /// Asks it.
    pub api: WhatsApp,
    /// The house's own sending number.
    pub number: Option<PhoneNumberId>,
}

impl Carriers {
    /// Nobody: nothing is configured.
    pub fn none(home: &str) -> Self {
        Self {
            twilio: None,
            sender: None,
            whatsapp: None,
            mail: Mail::Off,
            vault: Vault::default(),
            home: home.to_owned(),
        }
    }
}

impl Mail {
    /// True when no mail leaves.
    pub fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }
}

/// A mailer of a tenant's own server.
pub(super) fn mailer(smtp: &Smtp, secrets: &Secrets) -> Result<Mailer, MailSetupError> {
    let empty = SecretString::from("");
    let password = secrets.get("password").unwrap_or(&empty);
    let scheme = if smtp.port == 465 { "smtps" } else { "smtp" };
    let url = format!(
        "{scheme}://{}:{}@{}:{}",
        escaped(smtp.account()),
        escaped(password.expose_secret()),
        smtp.host.trim(),
        smtp.port
    );
    Mailer::new(&SecretString::from(url), &smtp.from())
}

/// A text as it may stand in the user's part of a URL.
fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    text.bytes().fold(String::new(), |mut out, b| {
        if plain(b) {
            out.push(b.into());
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
        out
    })
}
