//! Days told from another one: "la veille du 14 juillet", "le lundi après
//! Noël", "la semaine qui suit le 15 décembre", "le dernier jour du mois".

use super::{
    day::{Article, Read, article, dated, day},
    days::{DaySpan, Days, monday, plus, plus_months, weekday_of},
    feasts,
    lexicon::Lex::{self, *},
    numbered::{numbered, of_month},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// What is told from another day; the article is taken.
pub(super) fn anchored(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let introduced = !matches!(article, Article::None | Article::All);
    neighbour(lex, today)
        // "les premiers jours" are several.
        .or_else(|| edge(lex, today).filter(|_| article != Article::All))
        .or_else(|| feasts::bridge(lex, today))
        .or_else(|| beside(lex, today).filter(|_| introduced))
}

/// "la veille de Noël", "l'avant-veille du 10", "le surlendemain du 14 juillet".
fn neighbour(lex: &[Lex], today: Date) -> Read<Days> {
    let (near, away) = match lex {
        [Veille, De | Du | Des, ..] => (1, -1),
        [Avant, Veille, De | Du | Des, ..] => (2, -2),
        [Lendemain, De | Du | Des, ..] => (1, 1),
        [Surlendemain, De | Du | Des, ..] => (1, 2),
        _ => return None,
    };
    // Today may be the very day that is told.
    let base = plus(today, -away)?;
    let (taken, anchor) = anchor(&lex[near..], base).or_else(|| match lex[near..] {
        [De, Weekday(day), ..] => Some((2, DaySpan::new(on_or_after(base, day)?, 1, Grain::Day)?)),
        _ => None,
    })?;
    let base = if away < 0 { anchor.from? } else { plus(anchor.to?, -1)? };
    Some((near + taken, Days::day(plus(base, away)?)?))
}

/// The day or days that another one is told from.
fn anchor(lex: &[Lex], today: Date) -> Read<DaySpan> {
    let (skipped, article) = match lex {
        [Des, ..] => (1, Article::All),
        _ => article(lex),
    };
    let rest = &lex[skipped..];
    let weekday = || match rest {
        [Weekday(day), after @ ..] => {
            numbered(after, *day, today).map(|(taken, days)| (taken + 1, days))
        }
        _ => None,
    };
    let (taken, days) = feasts::feast(rest, today)
        .or_else(weekday)
        .or_else(|| dated(rest, today))
        .or_else(|| of_month(rest, article, today))?;
    let span = days.settle(today, false).first().copied()?;
    Some((skipped + taken, span))
}

/// On which side of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// "le premier lundi après Noël", "la semaine avant le 15", "le week-end qui
/// précède Pâques".
fn beside(lex: &[Lex], today: Date) -> Read<Days> {
    let (counted, nth, only) = match lex {
        [Ordinal(n @ 1..=5), ..] => (1, i64::from(*n), Some(Side::After)),
        [Dernier, ..] => (1, 1, Some(Side::Before)),
        _ => (0, 1, None),
    };
    let unit = lex.get(counted)?;
    let (link, side) = link(&lex[counted + 1..], today)?;
    if only.is_some_and(|only| only != side) {
        return None;
    }
    let at = counted + 1 + link;
    let (taken, anchor) = anchor(&lex[at..], today)?;
    let weeks = 7 * (nth - 1);
    let (from, to) = (anchor.from?, anchor.to?);
    let span = match (unit, side) {
        (Weekday(day), Side::After) => {
            DaySpan::new(plus(on_or_after(to, *day)?, weeks)?, 1, Grain::Day)?
        }
        (Weekday(day), Side::Before) => {
            DaySpan::new(plus(on_or_after(from, *day)?, -7)?, 1, Grain::Day)?
        }
        (Semaine, Side::After) => {
            DaySpan::new(plus(monday(plus(to, -1)?)?, 7 + weeks)?, 7, Grain::Week)?
        }
        // What begins at a week-end has its own week before it.
        (Semaine, Side::Before) => {
            DaySpan::new(plus(monday(plus(from, 2)?)?, -7)?, 7, Grain::Week)?
        }
        (Weekend, Side::After) => {
            DaySpan::new(plus(on_or_after(to, SATURDAY)?, weeks)?, 2, Grain::Day)?
        }
        (Weekend, Side::Before) => {
            DaySpan::new(plus(on_or_after(plus(from, -1)?, SATURDAY)?, -7)?, 2, Grain::Day)?
        }
        _ => return None,
    };
    Some((at + taken, Days::Spans(vec![span])))
}

const SATURDAY: i8 = 5;

fn link(lex: &[Lex], today: Date) -> Option<(usize, Side)> {
    Some(match lex {
        [Apres, ..] | [Suivant, ..] => (1, Side::After),
        [De, Apres, ..] => (2, Side::After),
        [Avant, ..] | [Precedent, ..] => (1, Side::Before),
        [De, Avant, ..] | [Other, Precedent, ..] => (2, Side::Before),
        // "qui suit" before a feast; "lundi prochain, le 15" is that Monday.
        [Prochain, rest @ ..] if feasts::feast(&rest[article(rest).0..], today).is_some() => {
            (1, Side::After)
        }
        _ => return None,
    })
}

fn on_or_after(day: Date, weekday: i8) -> Option<Date> {
    plus(day, i64::from((weekday - weekday_of(day)).rem_euclid(7)))
}

/// "le dernier jour du mois", "le premier jour de la semaine prochaine".
fn edge(lex: &[Lex], today: Date) -> Read<Days> {
    let [which @ (Ordinal(1) | Dernier), Jour, rest @ ..] = lex else { return None };
    // "ouvré", "ouvrable".
    let open = usize::from(matches!(rest, [Other, De | Du, ..]));
    let (taken, period) = period(&rest[open..], today)?;
    let (from, to) = (period.from?, period.to?);
    let day = match (which, period.grain) {
        (Dernier, Grain::Week) => plus(from, 4)?,
        (Dernier, _) => plus(to, -1)?,
        (_, Grain::Week) if from < today => plus(from, 7)?,
        (_, _) if from < today => plus_months(from, months(from, to))?,
        _ => from,
    };
    let (taken, step) = (2 + open + taken, if *which == Dernier { -1 } else { 1 });
    let mut days = (0..3).filter_map(|n| plus(day, n * step));
    let day = if open > 0 { days.find(|day| weekday_of(*day) < SATURDAY)? } else { day };
    Some((taken, Days::day(day)?))
}

/// A week, a month or a year after "le dernier jour".
fn period(lex: &[Lex], today: Date) -> Read<DaySpan> {
    let year = |years: i16| {
        let first = Date::new(today.year().checked_add(years)?, 1, 1).ok()?;
        Some(DaySpan {
            from: Some(first),
            to: plus_months(first, 12),
            grain: Grain::Month,
            rank: 0,
        })
    };
    match lex {
        [De, Le, An, Prochain, ..] => return Some((4, year(1)?)),
        [De, Le | Ce, An, ..] => return Some((3, year(0)?)),
        [Du, Mois, rest @ ..] if !matches!(rest, [Prochain | Suivant, ..]) => {
            let (_, days) = day(&[De, Ce, Mois], today)?;
            return Some((2, days.settle(today, false).first().copied()?));
        }
        [De | Du, ..] => {}
        _ => return None,
    }
    let (taken, days) = day(lex, today)?;
    let span = days.settle(today, false).first().copied()?;
    matches!(span.grain, Grain::Week | Grain::Month).then_some((taken, span))
}

/// How long a month or a year is.
fn months(from: Date, to: Date) -> i64 {
    if to.year() > from.year() && from.month() == to.month() { 12 } else { 1 }
}
