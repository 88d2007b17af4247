//! Mail addresses of people who sign in.

use serde::{Deserialize, Serialize};

/// A mail address, trimmed and lower case; at most 254 characters.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A text is not a mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct NotAnAddress;

impl Email {
    /// Accepts what mail servers could: something, one `@`, something.
    pub fn parse(raw: &str) -> Option<Self> {
        let text = raw.trim();
        let (name, host) = text.split_once('@')?;
        let plain = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_graphic() && !"@<>()[],;:\\\"".contains(c))
        };
        (text.len() <= 254 && plain(name) && plain(host)).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(…)")
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text).ok_or(NotAnAddress)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case_and_never_printed() {
        let email = Email::parse("  Camille@Exemple.FR ").expect("an address");
        assert_eq!(email.as_str(), "camille@exemple.fr");
        assert!(!format!("{email:?}").contains("camille"));
        assert!(Email::parse("staff@localhost").is_some());
    }

    #[test]
    fn what_could_break_a_mail_is_no_address() {
        for bad in ["", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\r\nBcc: c@d", "<a@b>", "é@b"] {
            assert_eq!(Email::parse(bad), None, "{bad}");
        }
        assert_eq!(Email::parse(&format!("{}@b", "a".repeat(300))), None);
    }
}
