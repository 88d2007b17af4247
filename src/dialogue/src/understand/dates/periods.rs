//! Weeks, months, week-ends and their parts; distances ("dans quinze jours").

use super::{
    day::{Article, Read, dated, next_month, year},
    days::{DaySpan, Days, monday, next_of_month, plus, plus_months, weekday_of},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use jiff::civil::{Date, ISOWeekDate, Weekday as IsoWeekday};

/// Which part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Whole,
    Start,
    Middle,
    End,
    Rest,
}

/// A period at the beginning of `lex`; its article is already taken.
pub(super) fn period(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (skipped, section) = section(lex);
    let rest = &lex[skipped..];
    let rest_article = match section {
        Section::Whole if skipped == 0 => article,
        // "courant décembre".
        Section::Whole => Article::Of,
        _ => inner_article(&lex[..skipped], article),
    };
    let found = week(rest, rest_article, section, today)
        .or_else(|| month(rest, rest_article, section, today))
        .or_else(|| year_part(rest, section, today));
    if let Some((taken, days)) = found {
        return Some((skipped + taken, days));
    }
    if section != Section::Whole {
        return None;
    }
    weekend(lex, article, today)
        .or_else(|| fortnight(lex, today))
        .or_else(|| distance(lex, article, today))
        .or_else(|| next_few(lex, today))
}

fn section(lex: &[Lex]) -> (usize, Section) {
    let (taken, section) = match lex {
        [Debut, ..] => (1, Section::Start),
        [Milieu | Mi, ..] => (1, Section::Middle),
        [Fin, ..] => (1, Section::End),
        [Reste, ..] => (1, Section::Rest),
        [Plus, Tard, ..] => (2, Section::Rest),
        [Tard, ..] => (1, Section::End),
        [Courant, ..] => return (1, Section::Whole),
        [Cours, De | Du, ..] => return (1, Section::Whole),
        _ => return (0, Section::Whole),
    };
    let links = lex[taken..]
        .iter()
        .take_while(|lex| matches!(lex, De | Du | Le | Ce | Dash | Dans))
        .count();
    (taken + links, section)
}

/// The article that stands between "fin de" and its period.
fn inner_article(taken: &[Lex], outer: Article) -> Article {
    match taken.last() {
        Some(Ce) => Article::This,
        Some(Le) => Article::The,
        _ => outer,
    }
}

fn week(lex: &[Lex], article: Article, section: Section, today: Date) -> Read<Days> {
    if let [Prochain, Semaine, ..] = lex {
        return Some((2, week_days(plus(monday(today)?, 7)?, section, today)?));
    }
    if let [Ordinal(n @ 1..=5), Semaine, De | Du | Ce, rest @ ..] = lex {
        return nth_week(*n, rest, today).map(|(taken, days)| (3 + taken, days));
    }
    if let [Dernier, Semaine, De | Du, name @ Month(_), rest @ ..] = lex {
        let (more, first) = named_month(*name, rest, today)?;
        let last = plus(plus_months(first, 1)?, -1)?;
        return Some((4 + more, week_days(monday(last)?, Section::Whole, today)?));
    }
    let [Semaine, rest @ ..] = lex else { return None };
    let this = monday(today)?;
    let (taken, start) = match rest {
        [Prochain | Suivant, ..] => (1, plus(this, 7)?),
        [De, Apres, ..] | [A, Venir, ..] => (2, plus(this, 7)?),
        [En, Cours, ..] => (2, this),
        [Du, ..] | [Commencant, ..] => match week_of(rest, section, today) {
            Some(found) => return Some(found),
            None => (0, this),
        },
        [Number(n @ 1..=53), ..] => (1, iso_week(today, *n)?),
        [Ci, ..] => (1, this),
        _ if article == Article::None && section == Section::Whole => return None,
        // "la semaine" as opposed to the week-end.
        _ if article == Article::The && section == Section::Whole => {
            return Some((1, Days::Every(0b1_1111)));
        }
        // "en semaine": from Monday to Friday, again and again.
        _ if article == Article::At && section == Section::Whole => {
            return Some((1, Days::Every(0b1_1111)));
        }
        _ => (0, this),
    };
    Some((1 + taken, week_days(start, section, today)?))
}

/// Part of the week of `start`; a part that is over is the next week's.
fn week_days(start: Date, section: Section, today: Date) -> Option<Days> {
    let (first, days, grain) = match section {
        Section::Whole => (0, 7, Grain::Week),
        Section::Start => (0, 2, Grain::Day),
        Section::Middle => (2, 2, Grain::Day),
        Section::End => (3, 3, Grain::Day),
        Section::Rest => {
            let from = start.max(today);
            let days = 7 - i64::from(weekday_of(from));
            return Some(Days::Spans(vec![DaySpan::new(from, days, Grain::Day)?]));
        }
    };
    let span = DaySpan::new(plus(start, first)?, days, grain)?;
    let over = span.to.is_some_and(|to| to <= today);
    let span = if over { DaySpan::new(plus(start, first + 7)?, days, grain)? } else { span };
    Some(Days::Spans(vec![span]))
}

/// "la semaine du 18", "la semaine commençant le 4 février".
fn week_of(rest: &[Lex], section: Section, today: Date) -> Read<Days> {
    let skipped = 1 + usize::from(matches!(rest, [Commencant, Le, ..]));
    let rest = &rest[skipped..];
    let (taken, day) = match (dated(rest, today), rest) {
        (Some((taken, Days::Spans(spans))), _) => (taken, spans.first()?.from?),
        (_, [Number(n @ 1..=31), ..]) => (1, next_of_month(today, i8::try_from(*n).ok()?)?),
        _ => return None,
    };
    Some((1 + skipped + taken, week_days(monday(day)?, section, today)?))
}

/// The first week of a month is the one with its first Thursday.
fn nth_week(n: u16, rest: &[Lex], today: Date) -> Read<Days> {
    let (taken, first) = match rest {
        [Mois, Prochain, ..] => (2, next_month(today)?),
        [Ce, Mois, ..] => (2, today.first_of_month()),
        [Mois, ..] => (1, today.first_of_month()),
        [Month(month), ..] => (1, coming_month(today, *month)?),
        _ => return None,
    };
    let start = plus(monday(plus(first, 3)?)?, 7 * (i64::from(n) - 1))?;
    Some((taken, week_days(start, Section::Whole, today)?))
}

fn iso_week(today: Date, week: u16) -> Option<Date> {
    let week = i8::try_from(week).ok()?;
    (0..2).find_map(|years| {
        let monday = ISOWeekDate::new(today.year() + years, week, IsoWeekday::Monday).ok()?.date();
        (plus(monday, 7)? > today).then_some(monday)
    })
}

fn coming_month(today: Date, month: i8) -> Option<Date> {
    let year = if month >= today.month() { today.year() } else { today.year().checked_add(1)? };
    Date::new(year, month, 1).ok()
}

/// "la deuxième quinzaine de décembre".
fn fortnight(lex: &[Lex], today: Date) -> Read<Days> {
    let [Ordinal(n @ 1..=2), Quinzaine, De | Du, name @ Month(_), rest @ ..] = lex else {
        return None;
    };
    let (more, first) = named_month(*name, rest, today)?;
    let middle = plus(first, 15)?;
    let (from, to) = if *n == 1 { (first, middle) } else { (middle, plus_months(first, 1)?) };
    let span = DaySpan { from: Some(from), to: Some(to), grain: Grain::Day, rank: 0 };
    Some((4 + more, Days::Spans(vec![span])))
}

fn month(lex: &[Lex], article: Article, section: Section, today: Date) -> Read<Days> {
    let (taken, first) = match lex {
        [Mois, Prochain | Suivant, ..] => (2, next_month(today)?),
        [Mois, A, Venir, ..] | [Mois, De, Apres, ..] => (3, next_month(today)?),
        [Prochain, Mois, ..] => (2, next_month(today)?),
        [Mois, Apres, Le, Prochain, ..] => (4, plus_months(today.first_of_month(), 2)?),
        [Mois, De, name @ Month(_), rest @ ..] => {
            let (more, first) = named_month(*name, rest, today)?;
            (3 + more, first)
        }
        [Mois, Ci, ..] => (2, today.first_of_month()),
        [Mois, ..] if article == Article::This || section != Section::Whole => {
            (1, today.first_of_month())
        }
        [name @ Month(_), rest @ ..] if section != Section::Whole || article != Article::None => {
            let (more, first) = named_month(*name, rest, today)?;
            (1 + more, first)
        }
        _ => return None,
    };
    let days = month_days(first, section, today)?;
    // "en début de mois" said on the 20th is the next month's.
    let over = matches!(&days, Days::Spans(spans) if spans.iter().all(|span| span.to.is_some_and(|to| to <= today)));
    let unnamed = matches!(lex, [Mois, ..]) && !matches!(lex, [Mois, De, ..]);
    let days = if over && unnamed { month_days(next_month(today)?, section, today)? } else { days };
    Some((taken, days))
}

fn named_month(name: Lex, rest: &[Lex], today: Date) -> Option<(usize, Date)> {
    let Month(month) = name else { return None };
    let (taken, year) = year(rest);
    let said = usize::from(matches!(rest[taken..], [Prochain, ..]));
    let first = match year {
        Some(year) => Date::new(year, month, 1).ok()?,
        None => coming_month(today, month)?,
    };
    Some((taken + said, first))
}

fn month_days(first: Date, section: Section, today: Date) -> Option<Days> {
    let end = plus_months(first, 1)?;
    let (from, to, grain) = match section {
        Section::Whole => (first, end, Grain::Month),
        Section::Start => (first, plus(first, 10)?, Grain::Day),
        Section::Middle => (plus(first, 9)?, plus(first, 20)?, Grain::Day),
        Section::End => (plus(first, 20)?, end, Grain::Day),
        Section::Rest => (first.max(today), end, Grain::Day),
    };
    Some(Days::Spans(vec![DaySpan { from: Some(from), to: Some(to), grain, rank: 0 }]))
}

/// "fin d'année", "début d'année", "début janvier" is a month's.
fn year_part(lex: &[Lex], section: Section, today: Date) -> Read<Days> {
    let [An, rest @ ..] = lex else { return None };
    let said = usize::from(matches!(rest, [Prochain, ..]));
    let first = match section {
        Section::End => coming_month(today, 12)?,
        Section::Start => coming_month(plus(today, 20)?, 1)?,
        _ => return None,
    };
    Some((1 + said, month_days(first, Section::Whole, today)?))
}

fn weekend(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (taken, weeks) = match lex {
        [Weekend, Prochain, ..] => (2, 0),
        [Weekend, Suivant, ..] => (2, 1),
        [Weekend, De, Apres, ..] => (3, 1),
        [Weekend, Apres, Le, Prochain, ..] => (4, 2),
        [Prochain, Weekend, ..] => (2, 0),
        [Weekend, ..] => (1, 0),
        _ => return None,
    };
    if taken == 1 && article == Article::All {
        return Some((1, Days::Every(0b110_0000)));
    }
    let saturday = plus(monday(today)?, 5 + 7 * weeks)?;
    let mut spans = vec![DaySpan::new(saturday, 2, Grain::Day)?];
    if taken == 1 && article == Article::The {
        for week in 1..3 {
            spans.push(DaySpan::new(plus(saturday, 7 * week)?, 2, Grain::Day)?);
        }
    }
    Some((taken, Days::Spans(spans)))
}

/// "dans quinze jours", "d'ici" is elsewhere; the article "dans" is taken.
fn distance(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    if article != Article::In {
        return after_day(lex, today);
    }
    if let [Number(_), rest @ ..] = lex
        && let (skipped, rest) =
            if let [Ou | Dash, rest @ ..] = rest { (2, rest) } else { (1, rest) }
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
    if let ([_, Semaine, ..], [Le, Weekday(weekday), ..]) = (lex, &lex[taken..]) {
        let day = plus(monday(*days.first()?)?, i64::from(*weekday))?;
        return Some((taken + 2, Days::day(day)?));
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
fn next_few(lex: &[Lex], today: Date) -> Read<Days> {
    let (n, unit, taken) = match lex {
        [Number(n @ 1..=60), Prochain, unit, ..] | [Prochain, Number(n @ 1..=60), unit, ..] => {
            (*n, unit, 3)
        }
        [Jour, Prochain, ..] | [Jour, Ci, ..] => (7, &lex[0], 2),
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
