//! Hours and minutes counted from now: "dans deux heures", "d'ici vingt
//! minutes", "dans moins d'une heure", "trente minutes plus tard".

use super::{
    clock::Time,
    day::Read,
    lexicon::Lex::{self, *},
    life,
};
use domain::time::Span;
use jiff::{
    Span as Length,
    civil::{DateTime, Time as ClockTime},
};

/// What a length of time counted from now tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// "dans": at its end.
    At,
    /// "d'ici", "dans moins de": until its end.
    Within,
    /// "dans plus de": from its end on.
    Beyond,
}

/// What is counted from now at the beginning of `lex`.
pub(super) fn ahead(lex: &[Lex], now: DateTime) -> Read<Span> {
    let later = |minutes: u16| now.checked_add(Length::new().minutes(minutes)).ok();
    if let Some((taken, first, last)) = between(lex) {
        return Some((taken, Span { from: later(first), to: later(last) }));
    }
    let (taken, minutes, reach) = counted(lex)?;
    let end = later(minutes)?;
    let span = match reach {
        Reach::At => Span { from: Some(end), to: Some(later(minutes + 1)?) },
        Reach::Within => Span { from: Some(now), to: Some(end) },
        Reach::Beyond => Span { from: Some(end), to: midnight_after(end) },
    };
    Some((taken, span))
}

/// "le reste de la journée", "plus tard dans l'après-midi" said in it.
pub(super) fn rest_of_day(lex: &[Lex], now: DateTime) -> Read<Span> {
    let start = match lex {
        [Plus, Tard, Dans, ..] => 3,
        [Le, Reste, ..] => 2,
        [Reste, ..] => 1,
        [De, Ici, Le, Fin, ..] => 4,
        [De, Ici, Fin, ..] => 3,
        _ => return None,
    };
    let (taken, part) = match lex[start..] {
        [De | Du, Le | Ce, part, ..] => (start + 3, part),
        [De | Du | Le, part, ..] => (start + 2, part),
        _ => return None,
    };
    let end = if part == Journee { midnight_after(now)? } else { end_of_part(part, now)? };
    Some((taken, Span { from: Some(now), to: Some(end) }))
}

/// When the part of the day ends in which it is now.
fn end_of_part(part: Lex, now: DateTime) -> Option<DateTime> {
    let Time::Part(from, to) = life::part(&[Le, part])?.1.time else { return None };
    let midnight = now.date().to_datetime(ClockTime::midnight());
    let at = |minute: u16| midnight.checked_add(Length::new().minutes(minute)).ok();
    (at(from)? <= now && now < at(to)?).then(|| at(to)).flatten()
}

fn midnight_after(at: DateTime) -> Option<DateTime> {
    at.date().tomorrow().ok().map(|day| day.to_datetime(ClockTime::midnight()))
}

fn counted(lex: &[Lex]) -> Option<(usize, u16, Reach)> {
    let (start, reach) = introduced(lex);
    let Some(reach) = reach else {
        let (taken, minutes) = length(lex)?;
        let later = matches!(lex[taken..], [Plus, Tard, ..]);
        return later.then_some((taken + 2, minutes, Reach::At));
    };
    let rest = &lex[start..];
    // "dans l'heure", "dans la demi-heure qui vient".
    let (taken, minutes) = match rest {
        [Heure, after @ ..] if lex[start - 1] == Le && !matches!(after, [De | Du, ..]) => (1, 60),
        _ => length(rest)?,
    };
    if lex[..start].contains(&Ici) && is_clock(rest, taken) {
        return None;
    }
    let more = match &rest[taken..] {
        [A, Venir, ..] => 2,
        [Prochain, ..] => 1,
        _ => 0,
    };
    Some((start + taken + more, minutes, reach))
}

/// "dans deux ou trois heures": the first and the last.
fn between(lex: &[Lex]) -> Option<(usize, u16, u16)> {
    let [Dans, rest @ ..] = lex else { return None };
    let skipped = usize::from(rest.first() == Some(&Vers));
    let [Number(first), Ou | A | Dash, last @ ..] = &rest[skipped..] else { return None };
    let unit = last.get(1)?;
    let (_, first) = length(&[Number(*first), *unit])?;
    let (taken, last) = length(last)?;
    (first < last).then_some((1 + skipped + 2 + taken, first, last))
}

/// "d'ici dix heures" is a time of the day; nobody means two in the night.
fn is_clock(rest: &[Lex], taken: usize) -> bool {
    let said = matches!(rest, [Number(7..=23), Heure, ..]);
    let part = matches!(rest[taken..], [De | Du, Matin | Soir | ApresMidi, ..])
        || matches!(rest[taken..], [De, Le, Matin | Soir | ApresMidi, ..]);
    said || part
}

/// The words before a length, and what they make of it.
fn introduced(lex: &[Lex]) -> (usize, Option<Reach>) {
    let (taken, reach) = match lex {
        [Dans | En, Moins, De, ..] => (3, Reach::Within),
        [De, Ici, Moins, De, ..] => (4, Reach::Within),
        [Dans, Plus, De, ..] => (3, Reach::Beyond),
        [Dans, Les | Le, ..] => (2, Reach::Within),
        [Dans, ..] => (1, Reach::At),
        [De, Ici, A, ..] => (3, Reach::Within),
        [De, Ici, ..] => (2, Reach::Within),
        [Sous, ..] => (1, Reach::Within),
        _ => return (0, None),
    };
    let about = usize::from(lex.get(taken) == Some(&Vers));
    (taken + about, Some(reach))
}

/// A length in minutes: "deux heures et demie", "trois quarts d'heure".
fn length(lex: &[Lex]) -> Read<u16> {
    let (taken, minutes) = match lex {
        [Number(1), Demi, Heure, ..] => (3, 30),
        [Demi, Heure, ..] => (2, 30),
        [Number(n @ (1 | 3)), Quart, De, Heure, ..] => (4, n * 15),
        [Quart, De, Heure, ..] => (3, 15),
        [Number(n @ ..=500), Minute, ..] => (2, *n),
        [Number(n @ ..=500), Prochain, Minute, ..] => (3, *n),
        [Number(n @ ..=99), Prochain, Heure, ..] => (3, n * 60),
        [Number(n @ ..=99), Heure, rest @ ..] => {
            let (more, minutes) = fraction(rest);
            (2 + more, n * 60 + minutes)
        }
        _ => return None,
    };
    Some((taken, minutes))
}

/// What is said after the hours: "et demie", "et quart", "trente".
fn fraction(lex: &[Lex]) -> (usize, u16) {
    match lex {
        [Et, Demi, ..] => (2, 30),
        [Et, Quart, ..] => (2, 15),
        [Et, Number(1), Quart, ..] => (3, 15),
        [Et, Number(n @ ..=59), Minute, ..] => (3, *n),
        [Number(n @ ..=59), Minute, ..] => (2, *n),
        [Number(n @ ..=59)] | [Number(n @ ..=59), Comma | Stop | Vers, ..] => (1, *n),
        _ => (0, 0),
    }
}
