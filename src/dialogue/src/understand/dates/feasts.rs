//! Feasts and other days that go by a name.

use super::{
    day::{Read, yearly_nth},
    days::{DaySpan, Days, next_yearly, plus, weekday_of},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// Feasts whose day everybody knows, and what goes by their name.
pub(super) fn feast(lex: &[Lex], today: Date) -> Read<Days> {
    if let Some(found) = season(lex, today).or_else(|| eve(lex, today)) {
        return Some(found);
    }
    if let Some((taken, day)) = around(lex, today) {
        return Some((taken, Days::day(day)?));
    }
    let (skipped, lex) = match lex {
        [Jour, De | Du, rest @ ..] => (2, rest),
        [Prochain, rest @ ..] => (1, rest),
        _ => (0, lex),
    };
    let (taken, day) = feast_day(lex, today)?;
    Some((skipped + taken, Days::day(day)?))
}

/// "les fêtes de fin d'année", "les vacances de Noël".
fn season(lex: &[Lex], today: Date) -> Read<Days> {
    if let [Vacances, De, Noel, ..] = lex {
        // The Saturday before, for two weeks, in every zone.
        let day = next_yearly(today, 17, 12)?;
        let saturday = plus(day, i64::from((5 - weekday_of(day)).rem_euclid(7)))?;
        return Some((3, Days::Spans(vec![DaySpan::new(saturday, 16, Grain::Day)?])));
    }
    let taken = match lex {
        [Fetes, De, Fin, De, An, ..] => 5,
        [Fetes, De, Noel, ..] => 3,
        [Fetes, ..] => 1,
        _ => return None,
    };
    Some((taken, Days::Spans(vec![DaySpan::new(next_yearly(today, 24, 12)?, 9, Grain::Day)?])))
}

/// "le réveillon" is Christmas Eve sooner than New Year's Eve.
fn eve(lex: &[Lex], today: Date) -> Read<Days> {
    let [Reveillon, rest @ ..] = lex else { return None };
    let (linked, of) = match rest {
        [De | Du, Jour, De, rest @ ..] => (3, rest),
        [De, Le, rest @ ..] => (2, rest),
        [De | Du, rest @ ..] => (1, rest),
        _ => (0, &rest[..0]),
    };
    let (taken, days): (usize, &[i8]) = match of {
        [Noel, ..] | [Number(24), ..] => (1, &[24]),
        [Number(31) | Nouvel, ..] => (1, &[31]),
        [Le, An | Nouvel, ..] | [Saint, Sylvestre, ..] => (2, &[31]),
        _ => (0, &[24, 31]),
    };
    let month = usize::from(matches!(of.get(taken), Some(Month(12))));
    let mut spans: Vec<DaySpan> = Vec::new();
    for day in days {
        spans.push(DaySpan::new(next_yearly(today, *day, 12)?, 1, Grain::Day)?);
    }
    spans.sort_by_key(|span| span.from);
    let ranked = (0..).zip(spans).map(|(rank, span)| span.ranked(rank)).collect();
    let taken = if taken > 0 { 1 + linked + taken + month } else { 1 };
    Some((taken, Days::Spans(ranked)))
}

/// "le vendredi de l'Ascension", "le mardi de Pâques": that weekday, three days
/// from the feast at most.
fn around(lex: &[Lex], today: Date) -> Read<Date> {
    let [Weekday(weekday), De | Du | Des, rest @ ..] = lex else { return None };
    let (skipped, rest) = of_article(rest);
    let near = |days: i64| {
        let (taken, feast) = feast_day(rest, plus(today, days)?)?;
        let away = i64::from((*weekday - weekday_of(feast) + 3).rem_euclid(7)) - 3;
        let day = plus(feast, away).filter(|day| *day >= today)?;
        Some((2 + skipped + taken, day))
    };
    near(-3).or_else(|| near(4))
}

/// "le week-end de Pâques", "le pont de l'Ascension": with the feast, and with what lies between.
pub(super) fn bridge(lex: &[Lex], today: Date) -> Read<Days> {
    let [Weekend | Pont, De | Du | Des, rest @ ..] = lex else { return None };
    let (skipped, rest) = of_article(rest);
    let (taken, feast) = feast_day(rest, today)?;
    let weekday = i64::from(weekday_of(feast));
    // Monday follows the Sundays of Easter and Pentecost.
    let monday = matches!(rest[0], Paques | Pentecote);
    let (from, days) = match weekday {
        0 | 1 => (-2 - weekday, 3 + weekday),
        3 | 4 => (0, 7 - weekday),
        _ => (5 - weekday, 2 + i64::from(monday)),
    };
    let span = DaySpan::new(plus(feast, from)?, days, Grain::Day)?;
    Some((2 + skipped + taken, Days::Spans(vec![span])))
}

fn of_article(lex: &[Lex]) -> (usize, &[Lex]) {
    let skipped = usize::from(matches!(lex, [Le, ..]));
    (skipped, &lex[skipped..])
}

fn feast_day(lex: &[Lex], today: Date) -> Read<Date> {
    moving(lex, today).or_else(|| fixed(lex, today))
}

fn fixed(lex: &[Lex], today: Date) -> Read<Date> {
    let (taken, day) = match lex {
        [Fete, De | Du, Le, Nouvel, ..] => (4, next_yearly(today, 1, 1)),
        [Fete, De | Du, Nouvel, ..] => (3, next_yearly(today, 1, 1)),
        [Fete, Des, Peres, ..] => (3, yearly_nth(today, 6, 3, 6)),
        [Nouvel, ..] => (1, next_yearly(today, 1, 1)),
        [Le, An, ..] => (2, next_yearly(today, 1, 1)),
        [Noel, ..] => (1, next_yearly(today, 25, 12)),
        [Saint, Sylvestre, ..] => (2, next_yearly(today, 31, 12)),
        [Toussaint, ..] => (1, next_yearly(today, 1, 11)),
        [Halloween, ..] => (1, next_yearly(today, 31, 10)),
        [Assomption, ..] => (1, next_yearly(today, 15, 8)),
        [Armistice, ..] => (1, next_yearly(today, 11, 11)),
        _ => return None,
    };
    Some((taken, day?))
}

/// Feasts that move with Easter.
fn moving(lex: &[Lex], today: Date) -> Read<Date> {
    let (taken, away) = match lex {
        [Weekday(1), Gras, ..] => (2, -47),
        [Weekday(2), Des, Cendres, ..] => (3, -46),
        [Weekday(6), Des, Rameaux, ..] => (3, -7),
        [Weekday(day @ 3..=5), Saint, ..] => (2, i64::from(*day) - 6),
        [Paques, ..] => (1, 0),
        [Ascension, ..] => (1, 39),
        [Pentecote, ..] => (1, 49),
        _ => return None,
    };
    let day = (0..2).find_map(|years| {
        plus(easter(today.year().checked_add(years)?)?, away).filter(|day| *day >= today)
    });
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
