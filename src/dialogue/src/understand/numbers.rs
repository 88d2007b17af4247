//! Cardinals and ordinals in words and figures.
//!
//! `lexicon` knows the words, `parse` the grammar of one number, `decimals` what
//! a comma adds to it. A number is
//! read as long as French lets it go on: "deux cent deux mille" is one,
//! "trois quatre" are two.

mod decimals;
mod lexicon;
mod parse;
#[cfg(test)]
mod tests;

use super::words::{Joint, Word};
use lexicon::sense;
use std::ops::Range;

/// Every cardinal or ordinal said, in order.
pub fn find(words: &[Word]) -> Vec<i64> {
    spans(words).into_iter().map(|(value, _)| value).collect()
}

/// The same, each with the words that say it.
pub(super) fn spans(words: &[Word]) -> Vec<(i64, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match parse::number(words, at) {
            Some((value, end)) => {
                let (value, end) = decimals::whole(words, at, value, end).unwrap_or((value, end));
                if is_meant(words, at, end) {
                    let value = if is_negative(words, at) { -value } else { value };
                    // What 64 bits cannot hold is nothing a caller means.
                    found.extend(i64::try_from(value).ok().map(|value| (value, at..end)));
                }
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// The cardinal in words that begins at a word, and the index after it.
pub(crate) fn cardinal_at(words: &[Word], at: usize) -> Option<(i128, usize)> {
    lexicon::is_cardinal(&words.get(at)?.folded).then(|| parse::number(words, at))?
}

/// False for "un" as an article and for words that only look like a number.
fn is_meant(words: &[Word], at: usize, end: usize) -> bool {
    let alone = words.len() == end - at;
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let after = words.get(end).map_or("", |word| word.folded.as_str());
    if end - at > 1 || words[at].is_figure() {
        return true;
    }
    match words[at].folded.as_str() {
        // An article, unless something says that it counts.
        "un" | "une" => {
            let counts =
                matches!(
                    before,
                    "numero" | "choix" | "option" | "le" | "creneau" | "proposition" | "tapez"
                ) || matches!(after, "heure" | "h" | "euro" | "seul" | "seule" | "minute" | "pour");
            let others = words.iter().filter(|word| sense(&word.folded).is_some()).count() > 1
                && words.iter().all(|word| sense(&word.folded).is_some() || word.is_figure());
            alone || (counts && after != "autre") || others
        }
        // "une seconde, s'il vous plaît", "dix secondes".
        "second" | "seconds" | "seconde" | "secondes" => {
            alone || matches!(before, "la" | "les" | "le")
        }
        // "tout neuf", not nine.
        "neuf" => !matches!(before, "tout" | "est"),
        _ => true,
    }
}

/// "moins vingt-cinq", "-10"; not "9 -10" nor "dix heures moins dix".
fn is_negative(words: &[Word], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|place| &words[place]);
    if words[at].joint == Joint::Sign('-') {
        return !before(1).is_some_and(|word| word.is_figure() || sense(&word.folded).is_some());
    }
    let compared = before(2).is_some_and(|word| {
        let noun = matches!(
            word.folded.as_str(),
            "heure" | "heures" | "h" | "au" | "plus" | "le" | "du" | "les" | "midi" | "minuit"
        );
        noun || word.is_figure() || sense(&word.folded).is_some()
    });
    before(1).is_some_and(|word| word.folded == "moins") && !compared
}
