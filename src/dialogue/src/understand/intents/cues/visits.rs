//! "Le docteur se déplace ?", "il ne peut pas se déplacer": who comes or goes
//! moves no appointment.

use super::{Cue, Cues};
use crate::understand::line::Line;
use crate::understand::pattern::Match;

impl Cues<'_> {
    /// Leaves out what only tells of somebody's coming.
    pub(super) fn settle_visits(&mut self) {
        let line = self.line;
        let home = (0..line.tokens.len()).any(|at| line.is(at, &["domicile"]));
        // "Un rendez-vous pour mon père, il ne peut pas se déplacer" cancels none.
        let new = self.has(&[Cue::Book, Cue::BareRdv]) && !self.has(&[Cue::MineRdv, Cue::Cancel]);
        self.found.retain(|cue| match cue.means {
            Cue::Move => !home && !comes(line, cue),
            Cue::Unable => !((home || new) && comes(line, cue)),
            _ => true,
        });
    }
}

/// True when what is moved is a person.
fn comes(line: &Line<'_>, cue: &Match<Cue>) -> bool {
    (cue.start..cue.end).any(|at| {
        let before = |back: usize, any: &[&str]| {
            at.checked_sub(back).is_some_and(|place| line.is(place, any))
        };
        // "Pouvez-vous me déplacer mon rendez-vous ?"
        let thing = line.is(at + 1, &["mon", "ma", "notre", "le", "la", "ce", "un"]);
        let them = before(1, &["se", "s"])
            || before(1, &["me", "nous"]) && !thing
            || before(1, &["vous"]) && before(2, &["vous"]);
        line.text(at).starts_with("deplac") && them
    })
}
