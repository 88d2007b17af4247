//! Lengths of foreign numbers, for the countries callers of a French practice
//! have numbers of; every other country code gets the general bounds.

/// Country code and how many digits follow it.
static LENGTHS: [(&str, usize, usize); 44] = [
    ("1", 10, 10),
    ("20", 9, 10),
    ("211", 9, 9),
    ("212", 9, 9),
    ("213", 8, 9),
    ("216", 8, 8),
    ("218", 8, 9),
    ("221", 9, 9),
    ("223", 8, 8),
    ("224", 9, 9),
    ("225", 10, 10),
    ("226", 8, 8),
    ("227", 8, 8),
    ("228", 8, 8),
    ("229", 8, 10),
    ("230", 7, 8),
    ("235", 8, 8),
    ("236", 8, 8),
    ("237", 9, 9),
    ("241", 7, 8),
    ("242", 9, 9),
    ("243", 9, 9),
    ("261", 9, 9),
    ("262", 9, 9),
    ("269", 7, 7),
    ("31", 9, 9),
    ("32", 8, 9),
    ("34", 9, 9),
    ("351", 9, 9),
    ("352", 5, 9),
    ("353", 9, 9),
    ("376", 6, 9),
    ("377", 8, 9),
    ("39", 6, 11),
    ("41", 9, 9),
    ("44", 9, 10),
    ("45", 8, 8),
    ("46", 7, 9),
    ("49", 7, 11),
    ("508", 6, 9),
    ("590", 9, 9),
    ("594", 9, 9),
    ("596", 9, 9),
    ("687", 6, 6),
];

/// True when digits after `+` have the length of a number of their country.
/// A country that is not listed is taken by the bounds of E.164.
pub(super) fn fits(digits: &str) -> bool {
    if digits.starts_with('0') || digits.starts_with("33") {
        return false;
    }
    match listed(digits) {
        Some((code, least, most)) => (*least..=*most).contains(&(digits.len() - code.len())),
        None => (9..=15).contains(&digits.len()),
    }
}

/// True when the country code is one of those listed.
pub(super) fn is_listed(digits: &str) -> bool {
    listed(digits).is_some()
}

fn listed(digits: &str) -> Option<&'static (&'static str, usize, usize)> {
    LENGTHS.iter().find(|(code, ..)| digits.starts_with(code))
}
