//! Days of the month said by their number: "mardi 24", "le 15", "le sept douze".

use super::{
    clock::unit,
    day::{Article, Read, dated, next_month},
    days::{Days, next_matching, next_of_month, plus, weekday_of},
    doubts::{NEAR, matching, with_weekday},
    hours::shared_hour,
    lexicon::Lex::{self, *},
};
use jiff::civil::Date;

/// "mardi 24", "mardi le 24 novembre", "mardi 24/11".
pub(super) fn numbered(rest: &[Lex], weekday: i8, today: Date) -> Read<Days> {
    let skipped = usize::from(matches!(rest, [Le, ..] | [Comma, ..]));
    let rest = &rest[skipped..];
    if let Some((taken, days)) = dated(rest, today) {
        return Some((skipped + taken, with_weekday(days, weekday, today)));
    }
    if let Some((taken, Days::Spans(spans))) = month_by_number(rest, Article::The, today)
        && spans.first().and_then(|span| span.from).is_some_and(|day| weekday_of(day) == weekday)
    {
        return Some((skipped + taken, Days::Spans(spans)));
    }
    let (Number(n @ 1..=31) | Padded(n @ 1..=31)) = rest.first()? else {
        let first = matches!(rest, [Ordinal(1), ..]) && rest.get(1) != Some(&Heure);
        // "Vendredi, le premier" picks one of what was offered, unless the next first
        // is such a day.
        let next = next_of_month(today, 1) == next_matching(today, 1, weekday);
        let meant = skipped == 0 || next;
        return (first && meant).then(|| (skipped + 1, matching(1, weekday, today)));
    };
    let number = i8::try_from(*n).ok()?;
    if let [_, Number(hour) | Padded(hour), Heure | Colon, ..] = rest {
        return before_hour(number, *hour, weekday, today).map(|days| (skipped + 1, days));
    }
    if shared_hour(rest) {
        return None;
    }
    if matches!(rest.get(1), Some(Heure | Colon | Number(_) | Padded(_)))
        || unit(rest.get(1))
        || *n <= 6 && rest.get(1) == Some(&Creneau)
    {
        return None;
    }
    Some((skipped + 1, matching(number, weekday, today)))
}

/// "samedi cinq neuf heures" is a day and an hour; "mardi deux trois heures" are
/// hours, and so is a number said twice unless it is that weekday soon.
fn before_hour(number: i8, hour: u16, weekday: i8, today: Date) -> Option<Days> {
    let ahead = i32::from(hour) - i32::from(number);
    let day = next_matching(today, number, weekday);
    let soon = || plus(today, NEAR).is_some_and(|last| day.is_some_and(|day| day <= last));
    let is_day = if ahead == 0 { soon() } else { !(1..=3).contains(&ahead) };
    is_day.then(|| matching(number, weekday, today))
}

/// "le sept douze": a day and its month, when it is near.
pub(super) fn month_by_number(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let [Number(n @ 1..=31) | Padded(n @ 1..=9), Number(month @ 1..=12), after @ ..] = lex else {
        return None;
    };
    if !matches!(article, Article::The | Article::Of) || !numbers_end(after) {
        return None;
    }
    let (_, days) = dated(&[Number(*n), Month(i8::try_from(*month).ok()?)], today)?;
    let Days::Spans(spans) = &days else { return None };
    let soon = spans.first()?.from? <= plus(today, NEAR)?;
    soon.then_some((2, days))
}

/// True when the number before is not of an hour, a year or a thing.
pub(super) fn numbers_end(after: &[Lex]) -> bool {
    let goes_on = matches!(
        after,
        [Heure | Colon | Dash | Au | Demi | Quart | Number(_) | Padded(_), ..]
            | [Ou | Et | Comma, Number(_), ..]
    );
    !goes_on && !unit(after.first())
}

/// "le 15", and "le 15 du mois prochain".
pub(super) fn of_month(lex: &[Lex], article: Article, today: Date) -> Read<Days> {
    let (Number(n @ 1..=31) | Padded(n @ 1..=31)) = lex.first()? else {
        return match lex {
            [Ordinal(n @ 1..=31), Jour, rest @ ..] if article != Article::All => {
                // "Le premier jour possible" names no month.
                in_month(i8::try_from(*n).ok()?, rest, 2, today).filter(|(taken, _)| *taken > 2)
            }
            [Ordinal(1), rest @ ..] => in_month(1, rest, 1, today).filter(|(taken, _)| *taken > 1),
            _ => None,
        };
    };
    let stray =
        matches!(lex.get(1), Some(Heure | Colon | Dash | Number(_) | Padded(_) | Demi | Quart));
    // "le 27 dix heures".
    let timed = matches!(lex[1..], [Number(_) | Padded(_), Heure | Colon, ..]);
    let several = article != Article::All || matches!(lex.get(1), Some(Et | Ou | A));
    if matches!(article, Article::None | Article::This | Article::At | Article::In)
        || stray && !timed
        || !several
        || unit(lex.get(1))
    {
        return None;
    }
    in_month(i8::try_from(*n).ok()?, &lex[1..], 1, today)
}

fn in_month(number: i8, rest: &[Lex], taken: usize, today: Date) -> Read<Days> {
    let first = today.first_of_month();
    let (more, month) = match rest {
        [De | Du, Mois, Prochain | Suivant, ..] => (3, next_month(today)?),
        [De, Ce, Mois, ..] => (3, first),
        [Le, Mois, Prochain, ..] => (3, next_month(today)?),
        [Weekday(weekday), ..] | [Comma, Weekday(weekday), ..] => {
            let comma = usize::from(rest[0] == Comma);
            let day = next_matching(today, number, *weekday)?;
            return Some((taken + comma + 1, Days::day(day)?));
        }
        [Ce, Mois, Ci, ..] => (3, first),
        [Du, Mois, ..] => return Some((taken + 2, Days::day(next_of_month(today, number)?)?)),
        _ => return Some((taken, Days::OfMonth(number))),
    };
    let day = Date::new(month.year(), month.month(), number).ok()?;
    Some((taken + more, Days::day(day)?))
}
