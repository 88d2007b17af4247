//! Dates, times, prices and hours as a person says them.

use crate::understand::words::fold;
use domain::tenant::Profile;
use domain::time::hours::{Opening, normalised};
use domain::time::words::month;
pub use domain::time::words::weekday;
use jiff::civil::{Date, DateTime, Time, Weekday};

/// "mardi 24 novembre", "mardi 1er décembre".
pub fn day(date: Date) -> String {
    let number = match date.day() {
        1 => "1er".to_owned(),
        other => other.to_string(),
    };
    let month = month(date.month());
    format!("{} {number} {month}", weekday(date.weekday()))
}

/// "10 h 30", "9 h", "minuit".
pub fn time(time: Time) -> String {
    if (time.hour(), time.minute()) == (23, 59) {
        return "minuit".to_owned();
    }
    match time.minute() {
        0 => format!("{} h", time.hour()),
        minute => format!("{} h {minute:02}", time.hour()),
    }
}

/// "mardi 24 novembre à 10 h 30".
pub fn moment(at: DateTime) -> String {
    format!("{} à {}", day(at.date()), time(at.time()))
}

/// "25 euros", "25 euros 50".
pub fn price(cents: u32) -> String {
    let euros = cents / 100;
    let unit = if euros > 1 { "euros" } else { "euro" };
    match cents % 100 {
        0 => format!("{euros} {unit}"),
        rest => format!("{euros} {unit} {rest:02}"),
    }
}

/// "350 000": thousands apart.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut said = if number < 0 { "moins ".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(' ');
        }
        said.push(digit);
    }
    said
}

/// "de Camille", "d'Anouk", "d'Yves", "de Yann", "de Hugo".
pub fn of(name: &str) -> String {
    let folded = fold(name);
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (Some('a' | 'e' | 'i' | 'o' | 'u' | 'œ' | 'æ'), _) => format!("d'{name}"),
        // Before a vowel it is a consonant.
        (Some('y'), Some(next)) if !"aeiouy".contains(next) => format!("d'{name}"),
        _ => format!("de {name}"),
    }
}

/// The family name letter by letter: "D, U, R, A, N, T".
pub fn letters(name: &str) -> String {
    let family = name.split_once(' ').map_or(name, |(_, family)| family);
    let said = family.chars().map(|c| match c {
        ' ' => "espace".to_owned(),
        '-' => "tiret".to_owned(),
        '\'' | '’' => "apostrophe".to_owned(),
        other => other.to_uppercase().collect(),
    });
    said.collect::<Vec<String>>().join(", ")
}

/// "a", "a ou b", "a, b ou c".
pub fn or(items: &[String]) -> String {
    join(items, "ou")
}

/// "a", "a et b", "a, b et c".
pub fn and(items: &[String]) -> String {
    join(items, "et")
}

fn join(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} {word} {last}", head.join(", ")),
    }
}

/// Slots for the ear, those of one day together: "mardi 24 novembre à 9 h ou
/// 10 h 30, ou jeudi 26 novembre à 14 h".
pub fn moments(starts: &[DateTime]) -> String {
    let mut days: Vec<(Date, Vec<String>)> = Vec::new();
    for start in starts {
        match days.last_mut() {
            Some((date, times)) if *date == start.date() => times.push(time(start.time())),
            _ => days.push((start.date(), vec![time(start.time())])),
        }
    }
    let said: Vec<String> =
        days.iter().map(|(date, times)| format!("{} à {}", day(*date), or(times))).collect();
    match &said[..] {
        [first, last] => format!("{first}, ou {last}"),
        [first, second, last] => format!("{first}, {second}, ou {last}"),
        _ => or(&said),
    }
}

/// "du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, le samedi de 9 h à 12 h".
pub fn hours(profile: &Profile) -> Option<String> {
    let week = normalised(profile.hours.clone());
    let mut groups: Vec<(Weekday, Weekday, String)> = Vec::new();
    for at in 0..7_i8 {
        let Ok(weekday) = Weekday::from_monday_zero_offset(at) else { continue };
        let Some(times) = day_hours(&week, weekday) else { continue };
        match groups.last_mut() {
            Some((_, last, same)) if *same == times && last.next() == weekday => *last = weekday,
            _ => groups.push((weekday, weekday, times)),
        }
    }
    if groups.is_empty() {
        return None;
    }
    let said: Vec<String> = groups.iter().map(group).collect();
    Some(said.join(", "))
}

fn group((first, last, times): &(Weekday, Weekday, String)) -> String {
    match (first == last, first.next() == *last) {
        (true, _) => format!("le {} {times}", weekday(*first)),
        (_, true) => format!("le {} et le {} {times}", weekday(*first), weekday(*last)),
        _ => format!("du {} au {} {times}", weekday(*first), weekday(*last)),
    }
}

/// "de 9 h à 12 h et de 14 h à 18 h"; `None` when closed that weekday.
pub fn day_hours(hours: &[Opening], day: Weekday) -> Option<String> {
    let spans: Vec<String> = hours
        .iter()
        .filter(|opening| opening.day == day)
        .map(|opening| format!("de {} à {}", time(opening.from), time(opening.to)))
        .collect();
    (!spans.is_empty()).then(|| and(&spans))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn a_moment_is_said_as_a_person_says_it() {
        assert_eq!(moment(date(2026, 11, 24).at(10, 30, 0, 0)), "mardi 24 novembre à 10 h 30");
        assert_eq!(moment(date(2026, 12, 1).at(9, 0, 0, 0)), "mardi 1er décembre à 9 h");
        assert_eq!(moment(date(2027, 1, 4).at(12, 5, 0, 0)), "lundi 4 janvier à 12 h 05");
        assert_eq!(super::time(time(23, 59, 0, 0)), "minuit");
    }

    #[test]
    fn a_name_elides_what_is_before_it_when_it_sounds_like_a_vowel() {
        let all = ["Anouk", "Élise Roy", "Yves", "Yvonne", "Yann", "Yasmine", "Hugo", "Camille"];
        let said = ["d'Anouk", "d'Élise Roy", "d'Yves", "d'Yvonne", "de Yann", "de Yasmine"];
        for (name, said) in all.iter().zip(said.iter().chain(&["de Hugo", "de Camille"])) {
            assert_eq!(of(name), *said);
        }
    }

    #[test]
    fn two_days_are_no_stretch() {
        let days = |last| group(&(Weekday::Monday, last, "de 9 h à 12 h".to_owned()));
        assert_eq!(days(Weekday::Monday), "le lundi de 9 h à 12 h");
        assert_eq!(days(Weekday::Tuesday), "le lundi et le mardi de 9 h à 12 h");
        assert_eq!(days(Weekday::Wednesday), "du lundi au mercredi de 9 h à 12 h");
    }

    #[test]
    fn prices_are_said_in_euros() {
        assert_eq!(price(3000), "30 euros");
        assert_eq!(price(2650), "26 euros 50");
        assert_eq!(price(100), "1 euro");
        assert_eq!(price(5), "0 euro 05");
    }

    #[test]
    fn offers_of_one_day_are_said_together() {
        let tuesday = date(2026, 11, 24);
        let offers =
            [tuesday.at(9, 0, 0, 0), tuesday.at(10, 30, 0, 0), date(2026, 11, 26).at(14, 0, 0, 0)];
        assert_eq!(
            moments(&offers),
            "mardi 24 novembre à 9 h ou 10 h 30, ou jeudi 26 novembre à 14 h"
        );
        assert_eq!(moments(&offers[..1]), "mardi 24 novembre à 9 h");
        assert_eq!(moments(&[]), "");
    }
}
