//! The register of French businesses, and where their places lie.

/// A number in the register: a SIREN (the business) or a SIRET (one of its
/// places). Its last digit checks the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration(String);

/// The one business whose places are checked in another way.
const POST: &str = "356000000";

impl Registration {
    /// Reads nine or fourteen digits; blanks and points do not count.
    pub fn parse(raw: &str) -> Option<Self> {
        let blank = |c: &char| matches!(c, ' ' | '.' | '\u{a0}' | '\u{202f}');
        let text: String = raw.chars().filter(|c| !blank(c)).collect();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let something = text.bytes().any(|byte| byte != b'0');
        if !digits || !something || ![9, 14].contains(&text.len()) {
            return None;
        }
        let checked = match text.starts_with(POST) && text.len() == 14 {
            true => luhn(&text[..9]) && (luhn(&text) || sum(&text).is_multiple_of(5)),
            false => luhn(&text) && luhn(&text[..9]),
        };
        checked.then_some(Self(text))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The business's own number.
    pub fn siren(&self) -> &str {
        &self.0[..9]
    }
}

fn sum(digits: &str) -> u32 {
    digits.bytes().map(|byte| u32::from(byte - b'0')).sum()
}

/// Every second digit from the right counts double, digit by digit; the sum
/// ends in zero.
fn luhn(digits: &str) -> bool {
    let weighed = digits.bytes().rev().enumerate().map(|(at, byte)| {
        let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
        if digit > 9 { digit - 9 } else { digit }
    });
    weighed.sum::<u32>() % 10 == 0
}

const REGIONS: [(&str, &[u8]); 13] = [
    ("Auvergne-Rhône-Alpes", &[1, 3, 7, 15, 26, 38, 42, 43, 63, 69, 73, 74]),
    ("Bourgogne-Franche-Comté", &[21, 25, 39, 58, 70, 71, 89, 90]),
    ("Bretagne", &[22, 29, 35, 56]),
    ("Centre-Val de Loire", &[18, 28, 36, 37, 41, 45]),
    ("Corse", &[20]),
    ("Grand Est", &[8, 10, 51, 52, 54, 55, 57, 67, 68, 88]),
    ("Hauts-de-France", &[2, 59, 60, 62, 80]),
    ("Île-de-France", &[75, 77, 78, 91, 92, 93, 94, 95]),
    ("Normandie", &[14, 27, 50, 61, 76]),
    ("Nouvelle-Aquitaine", &[16, 17, 19, 23, 24, 33, 40, 47, 64, 79, 86, 87]),
    ("Occitanie", &[9, 11, 12, 30, 31, 32, 34, 46, 48, 65, 66, 81, 82]),
    ("Pays de la Loire", &[44, 49, 53, 72, 85]),
    ("Provence-Alpes-Côte d’Azur", &[4, 5, 6, 13, 83, 84]),
];

const OVERSEAS: [(&str, &str); 5] = [
    ("971", "Guadeloupe"),
    ("972", "Martinique"),
    ("973", "Guyane"),
    ("974", "La Réunion"),
    ("976", "Mayotte"),
];

/// The region of a postal code; `None` for what is none.
pub(super) fn region(postal_code: &str) -> Option<&'static str> {
    if postal_code.len() != 5 || !postal_code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let overseas = OVERSEAS.iter().find(|(start, _)| postal_code.starts_with(start));
    if let Some((_, region)) = overseas {
        return Some(region);
    }
    let department: u8 = postal_code[..2].parse().ok()?;
    let found = REGIONS.iter().find(|(_, departments)| departments.contains(&department));
    found.map(|(region, _)| *region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_checks_the_others() {
        for right in ["123456782", "123 456 782 00010", "12345678200010", "35600000000048"] {
            assert!(Registration::parse(right).is_some(), "{right}");
        }
        for wrong in [
            "123456783",
            "12345678200011",
            "12345678",
            "000000000",
            "1234567820001٠",
            "",
            "1234567é",
        ] {
            assert_eq!(Registration::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Registration::parse("12345678200010").unwrap().siren(), "123456782");
    }

    #[test]
    fn a_postal_code_lies_in_a_region() {
        for (code, wanted) in [
            ("35000", Some("Bretagne")),
            ("20000", Some("Corse")),
            ("97400", Some("La Réunion")),
            ("75001", Some("Île-de-France")),
            ("96000", None),
            ("3500", None),
            ("3500é", None),
        ] {
            assert_eq!(region(code), wanted, "{code}");
        }
        let all: Vec<u8> =
            REGIONS.iter().flat_map(|(_, departments)| departments.iter().copied()).collect();
        assert_eq!(all.len(), 95);
    }
}
