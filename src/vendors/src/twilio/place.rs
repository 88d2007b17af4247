//! Countries, area codes and kinds of numbers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A country, ISO 3166 alpha-2 in upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// France.
    pub const FRANCE: Self = Self(*b"FR");
    /// The United States.
    pub const UNITED_STATES: Self = Self(*b"US");

    /// Reads two letters of either case.
    pub fn parse(raw: &str) -> Option<Self> {
        let code: [u8; 2] = raw.trim().to_ascii_uppercase().as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII letters, see `parse`")
    }

    /// Whether numbers there have three-digit area codes of the North American plan.
    pub fn has_area_codes(self) -> bool {
        matches!(&self.0, b"US" | b"CA")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a country")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

/// A North American area code: three digits, the first from 2 to 9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaCode(String);

impl AreaCode {
    /// Reads `212`; `None` for anything that is no area code.
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let digits = raw.len() == 3 && raw.bytes().all(|b| b.is_ascii_digit());
        (digits && raw.as_bytes()[0] >= b'2').then(|| Self(raw.to_owned()))
    }

    /// The three digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The kinds of numbers that Twilio sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Of a town or region (France: +331 to +335).
    Local,
    /// Mobile (France: +336, +337).
    Mobile,
    /// Of no place (France: +339).
    National,
    /// Free for the caller.
    TollFree,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::National, Self::TollFree];

    /// Reads `local`, `mobile`, `national`, `toll-free`, in either case.
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.as_str() == raw)
    }

    /// The name in objects: `local`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::National => "national",
            Self::TollFree => "toll-free",
        }
    }

    /// The name in URLs: `Local`.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Mobile => "Mobile",
            Self::National => "National",
            Self::TollFree => "TollFree",
        }
    }
}
