//! Cues found in an utterance: the rules' own, and a tenant's (options,
//! categories).

use super::words::Word;

/// Said before a cue, they take it back: "pas de fuite", "sans chauffage" does not.
const NEGATIONS: [&str; 6] = ["pas", "aucun", "aucune", "ni", "jamais", "rien"];
/// How far before a cue a negation counts, in words.
const REACH: usize = 2;

/// Where a cue is said and meant; a cue is folded words, each exactly, in the
/// plural or feminine, or, with `*`, by its beginning.
pub fn said(words: &[Word], cue: &str) -> Option<usize> {
    let first = || cue.split(' ').find(|part| !part.is_empty());
    let own = || first().is_some_and(|first| NEGATIONS.contains(&first));
    places(words, cue).find(|at| !denied(words, *at) || own())
}

/// Where a cue is said, meant or denied.
pub fn place(words: &[Word], cue: &str) -> Option<usize> {
    places(words, cue).next()
}

fn places<'w>(words: &'w [Word], cue: &'w str) -> impl Iterator<Item = usize> + 'w {
    let parts = move || cue.split(' ').filter(|part| !part.is_empty());
    let count = parts().count();
    let last = words.len().checked_sub(count).filter(|_| count > 0);
    let ends = last.map_or(0, |last| last + 1);
    (0..ends).filter(move |at| {
        let here = &words[*at..at + count];
        here.iter().zip(parts()).all(|(word, part)| is(&word.folded, part))
    })
}

/// True when any of these is said and meant.
pub fn any(words: &[Word], cues: &[impl AsRef<str>]) -> bool {
    cues.iter().any(|cue| said(words, cue.as_ref()).is_some())
}

/// True when a folded word is this part of a cue.
pub fn is(word: &str, part: &str) -> bool {
    match part.strip_suffix('*') {
        Some(stem) => !stem.is_empty() && word.starts_with(stem),
        None => word.strip_prefix(part).is_some_and(|rest| {
            rest.is_empty() || part.len() > 2 && ["s", "x", "e", "es"].contains(&rest)
        }),
    }
}

fn denied(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(REACH)..at]
        .iter()
        .any(|word| word.stop.is_none() && NEGATIONS.contains(&word.folded.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::words::words;

    #[test]
    fn a_cue_is_found_in_any_number_and_by_its_beginning() {
        let heard = words("Mes radiateurs ne marchent plus, c'est la facture");
        assert_eq!(said(&heard, "radiateur"), Some(1));
        assert!(any(&heard, &["marchent plus"]) && any(&heard, &["factur*"]));
        assert!(!any(&heard, &["marche", "radio", "", "*", "la facture du mois dernier encore"]));
    }

    #[test]
    fn what_is_denied_is_not_said() {
        let heard = words("il n'y a pas de fuite et ce n'est pas urgent");
        assert!(!any(&heard, &["fuite", "urgent"]));
        assert!(any(&heard, &["pas urgent"]));
        assert!(any(&words("non pas une maison, un appartement"), &["appartement"]));
    }
}
