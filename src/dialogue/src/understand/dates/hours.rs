//! Times of the day as they are said: points, from … to, before, after, between.

use super::{
    clock::{Bare, Clock, Half, Time, clock},
    day::Read,
    lexicon::Lex::{self, *},
};

/// A bounded time of the day at the beginning of `lex`; `near` tells whether
/// hours may be said without "heures" here.
pub(super) fn times(lex: &[Lex], near: Bare) -> Read<Time> {
    match lex {
        [De | Entre | Du, ..] => range(lex, 1, near).or_else(|| before_after(lex, near)),
        [A, Partir, De, ..] => range(lex, 3, near).or_else(|| before_after(lex, near)),
        _ => before_after(lex, near).or_else(|| point(lex, near)),
    }
}

/// "14 à 16 h", "10 h à 11 h": its "de" is often dropped.
pub(super) fn clipped_range(lex: &[Lex]) -> Read<Time> {
    match lex {
        [Number(_) | Padded(_), A, _, Heure, ..] | [Number(_) | Padded(_), Heure | Colon, ..] => {
            range(lex, 0, Bare::No)
        }
        _ => None,
    }
}

fn range(lex: &[Lex], start: usize, near: Bare) -> Read<Time> {
    let (taken, first, said) = side(&lex[start..])?;
    let at = start + taken;
    let link = match (&lex[at..], lex[0]) {
        ([Et, ..], Entre) | ([A | Dash, ..], _) => 1,
        ([Jusque, A, ..], _) => 2,
        ([Jusque, ..], _) => 1,
        _ => return None,
    };
    let (last_taken, last, last_said) = side(&lex[at + link..])?;
    let end = at + link + last_taken;
    let follows = matches!(lex.get(end), Some(Aujourdhui | Demain | Weekday(_) | Ce));
    (said || last_said || near == Bare::Hour || follows).then_some((end, Time::Range(first, last)))
}

/// One side of a range, and whether it was certainly a time.
fn side(lex: &[Lex]) -> Option<(usize, Clock, bool)> {
    clock(lex, Bare::Pair)
        .map(|(taken, clock)| (taken, clock, true))
        .or_else(|| clock(lex, Bare::Hour).map(|(taken, clock)| (taken, clock, false)))
}

fn before_after(lex: &[Lex], near: Bare) -> Read<Time> {
    let (start, make): (usize, fn(Clock) -> Time) = match lex {
        [A, Partir, De, ..] => (3, Time::After),
        [Apres | Passe | Des, ..] => (1, Time::After),
        [Avant, ..] => (1, Time::Before),
        [Jusque, A, ..] | [De, Ici, ..] => (2, Time::Before),
        [Jusque, ..] => (1, Time::Before),
        [Au, Plus, Tard, A | Vers, ..] | [Pas, Plus, Tard, Que, ..] => (4, Time::Before),
        [Au, Plus, Tard, ..] => (3, Time::Before),
        [Au, Plus, Tot, A, ..] => (4, Time::After),
        [Au, Plus, Tot, ..] => (3, Time::After),
        _ => return None,
    };
    let (taken, clock) = clock(&lex[start..], if near == Bare::No { Bare::Pair } else { near })?;
    Some((start + taken, make(clock)))
}

fn point(lex: &[Lex], near: Bare) -> Read<Time> {
    let start = match lex {
        [A, Vers, ..] | [Sur, Les, ..] | [Vers, Les, ..] => 2,
        [A | Vers | Pour | Sur, ..] => 1,
        _ => 0,
    };
    let bare = match (start, near) {
        (0, Bare::Hour) | (1.., Bare::No) => Bare::Pair,
        (_, near) => near,
    };
    if let Some((taken, time)) = some_hours(&lex[start..]) {
        return Some((start + taken, time));
    }
    if shared_hour(&lex[start..]) {
        let (_, clock) = clock(&[lex[start], Heure], Bare::No)?;
        return Some((start + 1, Time::Point(clock)));
    }
    let (taken, clock) = clock(&lex[start..], bare)?;
    // "une heure" alone is how long it takes.
    let lasting = start == 0 && near != Bare::Hour && taken == 2 && clock.half == Half::Open;
    if lasting && matches!(lex, [Number(1), Heure, ..]) {
        return None;
    }
    let end = start + taken;
    let (more, time) = beyond(&lex[end..], clock);
    Some((end + more, time))
}

/// "9 ou 10 h", "9, 10 ou 11 heures": the first of hours whose unit comes last.
pub(super) fn shared_hour(lex: &[Lex]) -> bool {
    let [Number(first @ 1..=22), rest @ ..] = lex else { return false };
    let links = rest.iter().take(2).take_while(|lex| matches!(lex, Comma | Ou | Et)).count();
    match rest[links..] {
        [Number(next @ 2..=23), Heure, ..] => links > 0 && *first < next,
        [Number(next @ 2..=23), ..] => links > 0 && *first < next && shared_hour(&rest[links..]),
        _ => false,
    }
}

/// "vers deux trois heures".
fn some_hours(lex: &[Lex]) -> Read<Time> {
    let [Number(first), Number(last), Heure, ..] = lex else { return None };
    if !(1..=3).contains(&last.saturating_sub(*first)) {
        return None;
    }
    let (_, first) = clock(&[Number(*first), Heure], Bare::No)?;
    let (_, last) = clock(&[Number(*last), Heure], Bare::No)?;
    Some((3, Time::Range(first, last)))
}

/// What may follow a time and change it: "ou plus tard", a second time.
fn beyond(rest: &[Lex], first: Clock) -> (usize, Time) {
    match rest {
        [Ou, Apres, ..] => return (2, Time::After(first)),
        [Ou, Plus, Tard, ..] => return (3, Time::After(first)),
        [Ou, Avant, ..] => return (2, Time::Before(first)),
        [Ou, Plus, Tot, ..] => return (3, Time::Before(first)),
        [Passe, ..] => return (1, Time::After(first)),
        _ => {}
    }
    // "vers 14 h 15 h", "14h-15h": somewhere between the two.
    let dash = usize::from(rest.first() == Some(&Dash));
    match clock(&rest[dash..], Bare::No) {
        Some((more, last)) if last.minute > first.minute && rest.first() != Some(&Midi) => {
            (dash + more, Time::Range(first, last))
        }
        _ => (0, Time::Point(first)),
    }
}
