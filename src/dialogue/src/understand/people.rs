//! With whom: the persons of a practice's calendars, as callers name them.
//!
//! Apart from [`understand`](super::understand), since it needs to know who
//! receives. A name is a wish only where one is wished for ("avec le docteur
//! Martin"): "je suis madame Martin" is the caller.

mod person;
mod phrases;
mod sound;

pub use person::Person;
pub use sound::sound;

use super::words::Word;
use domain::id::CalendarId;
use domain::tenant::Calendar;

/// With whom the caller would come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// One of these.
    With(Vec<CalendarId>),
    /// Anybody but these.
    Without(Vec<CalendarId>),
    /// Somebody else than was spoken of.
    Other,
    /// Anybody.
    Anyone,
    /// The same as last time.
    Same,
    /// Somebody who does not receive here, as said.
    Stranger(String),
}

/// What an utterance says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// With whom.
    pub whom: Whom,
    /// True when words of wishing introduce it: "avec", "voir".
    pub wished: bool,
}

/// The calendars that bear a person's name.
pub fn people(calendars: &[Calendar]) -> Vec<Person> {
    calendars.iter().filter_map(Person::of).collect()
}

/// With whom the words say; `None` when they say nothing of it.
pub fn find(words: &[Word], people: &[Person]) -> Option<Said> {
    let mentions = mentions(words, people);
    let of = |denied: bool| -> Vec<CalendarId> {
        let mut ids: Vec<CalendarId> = Vec::new();
        for mention in mentions.iter().filter(|mention| mention.denied == denied) {
            let new = mention.who.iter().filter(|id| !ids.contains(id)).cloned();
            ids.extend(new.collect::<Vec<_>>());
        }
        ids
    };
    let wished = mentions.iter().any(|mention| mention.wished);
    let (with, without) = (of(false), of(true));
    if !with.is_empty() {
        return Some(Said { whom: Whom::With(with), wished });
    }
    if phrases::says(words, &phrases::ANYONE) {
        return Some(Said { whom: Whom::Anyone, wished: true });
    }
    if !without.is_empty() {
        return Some(Said { whom: Whom::Without(without), wished });
    }
    let whom = if phrases::says(words, &phrases::OTHER) {
        Whom::Other
    } else if phrases::says(words, &phrases::SAME) {
        Whom::Same
    } else {
        Whom::Stranger(stranger(words, people)?)
    };
    Some(Said { whom, wished: true })
}

/// Somebody named.
struct Mention {
    who: Vec<CalendarId>,
    wished: bool,
    denied: bool,
}

fn mentions(words: &[Word], people: &[Person]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let (mut at, mut last_end) = (0, None);
    while at < words.len() {
        let joined = last_end.is_some_and(|end| at == end + 1 && is(words, end, &["ou", "et"]));
        match mention_at(words, at, people, joined) {
            Some((mention, end)) => {
                found.push(mention);
                last_end = Some(end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Somebody named from a word on, and where the name ends.
fn mention_at(
    words: &[Word],
    at: usize,
    people: &[Person],
    joined: bool,
) -> Option<(Mention, usize)> {
    let article = usize::from(is(words, at, &["le", "la", "l", "mon", "ma", "notre"]));
    let titled = words.get(at + article).is_some_and(|word| person::is_title(&word.folded));
    let start = at + article + usize::from(titled);
    let wished = joined || wish_before(words, at);
    let civil = titled && is(words, start - 1, &CIVIL);
    let plain = titled && !civil && stands_alone(words, at);
    let short = words.len() <= 3 && !introduces(words);
    if !(wished || plain || short) {
        return None;
    }
    // "Avec le roi": the article may be the beginning of the name.
    let starts = if article == 1 && !titled { vec![at, start] } else { vec![start] };
    let (end, who) = starts.into_iter().find_map(|start| named(words, start, people))?;
    Some((Mention { who, wished, denied: denied(words, at) }, end))
}

const CIVIL: [&str; 7] = ["madame", "mme", "monsieur", "mr", "m", "mademoiselle", "mlle"];

/// Whose names begin at a word; the longest name counts.
fn named(words: &[Word], start: usize, people: &[Person]) -> Option<(usize, Vec<CalendarId>)> {
    let rest = words.get(start..)?;
    let lengths: Vec<Option<usize>> = people.iter().map(|person| person.named_by(rest)).collect();
    let longest = lengths.iter().flatten().max().copied()?;
    let who = people.iter().zip(&lengths).filter(|(_, length)| **length == Some(longest));
    Some((start + longest, who.map(|(person, _)| person.calendar.clone()).collect()))
}

/// "Avec", "voir", "suivi par": what comes is wished for.
fn wish_before(words: &[Word], at: usize) -> bool {
    let before =
        |back: usize| at.checked_sub(back).map_or("", |place| words[place].folded.as_str());
    match before(1) {
        "par" => before(2).starts_with("suivi"),
        "de" | "du" => {
            before(2).starts_with("patient") || ["client", "cliente"].contains(&before(2))
        }
        "pour" => ["rdv", "vous", "rendezvous", "place", "creneau"].contains(&before(2)),
        word => WISHING.contains(&word),
    }
}

const WISHING: [&str; 19] = [
    "avec",
    "chez",
    "voir",
    "revoir",
    "consulter",
    "prefere",
    "prefererais",
    "prefererait",
    "plutot",
    "veux",
    "voudrais",
    "que",
    "qu",
    "sauf",
    "sans",
    "reprendre",
    "retourner",
    "rencontrer",
    "pas",
];

/// "Le docteur Leroy", with nothing before it that makes it something else.
fn stands_alone(words: &[Word], at: usize) -> bool {
    const OPENERS: [&str; 12] =
        ["euh", "ben", "bah", "oui", "non", "alors", "et", "ou", "ok", "bon", "donc", "finalement"];
    let opened = words[..at]
        .iter()
        .all(|word| OPENERS.contains(&word.folded.as_str()) || word.stop.is_some());
    opened && words.len() <= at + 6
}

/// "C'est", "je suis", "ici", "au nom de": who speaks.
fn introduces(words: &[Word]) -> bool {
    words.iter().any(|word| {
        ["suis", "est", "cest", "ici", "nom", "appelle", "mappelle", "monsieur", "madame"]
            .contains(&word.folded.as_str())
    })
}

/// "Pas avec", "sauf", "tout sauf".
fn denied(words: &[Word], at: usize) -> bool {
    const NO: [&str; 7] = ["pas", "sauf", "jamais", "sans", "excepte", "hormis", "surtout"];
    const BETWEEN: [&str; 9] =
        ["avec", "chez", "voir", "par", "de", "du", "revoir", "avoir", "etre"];
    let mut before = words[..at].iter().rev().map(|word| word.folded.as_str());
    let first = before.find(|word| !BETWEEN.contains(word));
    // "Je ne veux plus avec": no more; "le plus tôt avec": soonest.
    first.is_some_and(|word| NO.contains(&word) || word == "plus")
}

/// "Avec le docteur Dupont", who does not receive here, as said.
fn stranger(words: &[Word], people: &[Person]) -> Option<String> {
    if people.is_empty() {
        return None;
    }
    let doctor = ["docteur", "docteure", "dr", "professeur"];
    let at = (0..words.len()).find(|at| is(words, *at, &doctor))?;
    let article = usize::from(at > 0 && is(words, at - 1, &["le", "la"]));
    let name = words.get(at + 1)?;
    let proper = name.raw.chars().next().is_some_and(char::is_uppercase)
        && !words.iter().all(|word| word.raw.chars().all(|c| !c.is_lowercase()));
    let here = ["avec", "chez", "voir", "consulter"];
    let wished = at > article && is(words, at - article - 1, &here);
    let feminine = words[at].folded == "docteure";
    let title = if feminine { "la docteure" } else { "le docteur" };
    (wished && proper && name.raw.chars().count() < 30).then(|| format!("{title} {}", name.raw))
}

fn is(words: &[Word], at: usize, list: &[&str]) -> bool {
    words.get(at).is_some_and(|word| list.contains(&word.folded.as_str()))
}

#[cfg(test)]
mod tests;
