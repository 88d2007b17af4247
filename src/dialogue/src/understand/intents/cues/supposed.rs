//! "Et si j'ai un empêchement ?": what is only supposed cancels nothing.

use super::super::Topic;
use super::{Cue, Cues};
use crate::understand::line::{Line, Stop};
use crate::understand::pattern::Match;

/// What may stand between "si" and the cue, beside what the caller supposes.
const BETWEEN: &[&str] = &[
    "je",
    "j",
    "on",
    "nous",
    "il",
    "elle",
    "y",
    "a",
    "ai",
    "avais",
    "avait",
    "aurais",
    "dois",
    "devais",
    "doit",
    "devait",
    "suis",
    "ne",
    "n",
    "me",
    "m",
    "un",
    "une",
    "des",
    "le",
    "l",
    "jamais",
    "finalement",
    "vraiment",
    "malheureusement",
    "demain",
    "entretemps",
];
const SUBJECTS: &[&str] = &["je", "j", "on", "nous", "il", "elle", "y", "jamais"];
/// "Savoir si", "voir s'il y a": what follows is asked, not supposed.
const ASKING: &[&str] = &[
    "savoir", "sais", "sait", "voir", "verifier", "demander", "demande", "regarder", "dire", "moi",
];

const FEES: &[&str] =
    &["frais", "payant", "payante", "payer", "paye", "facture", "penalite", "penalites", "cher"];

const HINDRANCE: Cue = Cue::About(Topic::Hindrance);

impl Cues<'_> {
    /// "Si je dois annuler", "en cas d'empêchement" ask what to do then, unless
    /// a rule of its own ("… il y a des frais ?") is asked about.
    pub(super) fn settle_supposed(&mut self) {
        let ruled: Vec<_> =
            self.found.iter().filter(|cue| cue.means == Cue::Policy).copied().collect();
        let line = self.line;
        let fees = (0..line.tokens.len()).any(|at| line.is(at, FEES));
        for cue in &mut self.found {
            let gone = matches!(cue.means, Cue::Cancel | Cue::Unable | Cue::Move);
            let other = ruled.iter().any(|rule| rule.start < cue.end && cue.start < rule.end);
            if gone && !other && (supposed(line, cue.start) || in_case(line, cue.start)) {
                cue.means = if fees { Cue::Policy } else { HINDRANCE };
            }
        }
        // "Si je peux pas venir mercredi, vous pouvez le décaler ?" moves it.
        let asked = |cue: &Match<Cue>| {
            matches!(cue.means, Cue::Cancel | Cue::Move)
                && !ruled.iter().any(|rule| rule.start < cue.end && cue.start < rule.end)
        };
        if self.found.iter().any(asked) {
            self.found.retain(|cue| cue.means != HINDRANCE);
        }
    }
}

fn supposed(line: &Line<'_>, cue: usize) -> bool {
    let Some(last) = (0..cue).rev().find(|at| !line.is(*at, BETWEEN)) else { return false };
    let asked = last.checked_sub(1).is_some_and(|before| line.is(before, ASKING));
    let said = line.is(last, &["si", "s"]) && line.is(last + 1, SUBJECTS);
    said && !asked && (last..cue).all(|at| line.tokens[at].stop == Stop::None)
}

/// "En cas d'imprévu", "au cas où j'aurais un empêchement".
fn in_case(line: &Line<'_>, cue: usize) -> bool {
    let Some(last) = (0..cue).rev().find(|at| !line.is(*at, BETWEEN)) else { return false };
    let before = |back: usize| last.checked_sub(back).is_some_and(|at| line.is(at, &["cas"]));
    line.is(last, &["de", "d", "ou", "que", "qu"]) && before(1)
}
