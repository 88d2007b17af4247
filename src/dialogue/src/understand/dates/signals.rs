//! Words that are no time themselves but decide what becomes of times: links,
//! denials, corrections, "le plus tôt possible".

use super::{
    bounds,
    clock::Bare,
    day, hours,
    lexicon::Lex::{self, *},
    life,
};
use jiff::civil::DateTime;

/// What a word or phrase does to the expressions around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    Or,
    And,
    /// What follows replaces what was said.
    Correct,
    /// Another clause begins.
    Break,
    /// The next expression does not suit.
    Not,
    /// Everything until the next clause does not suit.
    Except,
    /// The expression of this clause, before or after, does not suit.
    Unavailable,
    /// The next expression does not count.
    Discard,
    Earliest,
    /// "le plus tard possible".
    Latest,
    Any,
    /// "ni": linked, and it does not suit either.
    Neither,
    /// "plutôt": a preference.
    Prefer,
    /// What was denied is denied no more.
    Fine,
    /// "je voudrais", "le décaler": what is wished begins, and no denial reaches it.
    Wish,
}

/// What a signal depends on besides the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// Something temporal was said before.
    pub said: bool,
    /// Something temporal ended here.
    pub near: bool,
    /// The tenant's wall clock.
    pub now: DateTime,
}

/// The signal at `at`, and how many tokens it takes.
pub(super) fn signal(lex: &[Lex], at: usize, context: Context) -> Option<(usize, Signal)> {
    let rest = &lex[at..];
    earliest(lex, at)
        .or_else(|| latest(rest))
        .or_else(|| any(rest))
        .or_else(|| correction(lex, at, context))
        .or_else(|| engagement(rest, context))
        .or_else(|| wish(lex, at))
        .or_else(|| denial(lex, at, context))
        .or_else(|| link(rest))
}

fn link(rest: &[Lex]) -> Option<(usize, Signal)> {
    Some(match rest {
        [Ou, Sinon, ..] => (2, Signal::Or),
        [Mais | Contre | Car, ..] => (1, Signal::Break),
        [Sinon | Ou, ..] => (1, Signal::Or),
        [Et, ..] => (1, Signal::And),
        [Ni, ..] => (1, Signal::Neither),
        [Stop, ..] => (1, Signal::Break),
        [Plutot, ..] => (1, Signal::Prefer),
        _ => return None,
    })
}

fn correction(lex: &[Lex], at: usize, context: Context) -> Option<(usize, Signal)> {
    let rest = &lex[at..];
    if !context.said {
        return None;
    }
    Some(match rest {
        [Non, Pas, ..] => return None,
        [Non, Plus, ..] => (2, Signal::Unavailable),
        [Ou, Plutot, ..] if lex[..at].contains(&Plutot) => (2, Signal::Or),
        [Ou, Plutot, ..]
        | [Non, Plutot, ..]
        | [Enfin, Plutot, ..]
        | [Non, Pardon, ..]
        | [Enfin, Non, ..] => (2, Signal::Correct),
        [Non | Pardon, ..] => (1, Signal::Correct),
        [Enfin, Month(_), ..] => (1, Signal::Correct),
        [Enfin, ..] if starts(&rest[1..], context) => (1, Signal::Correct),
        _ => return None,
    })
}

/// True when something temporal begins here.
fn starts(rest: &[Lex], context: Context) -> bool {
    let today = context.now.date();
    bounds::days(rest, today).is_some()
        || life::life(rest).is_some()
        || day::day(rest, today).is_some()
        || hours::times(rest, Bare::No).is_some()
}

fn denial(lex: &[Lex], at: usize, context: Context) -> Option<(usize, Signal)> {
    let rest = &lex[at..];
    Some(match rest {
        [Sauf, ..] => (1, Signal::Except),
        [A, Part, ..] if starts(&rest[2..], context) => (2, Signal::Except),
        [Evite, ..] => (1, Signal::Except),
        [Plutot, Que, ..] => (2, Signal::Not),
        [Autre, Que, ..] => (2, Signal::Except),
        [Autre, _, Que, ..] => (3, Signal::Except),
        [Peux | Suis | Va | Arrange, Pas, Possible | Dispo | Trop, ..] | [Suis, Pas, Le, ..] => {
            (3, Signal::Unavailable)
        }
        [Peux | Va | Arrange | Suis, Pas, ..] if denies(lex, at) => (2, Signal::Unavailable),
        [Impossible, ..] => (1, Signal::Unavailable),
        [Pas, Possible | Dispo, ..] => (2, Signal::Unavailable),
        [Travaille, Pas, ..] => (2, Signal::Fine),
        [Travaille, ..] => (1, Signal::Unavailable),
        [Je, _, Cours, ..] => (3, Signal::Unavailable),
        [Suis, Absent, ..] | [Suis, Other, Absent, ..] => (2, Signal::Unavailable),
        [Suis, En, Vacances, ..] => (3, Signal::Unavailable),
        // "plutôt jeudi que mercredi", "je préfère jeudi que mercredi".
        [Que, after @ ..]
            if context.said
                && (lex[..at].contains(&Plutot)
                    || context.near && lex[..at].contains(&Prefere))
                && starts(after, context) =>
        {
            (1, Signal::Discard)
        }
        // "à la place de mardi", "au lieu de mon rendez-vous de mardi".
        [Instead, after @ ..] if old_day(after, context) => (1, Signal::Discard),
        [Pas, De, Probleme, ..] => (3, Signal::Fine),
        [Pas, ..] => return not(lex, at, context),
        _ => return None,
    })
}

/// A day of "…", of "mon rendez-vous de …", of "celui de …".
fn old_day(rest: &[Lex], context: Context) -> bool {
    let small = |lex: &&Lex| matches!(lex, De | Du | Le | Other | Creneau | Vous | Celle);
    let skipped = rest.iter().take(6).take_while(small).count();
    (0..=skipped).any(|at| starts(&rest[at..], context))
}

/// "le mardi j'ai kiné", "le mercredi j'ai les enfants": that day is taken.
fn engagement(rest: &[Lex], context: Context) -> Option<(usize, Signal)> {
    let from = match rest {
        [Je, Ai, ..] => 2,
        // "elle a piscine".
        [A, Activity, ..] => return Some((2, Signal::Unavailable)),
        _ => return None,
    };
    let small = |lex: &&Lex| matches!(lex, Le | Les | Du | De | Other | Number(1));
    let what = from + rest[from..].iter().take(2).take_while(small).count();
    let busy = match rest.get(what)? {
        Activity => true,
        Cours | Travail | Ecole => what <= from + 1,
        // "j'ai un enfant malade" tells of no day.
        Enfant => context.near && rest[from] != Number(1),
        _ => false,
    };
    busy.then_some((what + 1, Signal::Unavailable))
}

/// "… je voudrais", "… on peut le décaler", "… vous avez": here the wish begins.
fn wish(lex: &[Lex], at: usize) -> Option<(usize, Signal)> {
    let denied = |reach: usize| lex[at.saturating_sub(reach)..at].contains(&Pas);
    let mine = at > 0 && matches!(lex[at - 1], Je | Ne);
    let taken = match &lex[at..] {
        // "on peut pas le mettre jeudi ?" asks for it.
        [Peux, Pas, Rearrange, ..] if !mine => 3,
        [Peux, Pas, Le | Other, Rearrange, ..] if !mine => 4,
        [Wish, Pas, ..] => return None,
        [Wish, ..] if !denied(1) => 1,
        [Rearrange, ..] if !denied(2) => 1,
        [Vous, Avez, Pas, ..] | [Avez, Vous, Pas, ..] => return None,
        [Vous, Avez, ..] | [Avez, Vous, ..] => 2,
        [Suis, Ce, Que, ..] => 3,
        _ => return None,
    };
    Some((taken, Signal::Wish))
}

/// "je sais pas" denies nothing.
fn denies(lex: &[Lex], at: usize) -> bool {
    lex[at] != Suis || lex.get(at + 2).is_some_and(|next| matches!(next, Dispo | Le))
}

/// "pas le mercredi"; but not "vous n'avez pas mardi ?", "pourquoi pas mardi".
fn not(lex: &[Lex], at: usize, context: Context) -> Option<(usize, Signal)> {
    let before = at.checked_sub(1).map(|before| lex[before]);
    // The "vous" of "rendez-vous" is nobody.
    let visit = at > 1 && lex[at - 2..at] == [Creneau, Vous];
    if matches!(before, Some(Avez | Pourquoi | Pense | Vous)) && !visit {
        return Some((1, Signal::Fine));
    }
    let rest = &lex[at + 1..];
    // "le vendredi, jamais".
    let ends = matches!(rest.first(), None | Some(Stop));
    if ends && matches!(before, Some(Weekday(_) | Weekdays(_) | Matin | Soir | ApresMidi)) {
        return Some((1, Signal::Unavailable));
    }
    // "pas de rendez-vous le vendredi" at the beginning; later it tells what is missing.
    let begins = matches!(before, None | Some(Stop | Comma | Mais | Plutot | Et));
    let between = |lex: &&Lex| match lex {
        De | Trop | Attendre | Pendant => true,
        Creneau | Vous => begins,
        _ => false,
    };
    let skipped = rest.iter().take_while(between).count();
    if starts(rest, context) {
        return Some((1, Signal::Not));
    }
    starts(&rest[skipped..], context).then_some((1 + skipped, Signal::Not))
}

fn any(rest: &[Lex]) -> Option<(usize, Signal)> {
    Some(match rest {
        [Importe, Quand, ..] => (2, Signal::Any),
        [Importe, Quel | Le, Jour | Heure, ..] => (3, Signal::Any),
        [Tous, Les, Jour, ..] => (3, Signal::Any),
        [Quand, Vous, Voulez, ..] => (3, Signal::Any),
        _ => return None,
    })
}

/// "le plus tard possible", "le dernier créneau de la journée".
fn latest(rest: &[Lex]) -> Option<(usize, Signal)> {
    let taken = match rest {
        [Le | Au, Plus, Tard, Possible, ..] => 4,
        [Plus, Tard, Possible, ..] => 3,
        [Le, Plus, Tard] | [Le, Plus, Tard, Stop | Comma | Dans | De | Du | Weekday(_), ..] => 3,
        [Le, Dernier, Creneau, after @ ..] => {
            let other = usize::from(after.first() == Some(&Vous));
            let day = matches!(
                after.get(other..)?,
                [De | Du | A, Le, Journee | Matin | ApresMidi | Soir, ..]
                    | [De | Du | Le, Weekday(_) | Demain | Matin | Soir, ..]
                    | [Weekday(_) | Demain | Possible, ..]
            );
            day.then_some(3 + other)?
        }
        _ => return None,
    };
    Some((taken, Signal::Latest))
}

fn earliest(lex: &[Lex], at: usize) -> Option<(usize, Signal)> {
    let negated = lex[at.saturating_sub(3)..at].contains(&Pas);
    let taken = match &lex[at..] {
        [Plus, Tot, Suis, Le, ..] => 4,
        [Plus, Tot, Possible, ..] | [Plus, Vite, Possible, ..] => 3,
        [Plus, Other, Possible, ..] => 3,
        [Des | Aussitot, Que, Possible, ..] => 3,
        [Des, Que, Vous, ..] => 3,
        [Au, Plus, Vite, ..] => 3,
        [Au, Plus, Tot, after @ ..]
            if !matches!(
                after.first(),
                Some(A | Number(_) | Padded(_) | Weekday(_) | Demain | Le)
            ) =>
        {
            3
        }
        [Tous, De, Suite, ..] => 3,
        [Meilleur, Delais, ..] => 2,
        [Ordinal(1), Creneau, ..] | [Prochain, Creneau, ..] => 2,
        [Urgent | Vite, ..] if !negated => 1,
        [Aussitot, ..] => 1,
        _ => return None,
    };
    Some((taken, Signal::Earliest))
}
