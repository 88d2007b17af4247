//! Whole phrases that say with whom without a name.

use crate::understand::words::Word;

/// True when one of these phrases is said.
pub(super) fn says(words: &[Word], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let parts = || phrase.split(' ');
        words.windows(parts().count()).any(|some| {
            some.iter().zip(parts()).all(|(word, part)| match part.strip_suffix('*') {
                Some(stem) => word.folded.starts_with(stem),
                None => word.folded == part,
            })
        })
    })
}

/// Anybody will do.
pub(super) const ANYONE: [&str; 18] = [
    "avec n importe lequel",
    "avec n importe laquelle",
    "avec n importe qui",
    "avec nimporte qui",
    "avec nimporte lequel",
    "importe quel docteur*",
    "importe quel medecin",
    "importe quel praticien",
    "importe lequel des deux",
    "peu importe le docteur",
    "peu importe le medecin",
    "peu importe le praticien",
    "peu importe avec qui",
    "peu importe lequel des deux",
    "l un ou l autre",
    "egal le docteur",
    "egal le medecin",
    "avec qui vous voulez",
];

/// Somebody else.
pub(super) const OTHER: [&str; 13] = [
    "quelqu un d autre",
    "quelquun d autre",
    "un autre docteur",
    "un autre medecin",
    "un autre praticien",
    "une autre docteur*",
    "une autre praticienne",
    "l autre docteur*",
    "l autre medecin",
    "avec l autre",
    "autre docteur*",
    "autre medecin",
    "un de ses collegues",
];

/// Whom they saw before.
pub(super) const SAME: [&str; 16] = [
    "le meme docteur",
    "la meme docteur*",
    "le meme medecin",
    "le meme praticien",
    "la meme praticienne",
    "la meme personne",
    "avec le meme",
    "avec la meme",
    "le meme que la derniere fois",
    "la meme que la derniere fois",
    "le meme que d habitude",
    "mon medecin habituel",
    "mon docteur habituel",
    "mon medecin traitant habituel",
    "celui de la derniere fois",
    "celle de la derniere fois",
];
