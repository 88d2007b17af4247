//! Telephone numbers that are got for a tenant: where, how many, in which steps.

use crate::phone::E164;
use jiff::SignedDuration;

/// How many numbers a tenant may pay for.
pub const NUMBERS_PER_TENANT: i64 = 10;
/// How many assistants a tenant may have.
pub const AGENTS_PER_TENANT: usize = 50;
/// How long a number that was given up can be taken back.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Countries in which numbers are got, ISO 3166 alpha-2.
pub const COUNTRIES: [&str; 10] = ["FR", "US", "CA", "BE", "CH", "LU", "GB", "DE", "ES", "IT"];

/// The countries of country codes.
const CODES: [(&str, &str); 9] = [
    ("33", "FR"),
    ("1", "US"),
    ("32", "BE"),
    ("41", "CH"),
    ("352", "LU"),
    ("44", "GB"),
    ("49", "DE"),
    ("34", "ES"),
    ("39", "IT"),
];

/// How far the getting of a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Wished for; written before anything is bought.
    Requested,
    /// Bought: it is being paid for.
    Purchased,
    /// Among the tenant's numbers, with its price.
    Recorded,
    /// The network knows where to report its calls.
    Configured,
    /// The voice provider knows the number and who answers it.
    Linked,
    /// Calls reach the tenant.
    Active,
    /// The country wants documents that nobody has handed in.
    DocumentsMissing,
    /// The documents are being looked at.
    InReview,
    /// The documents were refused.
    Rejected,
    /// Given up; nothing is paid for.
    Failed,
}

impl Stage {
    /// The steps to a number that works, in their order.
    pub const STEPS: [Self; 6] = [
        Self::Requested,
        Self::Purchased,
        Self::Recorded,
        Self::Configured,
        Self::Linked,
        Self::Active,
    ];

    const WORDS: [(Self, &'static str); 10] = [
        (Self::Requested, "requested"),
        (Self::Purchased, "purchased"),
        (Self::Recorded, "recorded"),
        (Self::Configured, "configured"),
        (Self::Linked, "linked"),
        (Self::Active, "active"),
        (Self::DocumentsMissing, "documents_missing"),
        (Self::InReview, "in_review"),
        (Self::Rejected, "rejected"),
        (Self::Failed, "failed"),
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(stage, _)| *stage == self).map_or("failed", |(_, word)| word)
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(stage, _)| *stage)
    }

    /// True when a number is owned because of it.
    pub fn is_paid(self) -> bool {
        use Stage::{Active, Configured, Linked, Purchased, Recorded};
        matches!(self, Purchased | Recorded | Configured | Linked | Active)
    }

    /// True while it waits for documents or their review.
    pub fn waits_for_documents(self) -> bool {
        matches!(self, Self::DocumentsMissing | Self::InReview | Self::Rejected)
    }
}

/// Where a number is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166 alpha-2.
    pub country: String,
    /// `212` in North America, `01` in France.
    pub area: Option<String>,
}

/// What is wrong with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// No country in which numbers are got.
    #[error("country is two letters of a country where numbers are sold")]
    Country,
    /// Not an area code of that country.
    #[error("area_code is three digits in the United States and Canada, 01 to 05 or 09 in France")]
    Area,
}

impl Place {
    /// Reads what was asked. Three digits without a country mean the United
    /// States; otherwise the tenant's country counts.
    pub fn read(country: Option<&str>, area: Option<&str>, home: &str) -> Result<Self, PlaceError> {
        let text = |given: Option<&str>| {
            given.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let area = text(area);
        let digits = |text: &str, len: usize| {
            text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let american = area.as_deref().is_some_and(|area| digits(area, 3));
        let country = match text(country) {
            Some(given) => given.to_ascii_uppercase(),
            None if american => "US".to_owned(),
            None => home.to_ascii_uppercase(),
        };
        if !COUNTRIES.contains(&country.as_str()) {
            return Err(PlaceError::Country);
        }
        let fits = |area: &str| match country.as_str() {
            "US" | "CA" => digits(area, 3) && area.as_bytes()[0] >= b'2',
            "FR" => ["01", "02", "03", "04", "05", "09"].contains(&area),
            _ => false,
        };
        match area {
            Some(area) if !fits(&area) => Err(PlaceError::Area),
            area => Ok(Self { country, area }),
        }
    }

    /// Where a number lies that somebody has already.
    pub fn of(number: &E164) -> Result<Self, PlaceError> {
        let country = CODES.iter().find(|(code, _)| *code == number.country_code());
        let country = country.ok_or(PlaceError::Country)?.1.to_owned();
        let area = match country.as_str() {
            "US" => number.national_number().get(..3).map(str::to_owned),
            "FR" => number.national_number().get(..1).map(|first| format!("0{first}")),
            _ => None,
        };
        Ok(Self { country, area })
    }

    /// `national` for French numbers of no place, else `local`.
    pub fn kind(&self) -> &'static str {
        if self.area.as_deref() == Some("09") { "national" } else { "local" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(country: &str, area: &str) -> Result<(String, Option<String>), PlaceError> {
        let place = Place::read(Some(country), Some(area), "FR")?;
        Ok((place.country, place.area))
    }

    #[test]
    fn three_digits_without_a_country_are_american() {
        assert_eq!(read("", "212"), Ok(("US".to_owned(), Some("212".to_owned()))));
        assert_eq!(read("", ""), Ok(("FR".to_owned(), None)));
        assert_eq!(read("fr", "01"), Ok(("FR".to_owned(), Some("01".to_owned()))));
        assert_eq!(Place::read(None, None, "us").map(|place| place.country), Ok("US".to_owned()));
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for (country, area) in [("US", "112"), ("US", "21"), ("US", "2a2"), ("FR", "212")] {
            assert_eq!(read(country, area), Err(PlaceError::Area), "{country} {area}");
        }
        for country in ["ZZ", "France", "é", "U"] {
            assert_eq!(read(country, ""), Err(PlaceError::Country), "{country}");
        }
        assert_eq!(read("US", "²12"), Err(PlaceError::Area));
        assert_eq!(read("DE", "30"), Err(PlaceError::Area));
    }

    #[test]
    fn stored_words_read_back() {
        for (stage, word) in Stage::WORDS {
            assert_eq!((Stage::parse(word), stage.as_str()), (Some(stage), word));
        }
        assert_eq!(Stage::parse("PURCHASED"), None);
    }
}
