//! "Une petite heure", "deux bonnes semaines", "très tôt": words that change no time.

use super::{
    cardinals,
    lexicon::{Lex, look_up},
};
use crate::understand::words::Word;

const SIZES: [&str; 12] = [
    "petit", "petite", "petits", "petites", "bon", "bonne", "bons", "bonnes", "gros", "grosse",
    "court", "courte",
];

/// True for a word of size between a number and what it counts, and for a
/// degree before "tôt".
pub(super) fn is_size(words: &[Word], at: usize) -> bool {
    let length = |word: &Word| {
        let lex = look_up(&word.folded);
        matches!(
            lex,
            Lex::Heure
                | Lex::Minute
                | Lex::Demi
                | Lex::Quart
                | Lex::Semaine
                | Lex::Mois
                | Lex::Jour
                | Lex::Quinzaine
                | Lex::Huitaine
                | Lex::Dizaine
        )
    };
    let numbered = |at: usize| words[at].is_figure() || cardinals::read(words, at).is_some();
    let early = |word: &Word| matches!(look_up(&word.folded), Lex::Tot | Lex::Tard);
    if matches!(words[at].folded.as_str(), "tres" | "assez" | "vraiment" | "super") {
        return words.get(at + 1).is_some_and(early);
    }
    SIZES.contains(&words[at].folded.as_str())
        && words.get(at + 1).is_some_and(length)
        && at.checked_sub(1).is_some_and(numbered)
}
