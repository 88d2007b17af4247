//! A part of the day as a bound: "avant ce soir", "d'ici la fin de la matinée".

use super::{
    clock::{Bare, Clock, Half, Time, clock},
    day::Read,
    lexicon::Lex::{self, *},
    life::{Life, LifeDays, part},
};
use crate::understand::Grain;

/// Such a bound at the beginning of `lex`.
pub(super) fn bound(lex: &[Lex]) -> Read<Life> {
    let (start, whole) = match lex {
        [Avant, Le, Fin, De | Du, ..] => (4, true),
        [De, Ici, Le, Fin, De | Du, ..] | [Jusque, A, Le, Fin, De | Du, ..] => (5, true),
        [Avant | Jusque, ..] => (1, false),
        [De, Ici, ..] => (2, true),
        [Au, Plus, Tard, ..] => (3, true),
        _ => return None,
    };
    if start >= 4 && matches!(lex[start..], [Le, Journee, ..]) {
        let time = Time::Before(Clock::new(1440, Grain::Hour));
        return Some((start + 2, Life { time, days: Some(LifeDays::Soon) }));
    }
    let (taken, life) = part(&lex[start..])?;
    let Time::Part(from, to) = life.time else { return None };
    // "avant ce soir 18 heures".
    if let Some((more, said)) = clock(&lex[start + taken..], Bare::No) {
        let late = said.half == Half::Open && from >= 720;
        let time = Time::Before(if late { said.later() } else { said });
        return Some((start + taken + more, Life { time, ..life }));
    }
    let at = Clock::new(if whole { to } else { from }, Grain::Hour);
    Some((start + taken, Life { time: Time::Before(at), ..life }))
}
