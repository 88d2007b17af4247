//! Who carries messages, as far as they are configured.

use crate::channels::vault::{Secrets, Vault};
use crate::outbox::Mail;
use domain::channel::Smtp;
use domain::message::sender::Sender;
use secrecy::{ExposeSecret as _, SecretString};
use std::net::IpAddr;
use vendors::mail::{MailSetupError, Mailer};
use vendors::twilio::client::Twilio;
use vendors::whatsapp::api::{PhoneNumberId, WhatsApp};

/// Where mail servers listen.
pub(crate) const MAIL_PORTS: [u16; 4] = [25, 465, 587, 2525];

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

impl Carriers {
    /// True when a tenant's mail server is one that we may talk to. A house on
    /// the internet talks to servers on the internet: what stands beside it in
    /// its own network is not its tenants' to reach, nor to find out about.
    pub(super) async fn may_reach(&self, smtp: &Smtp) -> bool {
        if !self.is_on_the_internet() {
            return true;
        }
        let host = smtp.host.trim().to_owned();
        let found = tokio::net::lookup_host((host, smtp.port)).await;
        // A name that cannot be found now is found later, or the mailer says so.
        let outside = found.map_or(true, |mut found| found.all(|at| is_public(at.ip())));
        outside && MAIL_PORTS.contains(&smtp.port)
    }

    /// True for a house that providers reach from outside.
    pub(crate) fn is_on_the_internet(&self) -> bool {
        self.home.starts_with("https://")
    }
}

fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            let shared = first == 100 && (64..128).contains(&second);
            let own = v4.is_private() || v4.is_loopback() || v4.is_link_local() || shared;
            !own && first != 0 && first < 224
        }
        IpAddr::V6(v6) => {
            let global = (0x2000..0x4000).contains(&v6.segments()[0]);
            // 6to4 and NAT64 lead to addresses of version 4.
            global && v6.segments()[0] != 0x2002
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_us_is_not_on_the_internet() {
        for own in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "2002::1",
        ] {
            assert!(!is_public(own.parse().expect("an address")), "{own}");
        }
        for outside in ["192.0.2.7", "8.8.8.8", "2001:db8::1", "100.128.0.1"] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }
}
