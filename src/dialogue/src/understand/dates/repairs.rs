//! What takes the place of something said: the day an appointment moves to,
//! the month that was meant.

use super::{
    bounds,
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
        bounds::ends(rest, self.now.date()).map(|ends| (ends.before_last, ends.first))
    }

    /// True when what comes is of the appointment that a verb here moves.
    fn moves(&self) -> bool {
        let named = |lex: &&_| matches!(lex, Le | De | Du | Other | Creneau | Vous | Celle | Civil);
        let mut before = self.lex[..self.at].iter().rev().take(8).skip_while(named);
        before.next() == Some(&Rearrange)
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
