//! Words of a tenant's own (options, categories) found in an utterance.

use super::words::Word;

/// Said before a cue, they take it back: "pas de fuite", "sans chauffage" does not.
const NEGATIONS: [&str; 6] = ["pas", "aucun", "aucune", "ni", "jamais", "rien"];
/// How far before a cue a negation counts, in words.
const REACH: usize = 2;

/// Where a cue is said and meant; a cue is folded words, each exactly, in the
/// plural or feminine, or, with `*`, by its beginning.
pub fn said(words: &[Word], cue: &str) -> Option<usize> {
    let parts = || cue.split(' ').filter(|part| !part.is_empty());
    let count = parts().count();
    if count == 0 || count > words.len() {
        return None;
    }
    let own = parts().next().is_some_and(|first| NEGATIONS.contains(&first));
    (0..=words.len() - count).find(|at| {
        let here = &words[*at..at + count];
        here.iter().zip(parts()).all(|(word, part)| is(&word.folded, part))
            && (own || !denied(words, *at))
    })
}

/// True when any of these is said and meant.
pub fn any(words: &[Word], cues: &[impl AsRef<str>]) -> bool {
    cues.iter().any(|cue| said(words, cue.as_ref()).is_some())
}

fn is(word: &str, part: &str) -> bool {
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
