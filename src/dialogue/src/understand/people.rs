//! With whom: the persons of a practice's calendars, as callers name them.
//!
//! Apart from [`understand`](super::understand), since it needs to know who
//! receives. A name is a wish only where one is wished for ("avec le docteur
//! Martin"): "je suis madame Martin" is the caller.

mod person;
mod sound;

pub use person::Person;

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
    if says(words, &ANYONE) {
        return Some(Said { whom: Whom::Anyone, wished: true });
    }
    if !without.is_empty() {
        return Some(Said { whom: Whom::Without(without), wished });
    }
    let whom = if says(words, &OTHER) {
        Whom::Other
    } else if says(words, &SAME) {
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

/// True when one of these phrases is said.
fn says(words: &[Word], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.windows(parts.len()).any(|some| {
            some.iter().zip(&parts).all(|(word, part)| match part.strip_suffix('*') {
                Some(stem) => word.folded.starts_with(stem),
                None => word.folded == *part,
            })
        })
    })
}

const ANYONE: [&str; 18] = [
    "avec n importe lequel",
    "avec n importe laquelle",
    "avec n importe qui",
    "avec nimporte qui",
    "avec nimporte lequel",
    "importe quel docteur*",
    "importe quel medecin",
    "importe quel praticien",
    "importe lequel des deux",
    "peu importe le docteur",
    "peu importe le medecin",
    "peu importe le praticien",
    "peu importe avec qui",
    "peu importe lequel des deux",
    "l un ou l autre",
    "egal le docteur",
    "egal le medecin",
    "avec qui vous voulez",
];

const OTHER: [&str; 13] = [
    "quelqu un d autre",
    "quelquun d autre",
    "un autre docteur",
    "un autre medecin",
    "un autre praticien",
    "une autre docteur*",
    "une autre praticienne",
    "l autre docteur*",
    "l autre medecin",
    "avec l autre",
    "autre docteur*",
    "autre medecin",
    "un de ses collegues",
];

const SAME: [&str; 16] = [
    "le meme docteur",
    "la meme docteur*",
    "le meme medecin",
    "le meme praticien",
    "la meme praticienne",
    "la meme personne",
    "avec le meme",
    "avec la meme",
    "le meme que la derniere fois",
    "la meme que la derniere fois",
    "le meme que d habitude",
    "mon medecin habituel",
    "mon docteur habituel",
    "mon medecin traitant habituel",
    "celui de la derniere fois",
    "celle de la derniere fois",
];

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn practice() -> Vec<Person> {
        let calendar =
            |id: &str, name: &str| Calendar { id: CalendarId(id.into()), name: name.into() };
        people(&[
            calendar("martin", "Docteur Martin"),
            calendar("leroy", "Docteure Anne Leroy"),
            calendar("petit", "Madame Petit"),
            calendar("salle", "Salle 2"),
        ])
    }

    fn whom(text: &str) -> Option<Whom> {
        find(&words(text), &practice()).map(|said| said.whom)
    }

    fn ids(list: &[&str]) -> Vec<CalendarId> {
        list.iter().map(|id| CalendarId((*id).into())).collect()
    }

    #[test]
    fn a_person_is_wished_for_by_name() {
        for text in [
            "je voudrais un rendez-vous avec le docteur Martin",
            "avec docteur martin mardi matin",
            "je veux voir le dr Martin",
            "je suis suivi par le docteur Martin",
            "je suis une patiente du docteur Martin",
            "chez monsieur Martin",
            "avec Martin s'il vous plaît",
            "le docteur Martin",
            "euh le docteur martain",
            "plutôt le docteur Martin",
        ] {
            assert_eq!(whom(text), Some(Whom::With(ids(&["martin"]))), "{text}");
        }
        for text in [
            "plutôt la docteure Leroy",
            "avec la docteur leroi",
            "avec Anne Leroy",
            "je préfère le docteur le roy",
        ] {
            assert_eq!(whom(text), Some(Whom::With(ids(&["leroy"]))), "{text}");
        }
        assert_eq!(whom("avec madame Petit"), Some(Whom::With(ids(&["petit"]))));
        let both = Some(Whom::With(ids(&["martin", "leroy"])));
        assert_eq!(whom("avec le docteur Martin ou la docteure Leroy"), both);
    }

    #[test]
    fn the_callers_own_name_and_other_business_are_no_wish() {
        for text in [
            "je suis madame Martin",
            "c'est monsieur Leroy",
            "je m'appelle Camille Martin",
            "au nom de Martin",
            "madame Petit à l'appareil",
            "c'est pour madame Leroy",
            "je voudrais parler au docteur Martin",
            "dites au docteur Leroy que je serai en retard",
            "j'ai une ordonnance du docteur Martin à renouveler",
            "je voudrais voir le docteur demain",
            "je voudrais un petit rendez-vous",
            "mardi à dix heures",
        ] {
            assert_eq!(whom(text), None, "{text}");
        }
    }

    #[test]
    fn a_person_is_declined_or_anybody_will_do() {
        for text in [
            "pas avec le docteur Martin",
            "tout sauf le docteur Martin",
            "je ne veux pas voir le docteur Martin",
            "surtout pas le docteur Martin",
            "je ne veux plus avec le docteur martin",
            "n'importe qui sauf le docteur Martin",
        ] {
            assert_eq!(whom(text), Some(Whom::Without(ids(&["martin"]))), "{text}");
        }
        for text in ["avec n'importe lequel", "peu importe le docteur", "l'un ou l'autre"] {
            assert_eq!(whom(text), Some(Whom::Anyone), "{text}");
        }
        for text in ["avec quelqu'un d'autre", "un autre docteur", "avec l'autre"] {
            assert_eq!(whom(text), Some(Whom::Other), "{text}");
        }
        for text in ["le même que la dernière fois", "avec le même docteur", "la même personne"]
        {
            assert_eq!(whom(text), Some(Whom::Same), "{text}");
        }
        let two = "pas avec le docteur Martin, plutôt avec la docteure Leroy";
        assert_eq!(whom(two), Some(Whom::With(ids(&["leroy"]))));
    }

    #[test]
    fn somebody_unknown_is_a_stranger() {
        let stranger = Some(Whom::Stranger("le docteur Dupont".into()));
        assert_eq!(whom("un rendez-vous avec le docteur Dupont"), stranger);
        assert_eq!(whom("avec le docteur demain"), None);
    }
}
