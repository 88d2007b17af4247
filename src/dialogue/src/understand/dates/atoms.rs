//! One temporal expression at one place of an utterance.

use super::{
    ahead::{ahead, rest_of_day},
    bounds,
    clock::{Bare, Time},
    day,
    days::Days,
    deadlines::deadline,
    hours,
    lexicon::Lex::{self, *},
    life::{self, Life, Shift},
};
use crate::understand::{Grain, Window};
use domain::time::Span;
use jiff::civil::DateTime;

/// Something temporal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    Days(Days),
    Time(Time),
    Life(Life),
    /// Counted from now.
    Window(Window),
    /// Bounded to the hour of a day.
    Limit(Span),
}

/// Where we read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The whole utterance.
    pub lex: &'a [Lex],
    /// Where the expression is to begin.
    pub at: usize,
    /// The tenant's wall clock.
    pub now: DateTime,
    /// Where the expression before it ended; `usize::MAX` when there is none.
    pub last_end: usize,
}

impl<'a> Place<'a> {
    fn rest(self) -> &'a [Lex] {
        &self.lex[self.at..]
    }

    fn before(self) -> Option<Lex> {
        self.at.checked_sub(1).map(|before| self.lex[before])
    }

    /// What begins here, and how many tokens it takes.
    pub fn atom(self) -> Option<(usize, Atom)> {
        let (rest, today) = (self.rest(), self.now.date());
        self.distance()
            .or_else(|| deadline(rest, self.now).map(|(taken, limit)| (taken, Atom::Limit(limit))))
            .or_else(|| bounds::days(rest, today).map(|(taken, days)| (taken, Atom::Days(days))))
            .or_else(|| life::life(rest).map(|(taken, life)| (taken, Atom::Life(life))))
            .or_else(|| self.early().map(|(taken, time)| (taken, Atom::Time(time))))
            .or_else(|| day::day(rest, today).map(|(taken, days)| (taken, Atom::Days(days))))
            .or_else(|| self.clipped_range())
            .or_else(|| {
                hours::times(rest, self.bare()).map(|(taken, time)| (taken, Atom::Time(time)))
            })
    }

    /// "10 h à 11 h"; of a visit that is to be moved it tells from where to where.
    fn clipped_range(self) -> Option<(usize, Atom)> {
        let (taken, time) = hours::clipped_range(self.rest())?;
        let moved = self.lex[..self.at].contains(&Rearrange);
        (!moved).then_some((taken, Atom::Time(time)))
    }

    /// "mardi tôt", "tôt mardi", "mardi très tard".
    fn early(self) -> Option<(usize, Time)> {
        let time = match self.rest() {
            [Tot | Tard, Ou, ..] => return None,
            [Tot, ..] => Time::Part(8 * 60, 10 * 60),
            [Tard, ..] => Time::Part(16 * 60 + 30, 19 * 60 + 30),
            _ => return None,
        };
        let after = self.last_end == self.at;
        let other = matches!(self.before(), Some(Plus | Trop | Pas | Moins | Other));
        let before = !other && day::day(&self.rest()[1..], self.now.date()).is_some();
        (after || before).then_some((1, time))
    }

    /// Whether an hour may stand without "heures" here.
    fn bare(self) -> Bare {
        let near = self.last_end <= self.at && self.at - self.last_end <= 1;
        let alone = matches!(self.lex, [Number(_), Number(0 | 15 | 30 | 45)]);
        match self.before() {
            _ if near => Bare::Hour,
            _ if alone => Bare::Pair,
            Some(A | Vers | Pour | Other | Ai | Wish | Rearrange | Activity) => Bare::Pair,
            _ => Bare::No,
        }
    }

    /// "dans deux heures", "le reste de la journée".
    fn distance(self) -> Option<(usize, Atom)> {
        // "plus tard dans la journée" after or before another day is of that day.
        let later = self.rest().first() == Some(&Plus);
        let alone = |taken: usize| {
            self.last_end == usize::MAX
                && day::day(&self.rest()[taken..], self.now.date()).is_none()
        };
        let (taken, span) = rest_of_day(self.rest(), self.now)
            .filter(|(taken, _)| !later || alone(*taken))
            .or_else(|| ahead(self.rest(), self.now))?;
        Some((taken, Atom::Window(Window { span, grain: Grain::Minute })))
    }

    /// "du lundi au vendredi" between "je travaille" and the hours.
    fn working_days(self, rest: &[Lex]) -> usize {
        match bounds::days(rest, self.now.date()) {
            Some((taken, Days::Every(mask))) if mask & 0b1_1111 == 0b1_1111 => taken,
            _ => 0,
        }
    }

    /// "je finis à dix-sept heures", "je travaille jusqu'à midi": the time that
    /// this leaves free.
    pub fn shift(self) -> Option<(usize, Time)> {
        let (skipped, shift) = life::shift(self.rest())?;
        let rest = &self.rest()[skipped..];
        if shift == Shift::Works && rest.first() == Some(&Pas) {
            return None;
        }
        let what = |lex: &&Lex| {
            matches!(
                lex,
                Le | Tous
                    | Jour
                    | Travail
                    | Pas
                    | Ecole
                    | De
                    | Du
                    | Les
                    | Cours
                    | Enfant
                    | A
                    | Other
            )
        };
        let filled = match self.working_days(rest) {
            0 => rest.iter().take(5).take_while(what).count(),
            days => days,
        };
        let (taken, time) = hours::times(&rest[filled..], Bare::Hour)?;
        let own = matches!(self.rest(), [Fetches | Train, ..]);
        let mine = own || matches!(self.before(), Some(Je | En));
        let somebody = mine || matches!(self.before(), Some(Ne | Other | Enfant));
        let free = match (shift, time) {
            (Shift::Ends, Time::Point(at) | Time::Before(at) | Time::After(at)) if somebody => {
                Time::After(at)
            }
            (Shift::Begins, Time::Point(at) | Time::After(at)) if mine => Time::Before(at),
            (Shift::Works, Time::Before(at)) => Time::After(at),
            (Shift::Works, Time::After(at)) => Time::Before(at),
            _ => return None,
        };
        Some((skipped + filled + taken, free))
    }
}
