//! What the numbering plans' metadata knows. Slow (patterns): foreign national
//! forms and warnings only.

use super::{E164, PhoneError};
use phonenumber::{Mode, country};

/// A remark about a number that is valid by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanWarning {
    /// Kept for fiction: nobody can be reached on it.
    Fiction,
    /// The plan's metadata knows no such range.
    Unassigned,
}

/// National blocks (without zero) that France keeps for fiction.
const FICTION: &[&str] = &["19900", "26191", "35301", "46571", "53649", "63998"];

pub(super) fn warning(number: &E164) -> Option<PlanWarning> {
    let national = number.national_number();
    if number.country_code() == "33" && FICTION.iter().any(|block| national.starts_with(block)) {
        return Some(PlanWarning::Fiction);
    }
    let known = phonenumber::parse(None, number.as_str()).is_ok_and(|n| phonenumber::is_valid(&n));
    (!known).then_some(PlanWarning::Unassigned)
}

/// Country code and national number of digits dialled inside `country`.
pub(super) fn national(digits: &str, country: &str) -> Result<String, PhoneError> {
    let id: country::Id = country.parse().map_err(|_| PhoneError::Malformed)?;
    let number = phonenumber::parse(Some(id), digits).map_err(|_| PhoneError::Malformed)?;
    let text = number.format().mode(Mode::E164).to_string();
    Ok(text.trim_start_matches('+').to_owned())
}
