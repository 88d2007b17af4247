//! The country codes of the ITU (no code begins another) and how long the
//! national numbers behind them are.

use super::PhoneError;

/// E.164 allows fifteen digits, the country code included.
const MAX_DIGITS: usize = 15;

/// Country code, shortest and longest national number; sorted by code.
#[rustfmt::skip]
const COUNTRIES: &[(u16, u8, u8)] = &[
    (1, 10, 10), (7, 10, 10), (20, 8, 10), (27, 5, 10), (30, 10, 12), (31, 5, 11), (32, 8, 9),
    (33, 9, 9), (34, 9, 9), (36, 8, 9), (39, 6, 12), (40, 6, 9), (41, 9, 12), (43, 4, 13),
    (44, 7, 10), (45, 8, 8), (46, 6, 12), (47, 5, 8), (48, 6, 10), (49, 4, 13), (51, 8, 9),
    (52, 10, 10), (53, 6, 10), (54, 10, 11), (55, 8, 11), (56, 9, 11), (57, 8, 11), (58, 10, 10),
    (60, 8, 10), (61, 5, 12), (62, 7, 13), (63, 6, 13), (64, 5, 10), (65, 8, 11), (66, 8, 13),
    (81, 8, 13), (82, 5, 13), (84, 7, 10), (86, 7, 12), (90, 7, 13), (91, 8, 13), (92, 8, 12),
    (93, 9, 9), (94, 9, 9), (95, 6, 10), (98, 4, 10), (211, 9, 9), (212, 9, 9), (213, 8, 9),
    (216, 8, 8), (218, 9, 9), (220, 7, 7), (221, 9, 9), (222, 8, 8), (223, 8, 8), (224, 8, 9),
    (225, 10, 10), (226, 8, 8), (227, 8, 8), (228, 8, 8), (229, 8, 10), (230, 7, 10), (231, 7, 9),
    (232, 8, 8), (233, 8, 9), (234, 10, 12), (235, 8, 8), (236, 8, 8), (237, 8, 9), (238, 7, 7),
    (239, 7, 7), (240, 9, 9), (241, 7, 8), (242, 9, 9), (243, 7, 10), (244, 9, 9), (245, 7, 9),
    (246, 7, 7), (247, 5, 6), (248, 7, 7), (249, 9, 9), (250, 8, 9), (251, 9, 9), (252, 6, 9),
    (253, 8, 8), (254, 7, 10), (255, 9, 9), (256, 9, 9), (257, 8, 8), (258, 8, 9), (260, 9, 9),
    (261, 9, 9), (262, 9, 9), (263, 5, 10), (264, 8, 9), (265, 7, 9), (266, 8, 8), (267, 7, 10),
    (268, 8, 9), (269, 7, 7), (290, 4, 5), (291, 7, 7), (297, 7, 7), (298, 6, 6), (299, 6, 6),
    (350, 8, 8), (351, 9, 9), (352, 4, 11), (353, 7, 10), (354, 7, 9), (355, 6, 9), (356, 8, 8),
    (357, 8, 8), (358, 5, 12), (359, 6, 12), (370, 8, 8), (371, 8, 8), (372, 7, 10), (373, 8, 8),
    (374, 8, 8), (375, 6, 11), (376, 6, 9), (377, 8, 9), (378, 8, 10), (380, 9, 10), (381, 6, 12),
    (382, 8, 9), (383, 8, 12), (385, 7, 9), (386, 5, 8), (387, 8, 9), (389, 8, 8), (420, 9, 12),
    (421, 6, 9), (423, 7, 9), (500, 5, 5), (501, 7, 11), (502, 8, 11), (503, 7, 11), (504, 8, 11),
    (505, 8, 8), (506, 8, 10), (507, 7, 11), (508, 6, 9), (509, 8, 8), (590, 9, 9), (591, 8, 9),
    (592, 7, 7), (593, 8, 11), (594, 9, 9), (595, 6, 11), (596, 9, 9), (597, 6, 7), (598, 4, 12),
    (599, 7, 8), (670, 7, 8), (672, 6, 6), (673, 7, 7), (674, 7, 7), (675, 7, 8), (676, 5, 7),
    (677, 5, 7), (678, 5, 7), (679, 7, 11), (680, 7, 7), (681, 6, 9), (682, 5, 5), (683, 4, 7),
    (685, 5, 10), (686, 5, 8), (687, 6, 6), (688, 5, 7), (689, 6, 9), (690, 4, 7), (691, 7, 7),
    (692, 7, 7), (800, 8, 8), (808, 8, 8), (850, 8, 10), (852, 5, 11), (853, 7, 8), (855, 8, 10),
    (856, 8, 10), (870, 9, 12), (878, 12, 12), (880, 6, 10), (881, 8, 11), (882, 7, 12), (883, 7, 12),
    (886, 7, 11), (888, 8, 11), (960, 7, 10), (961, 7, 8), (962, 8, 9), (963, 8, 9), (964, 8, 10),
    (965, 7, 8), (966, 9, 10), (967, 7, 9), (968, 7, 9), (970, 8, 10), (971, 5, 12), (972, 7, 12),
    (973, 8, 8), (974, 7, 11), (975, 7, 8), (976, 8, 10), (977, 8, 11), (979, 9, 9), (992, 9, 9),
    (993, 8, 8), (994, 9, 9), (995, 9, 9), (996, 9, 10), (998, 9, 9),
];

/// How many digits the country code at the start of `digits` has.
pub(super) fn code_len(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// Country code and national number.
pub(super) fn split(digits: &str) -> Result<(&str, &str), PhoneError> {
    let (code, national) = digits.split_at_checked(code_len(digits)).ok_or(PhoneError::TooShort)?;
    if lengths(code).is_some() { Ok((code, national)) } else { Err(PhoneError::Malformed) }
}

/// Refuses a national number that no subscriber of that country can have.
pub(super) fn check_length(code: &str, national: &str) -> Result<(), PhoneError> {
    let (shortest, longest) = lengths(code).ok_or(PhoneError::Malformed)?;
    let longest = longest.min(MAX_DIGITS - code.len());
    match national.len() {
        short if short < shortest => Err(PhoneError::TooShort),
        long if long > longest => Err(PhoneError::TooLong),
        _ if impossible_start(code, national) => Err(PhoneError::Malformed),
        _ => Ok(()),
    }
}

fn lengths(code: &str) -> Option<(usize, usize)> {
    let code: u16 = code.parse().ok()?;
    let at = COUNTRIES.binary_search_by_key(&code, |row| row.0).ok()?;
    Some((COUNTRIES[at].1.into(), COUNTRIES[at].2.into()))
}

/// Shapes that are wrong at a possible length: French numbers and North
/// American areas and exchanges have fixed first digits.
fn impossible_start(code: &str, national: &str) -> bool {
    let bytes = national.as_bytes();
    match code {
        "33" | "262" | "590" | "594" | "596" => bytes[0] == b'0',
        "508" => !matches!(bytes.len(), 6 | 9),
        "681" => !matches!(bytes.len(), 6 | 9),
        "689" => !matches!(bytes.len(), 6 | 8 | 9),
        "1" => bytes[0] < b'2' || bytes[3] < b'2',
        _ => false,
    }
}
