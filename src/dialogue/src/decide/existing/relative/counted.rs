//! Lengths of time by which an appointment moves: "deux jours plus tard", "de
//! quinze jours", "avancer d'une demi-heure".

use crate::state::Relative;
use crate::understand::numbers;
use crate::understand::words::Word;

/// The most days, weeks or hours that an appointment is moved by.
const MOST: i16 = 62;
/// More hours after "à" are an hour of the day.
const MOST_HOURS: i16 = 6;
/// The most minutes.
const MOST_MINUTES: i16 = 240;

/// "deux jours plus tard", "une semaine avant", "avancer d'une heure".
pub(super) fn counted(words: &[Word]) -> Option<Relative> {
    let mut at = 0;
    while at < words.len() {
        let Some((count, end)) = number(words, at) else {
            at += 1;
            continue;
        };
        if let Some(found) = moved_by(words, at, (count, end)) {
            return Some(found);
        }
        at = end.max(at + 1);
    }
    None
}

fn moved_by(words: &[Word], at: usize, (count, end): (i16, usize)) -> Option<Relative> {
    let (length, end) = length(words, count, end)?;
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let by = ["d", "de"].contains(&before);
    let sign = sign(words, end).or_else(|| verb(&words[..at]).filter(|_| by))?;
    // "À 10 heures plus tard dans la semaine" is an hour of the day.
    let hour = ["a", "pour"].contains(&before) || by && tells_which(&words[..at]);
    let clock = before == "vers" || hour && count > MOST_HOURS;
    match length {
        Length::Days(days) => Some(Relative { days: Some(days * sign), ..Relative::default() }),
        Length::About(days) => {
            Some(Relative { days: Some(days * sign), week: true, ..Relative::default() })
        }
        Length::Minutes(minutes) if clock && minutes >= 60 => None,
        Length::Minutes(minutes) => {
            Some(Relative { minutes: Some(minutes * sign), ..Relative::default() })
        }
    }
}

/// A number in words or figures, and where it ends.
fn number(words: &[Word], at: usize) -> Option<(i16, usize)> {
    let word = words.get(at)?;
    match word.folded.as_str() {
        "quinzaine" | "quinzaines" => Some((15, at)),
        "huitaine" => Some((8, at)),
        _ if word.is_figure() => Some((word.folded.parse().ok()?, at + 1)),
        _ => {
            let (count, end) = numbers::cardinal_at(words, at)?;
            Some((i16::try_from(count).ok()?, end))
        }
    }
}

enum Length {
    Days(i16),
    /// To the week of that day.
    About(i16),
    Minutes(i16),
}

/// So many of what follows the number, and where it ends.
fn length(words: &[Word], count: i16, end: usize) -> Option<(Length, usize)> {
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word: &Word| list.contains(&word.folded.as_str()))
    };
    if let Some(last) = end.checked_sub(1).filter(|last| is(*last, &["quinzaine", "quinzaines"])) {
        return Some((Length::Days(14), after_days(words, last + 1)));
    }
    if is(end, &["quinzaine", "quinzaines"]) {
        return Some((Length::Days(14), after_days(words, end + 1)));
    }
    if is(end, &["huitaine"]) {
        return Some((Length::Days(7), after_days(words, end + 1)));
    }
    let (length, end) = match words.get(end)?.folded.as_str() {
        "jour" | "jours" => (Length::Days(weeks_of(bounded(count, MOST)?)), end + 1),
        "semaine" | "semaines" => (Length::Days(7 * bounded(count, MOST / 7)?), end + 1),
        "mois" => (Length::About(30 * bounded(count, MOST / 30)?), end + 1),
        "heure" | "heures" => {
            let (more, end) = part(words, end + 1);
            (Length::Minutes(60 * bounded(count, MOST)? + more), end)
        }
        "minute" | "minutes" => (Length::Minutes(bounded(count, MOST_MINUTES)?), end + 1),
        "quart" | "quarts" if is(end + 1, &["d"]) && is(end + 2, &["heure"]) => {
            (Length::Minutes(15 * bounded(count, 3)?), end + 3)
        }
        "demi" | "demie" if is(end + 1, &["heure"]) => (Length::Minutes(30), end + 2),
        _ => return None,
    };
    Some((length, end))
}

fn bounded(count: i16, most: i16) -> Option<i16> {
    (1..=most).contains(&count).then_some(count)
}

/// "Une quinzaine de jours".
fn after_days(words: &[Word], at: usize) -> usize {
    let of = |place: usize, text: &str| words.get(place).is_some_and(|word| word.folded == text);
    if of(at, "de") && of(at + 1, "jours") { at + 2 } else { at }
}

/// "Une heure et demie", "deux heures et quart".
fn part(words: &[Word], at: usize) -> (i16, usize) {
    let said = |place: usize| words.get(place).map_or("", |word| word.folded.as_str());
    match (said(at), said(at + 1)) {
        ("et", "demie" | "demi") => (30, at + 2),
        ("et", "quart") => (15, at + 2),
        _ => (0, at),
    }
}

/// In French "huit jours" is a week, and "quinze jours" two.
fn weeks_of(days: i16) -> i16 {
    match days {
        8 => 7,
        15 => 14,
        days => days,
    }
}

/// "Mon rendez-vous de quinze heures", "celui de 14 heures": the hour at which it is.
fn tells_which(before: &[Word]) -> bool {
    const IT: [&str; 7] = ["vous", "rdv", "celui", "celle", "seance", "consultation", "creneau"];
    before.iter().rev().nth(1).is_some_and(|word| IT.contains(&word.folded.as_str()))
}

/// Which way the length goes that ends before `at`.
fn sign(words: &[Word], at: usize) -> Option<i16> {
    let said = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    // "Dans quinze jours, après 17 heures" bounds the hours.
    let bounds = at.checked_sub(1).is_some_and(|last| words[last].stop.is_some())
        || number(words, at + 1).is_some();
    match (said(at), said(at + 1)) {
        ("plus", "tard") => Some(1),
        ("plus", "tot") => Some(-1),
        ("apres", _) if !bounds => Some(1),
        ("avant", _) if !bounds => Some(-1),
        _ => None,
    }
}

/// "repousser", "avancer": which way a length goes that says it not itself.
fn verb(before: &[Word]) -> Option<i16> {
    const LATER: [&str; 5] = ["repouss", "recul", "decal", "report", "retard"];
    before.iter().rev().find_map(|word| match &word.folded {
        word if word.starts_with("avanc") => Some(-1),
        word if LATER.iter().any(|stem| word.starts_with(stem)) => Some(1),
        _ => None,
    })
}
