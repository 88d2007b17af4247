//! Wishes about a day that name no hour: "toute la journée", "pas trop tôt".

use super::{
    clock::{Clock, Time},
    days::Days,
    gather::Denial,
    group::Group,
    lexicon::Lex::*,
    life,
    reader::Reader,
};
use crate::understand::Grain;

impl Reader<'_> {
    /// "jeudi toute la journée": what is said next narrows another day.
    pub(super) fn whole_day(&self) -> Option<usize> {
        let taken = match &self.lex[self.at..] {
            [Tous | Dans, Le, Journee, ..] | [Ne, Importe, Quand, ..] => 3,
            [A, Ne, Importe, Quel, Heure, ..] => 5,
            _ => return None,
        };
        let day = |group: &&Group| {
            !group.negative
                && group.times.is_empty()
                && !group.days.is_empty()
                && !group.days.iter().any(Days::is_wide)
        };
        let asked = self.groups.last().filter(day).is_some() && self.denial == Denial::None;
        (asked && self.near()).then_some(taken)
    }

    /// "mercredi, pas trop tôt"; "c'est pas trop tôt" is a sigh.
    pub(super) fn mild(&self) -> Option<(usize, Time)> {
        let sigh = self.at > 0 && self.lex[self.at - 1] == Suis;
        let timed = self.groups.last().is_some_and(|group| !group.times.is_empty());
        // "pas avant la fin de l'après-midi".
        if let [Pas, Avant, Le, Fin, ..] = self.lex[self.at..] {
            let (taken, end) = life::life(&self.lex[self.at + 2..])?;
            let Time::Part(from, _) = end.time else { return None };
            return Some((2 + taken, Time::After(Clock::new(from, Grain::Hour))));
        }
        let (taken, early) = match self.lex[self.at..] {
            [Pas, Trop, side @ (Tot | Tard), ..] => (3, side == Tot),
            [Pas, side @ (Tot | Tard), ..] => (2, side == Tot),
            _ => return None,
        };
        let part = matches!(self.lex.get(self.at + taken), Some(Le | Matin | Soir | Non));
        if sigh || part {
            return None;
        }
        if early {
            return Some((taken, Time::After(Clock::new(600, Grain::Hour))));
        }
        // Alone it says too little.
        let bound = Time::Before(Clock::new(1020, Grain::Hour));
        (!timed && !self.groups.is_empty()).then_some((taken, bound))
    }
}
