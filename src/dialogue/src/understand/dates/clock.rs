//! Times of the day: points, ranges, before and after.

use super::lexicon::Lex::{self, *};
use crate::understand::Grain;

/// A time on the clock, in minutes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub minute: u16,
    pub grain: Grain,
    pub half: Half,
}

/// Which half of the day a spoken hour belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// As said.
    Sure,
    /// "trois heures": may be twelve hours later.
    Open,
}

/// What was said about the time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    Point(Clock),
    Range(Clock, Clock),
    After(Clock),
    Before(Clock),
    /// A part of the day, in minutes.
    Part(u16, u16),
}

/// Whether "sept trente" or "à 7", without the word "heures", may be a time here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// Only with "heures".
    No,
    /// Hour and minutes ("sept trente").
    Pair,
    /// The hour alone ("à 7").
    Hour,
}

impl Clock {
    pub fn new(minute: u16, grain: Grain) -> Self {
        Self { minute, grain, half: Half::Sure }
    }

    /// Half a day later.
    pub fn later(self) -> Self {
        Self { minute: self.minute + 720, half: Half::Sure, ..self }
    }

    pub fn sure(self) -> Self {
        Self { half: Half::Sure, ..self }
    }

    fn spoken(hour: u16, minute: u16, grain: Grain) -> Option<Self> {
        let half = if (1..=11).contains(&hour) { Half::Open } else { Half::Sure };
        let real = hour <= 23 && minute <= 59 || hour == 24 && minute == 0;
        // Not eagerly: an absurd hour would overflow.
        real.then(|| Self { minute: hour * 60 + minute, grain, half })
    }
}

fn number(lex: Option<&Lex>) -> Option<u16> {
    match lex {
        Some(Number(n) | Padded(n)) => Some(*n),
        _ => None,
    }
}

/// A time at the beginning of `lex`, and how many tokens it takes.
pub(super) fn clock(lex: &[Lex], bare: Bare) -> Option<(usize, Clock)> {
    let (taken, clock) = plain(lex, bare)?;
    Some(match qualifier(&lex[taken..]) {
        Some((more, Qualifier::Morning)) => (taken + more, clock.sure()),
        Some((more, Qualifier::Later)) if clock.half == Half::Open => (taken + more, clock.later()),
        Some((more, Qualifier::Later)) => (taken + more, clock),
        None => (taken, clock),
    })
}

enum Qualifier {
    Morning,
    Later,
}

/// "du matin", "de l'après-midi", "du soir" directly after an hour.
fn qualifier(lex: &[Lex]) -> Option<(usize, Qualifier)> {
    let (taken, part) = match lex {
        [De | Du, Le, part, ..] => (3, part),
        [De | Du, part, ..] => (2, part),
        _ => return None,
    };
    match part {
        Matin => Some((taken, Qualifier::Morning)),
        ApresMidi | Soir => Some((taken, Qualifier::Later)),
        _ => None,
    }
}

fn plain(lex: &[Lex], bare: Bare) -> Option<(usize, Clock)> {
    match lex {
        [Midi, rest @ ..] => Some(named(720, rest)),
        [Minuit, rest @ ..] => Some(named(0, rest)),
        [Number(h) | Padded(h), Colon, Number(m) | Padded(m), rest @ ..] => digital(*h, *m, rest),
        [Number(h) | Padded(h), Heure, rest @ ..] => hours(*h, rest),
        [Number(h @ 5..=23), Number(m) | Padded(m), rest @ ..] if bare != Bare::No => {
            let fits = (*m >= 5 && *m <= 59)
                && number(rest.first()).is_none()
                && !unit(rest.first())
                && rest.first() != Some(&Heure);
            Some((2, Clock::spoken(*h, *m, Grain::Minute).filter(|_| fits)?))
        }
        // "Mardi pour une…" is an article, not one o'clock.
        [Number(h @ 2..=23) | Padded(h @ 1..=23), rest @ ..] if bare == Bare::Hour => {
            let fits = number(rest.first()).is_none() && !unit(rest.first());
            Some((1, Clock::spoken(*h, 0, Grain::Hour).filter(|_| fits)?))
        }
        _ => None,
    }
}

/// What is counted is no time: "à 3 euros", "vers le 12 rue".
pub(super) fn unit(lex: Option<&Lex>) -> bool {
    matches!(
        lex,
        Some(
            Unit | An
                | Jour
                | Semaine
                | Mois
                | Minute
                | Enfant
                | Month(_)
                | Slash
                | Dash
                | Ordinal(_)
                | Prochain
        )
    )
}

fn digital(hour: u16, minute: u16, rest: &[Lex]) -> Option<(usize, Clock)> {
    // "12:00 midi".
    if hour == 12 && minute == 0 && rest.first() == Some(&Midi) {
        return Some((4, Clock::new(720, Grain::Hour)));
    }
    let clock = Clock::spoken(hour, minute, Grain::Minute)?;
    Some((3 + usize::from(rest.first() == Some(&Heure)), clock))
}

/// Midi and minuit, with what is added or taken off.
fn named(base: u16, rest: &[Lex]) -> (usize, Clock) {
    match added(rest) {
        Some((taken, minutes)) => {
            let minute = (i32::from(base) + minutes).rem_euclid(1440);
            (1 + taken, Clock::new(u16::try_from(minute).unwrap_or(base), Grain::Minute))
        }
        None => (1, Clock::new(base, Grain::Hour)),
    }
}

fn hours(hour: u16, rest: &[Lex]) -> Option<(usize, Clock)> {
    let whole = Clock::spoken(hour, 0, Grain::Hour)?;
    let Some((taken, minutes)) = added(rest) else { return Some((2, whole)) };
    let minute = (i32::from(whole.minute) + minutes).rem_euclid(1440);
    let minute = u16::try_from(minute).ok()?;
    Some((2 + taken, Clock { minute, grain: Grain::Minute, half: whole.half }))
}

/// "trente", "et demie", "et quart", "moins le quart", "moins vingt".
fn added(rest: &[Lex]) -> Option<(usize, i32)> {
    let (taken, minutes) = match rest {
        [Et, Demi, ..] => (2, 30),
        [Demi, ..] => (1, 30),
        [Et, Number(1), Quart, ..] => (3, 15),
        [Et, Quart, ..] => (2, 15),
        [Quart, ..] => (1, 15),
        [Number(3), Quart, ..] => (2, 45),
        [Moins, Le, Quart, ..] | [Moins, Number(1), Quart, ..] => (3, -15),
        [Moins, Quart, ..] => (2, -15),
        [Moins, Number(n @ 1..=29), ..] => (2, -i32::from(*n)),
        [Et, Number(n @ 1..=59), after, ..]
            if !matches!(after, Heure | Colon) && !unit_not_minute(after) =>
        {
            (2, i32::from(*n))
        }
        [Et, Number(n @ 5..=59)] => (2, i32::from(*n)),
        [Number(n @ 0..=59) | Padded(n @ 0..=59), after @ ..]
            if !matches!(
                after.first(),
                Some(Heure | Colon | Month(_) | Slash | Number(_) | Padded(_))
            ) && !after.first().is_some_and(unit_not_minute) =>
        {
            (1, i32::from(*n))
        }
        _ => return None,
    };
    let more = usize::from(taken <= 2 && rest.get(taken) == Some(&Minute));
    Some((taken + more, minutes))
}

fn unit_not_minute(lex: &Lex) -> bool {
    *lex != Minute && unit(Some(lex))
}
