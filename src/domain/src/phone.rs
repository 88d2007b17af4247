//! Telephone numbers: the canonical form (E.164), what callers and providers
//! write instead of it, and how little of it may be shown.
//!
//! Start with [`E164::parse`]; [`CallerId`] reads what a network announces.

mod caller;
mod countries;
mod french;
mod plan;
mod scan;

pub use caller::CallerId;
pub use plan::PlanWarning;

use scan::Dialled;
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

/// Fewer digits than this without `+`, `00` or a leading zero may be a national
/// number with a digit lost, so they are never read as starting with a country code.
const BARE_INTERNATIONAL: usize = 11;

impl E164 {
    /// Reads a number as people and providers write it: `09 39 24 05 75`,
    /// `0033…`, `+33 (0)9…`, `33939240575`, `tel:`, `sip:+33…@host`, `whatsapp:`.
    /// A national form is taken as `country`'s (ISO 3166 alpha-2, `"FR"`).
    /// French national forms of overseas numbers (`0692…`) become numbers of
    /// their own country code (`+262692…`).
    pub fn parse(raw: &str, country: &str) -> Result<Self, PhoneError> {
        let dialled = scan::scan(raw)?;
        let number = Self::classify(&dialled, country)?;
        if caller::is_network_code(&number.0[1..]) { Err(PhoneError::Absent) } else { Ok(number) }
    }

    fn classify(dialled: &Dialled, country: &str) -> Result<Self, PhoneError> {
        let digits = dialled.digits();
        if dialled.plus {
            return Self::international(digits);
        }
        let north_american = matches!(country, "US" | "CA");
        let exit = if north_american { "011" } else { "00" };
        if let Some(rest) = digits.strip_prefix(exit) {
            return Self::international(rest);
        }
        let national = Self::national(digits, country);
        let bare = digits.len() >= BARE_INTERNATIONAL && !digits.starts_with('0');
        if bare && national.is_err() { Self::international(digits) } else { national }
    }

    /// `digits` start with a country code.
    fn international(digits: &str) -> Result<Self, PhoneError> {
        let (code, national) = countries::split(digits)?;
        let national = french::without_trunk_zero(code, national);
        countries::check_length(code, national)?;
        Ok(Self(format!("+{code}{national}")))
    }

    fn national(digits: &str, country: &str) -> Result<Self, PhoneError> {
        if let Some(code) = french::calling_code(digits, country)? {
            return Self::international(&format!("{code}{digits}"));
        }
        if matches!(country, "US" | "CA") {
            let local = digits.strip_prefix('1').unwrap_or(digits);
            return Self::international(&format!("1{local}"));
        }
        let number = plan::national(digits, country)?;
        Self::international(&number)
    }

    /// The canonical text, `+33639981234`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits of the country code, without `+`.
    pub fn country_code(&self) -> &str {
        let digits = &self.0[1..];
        &digits[..countries::code_len(digits)]
    }

    /// The digits after the country code.
    pub fn national_number(&self) -> &str {
        &self.0[1 + self.country_code().len()..]
    }

    /// True for a mobile number of France or of one of its territories: one
    /// that surely receives text messages.
    pub fn is_french_mobile(&self) -> bool {
        const MOBILE: [&str; 7] =
            ["+336", "+337", "+26269", "+262639", "+59069", "+59469", "+59669"];
        MOBILE.iter().any(|start| self.0.starts_with(start))
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

    /// As French people write it, `09 39 24 05 75` with no-break spaces; `None`
    /// for a number that is not dialled with ten digits in France.
    pub fn national_fr(&self) -> Option<String> {
        french::display(self.country_code(), self.national_number())
    }

    /// What the numbering plan has to say against this number. Never a reason
    /// to refuse it: plans change faster than their metadata.
    pub fn plan_warning(&self) -> Option<PlanWarning> {
        plan::warning(self)
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

#[cfg(test)]
mod tests;
