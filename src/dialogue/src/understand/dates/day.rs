//! Days said one by one: weekdays, dates, relative days, holidays.

use super::{
    anchors,
    days::{
        DaySpan, Days, last_weekday, monday, next_yearly, nth_weekday, plus, plus_months,
        weekday_of,
    },
    distances,
    doubts::in_figures,
    feasts,
    lexicon::Lex::{self, *},
    numbered::{month_by_number, numbered, numbers_end, of_month},
    periods,
};
use crate::understand::Grain;
use jiff::civil::Date;

/// What was read, and how many tokens it takes.
pub(super) type Read<T> = Option<(usize, T)>;

/// A day or a period at the beginning of `lex`, its articles included.
pub(super) fn day(lex: &[Lex], today: Date) -> Read<Days> {
    let (skipped, article) = article(lex);
    let rest = &lex[skipped..];
    // "un lundi après Noël" is any of them.
    let some = matches!(lex, [Number(1), ..]);
    let found = (!some)
        .then(|| anchors::anchored(rest, article, today))
        .flatten()
        .or_else(|| periods::period(rest, article, today))
        .or_else(|| feasts::feast(rest, today))
        .or_else(|| relative(rest, article, today))
        .or_else(|| weekday(rest, article, today))
        .or_else(|| dated(rest, today))
        .or_else(|| month_by_number(rest, article, today))
        .or_else(|| nth(rest, today))
        .or_else(|| of_month(rest, article, today));
    // "dans le 13" is a place.
    let place = matches!(lex, [Dans, Le, Number(_), ..]);
    found
        .filter(|(_, days)| !(place && matches!(days, Days::OfMonth(_))))
        .map(|(taken, days)| (skipped + taken, days))
}

/// What introduces a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    None,
    /// "le", "un".
    The,
    /// "les", "tous les", "chaque".
    All,
    /// "ce".
    This,
    /// "du", "au", "de la".
    Of,
    /// "à", "en", "pour": no day of the month follows these.
    At,
    /// "dans".
    In,
}

pub(super) fn article(lex: &[Lex]) -> (usize, Article) {
    match lex {
        [Tous, Les, ..] => (2, Article::All),
        [Chaque | Les, ..] => (1, Article::All),
        [Ce, Le, ..] => (2, Article::This),
        [Ce, ..] => (1, Article::This),
        [Dans | Pour | De | En | A | Sur, Ce, ..] => (2, Article::This),
        [De | A | Dans | En | Sur, Le, ..] => (2, Article::Of),
        [Pour, Le, ..] => (2, Article::The),
        [Le, ..] => (1, Article::The),
        [Number(1), Weekday(_) | Matin | Soir | Weekend, ..] => (1, Article::The),
        [Du | Au, ..] => (1, Article::Of),
        [Dans, ..] => (1, Article::In),
        [En | De | Pour | A, ..] => (1, Article::At),
        [Des, Weekday(_) | Weekdays(_), ..] | [Des, Number(_), Prochain, ..] => (1, Article::All),
        _ => (0, Article::None),
    }
}

fn relative(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (taken, away) = match lex {
        [Aujourdhui, En, Number(8), ..] => (3, 7),
        [Demain, En, Number(8), ..] => (3, 8),
        [Aujourdhui, En, Number(15), ..] => (3, 14),
        [Demain, En, Number(15), ..] => (3, 15),
        [Aujourdhui, ..] => (1, 0),
        [Jour, ..] if article == Article::This => (1, 0),
        [Demain, ..] => (1, 1),
        [Jour, Suivant, ..] | [Lendemain, ..] if article == Article::The => {
            (if lex[0] == Jour { 2 } else { 1 }, 1)
        }
        [ApresDemain, ..] => (1, 2),
        [Surlendemain, ..] if article == Article::The => (1, 2),
        _ => return None,
    };
    Some((taken, Days::day(plus(today, away)?)?))
}

fn weekday(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (weekday, plural) = match lex.first()? {
        Weekday(day) => (*day, false),
        Weekdays(day) => (*day, true),
        _ => return None,
    };
    let rest = &lex[1..];
    if let Some((taken, days)) = numbered(rest, weekday, today) {
        return Some((1 + taken, days));
    }
    if let Some((taken, days)) = shifted(rest, weekday, today) {
        return Some((1 + taken, days));
    }
    let again = plural || article == Article::All || (article == Article::The && repeats(rest));
    Some((1, if again { Days::Every(1 << weekday) } else { Days::Weekday(weekday) }))
}

/// "le mardi" means every Tuesday unless a week or month is named after it.
fn repeats(rest: &[Lex]) -> bool {
    !matches!(rest, [De | Du | Ce, ..])
}

/// "vendredi prochain", "jeudi en huit".
fn shifted(rest: &[Lex], weekday: i8, today: Date) -> Read<Days> {
    let away = i64::from((weekday - weekday_of(today)).rem_euclid(7));
    // The coming one, today excluded.
    let coming = if away == 0 { 7 } else { away };
    let same_week = weekday > weekday_of(today);
    let (taken, aways): (usize, &[i64]) = match rest {
        // Said on a Monday, "vendredi prochain" may be this Friday or the next.
        [Prochain, ..] if same_week => (1, &[coming, coming + 7]),
        [Prochain, ..] => (1, &[coming]),
        [Suivant, ..] => (1, &[coming + 7]),
        [De, Apres, ..] => (2, &[coming + 7]),
        [Dans, rest @ ..] => return weeks_ahead(rest, weekday, today),
        [A, Venir, ..] => (2, &[coming]),
        [En, Number(8), ..] => (2, &[coming + 7]),
        [En, Number(15), ..] => (2, &[coming + 14]),
        _ => return None,
    };

    let spans = (0..).zip(aways).filter_map(|(rank, away)| {
        Some(DaySpan::new(plus(today, *away)?, 1, Grain::Day)?.ranked(rank))
    });
    Some((taken, Days::Spans(spans.collect())))
}

/// "mardi dans deux semaines": of the week that is two weeks away.
fn weeks_ahead(rest: &[Lex], weekday: i8, today: Date) -> Read<Days> {
    let (taken, ends) = distances::length(rest, today)?;
    let long = matches!(rest, [_, Semaine, ..] | [Number(15 | 8), Jour, ..]);
    let week = monday(*ends.first().filter(|_| long)?)?;
    Some((1 + taken, Days::day(plus(week, i64::from(weekday))?)?))
}

/// "12 novembre 2026", "22/04", "1er décembre", "deuxième jour d'août".
pub(super) fn dated(lex: &[Lex], today: Date) -> Read<Days> {
    if let Some(found) = in_figures(lex, today) {
        return Some(found);
    }
    let (taken, number, month) = match lex {
        [Number(n) | Padded(n), Month(month), ..] => (2, *n, *month),
        [Ordinal(n @ (1..=31)), Month(month), ..] => (2, *n, *month),
        [Number(n), De | Du, Month(month), ..] => (3, *n, *month),
        [Number(n), Du | De, Mois, De, Month(month), ..] => (5, *n, *month),
        // "le trois du douze".
        [
            Number(n @ ..=31) | Padded(n),
            Du,
            Number(m @ 1..=12) | Padded(m @ 1..=12),
            after @ ..,
        ] if numbers_end(after) => (3, *n, i8::try_from(*m).ok()?),
        [Ordinal(n), Jour, De | Du, Month(month), ..] => (4, *n, *month),
        [Number(n) | Padded(n), Slash, Number(m @ 1..=12) | Padded(m @ 1..=12), ..] => {
            (3, *n, i8::try_from(*m).ok()?)
        }
        _ => return None,
    };
    let number = i8::try_from(number).ok()?;
    let (more, year) = year(&lex[taken..]);
    let day = match year {
        Some(year) => Date::new(year, month, number).ok()?,
        None => next_yearly(today, number, month)?,
    };
    let said = usize::from(matches!(lex[taken + more..], [Prochain, ..]));
    Some((taken + more + said, Days::day(day)?))
}

/// "2026", ", 2026", "/26".
pub(super) fn year(rest: &[Lex]) -> (usize, Option<i16>) {
    let (taken, year) = match rest {
        [Comma | Slash, Number(year @ 1900..=2200), ..] => (2, *year),
        [Number(year @ 1900..=2200), ..] => (1, *year),
        [Slash, Number(year @ 0..=99) | Padded(year @ 0..=99), ..] => (2, 2000 + *year),
        _ => return (0, None),
    };
    (taken, i16::try_from(year).ok())
}

/// "premier vendredi de juillet", "le deuxième lundi du mois prochain".
fn nth(lex: &[Lex], today: Date) -> Read<Days> {
    let (weekday, days, rest) = match lex {
        [Ordinal(1..=5) | Dernier, Weekday(weekday), De | Du | En, rest @ ..] => {
            (*weekday, 1, rest)
        }
        [Ordinal(1..=5) | Dernier, Weekend, De | Du | En, rest @ ..] => (5, 2, rest),
        _ => return None,
    };
    let rest_at = 3;
    let in_month = |first: Date| match lex[0] {
        Ordinal(n) => nth_weekday(first, i64::from(n), weekday),
        _ => last_weekday(first, weekday),
    };
    let this = today.first_of_month();
    let coming = |first| in_month(first).filter(|day| *day >= today);
    let (taken, day) = match rest {
        [Mois, Prochain | Suivant, ..] => (2, in_month(next_month(today)?)),
        [Mois, ..] => (1, coming(this).or_else(|| in_month(next_month(today)?))),
        [Le, An, ..] if lex[0] == Dernier => (2, coming(Date::new(today.year(), 12, 1).ok()?)),
        [Month(month), ..] => {
            let year = |years| Date::new(today.year().checked_add(years)?, *month, 1).ok();
            (1, (0..2).find_map(|years| coming(year(years)?)))
        }
        _ => return None,
    };
    Some((rest_at + taken, Days::Spans(vec![DaySpan::new(day?, days, Grain::Day)?])))
}

pub(super) fn yearly_nth(today: Date, month: i8, nth: i64, weekday: i8) -> Option<Date> {
    (0..2).find_map(|years| {
        let first = Date::new(today.year().checked_add(years)?, month, 1).ok()?;
        nth_weekday(first, nth, weekday).filter(|day| *day >= today)
    })
}

pub(super) fn next_month(today: Date) -> Option<Date> {
    plus_months(today.first_of_month(), 1)
}
