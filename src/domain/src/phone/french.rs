//! France and its territories: one ten-digit plan, several country codes.

use super::PhoneError;

/// Overseas blocks of the ten-digit plan, and the country code they are reached by.
const OVERSEAS: &[(&str, &str)] = &[
    ("0262", "262"),
    ("0263", "262"),
    ("0269", "262"),
    ("0639", "262"),
    ("0692", "262"),
    ("0693", "262"),
    ("0590", "590"),
    ("0690", "590"),
    ("0691", "590"),
    ("0594", "594"),
    ("0694", "594"),
    ("0596", "596"),
    ("0696", "596"),
    ("0697", "596"),
];

/// Inside Mayotte's 0639, but kept for fiction and written as metropolitan everywhere.
const FICTION_MOBILE: &str = "063998";

/// The country code of digits dialled in France or in one of its territories;
/// `None` when `country` is none of these. Cheap: no library, no pattern.
pub(super) fn calling_code(
    digits: &str,
    country: &str,
) -> Result<Option<&'static str>, PhoneError> {
    match country {
        "FR" | "GP" | "BL" | "MF" | "MQ" | "GF" | "RE" | "YT" => ten_digits(digits).map(Some),
        "PM" if digits.len() == 6 => Ok(Some("508")),
        "PM" => ten_digits(digits).map(Some),
        "NC" => Ok(Some("687")),
        "PF" => Ok(Some("689")),
        "WF" => Ok(Some("681")),
        _ => Ok(None),
    }
}

fn ten_digits(digits: &str) -> Result<&'static str, PhoneError> {
    match digits.as_bytes() {
        [b'0', b'1'..=b'9', rest @ ..] if rest.len() == 8 => Ok(code_of(digits)),
        short if short.len() < 10 => Err(PhoneError::TooShort),
        long if long.len() > 10 => Err(PhoneError::TooLong),
        _ => Err(PhoneError::Malformed),
    }
}

fn code_of(digits: &str) -> &'static str {
    if digits.starts_with("0508") {
        return "508";
    }
    if digits.starts_with(FICTION_MOBILE) {
        return "33";
    }
    OVERSEAS.iter().find(|(block, _)| digits.starts_with(block)).map_or("33", |(_, code)| code)
}

/// The national number without the zero that is dialled inside the country only
/// (`+33 09…`, `+508 0508…`). Countries whose numbers keep their zero are untouched.
pub(super) fn without_trunk_zero<'a>(code: &str, national: &'a str) -> &'a str {
    let prefix = match code {
        "33" | "262" | "590" | "594" | "596" if national.len() == 10 => "0",
        "508" if national.len() == 10 => "0508",
        _ => "",
    };
    national.strip_prefix(prefix).unwrap_or(national)
}

/// The ten digits dialled in France, in pairs parted by no-break spaces.
pub(super) fn display(code: &str, national: &str) -> Option<String> {
    let digits = match (code, national.len()) {
        ("33" | "262" | "590" | "594" | "596", 9) => format!("0{national}"),
        ("508", 6) => format!("0508{national}"),
        _ => return None,
    };
    let pairs: Vec<&str> = (0..5).map(|pair| &digits[2 * pair..2 * pair + 2]).collect();
    Some(pairs.join("\u{a0}"))
}
