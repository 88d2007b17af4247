//! Reads an utterance from left to right into groups of statements.

use super::{
    atoms::{Atom, Place},
    days::{DaySpan, Days},
    deadlines,
    doubts::{self, Doubt},
    gather::Denial,
    group::{Group, Link, Side},
    lexicon::Lex::{self, *},
    noise,
    signals::{self, Signal},
    slots::WHOLE_DAY,
};
use crate::understand::{Grain, Window};
use domain::time::Span;
use jiff::civil::DateTime;

/// What reading an utterance leaves.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) lex: &'a [Lex],
    pub(super) now: DateTime,
    pub(super) at: usize,
    pub(super) link: Link,
    pub(super) clause: u16,
    /// What comes next does not suit, until this ends.
    pub(super) denial: Denial,
    /// The next expression does not count ("plutôt jeudi que mercredi").
    pub(super) discard: bool,
    /// The last expression ended here.
    pub(super) last_end: usize,
    pub groups: Vec<Group>,
    /// What something else takes the place of ("jeudi au lieu de mardi").
    pub replaced: Vec<Days>,
    /// Distances from now ("dans deux heures").
    pub windows: Vec<Window>,
    /// Bounds to the hour of a day ("avant jeudi midi").
    pub limits: Vec<Span>,
    pub earliest: bool,
    pub latest: bool,
    /// What cannot be meant as it was said.
    pub doubt: Option<Doubt>,
    /// "n'importe quand".
    pub any: bool,
    /// The tokens taken by each expression.
    pub taken: Vec<(usize, usize)>,
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
            replaced: Vec::new(),
            windows: Vec::new(),
            limits: Vec::new(),
            earliest: false,
            latest: false,
            doubt: None,
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
        if let Some((taken, doubt)) = doubts::no_such_date(&self.lex[self.at..]) {
            self.doubt = Some(doubt);
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
        if let Some((before, days)) = self.left_day() {
            self.replaced.push(days);
            self.taken.push((self.at, self.at + before));
            self.at += before;
            return;
        }
        if let Some((taken, days)) = self.other_month() {
            self.take(taken, &Atom::Days(days));
            return;
        }
        if let Some(taken) = self.turned() {
            self.at += taken;
            return;
        }
        if let Some(taken) = self.whole_day() {
            self.take(taken, &Atom::Time(WHOLE_DAY));
            return;
        }
        if let Some((taken, time)) = self.mild() {
            self.take(taken, &Atom::Time(time));
            return;
        }
        let context =
            signals::Context { said: !self.groups.is_empty(), near: self.near(), now: self.now };
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

    /// True when an expression ended here, or a comma before.
    pub(super) fn near(&self) -> bool {
        let comma = self.at > 0 && self.lex[self.at - 1] == Comma;
        self.last_end == self.at || comma && self.last_end == self.at - 1
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
            _ => (deadlines::last_call(rest)?, Side::Until),
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

    /// "Je travaille tous les jours sauf le vendredi" leaves Friday free.
    fn excepted(&mut self) {
        let denied = self.groups.last().is_some_and(|group| group.negative);
        if self.denial == Denial::Clause && !denied {
            self.any = false;
            self.signal(Signal::Break);
        } else {
            self.denial = Denial::Except;
        }
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
            Signal::Wish if self.denial == Denial::None => {}
            Signal::Wish => self.signal(Signal::Break),
            Signal::Not => self.denial = Denial::One,
            Signal::Except => self.excepted(),
            Signal::Unavailable => self.unavailable(),
            Signal::Discard => self.discard = true,
            Signal::Earliest => self.earliest = true,
            Signal::Latest => self.latest = true,
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

    fn take(&mut self, taken: usize, atom: &Atom) {
        let end = self.at + taken;
        self.taken.push((self.at, end));
        if std::mem::take(&mut self.discard) {
            if let Atom::Days(days) = atom {
                self.replaced.push(days.clone());
            }
            self.at = end + self.hour_replaced(end);
            return;
        }
        self.settle_denial(atom);
        match atom {
            Atom::Days(days) => {
                self.doubt = doubts::doubt(&self.lex[self.at..end], days).or(self.doubt);
                let days = self.later_bound(days, end).unwrap_or_else(|| days.clone());
                self.days(days);
            }
            Atom::Time(time) => self.time(*time),
            Atom::Window(window) => self.windows.push(*window),
            Atom::Limit(limit) => self.limit(*limit),
            Atom::Life(life) => self.life(*life),
        }
        self.at = end;
        self.last_end = end;
        self.link = Link::Near;
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
