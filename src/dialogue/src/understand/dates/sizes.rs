//! "Une petite heure", "deux bonnes semaines": words that change no length.

use super::{
    cardinals,
    lexicon::{Lex, look_up},
};
use crate::understand::words::Word;

const SIZES: [&str; 12] = [
    "petit", "petite", "petits", "petites", "bon", "bonne", "bons", "bonnes", "gros", "grosse",
    "court", "courte",
];

/// True for a word of size between a number and what it counts.
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
    SIZES.contains(&words[at].folded.as_str())
        && words.get(at + 1).is_some_and(length)
        && at.checked_sub(1).is_some_and(numbered)
}
