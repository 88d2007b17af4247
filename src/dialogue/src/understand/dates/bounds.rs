//! From … to, before, after, between: of days.

use super::{
    clock::unit,
    day::{Read, day},
    days::{DaySpan, Days, days_mask, next_of_month, plus, plus_months, weekday_of},
    distances::length,
    lexicon::Lex::{self, *},
    listed::listed,
};
use crate::understand::Grain;
use jiff::civil::Date;

/// A bounded stretch of days at the beginning of `lex`.
pub(super) fn days(lex: &[Lex], today: Date) -> Read<Days> {
    if let Some(found) = listed(lex, today) {
        return Some(found);
    }
    match lex {
        [Du | De | Des | Entre | A, ..] => stretch(lex, today).or_else(|| open(lex, today)),
        [Number(_) | Padded(_) | Les, ..] => stretch(lex, today),
        _ => open(lex, today),
    }
}

fn stretch(lex: &[Lex], today: Date) -> Read<Days> {
    let ends = ends(lex, today)?;
    let days = between(&ends.first, &ends.last, matches!(lex[0], Du), today)?;
    Some((ends.taken, days))
}

/// The two ends of a stretch.
#[derive(Debug)]
pub(super) struct Ends {
    pub first: Days,
    last: Days,
    /// How many tokens come before the last.
    pub before_last: usize,
    taken: usize,
}

/// "du … au …", "de … à …", "entre … et …".
pub(super) fn ends(lex: &[Lex], today: Date) -> Option<Ends> {
    let start = match lex {
        [Entre, ..] | [A, Partir, ..] => {
            usize::from(lex[0] == Entre) + 2 * usize::from(lex[0] == A)
        }
        _ => 0,
    };
    let (first_taken, first) = end(&lex[start..], today)?;
    let link_at = start + first_taken;
    let link = match (&lex[link_at..], lex[0]) {
        ([Et, ..], Entre) | ([Dash, ..], _) => 1,
        ([Et, ..], Les) if matches!(first, Days::OfMonth(_)) => 1,
        ([Au, ..], Du) => 0,
        ([A, ..], De | Du) => 1,
        ([Jusque, A, ..], _) => 2,
        ([Jusque, ..], _) => 1,
        _ => return None,
    };
    let before_last = link_at + link;
    let (last_taken, last) = end(&lex[before_last..], today)?;
    // "entre 9 et 11" are hours or anything else, no days.
    let bare = |at: usize| matches!(lex.get(at), Some(Number(_) | Padded(_)));
    if bare(start)
        && bare(before_last)
        && matches!((&first, &last), (Days::OfMonth(_), Days::OfMonth(_)))
    {
        return None;
    }
    Some(Ends { first, last, before_last, taken: before_last + last_taken })
}

/// One end of a stretch; here a bare number is a day of the month.
fn end(lex: &[Lex], today: Date) -> Read<Days> {
    day(lex, today).or_else(|| match lex {
        [Le | Du | Au, Ordinal(1), Et | Au | A | Jusque | Dash, ..] => Some((2, Days::OfMonth(1))),
        [Ordinal(1), Et | Au | A | Jusque | Dash, ..] => Some((1, Days::OfMonth(1))),
        [Number(n @ 1..=31) | Padded(n @ 1..=31), after @ ..]
            if matches!(after.first(), Some(Dash)) || !(unit(after.first()) || timed(after)) =>
        {
            Some((1, Days::OfMonth(i8::try_from(*n).ok()?)))
        }
        _ => None,
    })
}

pub(super) fn timed(after: &[Lex]) -> bool {
    matches!(after.first(), Some(Heure | Colon | Demi | Quart))
}

fn between(first: &Days, last: &Days, habit: bool, today: Date) -> Option<Days> {
    let (from, to) = match (first, last) {
        (Days::Weekday(a), Days::Weekday(b)) if habit => {
            return Some(Days::Every(days_mask(*a, *b)));
        }
        (Days::Weekday(a), Days::Weekday(b)) => return Some(Days::Run(*a, *b)),
        (Days::OfMonth(a), Days::OfMonth(b)) => {
            let to = next_of_month(today, *b)?;
            (numbered_before(*a, to)?, to)
        }
        (Days::OfMonth(a), last) => {
            let to = last_day(last, today, None)?;
            (numbered_before(*a, to)?, to)
        }
        (first, last) => {
            let from = first.settle(today, false).first()?.from?;
            let to = last_day(last, today, Some(from))?;
            (same_year(from, to)?, to)
        }
    };
    let to = plus(to, 1)?;
    (from < to).then(|| {
        Days::Spans(vec![DaySpan { from: Some(from), to: Some(to), grain: Grain::Day, rank: 0 }])
    })
}

/// The last day of a stretch that began on `from`.
fn last_day(last: &Days, today: Date, from: Option<Date>) -> Option<Date> {
    let base = from.unwrap_or(today);
    let spans = match last {
        Days::Weekday(weekday) => {
            return plus(base, i64::from((weekday - weekday_of(base)).rem_euclid(7)));
        }
        Days::OfMonth(number) => return next_of_month(base, *number),
        other => other.settle(today, false),
    };
    let ends = || spans.iter().filter_map(|span| plus(span.to?, -1));
    ends().find(|end| *end >= base).or_else(|| ends().next())
}

pub(super) fn numbered_before(number: i8, to: Date) -> Option<Date> {
    let same = Date::new(to.year(), to.month(), number).ok().filter(|day| *day <= to);
    same.or_else(|| {
        let before = plus_months(to.first_of_month(), -1)?;
        Date::new(before.year(), before.month(), number).ok()
    })
}

/// The two ends of a stretch are as near to each other as can be.
fn same_year(from: Date, to: Date) -> Option<Date> {
    let moved = |year| Date::new(year, from.month(), from.day()).ok();
    let near = from <= to && plus_months(from, 11)? > to;
    if near {
        return Some(from);
    }
    moved(to.year()).filter(|day| *day <= to).or_else(|| moved(to.year().checked_sub(1)?))
}

/// "avant mardi", "après le 15", "à partir de demain", "d'ici vendredi".
fn open(lex: &[Lex], today: Date) -> Read<Days> {
    let (start, bound) = match lex {
        [Avant, Le, Fin, ..] => (2, Bound::Until),
        [Avant, Fin, ..] => (1, Bound::Until),
        [Avant, Ou, ..] => (2, Bound::Until),
        [Avant, ..] => (1, Bound::Before),
        [Apres, ..] => (1, Bound::After),
        [A, Partir, De, ..] => (3, Bound::From),
        [A, Partir, Du | Demain, ..] => (2, Bound::From),
        [Des, Number(_), Prochain, ..] => return None,
        [Des, ..] => (1, Bound::From),
        [De, Ici, A, Le, ..] | [De, Ici, Le, Fin, ..] => (3, Bound::Within),
        [De, Ici, Moins, De, ..] => (4, Bound::Length),
        [De, Ici, Vers, ..] => (3, Bound::Within),
        [De, Ici, ..] => (2, Bound::Within),
        [Dans | En, Moins, De, ..] => (3, Bound::Length),
        [Dans, Plus, De, ..] => (3, Bound::Beyond),
        [Dans, Les, ..] => (2, Bound::Length),
        [Dans, Le, ..] => (2, Bound::Length),
        [Sous, ..] => (1, Bound::Length),
        [Jusque, A, ..] => (2, Bound::Until),
        [Jusque, ..] => (1, Bound::Until),
        [Au, Plus, Tard, A, ..] => (4, Bound::Until),
        [Au, Plus, Tard, ..] => (3, Bound::Until),
        [Au, Plus, Tot, ..] => (3, Bound::From),
        [Pas, Plus, Tard, Que, ..] => (4, Bound::Until),
        _ => return None,
    };
    let rest = &lex[start..];
    if matches!(bound, Bound::Within | Bound::Length)
        && let skipped = if matches!(rest, [Number(_), A | Ou, Number(_), ..]) { 2 } else { 0 }
        && let Some((taken, ends)) = length(&rest[skipped..], today)
    {
        let span =
            DaySpan { from: Some(today), to: ends.first().copied(), grain: Grain::Day, rank: 0 };
        return Some((start + skipped + taken, Days::Spans(vec![span])));
    }
    if bound == Bound::Beyond {
        let (taken, ends) = length(rest, today)?;
        let span = DaySpan { from: ends.last().copied(), to: None, grain: Grain::Day, rank: 0 };
        return Some((start + taken, Days::Spans(vec![span])));
    }
    if bound == Bound::Length {
        return None;
    }
    // "pas avant quinze jours".
    if bound == Bound::Before
        && let Some((taken, ends)) = length(rest, today)
    {
        let span = DaySpan { from: None, to: ends.first().copied(), grain: Grain::Day, rank: 0 };
        return Some((start + taken, Days::Spans(vec![span])));
    }
    let (taken, days) = end_of_bound(rest, today)?;
    let days = match days {
        Days::Weekday(weekday) if bound != Bound::Within => Days::Bound(bound, weekday),
        days => Days::Spans(bounded(bound, &days, today)),
    };
    Some((start + taken, days))
}

fn end_of_bound(lex: &[Lex], today: Date) -> Read<Days> {
    match lex {
        // "avant novembre": a month without its preposition.
        [month @ Month(_), rest @ ..] => {
            let mut said = vec![En, *month];
            said.extend(rest.iter().take(2));
            day(&said, today).map(|(taken, days)| (taken - 1, days))
        }
        [Le | Du, Ordinal(1)] | [Le | Du, Ordinal(1), Comma | Stop | Et | Ou | Other, ..] => {
            Some((2, Days::OfMonth(1)))
        }
        _ => day(lex, today),
    }
}

/// How a day bounds what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Before,
    Until,
    Within,
    After,
    From,
    Length,
    /// "dans plus de".
    Beyond,
}

/// What lies on the meant side of the first of these days.
pub(super) fn bounded(bound: Bound, days: &Days, today: Date) -> Vec<DaySpan> {
    let Some(day) = days.settle(today, false).first().copied() else { return Vec::new() };
    let open = DaySpan { from: None, to: None, grain: Grain::Day, rank: 0 };
    match bound {
        Bound::Before => vec![DaySpan { to: day.from, ..open }],
        Bound::Until => vec![DaySpan { to: day.to, ..open }],
        Bound::Within | Bound::Length => vec![DaySpan { from: Some(today), to: day.to, ..open }],
        Bound::From | Bound::Beyond => vec![DaySpan { from: day.from, ..open }],
        // After the 15th is from the 16th on; some mean the 15th too.
        Bound::After if day.is_day() => {
            vec![DaySpan { from: day.to, ..open }, DaySpan { from: day.from, rank: 1, ..open }]
        }
        Bound::After => vec![DaySpan { from: day.to, ..open }],
    }
}

/// The part of a period that a weekday in it bounds.
pub(super) fn clipped(bound: Bound, weekday: i8, span: DaySpan, today: Date) -> Option<DaySpan> {
    let start = span.from.map_or(today, |from| from.max(today));
    let side = bounded(bound, &Days::Weekday(weekday), start).first().copied()?;
    let from = side.from.max(span.from);
    let to = [side.to, span.to].into_iter().flatten().min();
    let empty = from.zip(to).is_some_and(|(from, to)| to <= from);
    (!empty).then_some(DaySpan { from, to, grain: Grain::Day, rank: span.rank })
}
