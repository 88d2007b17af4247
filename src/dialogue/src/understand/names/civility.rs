//! "Madame", "monsieur", "docteur": whose name comes after them.

use crate::understand::words::{Joint, Word};

/// The word after a civility ("madame", "monsieur et madame").
pub(super) fn title(words: &[Word], at: usize) -> Option<usize> {
    let civil = |at: usize| {
        words.get(at).is_some_and(|word| {
            let short = matches!(
                word.raw.as_str(),
                "M" | "Mr" | "Mme" | "Mlle" | "mr" | "mme" | "mlle" | "MM" | "Mrs"
            );
            short
                || matches!(
                    word.folded.as_str(),
                    "madame" | "monsieur" | "mademoiselle" | "messieurs" | "mesdames"
                )
        })
    };
    let elided = words.get(at + 1).is_some_and(|next| next.joint == Joint::Apostrophe);
    if !civil(at) || elided || words[at].stop.is_some_and(|stop| stop != '.') {
        return None;
    }
    if words.get(at + 1).is_some_and(|word| word.folded == "et") && civil(at + 2) {
        return Some(at + 3);
    }
    let widow = words.get(at + 1).is_some_and(|word| word.folded == "veuve");
    Some(at + 1 + usize::from(widow))
}

/// The word after "le docteur".
pub(super) fn doctor_title(words: &[Word], at: usize) -> Option<usize> {
    let article = usize::from(
        words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "le" | "la" | "du" | "l")),
    );
    let title = words.get(at + article)?;
    let doctor = matches!(
        title.folded.as_str(),
        "docteur" | "docteure" | "dr" | "professeur" | "pr" | "maitre"
    );
    doctor.then_some(at + article + 1)
}

/// False for "avec madame Durand", "voir monsieur Durand": the person wanted.
pub(super) fn is_caller(words: &[Word], at: usize) -> bool {
    let before =
        |back: usize| at.checked_sub(back).map_or("", |place| words[place].folded.as_str());
    let wanted = matches!(
        before(1),
        "avec"
            | "chez"
            | "voir"
            | "a"
            | "revoir"
            | "consulter"
            | "joindre"
            | "demande"
            | "appeler"
            | "contacter"
    );
    let part = before(1) == "a" && before(2) == "est";
    let asked = before(1) == "que" && before(2) == "ce";
    let there = asked
        && words[at..].windows(2).any(|pair| {
            pair[0].folded == "est" && matches!(pair[1].folded.as_str(), "la" | "disponible")
        });
    (!wanted || part) && !there
}
