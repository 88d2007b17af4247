//! With whom: said only where several persons receive.

use super::Rung;
use crate::speak;
use crate::understand::people::{Person, people};
use domain::availability::Slot;
use domain::id::CalendarId;
use domain::tenant::Profile;

/// The person of a calendar, "le docteur Martin", where several receive.
pub fn person(profile: &Profile, calendar: &CalendarId) -> Option<String> {
    let people = people(&profile.calendars);
    let one = people.iter().find(|person| person.calendar == *calendar)?;
    (people.len() > 1).then(|| one.said.clone())
}

/// " avec le docteur Martin", or nothing.
pub fn with(profile: &Profile, calendar: Option<&CalendarId>) -> String {
    let person = calendar.and_then(|calendar| person(profile, calendar));
    person.map_or_else(String::new, |person| format!(" avec {person}"))
}

/// Slots for the ear, with whom each is: "avec le docteur Martin mardi 24
/// novembre à 9 h ou 10 h".
pub fn slots(profile: &Profile, offered: &[Slot]) -> String {
    let mut groups: Vec<(String, Vec<jiff::civil::DateTime>)> = Vec::new();
    for slot in offered {
        let whom = with(profile, Some(&slot.calendar));
        match groups.last_mut() {
            Some((same, starts)) if *same == whom => starts.push(slot.local),
            _ => groups.push((whom, vec![slot.local])),
        }
    }
    let said: Vec<String> =
        groups.iter().map(|(whom, starts)| format!("{}{whom}", speak::moments(starts))).collect();
    said.join(", ou ")
}

/// Asks with whom.
pub fn ask(profile: &Profile, rung: Rung) -> String {
    let people: Vec<String> =
        people(&profile.calendars).into_iter().map(|Person { said, .. }| said).collect();
    match (people.len(), rung) {
        (2 | 3, Rung::First) => format!("Était-ce avec {} ?", speak::or(&people)),
        (2 | 3, _) => format!("Avec qui voulez-vous venir : {} ?", speak::or(&people)),
        _ => "Avec qui était-ce, la dernière fois ?".to_owned(),
    }
}

/// Only one person receives.
pub fn only(person: &str) -> String {
    format!("Ici, c'est {person} qui reçoit.")
}

/// Somebody of that name does not receive here.
pub fn stranger(name: &str, known: &[String]) -> String {
    match known.len() {
        0 | 4.. => format!("Je ne trouve pas {name} ici."),
        _ => format!("Je ne trouve pas {name} ici, mais {}.", speak::and(known)),
    }
}

/// Nothing more is free with whom the caller wished for; others follow.
pub fn no_more(person: Option<&str>) -> String {
    match person {
        Some(person) => format!("Je n'ai pas d'autre créneau avec {person}."),
        None => "Je n'ai pas d'autre créneau avec cette personne.".to_owned(),
    }
}
