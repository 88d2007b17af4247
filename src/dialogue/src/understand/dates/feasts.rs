//! Feasts and other days that go by a name.

use super::{
    day::{Read, article, yearly_nth},
    days::{DaySpan, Days, next_yearly, plus, weekday_of},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// Feasts whose day everybody knows.
pub(super) fn feast(lex: &[Lex], today: Date) -> Read<Days> {
    if let [Vacances, De, Noel, ..] = lex {
        // The Saturday before, for two weeks, in every zone.
        let day = next_yearly(today, 17, 12)?;
        let saturday = plus(day, i64::from((5 - weekday_of(day)).rem_euclid(7)))?;
        return Some((3, Days::Spans(vec![DaySpan::new(saturday, 16, Grain::Day)?])));
    }
    if let [Fetes, ..] = lex {
        return Some((
            1,
            Days::Spans(vec![DaySpan::new(next_yearly(today, 24, 12)?, 9, Grain::Day)?]),
        ));
    }
    if let [near @ (Veille | Lendemain), De | Du | Le, rest @ ..] = lex {
        let away = if *near == Veille { -1 } else { 1 };
        let (skipped, _) = article(rest);
        let (taken, day) = feast_day(&rest[skipped..], plus(today, 1)?)?;
        return Some((2 + skipped + taken, Days::day(plus(day, away)?)?));
    }
    let (skipped, lex) = match lex {
        [Jour, De | Du, rest @ ..] => (2, rest),
        [Prochain, rest @ ..] => (1, rest),
        _ => (0, lex),
    };
    let (taken, day) = feast_day(lex, today)?;
    Some((skipped + taken, Days::day(day)?))
}

fn feast_day(lex: &[Lex], today: Date) -> Read<Date> {
    let after_easter = |days| {
        (0..2).find_map(|years| {
            plus(easter(today.year().checked_add(years)?)?, days).filter(|day| *day >= today)
        })
    };
    let (taken, day) = match lex {
        [Fete, De | Du, Le, Nouvel, ..] => (4, next_yearly(today, 1, 1)),
        [Fete, De | Du, Nouvel, ..] => (3, next_yearly(today, 1, 1)),
        [Fete, Des, Peres, ..] => (3, yearly_nth(today, 6, 3, 6)),
        [Nouvel, ..] => (1, next_yearly(today, 1, 1)),
        [Le, An, ..] => (2, next_yearly(today, 1, 1)),
        [Noel, ..] => (1, next_yearly(today, 25, 12)),
        [Toussaint, ..] => (1, next_yearly(today, 1, 11)),
        [Halloween, ..] => (1, next_yearly(today, 31, 10)),
        [Assomption, ..] => (1, next_yearly(today, 15, 8)),
        [Armistice, ..] => (1, next_yearly(today, 11, 11)),
        [Weekday(0), De, Paques, ..] => (3, after_easter(1)),
        [Weekday(0), De, Pentecote, ..] => (3, after_easter(50)),
        [Paques, ..] => (1, after_easter(0)),
        [Ascension, ..] => (1, after_easter(39)),
        [Pentecote, ..] => (1, after_easter(49)),
        _ => return None,
    };
    Some((taken, day?))
}

/// Easter Sunday (Gregorian computus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}
