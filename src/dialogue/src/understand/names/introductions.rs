//! What announces a name.

use super::civility::{doctor_title, is_caller, title};
use super::common::is_common;
use super::first::is_first_name;
use super::take::{self, Expectation};
use crate::understand::words::Word;

/// Phrases after which the name comes for certain.
const CERTAIN: [&[&str]; 39] = [
    &["m", "appelle"],
    &["mappelle"],
    &["mapelle"],
    &["m", "apelle"],
    &["m", "appel"],
    &["moi", "c", "est"],
    &["mon", "nom", "est"],
    &["mon", "nom", "c", "est"],
    &["mon", "nom"],
    &["nom", "de", "famille", "est"],
    &["nom", "de", "famille", "c", "est"],
    &["nom", "de", "famille"],
    &["nom", "de", "jeune", "fille"],
    &["mon", "prenom", "est"],
    &["mon", "prenom", "c", "est"],
    &["prenom", "est"],
    &["prenom", "c", "est"],
    &["prenom"],
    &["le", "nom", "est"],
    &["le", "nom", "c", "est"],
    &["son", "nom", "est"],
    &["son", "nom", "c", "est"],
    &["au", "nom", "de"],
    &["au", "nom", "d"],
    &["au", "nom", "du"],
    &["sous", "le", "nom", "de"],
    &["sous", "le", "nom"],
    &["de", "la", "part", "de"],
    &["de", "la", "part", "d"],
    &["s", "appelle"],
    &["sappelle"],
    &["se", "nomme"],
    &["me", "nomme"],
    &["prenomme"],
    &["prenommee"],
    &["la", "patiente", "c", "est"],
    &["le", "patient", "c", "est"],
    &["la", "patiente", "est"],
    &["le", "patient", "est"],
];

/// Phrases after which a name may come.
const POSSIBLE: [&[&str]; 9] = [
    &["c", "est", "pour"],
    &["c", "est"],
    &["cest"],
    &["ici"],
    &["je", "suis"],
    &["pour"],
    &["de"],
    &["allo"],
    &["bonjour"],
];

/// Where the name that this place announces begins, and how sure it is.
pub(super) fn at(words: &[Word], at: usize) -> Option<(usize, Expectation)> {
    if let Some(after) = title(words, at) {
        return is_caller(words, at).then_some((after, Expectation::Certain));
    }
    if let Some(end) = longest(&CERTAIN, words, at) {
        let end = skip_small(words, skip_kind(words, end));
        return Some(match title(words, end) {
            Some(after) => (after, Expectation::Certain),
            None if super::others::relation(words, end).is_some() => return None,
            None => (end, Expectation::Certain),
        });
    }
    if let Some(after) = super::others::named_relation(words, at) {
        return Some(after);
    }
    let end = longest(&POSSIBLE, words, at)?;
    let end = if matches!(words[at].folded.as_str(), "pour" | "de" | "bonjour" | "allo") {
        end
    } else {
        skip_small(words, end)
    };
    if matches!(words[at].folded.as_str(), "de") && !patient_of(words, at) {
        return None;
    }
    let doctor = doctor_title(words, end);
    if doctor.is_some() {
        let speaks = matches!(words[at].folded.as_str(), "je" | "ici");
        return doctor.filter(|_| speaks).map(|after| (after, Expectation::Certain));
    }
    let named = match words[at].folded.as_str() {
        "pour" | "c" if words[end - 1].folded == "pour" => may_be_patient(words, at, end),
        "bonjour" | "allo" => take::name_at(words, end, Expectation::Possible)
            .is_some_and(|name| name.parts.len() >= 2),
        _ => true,
    };
    (named && title(words, end).is_none()).then_some((end, Expectation::Possible))
}

/// False for "pour Pâques", "je pars pour Pékin".
fn may_be_patient(words: &[Word], at: usize, end: usize) -> bool {
    let Some(word) = words.get(end) else { return false };
    let next_is_name =
        take::name_at(words, end, Expectation::Possible).is_some_and(|name| name.parts.len() >= 2);
    match word.folded.as_str() {
        "paques" | "toussaint" | "ascension" | "pentecote" | "assomption" | "armistice" => false,
        "noel" | "pascal" => next_is_name,
        folded if is_first_name(folded) => true,
        _ => {
            let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
            words[at].folded == "c"
                || matches!(before, "" | "vous" | "rdv" | "consultation" | "prendre")
                || next_is_name
        }
    }
}

/// A name at the very beginning, known to be one by its first name or by what
/// comes after it: "Camille Lefèvre", "Lefèvre à l'appareil".
pub(super) fn bare(words: &[Word], at: usize) -> Option<(usize, Expectation)> {
    if at != skip_greeting(words) {
        return None;
    }
    let start = doctor_title(words, at).unwrap_or(at);
    let taken = take::name_at(words, start, Expectation::Certain)?;
    let speaking = follows(words, taken.end, &["a", "l", "appareil"])
        || follows(words, taken.end, &["au", "telephone"]);
    let known = is_first_name(&words[at].folded) && taken.parts.len() >= 2;
    (speaking || known).then_some((start, Expectation::Certain))
}

fn skip_greeting(words: &[Word]) -> usize {
    let greets = |word: &&Word| {
        matches!(
            word.folded.as_str(),
            "euh"
                | "heu"
                | "alors"
                | "oui"
                | "allo"
                | "bonjour"
                | "bonsoir"
                | "madame"
                | "monsieur"
                | "ben"
                | "donc"
                | "ouais"
        )
    };
    let greets = |at: &usize| greets(&&words[*at]) && !super::first::is_ben(words, *at);
    (0..words.len()).take_while(greets).count()
}

/// Past "d'épouse c'est" after "mon nom".
fn skip_kind(words: &[Word], at: usize) -> usize {
    const KINDS: [&[&str]; 5] = [
        &["de", "jeune", "fille"],
        &["de", "naissance"],
        &["d", "epouse"],
        &["d", "usage"],
        &["de", "famille"],
    ];
    let Some(end) = longest(&KINDS, words, at) else { return at };
    longest(&[&["c", "est"], &["est"], &["cest"]], words, end).unwrap_or(end)
}

fn skip_small(words: &[Word], at: usize) -> usize {
    at + words[at.min(words.len())..]
        .iter()
        .take_while(|word| {
            matches!(word.folded.as_str(), "euh" | "heu" | "donc" | "alors" | "toujours" | "bien")
        })
        .count()
}

fn longest(phrases: &[&[&str]], words: &[Word], at: usize) -> Option<usize> {
    phrases.iter().filter(|phrase| follows(words, at, phrase)).map(|phrase| at + phrase.len()).max()
}

/// True when these words stand here.
pub(super) fn follows(words: &[Word], at: usize, phrase: &[&str]) -> bool {
    phrase
        .iter()
        .enumerate()
        .all(|(n, text)| words.get(at + n).is_some_and(|word| word.folded == *text))
}

/// "le rendez-vous de Lucas", "la mère de Lucas": a patient, not a thing.
fn patient_of(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let next_is_name = words
        .get(at + 1)
        .is_some_and(|word| is_first_name(&word.folded) && !is_common(&word.folded));
    next_is_name
        && matches!(
            before,
            "vous"
                | "rdv"
                | "mere"
                | "pere"
                | "maman"
                | "papa"
                | "fille"
                | "fils"
                | "femme"
                | "mari"
        )
}
