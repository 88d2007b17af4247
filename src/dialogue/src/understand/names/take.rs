//! Where a name begins and ends, and how it is written.

use super::common::{is_common, is_never_a_name};
use super::first::is_first_name;
use crate::understand::calendar;
use crate::understand::words::{Joint, Word};

/// How sure it is that a name comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expectation {
    /// After "je m'appelle": whatever is not a common word is the name.
    Certain,
    /// After "c'est": only a known first name or a word with a capital.
    Possible,
}

/// A name read from an utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    /// The parts as they are to be written ("Camille", "de la Tour").
    pub parts: Vec<String>,
    /// Index of the first word after it.
    pub end: usize,
}

impl Taken {
    pub(super) fn text(&self) -> String {
        self.parts.join(" ")
    }
}

/// Most parts of one name; what is longer is a sentence.
const MOST_PARTS: usize = 4;

/// The name that begins at a word.
pub(super) fn name_at(words: &[Word], at: usize, expectation: Expectation) -> Option<Taken> {
    let capitals = Capitals::of(words);
    let mut parts: Vec<Part> = Vec::new();
    let mut at = at;
    while parts.len() < MOST_PARTS {
        let Some(part) = part_at(words, at, capitals) else { break };
        if !goes_on(&parts, &part, expectation) {
            break;
        }
        at = part.end;
        let ends = words[at - 1].stop.is_some();
        // "Roussel, oui, Roussel Roussel" is said twice, not double.
        if parts.last().is_none_or(|before| before.text != part.text) {
            parts.push(part);
        }
        if ends {
            break;
        }
    }
    if let ([first], Expectation::Certain) = (&parts[..], expectation)
        && let Some(day) = named_like_a_day(words, first)
    {
        at = day.end;
        parts.push(day);
    }
    if parts.is_empty() {
        return None;
    }
    let parts = join_compound_first_names(parts);
    Some(Taken { parts: parts.into_iter().map(|part| part.text).collect(), end: at })
}

/// Whether capitals say anything in this utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    Meaningful,
    /// All in capitals, or a single word, which would have one anyway.
    Meaningless,
}

impl Capitals {
    fn of(words: &[Word]) -> Self {
        let lower = words.iter().any(|word| word.raw.chars().any(char::is_lowercase));
        if lower { Self::Meaningful } else { Self::Meaningless }
    }
}

/// "Sophie Mardi": a day that nothing follows, with a capital, after a first name.
fn named_like_a_day(words: &[Word], first: &Part) -> Option<Part> {
    let day = words.get(first.end)?;
    let small = !words.iter().any(starts_upper);
    let tied =
        first.first_name && words[first.end - 1].stop.is_none() && (small || starts_upper(day));
    let ends = first.end + 1 == words.len() || day.stop.is_some();
    (tied && ends && calendar::is_weekday(&day.folded)).then(|| Part {
        text: written(&day.raw),
        end: first.end + 1,
        capital: true,
        first_name: false,
        particle: false,
        last: first.end + 1 == words.len(),
    })
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    text: String,
    end: usize,
    capital: bool,
    first_name: bool,
    particle: bool,
    /// Nothing is said after it.
    last: bool,
}

fn goes_on(before: &[Part], part: &Part, expectation: Expectation) -> bool {
    match before {
        [] => expectation == Expectation::Certain || part.capital || part.first_name,
        // Without capitals two parts are a whole name, three when the first
        // two are first names ("marie claire dupont").
        _ if part.capital || part.particle => true,
        [_] => true,
        [first, second] => first.first_name && second.first_name && !first.capital || part.last,
        _ => false,
    }
}

/// One part: a word with what is tied to it by hyphens, particles first.
fn part_at(words: &[Word], at: usize, capitals: Capitals) -> Option<Part> {
    let (particle, start) = particle_at(words, at);
    let head = words.get(start)?;
    let capital =
        capitals == Capitals::Meaningful && starts_upper(head) && (start > 0 || particle.is_some());
    if !is_name_word(head, capital) {
        return None;
    }
    let mut end = start + 1;
    let mut text = particle.clone().unwrap_or_default();
    text.push_str(&written(&head.raw));
    while let Some(next) = words.get(end).filter(|next| continues_word(words, end, next)) {
        text.push(if next.joint == Joint::Hyphen { '-' } else { '\'' });
        text.push_str(&written(&next.raw));
        end += 1;
    }
    if head.folded.starts_with("saint") && head.folded.len() <= 6 && end == start + 1 {
        // "saint martin" is one surname.
        let next = words.get(end).filter(|next| is_name_word(next, starts_upper(next)))?;
        text.push('-');
        text.push_str(&written(&next.raw));
        end += 1;
    }
    let first_name = is_first_name(&head.folded) && particle.is_none();
    let last = end == words.len();
    Some(Part { text, end, capital, first_name, particle: particle.is_some(), last })
}

fn continues_word(words: &[Word], at: usize, next: &Word) -> bool {
    let tied = next.joint == Joint::Hyphen
        || (next.joint == Joint::Apostrophe && words[at - 1].folded.len() <= 2);
    let letters = next.folded.chars().all(char::is_alphabetic);
    let pronoun =
        matches!(next.folded.as_str(), "je" | "il" | "elle" | "vous" | "moi" | "ce" | "ci" | "la");
    tied && letters && !pronoun && words[at - 1].stop.is_none()
}

fn is_name_word(word: &Word, capital: bool) -> bool {
    let letters = word.folded.chars().count();
    if letters < 2 || !word.folded.chars().all(char::is_alphabetic) {
        return false;
    }
    let second = word.joint == Joint::Hyphen;
    (!is_common(&word.folded) && !second) || (capital && !is_never_a_name(&word.folded))
}

/// The particles before a name word, as they are written, and where the name
/// word is.
fn particle_at(words: &[Word], at: usize) -> (Option<String>, usize) {
    let mut text = String::new();
    let mut end = at;
    while let Some(word) = words.get(end) {
        let folded = word.folded.as_str();
        let elided = matches!(folded, "d" | "l" | "o")
            && words.get(end + 1).is_some_and(|next| next.joint == Joint::Apostrophe);
        let particle = elided
            || matches!(
                folded,
                "de" | "du"
                    | "des"
                    | "la"
                    | "le"
                    | "les"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "ben"
                    | "bin"
                    | "el"
                    | "al"
                    | "da"
                    | "dos"
                    | "di"
                    | "del"
                    | "della"
                    | "mac"
                    | "mc"
                    | "ould"
                    | "abd"
                    | "ten"
                    | "ter"
                    | "zu"
            );
        if !particle || word.stop.is_some() || end - at >= 3 {
            break;
        }
        let inner = !text.is_empty();
        text.push_str(&written_particle(word, inner, at));
        text.push(if elided { '\'' } else { ' ' });
        end += 1;
    }
    if end == at { (None, at) } else { (Some(text), end) }
}

fn written_particle(word: &Word, inner: bool, at: usize) -> String {
    let small = matches!(
        word.folded.as_str(),
        "de" | "du" | "des" | "d" | "van" | "von" | "der" | "den" | "zu" | "ten"
    );
    let mixed = starts_upper(word) && word.raw.chars().skip(1).any(char::is_lowercase);
    // "De La Tour" is kept as given, "DE LA TOUR" says nothing.
    if mixed && at > 0 {
        return word.raw.clone();
    }
    if small || inner { word.raw.to_lowercase() } else { written(&word.raw) }
}

fn starts_upper(word: &Word) -> bool {
    word.raw.chars().next().is_some_and(char::is_uppercase)
}

/// A name word with its capital; mixed case is kept ("McDonald").
pub(super) fn written(raw: &str) -> String {
    let mut chars = raw.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest: String = chars.collect();
    let mixed = rest.chars().any(char::is_uppercase) && rest.chars().any(char::is_lowercase);
    let rest = if mixed { rest } else { rest.to_lowercase() };
    first.to_uppercase().chain(rest.chars()).collect()
}

/// "jean pierre dupont" is Jean-Pierre Dupont.
fn join_compound_first_names(mut parts: Vec<Part>) -> Vec<Part> {
    let heads = ["Jean", "Marie", "Anne", "Pierre", "Paul", "Louis", "Claude", "Charles"];
    let joins = match &parts[..] {
        [head, second, _, ..] => {
            heads.contains(&head.text.as_str())
                && second.first_name
                && !second.text.contains('-')
                && !head.capital
        }
        _ => false,
    };
    if joins {
        let second = parts.remove(1);
        parts[0].text = format!("{}-{}", parts[0].text, second.text);
    }
    parts
}
