//! What people and programs write about an appointment, checked at the edge.

use super::AppointmentError;
use domain::email::EmailAddress;

/// The most characters of a name.
const NAME: usize = 200;
/// The most characters of why somebody comes.
pub const MOTIVE: usize = 500;
/// The most characters of notes.
pub const NOTES: usize = 4_000;

/// A name, without the spaces around it.
pub(crate) fn name(raw: &str) -> Result<&str, AppointmentError> {
    let name = raw.trim();
    let printed = !name.is_empty() && !name.chars().any(char::is_control);
    let usable = printed && name.chars().count() <= NAME;
    if usable { Ok(name) } else { Err(AppointmentError::NoName) }
}

/// A written address, if one is given.
pub(crate) fn email(raw: Option<&str>) -> Result<Option<String>, AppointmentError> {
    let given = raw.map(str::trim).filter(|raw| !raw.is_empty());
    let parsed = given.map(EmailAddress::parse).transpose();
    let parsed = parsed.map_err(|_| AppointmentError::BadEmail)?;
    Ok(parsed.map(|address| address.as_str().to_owned()))
}

/// A text of some lines, if one is given.
pub(crate) fn text<'a>(
    raw: Option<&'a str>,
    (what, longest): (&'static str, usize),
) -> Result<Option<&'a str>, AppointmentError> {
    let Some(text) = raw.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let printed = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    let usable = printed && text.chars().count() <= longest;
    if usable { Ok(Some(text)) } else { Err(AppointmentError::TooLong(what)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_trimmed_and_bounded() {
        assert_eq!(name("  Camille Lefèvre "), Ok("Camille Lefèvre"));
        assert_eq!(name(&"é".repeat(200)).map(str::len), Ok(400));
        for bad in ["", " ", "a\nb", &"é".repeat(201)] {
            assert_eq!(name(bad), Err(AppointmentError::NoName));
        }
        assert_eq!(email(Some(" ")), Ok(None));
        assert_eq!(email(Some("Camille@EXEMPLE.fr")), Ok(Some("Camille@exemple.fr".to_owned())));
        assert_eq!(email(Some(&format!("{}@exemple.fr", "a".repeat(300)))).ok(), None);
        assert_eq!(text(Some(" a\nb "), ("motive", MOTIVE)), Ok(Some("a\nb")));
        assert_eq!(
            text(Some(&"a".repeat(501)), ("motive", MOTIVE)),
            Err(AppointmentError::TooLong("motive"))
        );
        assert!(text(Some("a\u{0}b"), ("motive", MOTIVE)).is_err());
    }
}
