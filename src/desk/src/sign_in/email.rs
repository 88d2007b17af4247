//! Whom somebody signs in as.

use domain::email::{EmailAddress, EmailError};
use serde::{Deserialize, Serialize};

/// A mail address as the key of a person: all in lower case.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Accepts what [`EmailAddress`] does.
    pub fn parse(raw: &str) -> Option<Self> {
        EmailAddress::parse(raw).ok().map(|address| Self(address.key()))
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
    type Error = EmailError;
    fn try_from(text: String) -> Result<Self, EmailError> {
        Self::parse(&text).ok_or(EmailError)
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
}
