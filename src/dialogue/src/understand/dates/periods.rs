//! Months and their parts; the door to all periods.

use super::{
    day::{Article, Read, next_month, year},
    days::{DaySpan, Days, plus, plus_months},
    distances::{distance, next_few},
    lexicon::Lex::{self, *},
    weeks::{week, weekend},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// Which part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
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
    if let Some(found) = few_days(lex, article, today) {
        return Some(found);
    }
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

pub(super) fn coming_month(today: Date, month: i8) -> Option<Date> {
    let year = if month >= today.month() { today.year() } else { today.year().checked_add(1)? };
    Date::new(year, month, 1).ok()
}

/// "les premiers jours de décembre", "les trois derniers jours du mois".
fn few_days(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (skipped, few) = match lex {
        [Ordinal(1) | Dernier, Jour, De | Du, ..] if article == Article::All => (2, None),
        [Number(n @ 2..=20), Ordinal(1) | Dernier, Jour, De | Du, ..] => (3, Some(*n)),
        _ => return None,
    };
    let last = lex[..skipped].contains(&Dernier);
    let side = if last { Section::End } else { Section::Start };
    let rest = &lex[skipped..];
    let links = rest.iter().take_while(|lex| matches!(lex, De | Du | Le | Ce)).count();
    let inner = inner_article(&rest[..links], Article::Of);
    let rest = &rest[links..];
    let (taken, days) =
        week(rest, inner, side, today).or_else(|| month(rest, inner, side, today))?;
    let Days::Spans(spans) = days else { return None };
    let usual = if rest.first() == Some(&Semaine) { 2 } else { 7 };
    let few = few.map_or(usual, i64::from);
    let (from, to) = match last {
        true => (plus(spans.first()?.to?, -few)?, spans.first()?.to?),
        false => (spans.first()?.from?, plus(spans.first()?.from?, few)?),
    };
    let span = DaySpan { from: Some(from), to: Some(to), grain: Grain::Day, rank: 0 };
    Some((skipped + links + taken, Days::Spans(vec![span])))
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

pub(super) fn named_month(name: Lex, rest: &[Lex], today: Date) -> Option<(usize, Date)> {
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
