//! Phrases that put something in the place of something else, or after it.

use super::{cardinals, lexicon::Lex, scan::FILLERS};
use crate::understand::words::Word;

/// What begins at `at`, and where the next begins.
pub(super) fn phrase(words: &[Word], at: usize) -> Option<(Lex, usize)> {
    let folded = |ahead: usize| words.get(at + ahead).map_or("", |word| word.folded.as_str());
    let of = |ahead: usize| matches!(folded(ahead), "de" | "d" | "du" | "des");
    Some(match (folded(0), folded(1), folded(2)) {
        ("au", "lieu", _) if of(2) => (Lex::Instead, at + 2),
        ("a", "la", "place") if of(3) => (Lex::Instead, at + 3),
        ("je" | "j", "veux" | "voulais", "dire") => (Lex::Pardon, at + 3),
        // Counted from that day.
        ("qui", "suit", _) if is_date(words, at + 2) => (Lex::Suivant, at + 2),
        _ => return None,
    })
}

/// "le 15", after fillers.
fn is_date(words: &[Word], at: usize) -> bool {
    let filler = |word: &&Word| FILLERS.contains(&word.folded.as_str());
    let at = at + words.get(at..).unwrap_or_default().iter().take_while(filler).count();
    let next = words.get(at + 1);
    words.get(at).is_some_and(|word| word.folded == "le")
        && (next.is_some_and(Word::is_figure) || cardinals::read(words, at + 1).is_some())
}
