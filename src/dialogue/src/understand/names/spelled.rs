//! Names spelled letter by letter.

use crate::understand::words::{Joint, Word};

/// Letters in a row, and where they end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::understand) struct Spelled {
    /// The letters with their accents, small.
    pub letters: String,
    /// Index of the first word after them.
    pub end: usize,
}

/// Fewer letters in a row are initials or slips of a recogniser.
const FEWEST: usize = 3;
/// No surname is longer.
const MOST: usize = 40;

/// The spelling that begins at a word.
pub(in crate::understand) fn at(words: &[Word], start: usize) -> Option<Spelled> {
    let mut letters = String::new();
    let mut said = 0;
    let mut at = start;
    let mut end = start;
    while at < words.len() && letters.chars().count() < MOST {
        let Some((step, used)) = step(words, at, said) else { break };
        match step {
            Step::Letters(letter, times) => {
                letters.extend(std::iter::repeat_n(letter, times));
                said += times;
            }
            Step::Accent(accent) => {
                let last = letters.pop()?;
                letters.push(accented(last, accent));
            }
            Step::Sign(sign) => letters.push(sign),
            Step::Nothing => {}
        }
        let counts = !matches!(step, Step::Nothing) || said == 0;
        at += used;
        if counts || words[at - 1].folded == "majuscule" || words[at - 1].folded == "minuscule" {
            end = at;
        }
    }
    let letters = letters.trim_matches(['-', ' ', '\'']).to_owned();
    // "il n y a", "y a t il" without their apostrophes.
    let slip = letters.chars().all(|c| "aye".contains(c))
        || matches!(
            letters.as_str(),
            "nya" | "yat" | "nyat" | "jya" | "qya" | "nyac" | "nyad" | "nyal"
        );
    (said >= FEWEST && !slip && end > start).then_some(Spelled { letters, end })
}

enum Step {
    Letters(char, usize),
    Accent(Accent),
    Sign(char),
    Nothing,
}

#[derive(Clone, Copy)]
enum Accent {
    Acute,
    Grave,
    Circumflex,
    Diaeresis,
    Cedilla,
}

fn step(words: &[Word], at: usize, said: usize) -> Option<(Step, usize)> {
    let word = &words[at];
    let text = word.folded.as_str();
    let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
    // A figure before a letter is an hour or a rank ("3 h", "2e"), unless it
    // stands among letters.
    let counts = !word.is_figure() || (said > 0 && !matches!(next, "h" | "e"));
    if let Some(times) = count(text).filter(|_| counts)
        && let Some((letter, used)) = letter(words, at + 1, said + 1)
        && words[at + 1].joint != Joint::Glued
    {
        return Some((Step::Letters(letter, times), 1 + used));
    }
    if said > 0 {
        match (text, next) {
            ("comme", _) if at + 1 < words.len() => return Some((Step::Nothing, 2)),
            ("trait", "d") if word_is(words, at + 2, "union") => return Some((Step::Sign('-'), 3)),
            ("tiret" | "trait", _) => return Some((Step::Sign('-'), 1)),
            ("apostrophe", _) => return Some((Step::Sign('\''), 1)),
            ("espace", _) => return Some((Step::Sign(' '), 1)),
            ("accent", "aigu") => return Some((Step::Accent(Accent::Acute), 2)),
            ("accent", "grave") => return Some((Step::Accent(Accent::Grave), 2)),
            ("accent", "circonflexe") => return Some((Step::Accent(Accent::Circumflex), 2)),
            ("aigu", _) => return Some((Step::Accent(Accent::Acute), 1)),
            ("circonflexe", _) => return Some((Step::Accent(Accent::Circumflex), 1)),
            ("trema", _) => return Some((Step::Accent(Accent::Diaeresis), 1)),
            ("cedille", _) => return Some((Step::Accent(Accent::Cedilla), 1)),
            ("puis" | "ensuite" | "euh" | "et" | "majuscule" | "minuscule" | "alors", _) => {
                return Some((Step::Nothing, 1));
            }
            _ => {}
        }
    }
    letter(words, at, said).map(|(letter, used)| (Step::Letters(letter, 1), used))
}

fn word_is(words: &[Word], at: usize, text: &str) -> bool {
    words.get(at).is_some_and(|word| word.folded == text)
}

/// "deux n", "double p".
pub(in crate::understand) fn count(folded: &str) -> Option<usize> {
    match folded {
        "deux" | "double" | "2" => Some(2),
        "trois" | "triple" | "3" => Some(3),
        _ => None,
    }
}

/// A letter, alone or by its name, and how many words it took.
pub(in crate::understand) fn letter(
    words: &[Word],
    at: usize,
    said: usize,
) -> Option<(char, usize)> {
    let word = words.get(at)?;
    let next = words.get(at + 1);
    // "n'y a", "a-t-il": parts of words.
    let tied = word.joint == Joint::Apostrophe
        || next.is_some_and(|next| {
            let long = next.folded.chars().count() > 1;
            next.joint == Joint::Apostrophe || (next.joint == Joint::Hyphen && long)
        });
    let mut chars = word.raw.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        let letter = only.is_alphabetic() && !matches!(only, 'à' | 'À');
        return (letter && !tied).then(|| (only.to_lowercase().next().unwrap_or(only), 1));
    }
    match (word.folded.as_str(), next.map(|next| next.folded.as_str())) {
        ("double", Some("v" | "ve")) => return Some(('w', 2)),
        ("i", Some("grec")) => return Some(('y', 2)),
        _ => {}
    }
    // The names of letters are words too: only among other letters.
    (said > 0 || next.is_some_and(|next| next.folded.chars().count() == 1))
        .then(|| named(&word.folded))?
        .map(|letter| (letter, 1))
}

fn named(folded: &str) -> Option<char> {
    Some(match folded {
        "be" => 'b',
        "ce" => 'c',
        "effe" | "eff" => 'f',
        "ge" => 'g',
        "ache" | "hache" => 'h',
        "ji" | "gi" => 'j',
        "ka" => 'k',
        "elle" | "aile" => 'l',
        "emme" | "aime" => 'm',
        "enne" | "haine" => 'n',
        "pe" => 'p',
        "qu" | "cu" | "ku" => 'q',
        "erre" | "air" | "er" => 'r',
        "esse" | "es" => 's',
        "te" | "the" => 't',
        "ve" => 'v',
        "ixe" | "ix" => 'x',
        "zede" | "zed" => 'z',
        _ => return None,
    })
}

fn accented(letter: char, accent: Accent) -> char {
    let forms = match letter {
        'a' => ['á', 'à', 'â', 'ä', 'a'],
        'e' | 'é' => ['é', 'è', 'ê', 'ë', 'e'],
        'i' => ['í', 'ì', 'î', 'ï', 'i'],
        'o' => ['ó', 'ò', 'ô', 'ö', 'o'],
        'u' => ['ú', 'ù', 'û', 'ü', 'u'],
        'c' => ['c', 'c', 'c', 'c', 'ç'],
        _ => return letter,
    };
    match accent {
        Accent::Acute => forms[0],
        Accent::Grave => forms[1],
        Accent::Circumflex => forms[2],
        Accent::Diaeresis => forms[3],
        Accent::Cedilla => forms[4],
    }
}
