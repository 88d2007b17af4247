//! Parts of the day, and constraints told as life.

use super::{
    clock::{Clock, Time},
    day::Read,
    lexicon::Lex::{self, *},
    parts::bound,
};
use crate::understand::Grain;

/// What a phrase of life says: a time, perhaps on certain days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    pub time: Time,
    /// The weekdays it applies to when no day is said.
    pub days: Option<LifeDays>,
}

/// The days that a phrase of life implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LifeDays {
    /// "ce matin".
    Today,
    /// "tantôt": today, unless a day is said.
    Soon,
    /// Only these weekdays (bit 0 = Monday).
    Week(u8),
}

const MONDAY_TO_FRIDAY: u8 = 0b1_1111;
/// Wednesday is free in most schools.
const SCHOOL_DAYS: u8 = 0b1_1011;

/// A part of the day or a phrase of life at the beginning of `lex`.
pub(super) fn life(lex: &[Lex]) -> Read<Life> {
    bound(lex)
        .or_else(|| part(lex))
        .or_else(|| school(lex))
        .or_else(|| work(lex))
        .or_else(|| meals(lex))
}

fn minutes(from: u16, to: u16) -> Time {
    Time::Part(from, to)
}

fn hm(hour: u16, minute: u16) -> u16 {
    hour * 60 + minute
}

fn any_day(taken: usize, time: Time) -> Read<Life> {
    Some((taken, Life { time, days: None }))
}

/// "le matin", "ce soir", "en fin d'après-midi", "tôt le matin".
pub(super) fn part(lex: &[Lex]) -> Read<Life> {
    let (start, today) = opening(lex);
    if let [De, Bon, Heure, ..] = lex {
        return any_day(3, minutes(hm(8, 0), hm(10, 0)));
    }
    if let [Ordinal(1), Heure, ..] = lex[start..] {
        return any_day(start + 2, minutes(hm(8, 0), hm(9, 30)));
    }
    if let [Des | A, Le, Ouverture, ..] = lex {
        return any_day(3, minutes(hm(8, 0), hm(9, 30)));
    }
    if let [Tantot, ..] = lex {
        let time = minutes(hm(13, 0), hm(18, 0));
        return Some((1, Life { time, days: Some(LifeDays::Soon) }));
    }
    let (modified, section) = section(&lex[start..]);
    let at = start + modified;
    let (inner, inner_today) = if modified > 0 { opening(&lex[at..]) } else { (0, false) };
    let at = at + inner;
    let time = match lex.get(at)? {
        Matin => section.of(
            (hm(8, 0), hm(12, 0)),
            (hm(8, 0), hm(10, 0)),
            (hm(9, 30), hm(11, 0)),
            (hm(10, 0), hm(12, 0)),
        ),
        ApresMidi | Tantot => section.of(
            (hm(13, 0), hm(18, 0)),
            (hm(13, 0), hm(15, 0)),
            (hm(15, 0), hm(16, 30)),
            (hm(16, 0), hm(19, 0)),
        ),
        Soir => section.of(
            (hm(18, 0), hm(22, 0)),
            (hm(18, 0), hm(20, 0)),
            (hm(19, 0), hm(21, 0)),
            (hm(20, 0), hm(23, 0)),
        ),
        Journee if section == Section::End => minutes(hm(16, 30), hm(19, 30)),
        Journee if section == Section::Start => minutes(hm(8, 0), hm(10, 0)),
        Journee if section == Section::Middle => minutes(hm(11, 0), hm(14, 0)),
        Journee if section == Section::Whole && start == 1 && lex[0] == En => {
            minutes(hm(8, 0), hm(18, 0))
        }
        Midi if section == Section::Whole && lunch(lex, start, at) => minutes(hm(12, 0), hm(14, 0)),
        _ => return None,
    };
    let today = today || inner_today;
    let late =
        usize::from(section == Section::Whole && matches!(lex.get(at + 1), Some(Tot | Tard)));
    let time = match lex.get(at + 1) {
        Some(Tot) if late == 1 => minutes(hm(8, 0), hm(10, 0)),
        _ => time,
    };
    Some((at + 1 + late, Life { time, days: today.then_some(LifeDays::Today) }))
}

/// "le midi", "ce midi" are the lunch hours; "à midi" is twelve o'clock.
fn lunch(lex: &[Lex], start: usize, at: usize) -> bool {
    start == at
        && start > 0
        && matches!(lex[start - 1], Le | Ce)
        && !matches!(lex.get(at + 1), Some(Et | Moins | Demi | Quart | Number(_)))
}

/// Prepositions and articles before a part of the day; true for "ce".
fn opening(lex: &[Lex]) -> (usize, bool) {
    let taken = lex
        .iter()
        .take(3)
        .take_while(|lex| {
            matches!(
                lex,
                En | A | Au | Dans | Le | Les | Ce | De | Du | Sur | Pour | Vers | Des | Tous
            )
        })
        .count();
    (taken, lex[..taken].contains(&Ce))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Whole,
    Start,
    Middle,
    End,
}

impl Section {
    fn of(self, whole: (u16, u16), start: (u16, u16), middle: (u16, u16), end: (u16, u16)) -> Time {
        let (from, to) = match self {
            Self::Whole => whole,
            Self::Start => start,
            Self::Middle => middle,
            Self::End => end,
        };
        minutes(from, to)
    }
}

fn section(lex: &[Lex]) -> (usize, Section) {
    match lex {
        [Debut | Tot, ..] => (1, Section::Start),
        [Plus, Tot, ..] => (2, Section::Start),
        [Milieu | Mi, Dash, ..] => (2, Section::Middle),
        [Milieu | Mi, ..] => (1, Section::Middle),
        [Fin | Tard, ..] => (1, Section::End),
        [Plus, Tard, ..] => (2, Section::End),
        _ => (0, Section::Whole),
    }
}

/// "après l'école", "quand les enfants sont à l'école".
fn school(lex: &[Lex]) -> Read<Life> {
    let at = |skipped: usize| {
        let rest = lex.get(skipped..).unwrap_or_default();
        let articles =
            rest.iter().take_while(|lex| matches!(lex, De | Du | Le | Les | A | Au | Des)).count();
        let place = matches!(rest.get(articles), Some(Ecole))
            || matches!(rest.get(articles), Some(Cours) if articles > 0);
        place.then_some(skipped + articles + 1)
    };
    let (taken, time, days) = match lex {
        [Apres, Errand, ..] => (errand(lex, 2)?, minutes(hm(8, 30), hm(12, 0)), SCHOOL_DAYS),
        [Apres, ..] | [Sortie, ..] => (at(1)?, minutes(hm(16, 30), hm(20, 0)), MONDAY_TO_FRIDAY),
        [A | Vers, Le, Sortie, ..] => (at(3)?, minutes(hm(16, 30), hm(20, 0)), MONDAY_TO_FRIDAY),
        [Avant, ..] => (at(1)?, minutes(hm(7, 0), hm(8, 30)), MONDAY_TO_FRIDAY),
        [Pendant, Les, Heure, ..] => (at(3)?, minutes(hm(8, 30), hm(16, 30)), SCHOOL_DAYS),
        [Pendant, ..] => (at(1)?, minutes(hm(8, 30), hm(16, 30)), SCHOOL_DAYS),
        [Quand | Que, ..] => {
            let child = lex.iter().take(5).position(|lex| *lex == Enfant)?;
            (at(child + 2)?, minutes(hm(8, 30), hm(16, 30)), SCHOOL_DAYS)
        }
        _ => return None,
    };
    Some((taken, Life { time, days: Some(LifeDays::Week(days)) }))
}

/// "après avoir déposé les enfants à l'école".
fn errand(lex: &[Lex], from: usize) -> Option<usize> {
    let rest = lex.get(from..)?.iter().take(6);
    let end = rest
        .clone()
        .position(|lex| *lex == Ecole)
        .or_else(|| rest.clone().position(|lex| *lex == Enfant))?;
    Some(from + end + 1)
}

/// "après le travail", "avant d'aller travailler", "je finis à dix-sept heures".
fn work(lex: &[Lex]) -> Read<Life> {
    let place = |skipped: usize| {
        let rest = lex.get(skipped..).unwrap_or_default();
        let small = rest
            .iter()
            .take_while(|lex| matches!(lex, De | Du | Le | A | Au | Errand | Other))
            .count();
        (small <= 3 && rest.get(small) == Some(&Travail)).then_some(skipped + small + 1)
    };
    let (taken, time) = match lex {
        [Apres, Le, Journee, ..] | [Apres, Other, Journee, ..] => {
            (3, minutes(hm(17, 30), hm(20, 0)))
        }
        [Apres, ..] | [Sortie, ..] => (place(1)?, minutes(hm(17, 30), hm(20, 0))),
        [En, Sortie, ..] | [A | Au, Sortie, ..] => (place(2)?, minutes(hm(17, 30), hm(20, 0))),
        [Avant, ..] => (place(1)?, minutes(hm(7, 0), hm(9, 0))),
        _ => return None,
    };
    Some((taken, Life { time, days: Some(LifeDays::Week(MONDAY_TO_FRIDAY)) }))
}

/// "entre midi et deux", "sur ma pause déjeuner", "avant le déjeuner".
fn meals(lex: &[Lex]) -> Read<Life> {
    let lunch = minutes(hm(12, 0), hm(14, 0));
    match lex {
        [Entre, Midi, Et, Number(2), rest @ ..] => {
            any_day(4 + usize::from(rest.first() == Some(&Heure)), lunch)
        }
        [Sur | Pendant | A | Dans | En, ..] => {
            let at = lex.iter().take(5).position(|lex| *lex == Pause)?;
            let more = match &lex[at + 1..] {
                [De | Du, Dejeuner | Midi, ..] | [De, Le, Dejeuner, ..] => 2,
                [Dejeuner | Midi, ..] => 1,
                _ => 0,
            };
            any_day(at + 1 + more, lunch)
        }
        [Heure, De | Du, Dejeuner, ..] => any_day(3, lunch),
        [Avant, Le, Dejeuner, ..] => any_day(3, Time::Before(Clock::new(720, Grain::Hour))),
        [Apres, Le, Dejeuner, ..] => any_day(3, minutes(hm(13, 30), hm(18, 0))),
        _ => None,
    }
}

/// What the hours of somebody's work leave free: "je finis à dix-sept heures"
/// turns the time that follows into the beginning.
pub(super) fn shift(lex: &[Lex]) -> Read<Shift> {
    match lex {
        [Finis, ..] => Some((1, Shift::Ends)),
        [Travaille, Jusque, ..] => Some((1, Shift::Works)),
        [Commence, ..] => Some((1, Shift::Begins)),
        [Errand | Takes, ..] if child(lex) => Some((1, Shift::Ends)),
        [Fetches, A | Vers, ..] => Some((1, Shift::Begins)),
        [Fetches, ..] if child(lex) => Some((1, Shift::Begins)),
        // "mon train est à seize heures".
        [Train, Suis, A, ..] => Some((2, Shift::Begins)),
        [Travaille, ..] => Some((1, Shift::Works)),
        _ => None,
    }
}

/// "… les enfants", "… ma fille".
fn child(lex: &[Lex]) -> bool {
    lex[1..].iter().take(3).any(|lex| matches!(lex, Enfant | Ecole))
}

/// How a time of work bears on the caller's free time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// Free after it.
    Ends,
    /// Free before it.
    Begins,
    /// Not free then.
    Works,
}
