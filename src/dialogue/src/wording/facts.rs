//! Answers from the tenant's own settings; nothing is invented.

use crate::Script;
use crate::speak;
use domain::tenant::Service;
use jiff::civil::{Date, Weekday};

/// When it is open.
pub fn hours(script: &Script<'_>) -> Option<String> {
    Some(format!("Nous sommes ouverts {}.", speak::hours(script.profile)?))
}

/// When it is open on one weekday.
pub fn hours_each(script: &Script<'_>, day: Weekday) -> Option<String> {
    let week = &script.profile.hours;
    if week.is_empty() {
        return None;
    }
    Some(match speak::day_hours(week, day) {
        Some(times) => format!("Le {}, nous sommes ouverts {times}.", speak::weekday(day)),
        None => format!("Nous sommes fermés le {}.", speak::weekday(day)),
    })
}

/// When it is open on one date, closures and holidays included.
pub fn hours_on(script: &Script<'_>, date: Date) -> Option<String> {
    if script.profile.hours.is_empty() {
        return None;
    }
    let day = speak::day(date);
    let openings = script.profile.openings_on(date);
    Some(match speak::day_hours(&openings, date.weekday()) {
        Some(times) => format!("Le {day}, nous sommes ouverts {times}."),
        None => format!("Nous sommes fermés le {day}."),
    })
}

/// Where it is.
pub fn address(script: &Script<'_>) -> Option<String> {
    let address = script.profile.address.as_deref()?.trim();
    (!address.is_empty()).then(|| format!("L'adresse est : {}.", address.trim_end_matches('.')))
}

/// What it costs: at most three services.
pub fn prices(script: &Script<'_>) -> Option<String> {
    let said: Vec<String> = script
        .profile
        .services
        .iter()
        .filter_map(|service| {
            Some(format!("{}, {}", service.name, speak::price(service.price_cents?)))
        })
        .take(3)
        .collect();
    (!said.is_empty()).then(|| format!("{}.", said.join(" ; ")))
}

/// They ask what to do should they be unable to come.
pub fn hindrance() -> &'static str {
    "Il suffira de nous rappeler."
}

/// How long a service takes.
pub fn duration(service: &Service) -> String {
    format!("Comptez {} minutes.", service.minutes)
}

/// An answer of the tenant's own, ended like a sentence.
pub fn own(answer: &str) -> String {
    let answer = answer.trim();
    match answer.ends_with(['.', '!', '?', '…']) {
        true => answer.to_owned(),
        false => format!("{answer}."),
    }
}

/// The tenant has not told us.
pub fn unknown() -> &'static str {
    "Je n'ai pas cette information."
}
