//! What speech recognition makes of what was said.

use dialogue::understand::words::fold;

/// How a run differs from what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// As written.
    None,
    /// As a machine writes it: no capitals, accents, hyphens, punctuation.
    Flat,
    /// With hesitations around.
    Fillers,
    /// With words that sound the same.
    Homophones,
    /// With hyphens and apostrophes lost, but not the accents.
    Loose,
    /// In two turns where one would breathe, as a pause cuts it.
    Split,
}

impl Noise {
    /// What arrives of an utterance, in one turn or two.
    pub fn over(self, text: &str) -> Vec<String> {
        let one = |text: String| vec![text];
        match self {
            Self::None => one(text.to_owned()),
            Self::Fillers => one(format!("euh {text}")),
            Self::Homophones => one(HOMOPHONES
                .iter()
                .fold(text.to_owned(), |text, (said, written)| text.replace(said, written))),
            Self::Flat => one(without(&fold(text), &['-', ',', '?', '!', ';', '\'', '’'])),
            Self::Loose => one(without(text, &['-', '\'', '’'])),
            Self::Split => in_two(text),
        }
    }
}

/// What speech recognition writes for what it hears.
const HOMOPHONES: [(&str, &str); 9] = [
    ("rendez-vous", "rendé vous"),
    ("voudrais", "voudré"),
    ("heures", "heure"),
    ("quatre-vingt", "quatre vin"),
    ("annuler", "annulé"),
    ("déplacer", "déplacé"),
    ("laisser", "laissé"),
    ("oui", "ouais"),
    ("c'est", "cest"),
];

fn without(text: &str, signs: &[char]) -> String {
    let kept = text.replace(signs, " ");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cut after the first comma or full stop, else before the word nearest to the
/// middle before which one takes breath, else in the middle of a number.
fn in_two(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let stop = words.iter().position(|word| word.ends_with([',', '.', ';', '!', '?', '…']));
    let figures = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let cut = match stop {
        Some(at) if at + 1 < words.len() => Some(at + 1),
        _ if words.len() >= 4 && words.iter().all(figures) => Some(words.len() / 2),
        _ if words.len() >= 6 => (2..words.len() - 1)
            .filter(|at| BREATH.contains(&words[*at]))
            .min_by_key(|at| at.abs_diff(words.len() / 2)),
        _ => None,
    };
    match cut {
        Some(at) => vec![words[..at].join(" "), words[at..].join(" ")],
        None => vec![text.to_owned()],
    }
}

/// Words before which one takes breath.
const BREATH: [&str; 24] = [
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "lundi", "demain", "et", "mais", "pour",
    "parce", "avec", "car", "ou", "plutôt", "sauf", "je", "j'ai", "c'est", "au", "vers", "que",
    "mon", "ma",
];
