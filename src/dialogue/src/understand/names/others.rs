//! Who the appointment is for, when it is not the caller.

use super::common::is_common;
use super::first::is_first_name;
use super::take::{self, Expectation};
use crate::understand::words::{Joint, Word};

/// Whom the caller speaks for, as it is to be written: "mon fils Lucas", "ma mère".
pub fn for_other(words: &[Word]) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let end = relation(words, at)?;
        (is_for(words, at) || acts(words, end)).then(|| described(words, at, end))
    })
}

/// The word after "mon fils", "ma belle-mère", "un ami".
pub(super) fn relation(words: &[Word], at: usize) -> Option<usize> {
    let owner = words.get(at)?;
    if !matches!(
        owner.folded.as_str(),
        "mon"
            | "ma"
            | "mes"
            | "notre"
            | "nos"
            | "un"
            | "une"
            | "le"
            | "la"
            | "son"
            | "sa"
            | "l"
            | "leur"
    ) {
        return None;
    }
    let definite = matches!(owner.folded.as_str(), "un" | "une" | "le" | "la" | "l");
    let mut end = at + 1;
    while words.get(end).is_some_and(|word| {
        matches!(
            word.folded.as_str(),
            "petit" | "petite" | "grand" | "grande" | "belle" | "beau" | "jeune" | "propre"
        )
    }) {
        end += 1;
    }
    let qualified = end > at + 1;
    let word = words.get(end)?;
    if is_relation(&word.folded)
        && (!definite || !matches!(word.folded.as_str(), "femme" | "papa" | "maman"))
    {
        return Some(end + 1);
    }
    // "mon petit Lucas"
    (qualified && !definite && is_first_name(&word.folded)).then_some(end)
}

/// Where the name is in "mon fils Lucas", "ma mère, Jeanne Martin".
pub(super) fn named_relation(words: &[Word], at: usize) -> Option<(usize, Expectation)> {
    let end = relation(words, at)?;
    let end = end
        + usize::from(
            words.get(end).is_some_and(|word| matches!(word.folded.as_str(), "euh" | "heu")),
        );
    let next = words.get(end)?;
    let named =
        is_first_name(&next.folded) || next.raw.chars().next().is_some_and(char::is_uppercase);
    if named {
        return Some((end, Expectation::Possible));
    }
    let last = take::name_at(words, end, Expectation::Certain)?;
    let alone = is_for(words, at)
        && last.end == words.len()
        && last.parts.len() <= 2
        && words[end - 1].stop.is_none();
    (alone && !is_common(&next.folded)).then_some((end, Expectation::Certain))
}

fn is_relation(folded: &str) -> bool {
    matches!(
        folded,
        "fils"
            | "fille"
            | "enfant"
            | "enfants"
            | "bebe"
            | "mari"
            | "femme"
            | "epouse"
            | "epoux"
            | "conjoint"
            | "conjointe"
            | "compagnon"
            | "compagne"
            | "copain"
            | "copine"
            | "ami"
            | "amie"
            | "mere"
            | "pere"
            | "maman"
            | "papa"
            | "parents"
            | "frere"
            | "soeur"
            | "mamie"
            | "papi"
            | "papy"
            | "mamy"
            | "mami"
            | "oncle"
            | "tante"
            | "neveu"
            | "niece"
            | "voisin"
            | "voisine"
            | "cousin"
            | "cousine"
            | "patron"
            | "collegue"
            | "ado"
            | "aine"
            | "ainee"
            | "cadet"
            | "cadette"
            | "garcon"
            | "jumeaux"
            | "jumelles"
            | "gamin"
            | "gamine"
            | "fiston"
            | "filles"
            | "grandmere"
            | "grandpere"
            | "gendre"
            | "bru"
            | "nourrisson"
            | "pupille"
            | "filleul"
            | "filleule"
    )
}

fn is_for(words: &[Word], at: usize) -> bool {
    let before =
        |back: usize| at.checked_sub(back).map_or("", |place| words[place].folded.as_str());
    match before(1) {
        "pour" | "amener" | "emmener" | "concernant" | "concerne" | "accompagne"
        | "accompagner" => true,
        "de" => matches!(before(2), "vous" | "rdv" | "part" | "nom"),
        _ => false,
    }
}

/// "ma fille doit voir le docteur", "mon fils est malade".
fn acts(words: &[Word], end: usize) -> bool {
    let end = take::name_at(words, end, Expectation::Possible).map_or(end, |taken| taken.end);
    let at = end
        + usize::from(
            words
                .get(end)
                .is_some_and(|word| matches!(word.folded.as_str(), "il" | "elle" | "qui")),
        );
    words.get(at).is_some_and(|word| {
        matches!(
            word.folded.as_str(),
            "doit" | "voudrait" | "aimerait" | "souhaite" | "souhaiterait" | "veut" | "a" | "est"
        ) || word.folded.starts_with("aurait")
    })
}

fn described(words: &[Word], at: usize, end: usize) -> String {
    let mut text = String::new();
    for word in &words[at..end] {
        match word.joint {
            _ if text.is_empty() => {}
            Joint::Hyphen => text.push('-'),
            Joint::Apostrophe => text.push('\''),
            _ => text.push(' '),
        }
        text.push_str(&word.raw.to_lowercase());
    }
    let named = named_relation(words, at)
        .and_then(|(start, expectation)| take::name_at(words, start, expectation));
    if let Some(name) = named {
        text.push(' ');
        text.push_str(&name.text());
    }
    text
}
