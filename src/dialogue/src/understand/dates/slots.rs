//! Times of the day resolved into minutes: which half of the day is meant, and
//! what several constraints leave.

use super::clock::{Clock, Half, Time};
use crate::understand::Grain;

/// A stretch of one day, in minutes, `to` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub from: u16,
    pub to: u16,
    pub open: Open,
    pub grain: Grain,
    /// 0 for the preferred reading.
    pub rank: u8,
}

/// Which side of a slot was left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    No,
    /// "avant": nothing was said of its beginning.
    Start,
    /// "après": nothing was said of its end.
    End,
}

const DAY: u16 = 1440;

/// "toute la journée".
pub(super) const WHOLE_DAY: Time = Time::Part(0, DAY);

/// The alternatives of `times`; each alternative is what all its times leave.
pub(super) fn slots(times: &[Vec<Time>]) -> Vec<Slot> {
    times.iter().flat_map(|all| alternative(all)).collect()
}

fn alternative(all: &[Time]) -> Vec<Slot> {
    let (mut low, mut high) = (0, DAY);
    for time in all {
        if let Time::Part(from, to) = time {
            let (from, to) = (low.max(*from), high.min(*to));
            (low, high) = if from < to { (from, to) } else { part(time) };
        }
    }
    let parted = (low, high) != (0, DAY);
    let half = parted.then_some((low, high));

    let mut slots: Vec<Slot> = Vec::new();
    for time in all.iter().filter(|time| !matches!(time, Time::Part(..))) {
        let next = readings(*time, half);
        slots = if slots.is_empty() { next } else { meet(&slots, &next) };
    }
    if slots.is_empty() {
        let grain = if parted { Grain::Hour } else { Grain::Day };
        return vec![Slot { from: low, to: high, open: Open::No, grain, rank: 0 }];
    }
    if parted {
        slots.iter_mut().for_each(|slot| slot.narrow(low, high));
    }
    slots
}

fn part(time: &Time) -> (u16, u16) {
    match time {
        Time::Part(from, to) => (*from, *to),
        _ => (0, DAY),
    }
}

/// "après 10 h" and "avant 16 h" together; what contradicts is dropped.
fn meet(before: &[Slot], next: &[Slot]) -> Vec<Slot> {
    let mut met: Vec<Slot> = Vec::new();
    for a in before {
        for b in next {
            let (from, to) = (a.from.max(b.from), a.to.min(b.to));
            let open = match (a.open, b.open) {
                (Open::Start, Open::Start) => Open::Start,
                (Open::End, Open::End) => Open::End,
                _ => Open::No,
            };
            if from < to {
                met.push(Slot { from, to, open, grain: b.grain, rank: a.rank + b.rank });
            }
        }
    }
    if met.is_empty() { next.to_vec() } else { met }
}

impl Slot {
    /// A bound inside a part of the day: "le matin, après dix heures". What is
    /// said exactly wins over the part.
    fn narrow(&mut self, low: u16, high: u16) {
        let (from, to) = (self.from.max(low), self.to.min(high));
        if self.open != Open::No && from < to {
            (self.from, self.to, self.open) = (from, to, Open::No);
        }
    }
}

fn readings(time: Time, half: Option<(u16, u16)>) -> Vec<Slot> {
    let ranked = |slots: Vec<(u16, u16, Open)>, grain| {
        let slot = |(rank, (from, to, open))| Slot { from, to, open, grain, rank };
        (0..).zip(slots).map(slot).collect::<Vec<Slot>>()
    };
    match time {
        Time::Part(from, to) => ranked(vec![(from, to, Open::No)], Grain::Hour),
        Time::Point(clock) => {
            let length = if clock.grain == Grain::Minute { 1 } else { 60 };
            let points = variants(clock, half).into_iter();
            ranked(points.map(|at| (at, (at + length).min(DAY), Open::No)).collect(), clock.grain)
        }
        Time::After(clock) => {
            let points = variants(clock, half).into_iter().filter(|at| *at < DAY);
            ranked(points.map(|at| (at, DAY, Open::End)).collect(), clock.grain)
        }
        Time::Before(clock) => {
            let points = variants(clock, half).into_iter().map(|at| if at == 0 { DAY } else { at });
            ranked(points.map(|at| (0, at, Open::Start)).collect(), clock.grain)
        }
        Time::Range(first, last) => {
            let grain = if first.grain == last.grain { first.grain } else { Grain::Minute };
            let pairs = pairs(first, last, half).into_iter();
            ranked(pairs.map(|(from, to)| (from, to, Open::No)).collect(), grain)
        }
    }
}

/// The minutes a clock may mean, preferred first. From one to six a caller
/// means the afternoon; seven is either; from eight on it is as said.
fn variants(clock: Clock, half: Option<(u16, u16)>) -> Vec<u16> {
    let at = clock.minute;
    match (clock.half, half) {
        (Half::Sure, _) => vec![at],
        (Half::Open, Some(part)) if at < 720 => vec![nearest(at, part)],

        (Half::Open, _) if at < 7 * 60 => vec![at + 720, at],
        (Half::Open, _) if at < 8 * 60 => vec![at, at + 720],
        (Half::Open, _) => vec![at],
    }
}

/// The minute that a clock most likely means.
pub(super) fn first_minute(clock: Clock) -> u16 {
    variants(clock, None).first().copied().unwrap_or(clock.minute)
}

/// "cinq heures et demie ce soir", "onze heures, à l'heure du déjeuner".
fn nearest(at: u16, (low, high): (u16, u16)) -> u16 {
    let away = |at: u16| low.saturating_sub(at).max(at.saturating_sub(high));
    if high <= 720 || away(at) <= away(at + 720) { at } else { at + 720 }
}

fn pairs(first: Clock, last: Clock, half: Option<(u16, u16)>) -> Vec<(u16, u16)> {
    let end = |at: u16| if at == 0 { DAY } else { at };
    let mut found: Vec<(u16, u16)> = Vec::new();
    for from in variants(first, half) {
        let both = [last.minute, last.minute + 720];
        let open =
            last.half == Half::Open && half.is_none_or(|(_, high)| high > 720) && last.minute < 720;
        let choices = if open { &both[..] } else { &both[..1] };
        let to = choices.iter().map(|at| end(*at)).find(|to| *to > from);
        found.extend(to.map(|to| (from, to)));
    }
    // "de trois heures à midi": the early reading only.
    if found.is_empty() && first.minute < end(last.minute) {
        found.push((first.minute, end(last.minute)));
    }
    // "de neuf à onze heures du soir".
    if let [(from, to)] = found[..]
        && first.half == Half::Open
        && to - from > 13 * 60
        && from + 720 < to
    {
        found[0].0 = from + 720;
    }
    found
}
