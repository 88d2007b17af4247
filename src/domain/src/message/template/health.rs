//! Words that tell something of somebody's health. A text message lies open on
//! a locked telephone: those of a health practice say nothing of it.

use crate::message::text::fold;

/// Beginnings of words, folded.
const BEGINNINGS: &[&str] = &[
    "medec",
    "medic",
    "docteur",
    "dentis",
    "dentair",
    "orthodont",
    "kine",
    "osteo",
    "infirm",
    "psych",
    "podolog",
    "pedicur",
    "orthoph",
    "orthopt",
    "ophtalm",
    "dermato",
    "gyneco",
    "cardio",
    "radio",
    "echograph",
    "scanner",
    "vaccin",
    "ordonnance",
    "analys",
    "prelevement",
    "diagnos",
    "patholog",
    "maladi",
    "patient",
    "traitement",
    "soin",
    "chirurg",
    "operation",
    "consultation",
    "therap",
    "sante",
    "hopital",
    "clinique",
    "cabinet medical",
    "grossesse",
    "cancer",
    "depist",
    "sage femme",
    "bilan",
    "detartrage",
    "pediatr",
    "urolog",
    "oncolog",
    "allergolog",
    "addict",
    "hypno",
    "symptom",
    "biolog",
    "laborato",
    "pharmac",
    "avortement",
    "ivg",
];
/// Whole words, folded.
const WHOLE: &[&str] = &["irm", "vih", "sida", "ist", "covid", "dr", "pr", "dre"];

/// The first word of a text that tells something, with its place in characters.
pub fn forbidden_word(text: &str) -> Option<(usize, String)> {
    words(text).find(|(_, word)| is_forbidden(word)).map(|(at, word)| (at, word.to_owned()))
}

/// A name without the words that tell something: « Cabinet dentaire Martin »
/// becomes « Cabinet Martin ». What would be empty is « votre cabinet ».
pub fn without_health_words(name: &str) -> String {
    let kept = name.split_whitespace().filter(|word| !is_forbidden(word));
    let kept = kept.collect::<Vec<_>>().join(" ");
    if kept.is_empty() { "votre cabinet".to_owned() } else { kept }
}

fn is_forbidden(word: &str) -> bool {
    let folded = fold(word);
    folded.split_whitespace().any(|part| {
        WHOLE.contains(&part) || BEGINNINGS.iter().any(|beginning| part.starts_with(beginning))
    }) || folded.starts_with("sage femme")
}

/// Words with their places; what stands in braces is a name of ours.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut inside = false;
    text.split_inclusive(|c: char| c.is_whitespace() || c == '{' || c == '}').filter_map(
        move |piece| {
            let (start, was_inside) = (at, inside);
            at += piece.chars().count();
            inside = piece.ends_with('{') || (inside && !piece.ends_with('}'));
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            (!was_inside && !word.is_empty()).then_some((start, word))
        },
    )
}
