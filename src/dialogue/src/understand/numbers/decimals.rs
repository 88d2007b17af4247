//! Decimals that come to a whole number: "1,5 million", "250 000,00".

use super::lexicon::{Entry, Sense, entry};
use super::parse;
use crate::understand::words::{Joint, Word};

/// More decimals than any scale has zeros.
const MOST_DECIMALS: usize = 9;

/// The number at `start..end` with its decimals, when they make it another
/// whole number or none at all.
pub(super) fn whole(
    words: &[Word],
    start: usize,
    value: i128,
    end: usize,
) -> Option<(i128, usize)> {
    let (digits, after) = decimals(words, end)?;
    if let Some(scale) = words.get(after).and_then(scale) {
        let places = u32::try_from(digits.len()).ok()?;
        let shift = 10_i128.checked_pow(places)?;
        let parts = value.checked_mul(shift)?.checked_add(digits.parse().ok()?)?;
        let scaled = parts.checked_mul(scale)?;
        return (scaled % shift == 0).then_some((scaled / shift, after + 1));
    }
    let tied = |at: usize| words.get(at).is_some_and(|word| matches!(word.joint, Joint::Sign(_)));
    let nothing = digits.len() <= 2 && digits.bytes().all(|digit| digit == b'0');
    let comma = words[end].joint == Joint::Sign(',')
        || words.get(after).is_some_and(|word| word.folded == "euros");
    (nothing && comma && !tied(start) && !tied(after)).then_some((value, after))
}

/// The digits after the comma, and the index after them.
fn decimals(words: &[Word], end: usize) -> Option<(String, usize)> {
    let word = words.get(end)?;
    if word.is_figure() && matches!(word.joint, Joint::Sign(',' | '.')) {
        return (word.folded.len() <= MOST_DECIMALS).then(|| (word.folded.clone(), end + 1));
    }
    if word.folded != "virgule" {
        return None;
    }
    let mut at = end + 1;
    let mut digits = String::new();
    while words.get(at).is_some_and(|word| word.folded == "zero") {
        digits.push('0');
        at += 1;
    }
    // The scale belongs to the whole: "un virgule cinq million".
    let last = (at..words.len()).take(MOST_DECIMALS).find(|at| scale(&words[*at]).is_some())?;
    if last > at {
        let (rest, read) = parse::number(&words[..last], at)?;
        if read != last {
            return None;
        }
        digits.push_str(&rest.to_string());
    }
    (digits.len() <= MOST_DECIMALS).then_some((digits, last))
}

/// What a scale multiplies by.
fn scale(word: &Word) -> Option<i128> {
    match entry(&word.folded) {
        Some(Entry { sense: Sense::Scale(scale), ordinal: false }) => Some(scale),
        _ => parse::abbreviated(word),
    }
}
