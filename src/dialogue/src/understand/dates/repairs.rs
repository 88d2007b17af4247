//! What takes the place of something said: the day an appointment moves to,
//! the month that was meant.

use super::{
    atoms::{Atom, Place},
    bounds, day,
    days::{DaySpan, Days, next_yearly},
    group::Link,
    lexicon::Lex::*,
    reader::Reader,
};

impl Reader<'_> {
    /// "décaler mon rendez-vous de mardi à jeudi": where it is, and no stretch of
    /// days. The tokens before the day it goes to, and the day it leaves.
    pub(super) fn left_day(&self) -> Option<(usize, Days)> {
        let rest = &self.lex[self.at..];
        if !matches!(rest, [De | Du, ..]) || !self.moves() {
            return None;
        }
        let today = self.now.date();
        if let Some(ends) = bounds::ends(rest, today) {
            return Some((ends.before_last, ends.first));
        }
        // "… de mardi pour jeudi".
        let (taken, days) = day::day(rest, today)?;
        let Some((Pour, to)) = rest[taken..].split_first() else { return None };
        day::day(to, today).map(|_| (taken, days))
    }

    /// True when what comes is of the appointment that a verb here moves.
    fn moves(&self) -> bool {
        let named = |lex: &&_| matches!(lex, Le | De | Du | Other | Creneau | Vous | Celle | Civil);
        let mut before = self.lex[..self.at].iter().rev().take(8).skip_while(named);
        before.next() == Some(&Rearrange)
    }

    /// "au lieu de mardi à 10 h, jeudi": the hour of the day that is replaced.
    pub(super) fn hour_replaced(&self, end: usize) -> usize {
        let place = Place { lex: self.lex, at: end, now: self.now, last_end: end };
        match place.atom() {
            Some((taken, Atom::Time(_) | Atom::Life(_))) if self.groups.is_empty() => taken,
            _ => 0,
        }
    }

    /// "le 3 décembre, pardon, janvier": the same day of another month.
    pub(super) fn other_month(&self) -> Option<(usize, Days)> {
        let (taken, month) = match self.lex[self.at..] {
            [Month(month), ..] => (1, month),
            [De, Month(month), ..] => (2, month),
            _ => return None,
        };
        let group = self.groups.last().filter(|_| self.link == Link::Correct)?;
        let Days::Spans(spans) = group.days.last()? else { return None };
        let day = spans.first().filter(|span| DaySpan::is_day(span))?.from?;
        Some((taken, Days::day(next_yearly(self.now.date(), day.day(), month)?)?))
    }
}
