//! Days bounded to the hour: "avant jeudi midi", "d'ici vendredi 16 h", "lundi
//! 10 h au plus tard".

use super::{
    clock::{Bare, Time, clock},
    day::day,
    days::{DaySpan, Days, plus},
    lexicon::Lex::{self, *},
    life,
    slots::first_minute,
};
use domain::time::Span;
use jiff::{
    Span as Length,
    civil::{Date, DateTime, Time as ClockTime},
};

/// Which side of the hour is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// "avant": not the hour itself, nor the part of the day.
    Before,
    /// "d'ici": from now, the part of the day too.
    Within,
    /// "jusqu'à": the part of the day too.
    UpTo,
    /// "au plus tard": the hour too.
    Until,
    /// "après".
    After,
    /// "à partir de": the hour and the part of the day too.
    From,
}

/// A bound of a day and an hour at the beginning of `lex`.
pub(super) fn deadline(lex: &[Lex], now: DateTime) -> Option<(usize, Span)> {
    let (start, said) = introduced(lex);
    let called = |lex: &Lex| matches!(lex, Tard | Delais | Maximum);
    if said.is_none() && !lex.iter().take(12).any(called) {
        return None;
    }
    let (day_taken, days) = day(&lex[start..], now.date())?;
    let hour_at = start + day_taken;
    let (hour_taken, time) = hour(&lex[hour_at..])?;
    let end = hour_at + hour_taken;
    let (more, bound) = match said {
        Some(bound) => (0, bound),
        None => (last_call(&lex[end..])?, Bound::Until),
    };
    let (first, last) = match time {
        Time::Part(first, last) => (first, last),
        Time::Point(clock) => {
            let at = first_minute(clock);
            (at, if bound == Bound::Until { at + 1 } else { at })
        }
        _ => return None,
    };
    let minute = match bound {
        Bound::Before | Bound::From => first,
        Bound::Within | Bound::UpTo | Bound::Until | Bound::After => last,
    };
    let at = settled(&days, minute, now)?;
    let span = match bound {
        Bound::Within => Span { from: Some(now), to: Some(at) },
        Bound::Before | Bound::UpTo | Bound::Until => Span { from: None, to: Some(at) },
        Bound::After | Bound::From => Span { from: Some(at), to: None },
    };
    Some((end + more, span))
}

/// The words that make a bound of what follows.
fn introduced(lex: &[Lex]) -> (usize, Option<Bound>) {
    let (taken, bound) = match lex {
        [Avant, ..] => (1, Bound::Before),
        [De, Ici, A, ..] => (3, Bound::Within),
        [De, Ici, ..] => (2, Bound::Within),
        [Jusque, A, ..] => (2, Bound::UpTo),
        [Jusque, ..] => (1, Bound::UpTo),
        [Au, Plus, Tard, A, ..] => (4, Bound::Until),
        [Au, Plus, Tard, ..] => (3, Bound::Until),
        [Pas, Plus, Tard, Que, ..] => (4, Bound::Until),
        [Apres, ..] => (1, Bound::After),
        [A, Partir, De, ..] => (3, Bound::From),
        [A, Partir, ..] => (2, Bound::From),
        [Au, Plus, Tot, ..] => (3, Bound::From),
        [Des, Weekday(_) | Demain | Le, ..] => (1, Bound::From),
        _ => return (0, None),
    };
    (taken, Some(bound))
}

/// "… au plus tard", "… maximum", "… dernier délai" after a day and an hour.
pub(super) fn last_call(lex: &[Lex]) -> Option<usize> {
    Some(match lex {
        [Au, Plus, Tard, ..] => 3,
        [Dernier, Delais, ..] | [Other, Maximum, ..] => 2,
        [Maximum, ..] => 1,
        _ => return None,
    })
}

/// An hour or a part of the day that belongs to the day just said: "le matin"
/// would be every morning.
fn hour(lex: &[Lex]) -> Option<(usize, Time)> {
    let linked = usize::from(matches!(lex, [A | Vers, ..]));
    if let Some((taken, clock)) = clock(&lex[linked..], Bare::No) {
        return Some((linked + taken, Time::Point(clock)));
    }
    if !matches!(lex, [Matin | Soir | ApresMidi | Fin | Debut | Milieu | Mi, ..]) {
        return None;
    }
    life::life(lex).map(|(taken, life)| (taken, life.time))
}

/// The coming one of these days, at that minute.
fn settled(days: &Days, minute: u16, now: DateTime) -> Option<DateTime> {
    let over = |day: &Date| at(*day, minute).is_none_or(|at| at <= now);
    let today = days.settle(now.date(), false);
    let spans = match today.first() {
        Some(first) if first.from.is_some_and(|day| over(&day)) => days.settle(now.date(), true),
        _ => today,
    };
    let first = spans.first().filter(|span| DaySpan::is_day(span))?;
    at(first.from?, minute)
}

fn at(day: Date, minute: u16) -> Option<DateTime> {
    if minute >= 1440 {
        return Some(plus(day, 1)?.to_datetime(ClockTime::midnight()));
    }
    day.to_datetime(ClockTime::midnight()).checked_add(Length::new().minutes(minute)).ok()
}
