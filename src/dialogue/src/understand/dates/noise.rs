//! What looks like a time and is none: the past, durations, greetings, names.

use super::lexicon::Lex::{self, *};

/// How many tokens at `at` are to be passed over, if any.
pub(super) fn skip(lex: &[Lex], at: usize) -> Option<usize> {
    let rest = &lex[at..];
    past(rest).or_else(|| greeting(rest)).or_else(|| name(rest)).or_else(|| counted(rest))
}

fn past(rest: &[Lex]) -> Option<usize> {
    Some(match rest {
        [Hier, Matin | Soir | ApresMidi, ..] => 2,
        [Hier, ..] | [Avant, Hier, ..] => {
            if rest[0] == Avant {
                2
            } else {
                1
            }
        }
        [Weekday(_) | Semaine | Mois | Weekend | An | Month(_), Dernier | Passe, ..] => 2,
        [Dernier, Weekday(_) | Semaine | Mois | Weekend, ..] => 2,
        [Y, A, Number(_), Jour | Semaine | Mois | An | Heure | Minute, ..] => 4,
        [Ya, Number(_), Jour | Semaine | Mois | An | Heure | Minute, ..] => 3,
        [Depuis, Le, Weekday(_) | Number(_) | Matin | Soir, Month(_), ..] => 4,
        [Depuis, Le | Ce, Weekday(_) | Number(_) | Matin | Soir, ..] => 3,
        [Depuis, Number(_), Jour | Semaine | Mois | An | Heure | Minute, ..] => 3,
        [Depuis, Weekday(_) | Hier | Demain | Month(_), ..] => 2,
        [Birth, Le, Number(_) | Ordinal(_), Month(_) | Slash, ..] => 4,
        [Birth, En, Month(_) | Number(_), ..] => 3,
        _ => return None,
    })
}

fn greeting(rest: &[Lex]) -> Option<usize> {
    Some(match rest {
        [Bon, Journee | Soir | Semaine | ApresMidi | Weekend | Mois | Nuit | An, ..] => 2,
        [Bon, Fin, De, Journee | Semaine | Soir | ApresMidi | Matin, ..] => 4,
        [Bon, Fin, De, Le, _, ..] => 5,
        _ => return None,
    })
}

fn name(rest: &[Lex]) -> Option<usize> {
    match rest {
        [Civil, Weekday(_) | Month(_) | Noel | Midi | Paques | Toussaint | Number(_), ..] => {
            Some(2)
        }
        _ => None,
    }
}

/// Numbers of things.
fn counted(rest: &[Lex]) -> Option<usize> {
    Some(match rest {
        [Number(24), Heure, Slash | Sur, Number(24), ..] => 4,
        [Number(_) | Padded(_), Unit | An, ..] => 2,
        _ => return None,
    })
}
