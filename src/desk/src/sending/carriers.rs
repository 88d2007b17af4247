//! Who carries messages, as far as they are configured.

use crate::channels::vault::{Secrets, Vault};
use crate::outbox::Mail;
use domain::channel::Smtp;
use domain::message::sender::Sender;
use secrecy::{ExposeSecret as _, SecretString};
use std::net::IpAddr;
use vendors::mail::{MailSetupError, Mailer, Server};
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
    /// True for a house that others than this machine reach.
    pub public: bool,
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
            public: false,
        }
    }
}

impl Carriers {
    /// Where a tenant's mail server is, if it is one that we may talk to. A house
    /// on the internet talks to servers on the internet: what stands beside it in
    /// its own network is not its tenants' to reach, nor to find out about. What
    /// was looked at is what is connected to: a name may lead elsewhere a moment
    /// later.
    pub(super) async fn place(&self, smtp: &Smtp) -> Place {
        if !self.public {
            return Place::Anywhere;
        }
        if !MAIL_PORTS.contains(&smtp.port) {
            return Place::Forbidden;
        }
        let host = smtp.host.trim().to_owned();
        match tokio::net::lookup_host((host, smtp.port)).await {
            Ok(found) => place_of(found.map(|at| at.ip())),
            Err(_) => Place::NotFound,
        }
    }
}

/// Where a tenant's mail server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Wherever its name leads: the house is private.
    Anywhere,
    /// There, on the internet.
    At(IpAddr),
    /// Nowhere now; later its name may be found.
    NotFound,
    /// Where no tenant's mail goes.
    Forbidden,
}

/// The first address, when all of them are on the internet.
fn place_of(found: impl Iterator<Item = IpAddr>) -> Place {
    let found: Vec<IpAddr> = found.collect();
    match found.first() {
        None => Place::NotFound,
        Some(_) if !found.iter().all(|address| is_public(*address)) => Place::Forbidden,
        Some(first) => Place::At(*first),
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

/// A mailer of a tenant's own server; to this address, where there is one.
pub(super) fn mailer(
    smtp: &Smtp,
    secrets: &Secrets,
    address: Option<IpAddr>,
) -> Result<Mailer, MailSetupError> {
    let empty = SecretString::from("");
    let password = secrets.get("password").unwrap_or(&empty);
    if let Some(address) = address {
        let (name, account) = (smtp.host.trim(), smtp.account());
        let server = Server { address, name, port: smtp.port, account, password };
        return Mailer::at(&server, &smtp.from());
    }
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
    fn a_server_is_where_its_name_led_when_it_was_looked_at() {
        let led = |addresses: &[&str]| {
            place_of(addresses.iter().map(|text| text.parse().expect("an address")))
        };
        let outside = "192.0.2.7".parse().expect("an address");
        assert_eq!(led(&["192.0.2.7", "2001:db8::1"]), Place::At(outside));
        assert_eq!(led(&["192.0.2.7", "10.1.2.3"]), Place::Forbidden);
        assert_eq!(led(&[]), Place::NotFound);
    }

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
