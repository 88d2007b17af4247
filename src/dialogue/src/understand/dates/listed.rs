//! Days of one month, one after the other.

use super::{
    bounds::{numbered_before, timed},
    clock::unit,
    day::{Read, day},
    days::{DaySpan, Days, next_of_month},
    lexicon::Lex::{self, *},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// "le quinze, seize ou dix-sept décembre": days of one month, named last or
/// not at all.
pub(super) fn listed(lex: &[Lex], today: Date) -> Read<Days> {
    let mut at = usize::from(lex.first() == Some(&Le));
    let mut numbers = Vec::new();
    let mut commas = false;
    while let Some(Number(n @ 1..=31) | Padded(n @ 1..=31)) = lex.get(at) {
        numbers.push(i8::try_from(*n).ok()?);
        at += 1;
        let link = lex[at..].iter().take(3).take_while(|lex| matches!(lex, Comma | Ou | Et | Le));
        let linked = link.clone().count();
        if !matches!(lex.get(at + linked), Some(Number(_) | Padded(_))) {
            break;
        }
        commas |= link.clone().any(|lex| *lex == Comma);
        at += linked;
    }
    if numbers.len() < 3 && !(commas && numbers.len() == 2) {
        return None;
    }
    let last = *numbers.last()?;
    let month = matches!(lex.get(at), Some(Month(_)));
    let bare = commas && lex[0] == Le && lex.get(at.checked_sub(2)?) == Some(&Ou);
    if !month && (!bare || timed(&lex[at..]) || unit(lex.get(at))) {
        return None;
    }
    let (more, end) = match month {
        true => {
            let (taken, days) = day(&lex[at - 1..], today)?;
            (taken - 1, days.settle(today, false).first()?.from?)
        }
        false => (0, next_of_month(today, last)?),
    };
    let all = numbers.into_iter().filter_map(|n| numbered_before(n, end));
    let spans = all.filter_map(|day| DaySpan::new(day, 1, Grain::Day)).collect();
    Some((at + more, Days::Spans(spans)))
}
