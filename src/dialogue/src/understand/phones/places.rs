//! Where the whole numbers of an utterance stand.

use super::nature::Nature;
use super::readings::Effort;
use super::run::joined;
use super::tokens::{Run, runs};
use super::whole::{begins_number, numbers_in};
use crate::understand::words::Word;

/// The words of the numbers, as ranges of indices.
pub(super) fn places(words: &[Word]) -> Vec<(usize, usize)> {
    let runs = runs(words);
    let mut effort = Effort::new();
    let counts = |run: &&Run| run.nature != Nature::Other || begins_number(&run.tokens);
    let mut whole: Vec<&Run> = runs.iter().filter(counts).collect();
    whole.retain(|run| !numbers_in(&run.tokens, &mut effort).is_empty());
    if whole.is_empty() && !numbers_in(&joined(&runs), &mut effort).is_empty() {
        whole = runs.iter().filter(|run| run.nature != Nature::Other).collect();
    }
    whole.into_iter().map(|run| from_its_zero(words, run.words)).collect()
}

/// What comes before the zero that a number begins with may be a date.
fn from_its_zero(words: &[Word], (start, end): (usize, usize)) -> (usize, usize) {
    let zero = |word: &Word| word.folded.starts_with('0') || word.folded == "zero";
    let plus = |word: &Word| word.folded == "plus";
    let at = words[start..end].iter().position(|word| zero(word) || plus(word));
    (at.map_or(start, |at| start + at), end)
}
