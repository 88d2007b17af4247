//! What people type into the fields of requests and prospects.

use super::TicketError;
use domain::email::EmailAddress;
use domain::phone::E164;
use domain::tenant::Profile;

/// The longest line.
const LINE: usize = 200;
/// The longest text.
const WORDS: usize = 5_000;
/// What a request may be besides the tenant's own categories.
const CATEGORIES: [&str; 7] =
    ["message", "callback", "prescription", "results", "complaint", "waiting_list", "emergency"];

/// One line of text; `None` when it is empty.
pub(crate) fn line(field: &'static str, text: Option<&str>) -> Result<Option<String>, TicketError> {
    let one = words(field, text)?;
    match &one {
        Some(line) if line.contains('\n') || line.chars().count() > LINE => {
            Err(TicketError::Field(field))
        }
        _ => Ok(one),
    }
}

/// Several lines of text; `None` when there are none.
pub(crate) fn words(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<String>, TicketError> {
    let text = text.unwrap_or_default().replace("\r\n", "\n");
    let text = text.trim();
    let odd = text.chars().any(|c| c.is_control() && !c.is_whitespace());
    if odd || text.chars().count() > WORDS {
        return Err(TicketError::Field(field));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A telephone number in any usual form.
pub(crate) fn phone(text: Option<&str>, profile: &Profile) -> Result<Option<E164>, TicketError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let number = text.map(|text| E164::parse(text, &profile.country)).transpose();
    number.map_err(|_| TicketError::Field("phone"))
}

/// A mail address.
pub(crate) fn email(text: Option<&str>) -> Result<Option<String>, TicketError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let address = text.map(EmailAddress::parse).transpose();
    let address = address.map_err(|_| TicketError::Field("email"))?;
    Ok(address.map(|address| address.as_str().to_owned()))
}

/// A category that calls use, or one of the tenant's own.
pub(crate) fn category(text: &str, profile: &Profile) -> Result<String, TicketError> {
    let text = text.trim();
    let known = CATEGORIES.contains(&text) || profile.support.category(text).is_some();
    if known { Ok(text.to_owned()) } else { Err(TicketError::Field("category")) }
}
