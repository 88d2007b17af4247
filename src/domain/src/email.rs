//! E-mail addresses.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};

/// An address as its owner writes it, with the domain in lower case. Compared
/// without regard to case, since no provider in use tells two such boxes apart.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct EmailError;

const MAX_BYTES: usize = 254;
const MAX_LOCAL: usize = 64;

impl EmailAddress {
    /// Reads an address; spaces around it do not matter. Quoted local parts and
    /// domains without a dot are refused, except `localhost` for private use.
    pub fn parse(raw: &str) -> Result<Self, EmailError> {
        let text = raw.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError)?;
        let domain = domain.to_lowercase();
        let sane = text.len() <= MAX_BYTES && is_local(local) && is_domain(&domain);
        if sane { Ok(Self(format!("{local}@{domain}"))) } else { Err(EmailError) }
    }

    /// The address as it is written on a message.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form to store and to look up: all in lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// What logs show: the first letter and the domain (`c***@example.fr`).
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}***@{domain}")
    }
}

fn is_local(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    !local.is_empty()
        && local.len() <= MAX_LOCAL
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (domain == "localhost" || domain.contains('.')) && domain.split('.').all(label)
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;
    fn try_from(text: String) -> Result<Self, EmailError> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_trimmed_and_compared_without_case() {
        let address = EmailAddress::parse("  Camille.Lefevre@Cabinet.EXAMPLE ").unwrap();
        assert_eq!(address.as_str(), "Camille.Lefevre@cabinet.example");
        assert_eq!(address, EmailAddress::parse("camille.lefevre@cabinet.example").unwrap());
        assert_eq!(address.key(), "camille.lefevre@cabinet.example");
        assert!(EmailAddress::parse("staff@localhost").is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for raw in [
            "",
            "camille",
            "@example.fr",
            "camille@",
            "camille@example",
            "a b@example.fr",
            "a@b@example.fr",
            ".a@example.fr",
            "a..b@example.fr",
            "a@-example.fr",
            "a@example..fr",
            "a@example.fr\r\nBcc: b@example.fr",
            "<a@example.fr>",
        ] {
            assert!(EmailAddress::parse(raw).is_err(), "{raw:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.fr", "a".repeat(65))).is_err());
    }

    #[test]
    fn debug_hides_the_person() {
        let address = EmailAddress::parse("camille@example.fr").unwrap();
        assert_eq!(format!("{address:?}"), "c***@example.fr");
    }

    proptest! {
        #[test]
        fn what_is_read_reads_back_the_same(raw in "\\PC{0,12}@\\PC{0,12}") {
            if let Ok(address) = EmailAddress::parse(&raw) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address.clone());
                let _ = address.masked();
            }
        }
    }
}
