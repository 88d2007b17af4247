//! Reading one answer, by the kind of its question.

mod options;

use crate::decide::turn::Heard;
use crate::understand::amounts::{self, Asked};
use crate::understand::polarity::Polarity;
use crate::understand::words::{self, Word, fold};
use crate::understand::{Understanding, cues, places};
use domain::qualification::{Kind, Question, Value};
use jiff::ToSpan as _;
use jiff::civil::Date;
use options::{chosen, ranked};

/// Longest answer kept in the caller's words, in characters.
const MAX_TEXT: usize = 300;
/// Figures that a spoken price leaves out: "trois cent cinquante" for a house.
const THOUSANDS: i64 = 1_000;

/// Said before an answer, they are no part of it.
const FILLERS: [&str; 5] = ["euh", "bah", "ben", "hum", "alors"];

/// How an answer was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// In answer to the question.
    Asked,
    /// In answer to the question put again: the words count as they are where
    /// nothing better is found.
    AskedAgain,
}

/// The answer to the question that was put.
pub(super) fn asked(
    question: &Question,
    heard: &Heard,
    source: Source,
    today: Date,
) -> Option<Value> {
    let words = &heard.words;
    if !words::is_speech(words) {
        return None;
    }
    let own_words = || text(words).filter(|_| source == Source::AskedAgain && words.len() > 1);
    match question.kind {
        Kind::Text => text(words),
        Kind::YesNo => yes_no(heard).or_else(|| affirmed(question, words)),
        Kind::Number => number(question, words),
        Kind::Amount => amount(question, words, Asked::Yes),
        Kind::Choice => {
            chosen(question, words).or_else(|| ranked(question, words, &heard.understood))
        }
        Kind::Date => date(&heard.understood, today).or_else(own_words),
        Kind::Place => places::answer(words).map(Value::Place),
    }
}

/// An answer to a question that was not put; `alone`: no other question of that
/// kind is open.
pub(super) fn unasked(question: &Question, heard: &Heard, alone: bool) -> Option<Value> {
    let words = &heard.words;
    let cued = || cues::any(words, &question.words);
    match question.kind {
        Kind::Text => None,
        Kind::YesNo => cued().then(|| Value::YesNo(!denies(words, &question.words))),
        Kind::Number => beside(question, words).map(Value::Number),
        Kind::Amount if alone || cued() => amount(question, words, Asked::No),
        Kind::Amount => None,
        Kind::Choice => chosen(question, words),
        Kind::Date if cued() => closed(&heard.understood),
        Kind::Date => None,
        Kind::Place if alone || cued() => places::named(words).map(Value::Place),
        Kind::Place => None,
    }
}

/// "Je ne sais pas", "je préfère ne pas le dire", "ça dépend".
pub(super) fn dodges(words: &[Word]) -> bool {
    const CUES: [&str; 32] = [
        "sais pas",
        "sais plus",
        "sait pas",
        "aucune idee",
        "en sais rien",
        "pas d idee",
        "prefere pas",
        "prefere ne pas",
        "veux pas repondre",
        "veux pas le dire",
        "veux pas dire",
        "souhaite pas repondre",
        "pas repondre",
        "regarde pas",
        "pas decide",
        "pas encore decide",
        "pas defini",
        "ca depend",
        "cela depend",
        "question suivante",
        "passez",
        "passe la question",
        "peu importe",
        "pas de budget",
        "pas de limite",
        "aucune limite",
        "sait pas trop",
        "pas d avis",
        "je passe",
        "joker",
        "vois pas",
        "pas fixe",
    ];
    words.len() <= 14 && cues::any(words, &CUES)
}

fn text(words: &[Word]) -> Option<Value> {
    let letters: usize = words.iter().map(|word| word.folded.chars().count()).sum();
    const NOTHING: [&str; 8] = ["euh", "bah", "ben", "hum", "mm", "oui", "ok", "d"];
    let start = words.iter().position(|word| !FILLERS.contains(&word.folded.as_str()))?;
    let words = &words[start..];
    let says = words.iter().any(|word| !NOTHING.contains(&word.folded.as_str()));
    (says && letters > 1).then(|| Value::Text(sentence(words).chars().take(MAX_TEXT).collect()))
}

/// The words with the commas and stops between them.
fn sentence(words: &[Word]) -> String {
    let mut text = String::new();
    for piece in words.split_inclusive(|word| word.stop.is_some()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&words::text(piece));
        text.extend(piece.last().and_then(|last| last.stop));
    }
    text.trim_end_matches([',', ';', ':', '.']).to_owned()
}

fn yes_no(heard: &Heard) -> Option<Value> {
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    if says(&["peut"]) && says(&["etre"]) {
        return None;
    }
    let polarity = heard.understood.polarity.or_else(|| {
        if says(&["pas", "non", "aucun", "aucune", "jamais"]) {
            return Some(Polarity::No);
        }
        says(&["oui", "ouais", "effectivement", "exactement", "absolument", "si", "deja"])
            .then_some(Polarity::Yes)
    })?;
    Some(Value::YesNo(polarity == Polarity::Yes))
}

/// "Mon prêt est accordé" says yes; "quel financement ?" says nothing.
fn affirmed(question: &Question, words: &[Word]) -> Option<Value> {
    let asks = ["quel", "quelle", "quoi", "comment", "pourquoi", "parlez"];
    let asks =
        words.iter().any(|word| asks.contains(&word.folded.as_str()) || word.stop == Some('?'));
    let own = words.len() > 2 && cues::any(words, &question.words);
    (own && !asks).then(|| Value::YesNo(!denies(words, &question.words)))
}

/// "Je n'ai pas encore de financement".
fn denies(words: &[Word], own: &[String]) -> bool {
    let at = own.iter().find_map(|cue| cues::said(words, cue));
    let before = at.map_or(words, |at| &words[at.saturating_sub(5)..at]);
    let no = ["pas", "aucun", "aucune", "sans", "ni", "jamais", "non"];
    before.iter().any(|word| no.contains(&word.folded.as_str()))
}

/// The number beside a cue of the question, or else the last one said.
fn number(question: &Question, words: &[Word]) -> Option<Value> {
    let counts = amounts::counts(words);
    let any = counts.last().map(|(value, _)| *value);
    beside(question, words).or(any).map(Value::Number)
}

/// "Trois pièces": a number right before one of the question's own words.
fn beside(question: &Question, words: &[Word]) -> Option<i64> {
    let counts = amounts::counts(words);
    counts.into_iter().rev().find_map(|(value, at)| {
        let after = words.get(at.end..(at.end + 2).min(words.len()))?;
        let own = question.words.iter().any(|cue| cues::said(after, cue) == Some(0));
        // "T3": glued to its letter.
        let before = at.start.checked_sub(1).map(|place| &words[place..at.start]);
        let letter = before.is_some_and(|word| cues::any(word, &question.words));
        (own || letter || asks_for(question, after)).then_some(value)
    })
}

/// True when the word after a number is one that the question itself asks for:
/// "Combien de pièces …".
fn asks_for(question: &Question, after: &[Word]) -> bool {
    let Some(word) = after.first() else { return false };
    let stem: String = word.folded.chars().take(word.folded.len().saturating_sub(1)).collect();
    let asked = fold(&question.ask);
    stem.len() > 3
        && asked.split(|c: char| !c.is_alphanumeric()).any(|other| {
            other == word.folded || other.strip_suffix('s').unwrap_or(other) == word.folded
        })
}

fn amount(question: &Question, words: &[Word], asked: Asked) -> Option<Value> {
    let (from, to, said) = amounts::span(words, asked)?;
    let scale = |value: Option<i64>| match value {
        Some(value) if !said.scaled && !monthly(words) && left_out(question, value) => {
            value.checked_mul(THOUSANDS)
        }
        value => value,
    };
    let negative = from.or(to).is_some_and(|value| value < 0);
    (!negative).then(|| Value::Amount { from: scale(from), to: scale(to) })
}

/// The amount that was meant without its thousands being said: it is repeated
/// to the caller.
pub(super) fn inferred(question: &Question, words: &[Word]) -> Option<i64> {
    let (from, to, said) = amounts::span(words, Asked::Yes)?;
    let value = to.or(from).filter(|value| !said.scaled && left_out(question, *value))?;
    if monthly(words) {
        return None;
    }
    (question.kind == Kind::Amount).then(|| value.checked_mul(THOUSANDS)).flatten()
}

/// A rent is no price in thousands.
fn monthly(words: &[Word]) -> bool {
    cues::any(words, &["mois", "mensuel*", "loyer", "semaine"])
}

fn left_out(question: &Question, value: i64) -> bool {
    (1..THOUSANDS).contains(&value) && in_thousands(question)
}

/// True when the tenant's own ranges speak of nothing below ten thousand: a
/// bare "trois cent cinquante" is in thousands.
fn in_thousands(question: &Question) -> bool {
    let bounds = question.worth.ranges.iter().flat_map(|range| [range.from, range.to]);
    bounds.flatten().filter(|bound| *bound > 0).min().is_some_and(|least| least >= 10_000)
}

fn date(understood: &Understanding, today: Date) -> Option<Value> {
    match closed(understood) {
        Some(value) => Some(value),
        None if understood.earliest => Some(Value::Date { from: Some(today), to: None }),
        None => None,
    }
}

/// The days of the first window said.
fn closed(understood: &Understanding) -> Option<Value> {
    let first = understood.when.first()?;
    let last = understood.when.last().filter(|last| last.span.from.is_some())?;
    let to = last.span.to.and_then(|to| {
        let day = to.date();
        let midnight = to.time() == jiff::civil::Time::midnight();
        if midnight { day.checked_sub(1.days()).ok() } else { Some(day) }
    });
    Some(Value::Date { from: first.span.from.map(|from| from.date()), to })
}
