//! Reads an utterance from left to right into groups of statements.

use super::{
    atoms::{Atom, Place},
    clock::Time,
    days::{DaySpan, Days},
    group::{Fit, Group, Link, Side},
    lexicon::Lex::{self, *},
    life::{self, LifeDays},
    noise,
    signals::{self, Signal},
};
use crate::understand::{Grain, Window};
use jiff::civil::{Date, DateTime};

/// What reading an utterance leaves.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    lex: &'a [Lex],
    now: DateTime,
    at: usize,
    link: Link,
    clause: u16,
    /// What comes next does not suit, until this ends.
    denial: Denial,
    /// The next expression does not count ("plutôt jeudi que mercredi").
    discard: bool,
    /// The last expression ended here.
    last_end: usize,
    pub groups: Vec<Group>,
    /// Distances from now ("dans deux heures").
    pub windows: Vec<Window>,
    pub earliest: bool,
    /// "n'importe quand".
    pub any: bool,
    /// The tokens taken by each expression.
    pub taken: Vec<(usize, usize)>,
}

/// How far a denial reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Denial {
    None,
    /// "pas": one expression and those linked to it.
    One,
    /// "je ne peux pas", "je travaille": the rest of the clause.
    Clause,
    /// "sauf": until another clause begins.
    Except,
}

impl<'a> Reader<'a> {
    pub fn read(lex: &'a [Lex], now: DateTime) -> Self {
        let mut reader = Self {
            lex,
            now,
            at: 0,
            link: Link::Near,
            clause: 0,
            denial: Denial::None,
            discard: false,
            last_end: usize::MAX,
            groups: Vec::new(),
            windows: Vec::new(),
            earliest: false,
            any: false,
            taken: Vec::new(),
        };
        while reader.at < lex.len() {
            reader.next();
        }
        reader.finish();
        reader
    }

    fn next(&mut self) {
        if let Some(taken) = noise::skip(self.lex, self.at) {
            self.at += taken;
            return;
        }
        let place = Place { lex: self.lex, at: self.at, now: self.now, last_end: self.last_end };
        if let Some((taken, time)) = place.shift() {
            self.denial = Denial::None;
            self.take(taken, &Atom::Time(time));
            return;
        }
        if let Some((taken, days)) = self.week_after() {
            // "pas la semaine prochaine, la suivante" asks for it.
            if self.denial == Denial::One && self.link == Link::Near {
                self.denial = Denial::None;
                self.clause += 1;
            }
            self.take(taken, &Atom::Days(days));
            return;
        }
        if let Some(taken) = self.turned() {
            self.at += taken;
            return;
        }
        let context = signals::Context { said: !self.groups.is_empty(), now: self.now };
        if let Some((taken, signal)) = signals::signal(self.lex, self.at, context) {
            self.signal(signal);
            self.at += taken;
            return;
        }
        match place.atom() {
            Some((taken, atom)) => self.take(taken, &atom),
            None => self.at += 1,
        }
    }

    /// "la semaine d'après", "celle d'après", "la suivante": after the week just said.
    fn week_after(&self) -> Option<(usize, Days)> {
        let taken = match &self.lex[self.at..] {
            [Le, Semaine, De, Apres, ..] => 4,
            [Le, Semaine, Suivant, ..] | [Celle, De, Apres, ..] => 3,
            [Le, Suivant, ..] => 2,
            _ => return None,
        };
        let Some(Days::Spans(spans)) = self.groups.last()?.days.last() else { return None };
        let span = spans.last().filter(|span| span.grain == Grain::Week)?;
        let next = DaySpan::new(span.to?, 7, Grain::Week)?;
        Some((taken, Days::Spans(vec![next])))
    }

    /// "… donc avant", "… au plus tard": what was just said is a bound.
    fn turned(&mut self) -> Option<usize> {
        let rest = &self.lex[self.at..];
        let (taken, side) = match rest {
            [Avant, ..] => (1, Side::Before),
            [Apres, ..] => (1, Side::After),
            [Au, Plus, Tard, ..] => (3, Side::Until),
            _ => return None,
        };
        if !matches!(rest.get(taken), None | Some(Stop | Comma | Plutot | Ou)) {
            return None;
        }
        self.groups
            .last_mut()
            .filter(|group| !group.negative)?
            .turn(side, self.now.date())
            .then_some(taken)
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Or => self.link = Link::Or,
            Signal::And => self.link = if self.link == Link::Or { Link::Or } else { Link::And },
            Signal::Correct => {
                self.link = Link::Correct;
                self.denial = Denial::None;
            }
            Signal::Break => {
                self.clause += 1;
                self.denial = Denial::None;
                self.link = Link::Near;
            }
            Signal::Not => self.denial = Denial::One,
            Signal::Except => self.denial = Denial::Except,
            Signal::Unavailable => self.unavailable(),
            Signal::Discard => self.discard = true,
            Signal::Earliest => self.earliest = true,
            Signal::Any => self.any = true,
            Signal::Neither => {
                self.link = Link::And;
                self.denial = Denial::One;
            }
            Signal::Fine | Signal::Prefer => {
                if self.denial != Denial::Except {
                    self.denial = Denial::None;
                }
                // "mardi plutôt mercredi".
                if signal == Signal::Prefer && self.last_end == self.at {
                    self.link = Link::Correct;
                }
            }
        }
    }

    /// "mardi je ne peux pas" denies what was said in this clause; "je ne peux
    /// pas mardi" what comes.
    fn unavailable(&mut self) {
        match self.groups.last_mut() {
            Some(group) if group.clause == self.clause && !group.negative => {
                group.negative = true;
                self.clause += 1;
            }
            Some(group)
                if group.clause + 1 == self.clause && group.negative && self.link != Link::Near => {
            }
            _ => self.denial = Denial::Clause,
        }
    }

    fn take(&mut self, taken: usize, atom: &Atom) {
        let end = self.at + taken;
        self.taken.push((self.at, end));
        if std::mem::take(&mut self.discard) {
            self.at = end;
            return;
        }
        self.settle_denial(atom);
        match atom {
            Atom::Days(days) => self.days(days.clone()),
            Atom::Time(time) => self.time(*time),
            Atom::Window(window) => self.windows.push(*window),
            Atom::Life(life) => self.life(*life),
        }
        self.at = end;
        self.last_end = end;
        self.link = Link::Near;
    }

    /// A denial of one expression ends when the next one is not linked to it.
    fn settle_denial(&mut self, atom: &Atom) {
        let group =
            self.groups.last().filter(|group| group.negative && group.clause == self.clause);
        let Some(group) = group.filter(|_| self.denial == Denial::One && self.link == Link::Near)
        else {
            return;
        };
        // "pas mardi, jeudi" asks for Thursday.
        let another = match atom {
            Atom::Days(days) => !days.is_wide() && !group.days.is_empty(),
            Atom::Life(life) => life.days.is_none() && group.is_away_from(life.time),
            _ => false,
        };
        if another || self.last_end != self.at {
            self.denial = Denial::None;
            self.clause += 1;
        }
    }

    fn life(&mut self, life: life::Life) {
        if life.days == Some(LifeDays::Today)
            && let Some(today) = Days::day(self.now.date())
        {
            self.days(today);
        }
        self.time(life.time);
        if let (Some(LifeDays::Week(mask)), Some(group)) = (life.days, self.groups.last_mut())
            && group.days.is_empty()
        {
            group.mask = mask;
        }
    }

    fn days(&mut self, days: Days) {
        let (days, link, today) = (self.denied(days), self.link, self.now.date());
        self.same_month(&days);
        let clause = self.clause;
        let fit = self.target().map(|group| {
            // Days of another clause stand for themselves, unless they are one story.
            let link = if group.clause == clause { link } else { Link::Or };
            let part = group.times.is_empty() || group.days.is_empty();
            if link == Link::Or && group.clause != clause {
                if part && group.narrow(&days, today) {
                    group.clause = clause;
                    Fit::Taken
                } else {
                    Fit::Apart
                }
            } else {
                group.take_days(&days, link, today)
            }
        });
        if fit != Some(Fit::Taken) {
            self.open_group().take_days(&days, Link::Near, today);
        }
    }

    fn time(&mut self, time: Time) {
        let time = match (self.denial, time) {
            // "pas avant dix heures".
            (Denial::One | Denial::Clause, Time::Before(clock)) => {
                self.denial = Denial::None;
                Time::After(clock)
            }
            (Denial::One | Denial::Clause, Time::After(clock)) => {
                self.denial = Denial::None;
                Time::Before(clock)
            }
            // "mardi midi" are the lunch hours.
            (_, Time::Point(clock))
                if clock.minute == 720 && clock.grain == Grain::Hour && self.lunch() =>
            {
                Time::Part(720, 840)
            }
            _ => time,
        };
        let link = self.link;
        if let Some(own) = self.target().and_then(|group| group.last_alone()) {
            self.groups.push(own);
        }
        let fit = self.target().map(|group| group.take_time(time, link));
        if fit != Some(Fit::Taken) {
            self.open_group().take_time(time, Link::Near);
        }
    }

    fn lunch(&self) -> bool {
        self.last_end == self.at && self.lex.get(self.at) == Some(&Midi)
    }

    /// "pas avant mardi" is from Tuesday on; "sauf mercredi" is any Wednesday.
    fn denied(&mut self, days: Days) -> Days {
        match (self.denial, days) {
            (Denial::One | Denial::Clause, Days::Spans(spans))
                if spans.iter().all(|span| span.from.is_none()) =>
            {
                self.denial = Denial::None;
                let turned = spans.into_iter().map(|mut span| {
                    (span.from, span.to) = (span.to, None);
                    span
                });
                Days::Spans(turned.collect())
            }
            (Denial::One | Denial::Except, Days::Weekday(weekday)) => Days::Every(1 << weekday),
            (_, days) => days,
        }
    }

    /// "le 24 ou le 25 novembre": the first takes the month of the second.
    fn same_month(&mut self, days: &Days) {
        let Days::Spans(spans) = days else { return };
        let (Some(day), Some(group)) =
            (spans.first().and_then(|span| span.from), self.groups.last_mut())
        else {
            return;
        };
        if !spans.iter().all(DaySpan::is_day) || self.link == Link::Near {
            return;
        }
        for other in &mut group.days {
            if let Days::OfMonth(number) = other
                && let Ok(date) = Date::new(day.year(), day.month(), *number)
                && let Some(settled) = Days::day(date)
            {
                *other = settled;
            }
        }
    }

    /// The group that the next expression may join.
    fn target(&mut self) -> Option<&mut Group> {
        let (negative, clause) = (self.denial != Denial::None, self.clause);
        if negative {
            return self.groups.last_mut().filter(|group| group.negative && group.clause == clause);
        }
        self.groups.iter_mut().rev().find(|group| !group.negative)
    }

    fn open_group(&mut self) -> &mut Group {
        let mut group = Group::new(self.clause);
        group.negative = self.denial != Denial::None;
        self.groups.push(group);
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    /// "mardi, non" without anything after it is a refusal.
    fn finish(&mut self) {
        let last = self.lex.iter().rev().find(|lex| !matches!(lex, Stop | Comma));
        if last == Some(&Non)
            && self.link == Link::Correct
            && let Some(group) = self.groups.last_mut()
        {
            group.negative = true;
        }
    }
}
