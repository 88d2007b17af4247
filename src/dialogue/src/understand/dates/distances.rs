//! Distances from today ("dans quinze jours") and from other days.

use super::{
    day::{Article, Read},
    days::{DaySpan, Days, monday, plus, plus_months},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// "dans quinze jours", "d'ici" is elsewhere; the article "dans" is taken.
pub(super) fn distance(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    if article != Article::In {
        return after_day(lex, today);
    }
    if let [Vers, rest @ ..] = lex {
        return distance(rest, article, today).map(|(taken, days)| (1 + taken, days));
    }
    if let [Number(_), rest @ ..] = lex
        && let (skipped, rest) =
            if let [Ou | Dash | A, rest @ ..] = rest { (2, rest) } else { (1, rest) }
        && let (Some((_, first)), Some((taken, last))) =
            (length(&[&lex[..1], &rest[1.min(rest.len())..]].concat(), today), length(rest, today))
    {
        let span = DaySpan {
            from: first.first().copied(),
            to: last.first().and_then(|day| plus(*day, 1)),
            grain: Grain::Day,
            rank: 0,
        };
        return Some((skipped + taken, Days::Spans(vec![span])));
    }
    let (taken, days) = length(lex, today)?;
    // "dans deux semaines, le mardi".
    if let ([_, Semaine, ..], [Le | Number(1), Weekday(weekday), ..]) = (lex, &lex[taken..]) {
        let day = plus(monday(*days.first()?)?, i64::from(*weekday))?;
        return Some((taken + 2, Days::day(day)?));
    }
    // "dans deux semaines, en début de semaine".
    if let ([_, Semaine, ..], Some((more, part @ Days::Part(..)))) =
        (lex, super::day::day(&lex[taken..], today))
    {
        let week = DaySpan::new(monday(*days.first()?)?, 7, Grain::Week)?;
        return Some((taken + more, part.within(&[week], today)?));
    }
    let (more, base) = match &lex[taken..] {
        [A, Partir, De, Demain, ..] | [A, Partir, Demain, ..] => (4, 1),
        [A, Partir, De, Aujourdhui, ..] => (4, 0),
        _ => (0, 0),
    };
    let readings = (0..).zip(days).filter_map(|(rank, day)| {
        Some(DaySpan::new(plus(day, base)?, 1, Grain::Day)?.ranked(rank))
    });
    Some((taken + more, Days::Spans(readings.collect())))
}

/// A length of days, weeks or months from `today`: the readings of its end.
/// "Huit jours" is a week, "quinze jours" two.
pub(super) fn length(lex: &[Lex], today: Date) -> Read<Vec<Date>> {
    let (taken, days): (usize, &[i64]) = match lex {
        [Number(8), Jour, ..] => (2, &[7, 8]),
        [Number(15), Jour, ..] => (2, &[14, 15]),
        [Number(1), Quinzaine, ..] => (2, &[14, 15]),
        [Quinzaine, ..] => (1, &[14, 15]),
        [Number(1), Huitaine, ..] => (2, &[7, 8]),
        [Huitaine, ..] => (1, &[7, 8]),
        [Number(1), Dizaine, De, Jour, ..] => (4, &[10]),
        [Number(n), Semaine, Et, Demi, ..] => {
            let half = 7 * i64::from(*n) + 3;
            return Some((4, vec![plus(today, half)?, plus(today, half + 1)?]));
        }
        [Number(n), Jour, Et, Demi, ..] => return Some((4, vec![plus(today, i64::from(*n))?])),
        [Number(n), Jour, ..] => return Some((2, vec![plus(today, i64::from(*n))?])),
        [Number(n), Semaine, ..] => return Some((2, vec![plus(today, 7 * i64::from(*n))?])),
        [Number(n), Mois, Et, Demi, ..] => {
            return Some((4, vec![plus(plus_months(today, i64::from(*n))?, 15)?]));
        }
        [Number(n), Mois, ..] => return Some((2, vec![plus_months(today, i64::from(*n))?])),
        [Number(n @ 1..=5), An, ..] => {
            return Some((2, vec![plus_months(today, 12 * i64::from(*n))?]));
        }
        _ => return None,
    };
    let taken = taken + if matches!(lex[taken..], [De, Jour, ..]) { 2 } else { 0 };
    Some((taken, days.iter().filter_map(|days| plus(today, *days)).collect()))
}

/// "deux jours après aujourd'hui", "3 jours après le 12 janvier".
fn after_day(lex: &[Lex], today: Date) -> Read<Days> {
    let (Number(n @ 1..=60), unit @ (Jour | Semaine)) = (lex.first()?, lex.get(1)?) else {
        return None;
    };
    let days = i64::from(*n) * if *unit == Semaine { 7 } else { 1 };
    let (skipped, days) = match &lex[2..] {
        [Apres, ..] => (3, days),
        [Avant, ..] => (3, -days),
        [A, Partir, De | Du, ..] => (5, days),
        _ => return None,
    };
    let (taken, base) = super::day::day(&lex[skipped..], today)?;
    let from = base.settle(today, false).first()?.from?;
    Some((skipped + taken, Days::day(plus(from, days)?)?))
}

/// "les trois prochaines semaines", "les 5 jours" after "dans les".
pub(super) fn next_few(lex: &[Lex], today: Date) -> Read<Days> {
    let (n, unit, taken) = match lex {
        [Number(n @ 1..=60), Prochain, unit, ..] | [Prochain, Number(n @ 1..=60), unit, ..] => {
            (*n, unit, 3)
        }
        [Number(n @ 1..=60), unit, A, Venir, ..] => (*n, unit, 4),
        [Number(n @ 2..=60), unit, Prochain, ..] => (*n, unit, 3),
        [Jour, Prochain, ..] | [Jour, Ci, ..] => (7, &lex[0], 2),
        [unit @ (Jour | Semaine), A, Venir, ..] => (if *unit == Jour { 7 } else { 2 }, unit, 3),
        [Prochain, unit @ (Jour | Semaine), ..] => (if *unit == Jour { 7 } else { 2 }, unit, 2),
        _ => return None,
    };
    let from = plus(today, 1)?;
    let n = i64::from(n);
    let to = match unit {
        Jour => plus(from, n)?,
        Semaine => plus(from, 7 * n)?,
        Mois => plus_months(from, n)?,
        _ => return None,
    };
    Some((
        taken,
        Days::Spans(vec![DaySpan { from: Some(from), to: Some(to), grain: Grain::Day, rank: 0 }]),
    ))
}
