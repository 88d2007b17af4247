//! Dates that cannot be meant as they are said: "le 31 février", "mardi 25"
//! when the 25th is a Wednesday.

use super::{
    day::dated,
    days::{DaySpan, Days, next_matching, next_of_month, plus, weekday_of},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use crate::understand::words::{Joint, Word};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The month has no such day.
    NoSuchDate {
        /// The day of the month.
        day: i8,
        /// January is 1.
        month: i8,
    },
    /// The weekday is not that of the date: the date said, and the day nearby
    /// that has the weekday said.
    Contradiction {
        /// By its number.
        date: Date,
        /// By its weekday.
        weekday: Date,
    },
}

/// How far a weekday and a day of the month are meant together without doubt.
pub(super) const NEAR: i64 = 62;
/// How far they may be meant together at all.
const FAR: i64 = 100;

/// A date that no year has at the beginning of `lex`, its article included.
pub(super) fn no_such_date(lex: &[Lex]) -> Option<(usize, Doubt)> {
    let skipped = lex
        .iter()
        .take(3)
        .take_while(|lex| matches!(lex, Le | Du | Au | Pour | A | Weekday(_)))
        .count();
    let (taken, day, month) = match lex[skipped..] {
        [Number(n @ 29..=39) | Ordinal(n @ 29..=39), Month(month), ..] => (2, n, month),
        [Number(n @ 29..=39), De | Du, Month(month), ..] => (3, n, month),
        [Number(n @ 29..=39), Slash, Number(m @ 1..=12) | Padded(m @ 1..=12), ..] => {
            (3, n, i8::try_from(m).ok()?)
        }
        _ => return None,
    };
    let day = i8::try_from(day).ok()?;
    // A leap year has the most days.
    let exists = Date::new(2028, month, day).is_ok();
    (!exists).then_some((skipped + taken, Doubt::NoSuchDate { day, month }))
}

/// The day by its number and the day by its weekday, when they differ.
pub(super) fn apart(date: Date, weekday: i8, today: Date) -> Option<(Date, Date)> {
    let near = [-1, 1, -2, 2, -3, 3].into_iter().filter_map(|away| plus(date, away));
    let other = near.filter(|day| *day >= today).find(|day| weekday_of(*day) == weekday)?;
    (weekday_of(date) != weekday).then_some((date, other))
}

/// "mardi 25": the next such day; when there is none soon, the two days as well
/// that may be meant.
pub(super) fn matching(number: i8, weekday: i8, today: Date) -> Days {
    let next = next_matching(today, number, weekday);
    let by_number = next_of_month(today, number);
    let by = |days| next.filter(|next| plus(today, days).is_some_and(|last| *next <= last));
    let pair = by_number.and_then(|date| apart(date, weekday, today));
    let days = match (by(NEAR), pair) {
        (None, Some((date, other))) => readings(by(FAR).into_iter().chain([date, other])),
        _ => next.or(by_number).and_then(Days::day),
    };
    days.unwrap_or(Days::Weekday(weekday))
}

/// Several readings, the first preferred.
fn readings(dates: impl Iterator<Item = Date>) -> Option<Days> {
    let span = |(rank, day)| Some(DaySpan::new(day, 1, Grain::Day)?.ranked(rank));
    Some(Days::Spans((0..).zip(dates).filter_map(span).collect()))
}

/// What is doubtful in a day that was read from all of `lex`.
pub(super) fn doubt(lex: &[Lex], days: &Days) -> Option<Doubt> {
    let Days::Spans(spans) = days else { return None };
    let [.., first, second] = spans[..] else { return None };
    let numbered = |lex: &Lex| matches!(lex, Number(_) | Padded(_) | Ordinal(1));
    let weekday = lex.iter().find_map(|lex| match lex {
        Weekday(day) => Some(*day),
        _ => None,
    })?;
    let (date, other) = first.from.zip(second.from)?;
    let both = first.is_day() && second.is_day() && first.rank + 1 == second.rank;
    let contradicts = weekday_of(date) != weekday && weekday_of(other) == weekday;
    (both && contradicts && lex.iter().any(numbered))
        .then_some(Doubt::Contradiction { date, weekday: other })
}

/// A date with its month after a weekday.
pub(super) fn with_weekday(days: Days, weekday: i8, today: Date) -> Days {
    let Days::Spans(spans) = &days else { return days };
    let date = spans.first().and_then(|span| span.from);
    let pair = date.and_then(|date| apart(date, weekday, today));
    pair.and_then(|(date, other)| readings([date, other].into_iter())).unwrap_or(days)
}

/// True for the dots of "12.01.2027".
pub(super) fn dotted(words: &[Word], at: usize) -> bool {
    let tied = |at: usize| words.get(at).is_some_and(|word| word.joint == Joint::Sign('.'));
    let figure = |at: usize, long: usize| {
        words.get(at).is_some_and(|word| word.is_figure() && word.folded.len() <= long)
    };
    let year = |at: usize| words.get(at).is_some_and(|word| word.folded.starts_with("20"));
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|day| {
        let whole = figure(day, 2) && figure(day + 1, 2) && figure(day + 2, 4) && year(day + 2);
        whole && tied(day + 1) && tied(day + 2) && !tied(day) && !tied(day + 3)
    })
}

/// "12 01 2027" and the like at the beginning of `lex`.
pub(super) fn in_figures(lex: &[Lex], today: Date) -> Option<(usize, Days)> {
    let (taken, n, m, year) = match *lex {
        [Number(n) | Padded(n), Number(m) | Padded(m), Number(year @ 2000..=2099), ..] => {
            (3, n, m, Some(year))
        }
        [
            Number(n) | Padded(n),
            Dash,
            Number(m) | Padded(m),
            Dash,
            Number(year @ 2000..=2099),
            ..,
        ] => (5, n, m, Some(year)),
        [Number(n @ 1..=31), Padded(m @ 1..=9), ..] => (2, n, m, None),
        _ => return None,
    };
    let month = i8::try_from(m).ok().filter(|month| (1..=12).contains(month))?;
    match year {
        Some(year) => {
            let (n, year) = (i8::try_from(n).ok()?, i16::try_from(year).ok()?);
            Some((taken, Days::day(Date::new(year, month, n).ok()?)?))
        }
        None => {
            let (_, days) = dated(&[Number(n), Month(month)], today)?;
            Some((taken, days))
        }
    }
}
