//! Weeks, parts of a week, week-ends.

use super::{
    bounds,
    day::{Article, Read, dated, next_month},
    days::{DaySpan, Days, monday, next_of_month, plus, plus_months, weekday_of},
    feasts,
    lexicon::Lex::{self, *},
    periods::{Section, coming_month, named_month},
};
use crate::understand::Grain;
use jiff::civil::{Date, ISOWeekDate, Weekday as IsoWeekday};

pub(super) fn week(lex: &[Lex], article: Article, section: Section, today: Date) -> Read<Days> {
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
        // "la semaine du 30 novembre au 4 décembre", "entre Noël et le jour de l'an".
        [Du | Entre, ..]
            if let Some((taken, days @ Days::Spans(_))) = bounds::days(rest, today) =>
        {
            return Some((1 + taken, days));
        }
        // "les semaines à venir" are several.
        [A, Venir, ..] if article == Article::All => return None,
        [De, Apres, ..] | [A, Venir, ..] => (2, plus(this, 7)?),
        [En, Cours, ..] => (2, this),
        [Saint, ..] => {
            let (_, easter) = feasts::feast(&[Paques], today)?;
            (1, monday(easter.settle(today, false).first()?.from?)?)
        }
        [De, feast @ ..] if let Some((more, Days::Spans(days))) = feasts::feast(feast, today) => {
            let day = days.first()?.from?;
            return Some((2 + more, week_days(monday(day)?, section, today)?));
        }
        [Du, ..] | [Commencant, ..] => match week_of(rest, section, today) {
            Some(found) => return Some(found),
            None => (0, this),
        },
        [Number(n @ 1..=53), ..] => (1, iso_week(today, *n)?),
        [Ci, ..] => (1, this),
        _ if article == Article::None && section == Section::Whole => return None,
        // "la semaine" as opposed to the week-end.
        _ if article == Article::The && section == Section::Whole && !matches!(rest, [De, ..]) => {
            return Some((1, Days::Every(0b1_1111)));
        }
        // "en semaine": from Monday to Friday, again and again.
        _ if article == Article::At && section == Section::Whole => {
            return Some((1, Days::Every(0b1_1111)));
        }
        _ if article != Article::This
            && let Some((first, last)) = part(section) =>
        {
            return Some((1, Days::Part(first, last)));
        }
        _ => (0, this),
    };
    Some((1 + taken, week_days(start, section, today)?))
}

/// The weekdays that are a part of the week.
fn part(section: Section) -> Option<(i8, i8)> {
    match section {
        Section::Start => Some((0, 1)),
        Section::Middle => Some((2, 3)),
        Section::End => Some((3, 5)),
        Section::Whole | Section::Rest => None,
    }
}

/// Part of the week of `start`; a part that is over is the next week's.
fn week_days(start: Date, section: Section, today: Date) -> Option<Days> {
    if section == Section::Rest {
        let from = start.max(today);
        let days = 7 - i64::from(weekday_of(from));
        return Some(Days::Spans(vec![DaySpan::new(from, days, Grain::Day)?]));
    }
    let (first, days, grain) = match part(section) {
        Some((first, last)) => (i64::from(first), i64::from(1 + last - first), Grain::Day),
        None => (0, 7, Grain::Week),
    };
    let span = DaySpan::new(plus(start, first)?, days, grain)?;
    let over = span.to.is_some_and(|to| to <= today);
    let span = if over { DaySpan::new(plus(start, first + 7)?, days, grain)? } else { span };
    Some(Days::Spans(vec![span]))
}

/// "la semaine du 18", "la semaine commençant le 4 février".
fn week_of(rest: &[Lex], section: Section, today: Date) -> Read<Days> {
    let skipped = 1 + usize::from(matches!(rest, [Commencant, Le, ..]));
    let (taken, day) = numbered(&rest[skipped..], today)?;
    Some((1 + skipped + taken, week_days(monday(day)?, section, today)?))
}

/// "18", "4 février" after "du".
fn numbered(rest: &[Lex], today: Date) -> Read<Date> {
    Some(match (dated(rest, today), rest) {
        (Some((taken, Days::Spans(spans))), _) => (taken, spans.first()?.from?),
        (_, [Number(n @ 1..=31), ..]) => (1, next_of_month(today, i8::try_from(*n).ok()?)?),
        _ => return None,
    })
}

fn saturday_of(day: Date) -> Option<Date> {
    plus(monday(day)?, 5)
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

pub(super) fn weekend(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    // On a Saturday the next one is a week away.
    let next = i64::from(weekday_of(today) >= 5);
    if let [Weekend, Du, rest @ ..] = lex {
        let (taken, day) = numbered(rest, today)?;
        return Some((
            2 + taken,
            Days::Spans(vec![DaySpan::new(saturday_of(day)?, 2, Grain::Day)?]),
        ));
    }
    let (taken, weeks) = match lex {
        [Weekend, Prochain, ..] => (2, next),
        [Weekend, Suivant, ..] => (2, 1),
        [Weekend, De, Apres, ..] => (3, 1),
        [Weekend, Apres, Le, Prochain, ..] => (4, 2),
        [Prochain, Weekend, ..] => (2, next),
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
