//! A name that is said again, otherwise: "Durand, euh Durant".

use super::take::{self, Expectation, Taken};
use crate::understand::words::{Word, fold};

/// Said between a slip and what is meant.
const BETWEEN: [&str; 17] = [
    "euh", "heu", "non", "pardon", "enfin", "plutot", "c", "est", "cest", "je", "veux", "dire",
    "excusez", "moi", "desole", "desolee", "dis",
];
/// Of these at least one is said.
const MARKS: [&str; 9] =
    ["euh", "heu", "non", "pardon", "enfin", "plutot", "dire", "desole", "desolee"];

/// The name that takes the place of the one just said, if one does.
pub(super) fn repaired(words: &[Word], before: &Taken) -> Option<Taken> {
    let said = |list: &[&str], word: &&Word| list.contains(&word.folded.as_str());
    let rest = words.get(before.end..)?;
    let between = rest.iter().take_while(|word| said(&BETWEEN, word)).count();
    if !rest[..between].iter().any(|word| said(&MARKS, &word)) {
        return None;
    }
    let mut again = take::name_at(words, before.end + between, Expectation::Certain)?;
    let (old, new) = (before.parts.last()?, again.parts.last()?);
    if !alike(&fold(old), &fold(new)) {
        return None;
    }
    // The first name stays.
    if let ([new], [first @ .., _]) = (&again.parts[..], &before.parts[..]) {
        again.parts = first.iter().chain([new]).cloned().collect();
    }
    Some(again)
}

/// True when two names differ by no more than two letters.
fn alike(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    start + end >= 2 && one.len() - end <= 2 && other.len() - end <= 2
}
