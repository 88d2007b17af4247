//! Telephone numbers: the canonical form (E.164), what callers and providers
//! write instead of it, and how little of it may be shown.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A telephone number in canonical form: `+`, country code, national number.
///
/// Shape and country lengths decide validity; the numbering plan only warns,
/// because its metadata rejects ranges such as 06 39 98 that are in real use
/// as numbers kept for fiction.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(String);

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing that could be digits, or withheld by the network.
    #[error("no telephone number")]
    Absent,
    /// Fewer digits than any number of that country.
    #[error("telephone number is too short")]
    TooShort,
    /// More digits than any number of that country.
    #[error("telephone number is too long")]
    TooLong,
    /// Characters or a country code that no number has.
    #[error("not a telephone number")]
    Malformed,
}

impl E164 {
    /// Reads a number as people and providers write it: `09 39 24 05 75`,
    /// `0033…`, `+33 (0)9…`, `tel:`, `sip:+33…@host`, `whatsapp:`.
    /// A national form is taken as `country`'s (ISO 3166 alpha-2, `"FR"`).
    pub fn parse(raw: &str, country: &str) -> Result<Self, PhoneError> {
        let _ = (raw, country);
        Err(PhoneError::Malformed)
    }

    /// The canonical text, `+33639981234`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits of the country code, without `+`.
    pub fn country_code(&self) -> &str {
        ""
    }

    /// The only part that may be spoken: the last two digits.
    pub fn last_two(&self) -> &str {
        &self.0[self.0.len() - 2..]
    }

    /// What logs and lists show: country code, six `X`, last two digits
    /// (`+33XXXXXX34`), whatever the length.
    pub fn masked(&self) -> String {
        format!("+{}XXXXXX{}", self.country_code(), self.last_two())
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for E164 {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text, "FR")
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.0
    }
}
