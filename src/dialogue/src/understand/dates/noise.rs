//! What looks like a time and is none: the past, durations, greetings, names.

use super::{
    lexicon::Lex::{self, *},
    life,
};

/// How many tokens at `at` are to be passed over, if any.
pub(super) fn skip(lex: &[Lex], at: usize) -> Option<usize> {
    let rest = &lex[at..];
    let article = usize::from(matches!(rest, [Le | Ce | Du | Au | De, _, ..]));
    past(rest)
        .or_else(|| complaint(lex, at))
        .or_else(|| since(rest))
        .or_else(|| told(lex, at))
        .or_else(|| place(rest))
        .or_else(|| past(&rest[article..]).filter(|_| article > 0).map(|taken| article + taken))
        .or_else(|| greeting(rest))
        .or_else(|| name(lex, at))
        .or_else(|| counted(rest))
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
        // "vendredi dernier délai" is to come.
        [_, Dernier, Delais, ..] => return None,
        [Weekday(_) | Semaine | Mois | Weekend | An | Month(_), Dernier | Passe, ..] => 2,
        [Dernier, Semaine | Weekday(_), De | Du | En | Avant, ..]
        | [Dernier, Weekend, De | Du | En | Avant, ..] => return None,
        [Dernier, Weekday(_) | Semaine | Mois | Weekend, ..] => 2,
        [Tous, Les, Number(_), Jour | Semaine | Mois | Heure | Minute, ..] => 4,
        [Number(_), Heure, De, Effort, ..] => 4,
        [Y, A, ..] => 2 + lasted(&rest[2..])?,
        [Ya, ..] => 1 + lasted(&rest[1..])?,
        _ => return None,
    })
}

/// "c'est trop tard dans la journée" asks for no late hour.
fn complaint(lex: &[Lex], at: usize) -> Option<usize> {
    let denied = at > 0 && lex[at - 1] == Pas;
    let [Trop, rest @ ..] = &lex[at..] else { return None };
    let late = matches!(rest, [Tot | Tard, ..]) && !denied;
    late.then(|| life::life(rest)).flatten().map(|(taken, _)| 1 + taken)
}

/// "deux heures", "environ une semaine", "plus de dix jours".
fn lasted(rest: &[Lex]) -> Option<usize> {
    let about = match rest {
        [Moins | Plus, De, ..] => 2,
        [Vers, ..] => 1,
        _ => 0,
    };
    let length =
        matches!(rest[about..], [Number(_), Jour | Semaine | Mois | An | Heure | Minute, ..]);
    length.then_some(about + 2)
}

/// "depuis hier soir", "née le 12 mars 1985": of the past, whatever follows.
fn since(rest: &[Lex]) -> Option<usize> {
    if !matches!(rest, [Depuis | Birth, ..] | [Ne, Le, Number(_) | Padded(_) | Ordinal(_), ..]) {
        return None;
    }
    // "Depuis trois jours" is whole; a day after it is another matter.
    if let Some(taken) = lasted(&rest[1..]).filter(|_| rest[0] == Depuis) {
        let half = matches!(rest[1 + taken..], [Et, Demi, ..]);
        return Some(1 + taken + if half { 2 } else { 0 });
    }
    let dated = |lex: &&Lex| {
        matches!(
            lex,
            Le | Ce
                | Suis
                | En
                | Number(_)
                | Padded(_)
                | Ordinal(_)
                | Month(_)
                | Weekday(_)
                | Slash
                | Hier
                | Jour
                | Semaine
                | Mois
                | An
                | Heure
                | Minute
                | Matin
                | Soir
                | ApresMidi
                | Debut
                | Fin
                | Weekend
        )
    };
    Some(1 + rest[1..].iter().take(7).take_while(dated).count())
}

/// "je suis venu mardi", "la dernière fois c'était en mars": of the past; but
/// "je dois être opéré mardi" is to come.
fn told(lex: &[Lex], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| lex[before]);
    let (taken, reach) = match &lex[at..] {
        [Was, ..] if matches!(before, Some(Etre | Civil)) => return None,
        [Was, ..] => (1, 0),
        [Dernier, Unit, ..] => (2, 5),
        _ => return None,
    };
    let rest = &lex[at + taken..];
    let story =
        rest.iter().take(reach).take_while(|lex| matches!(lex, Other | Was | Je | Ce | Suis));
    let skipped = story.count();
    let dated = rest[skipped..].iter().take(6).take_while(|lex| {
        matches!(
            lex,
            Le | Ce | En | Au | A | Number(_) | Padded(_) | Ordinal(_) | Month(_) | Weekday(_)
        )
    });
    let days = dated.count();
    let timed = rest[skipped..skipped + days]
        .iter()
        .any(|lex| matches!(lex, Month(_) | Weekday(_) | Number(_) | Padded(_)));
    timed.then_some(taken + skipped + days)
}

/// "j'habite au 24".
fn place(rest: &[Lex]) -> Option<usize> {
    match rest {
        [Lives, Au | A | Le, Number(_), ..] => Some(3),
        [Dans, Le, Number(n), after @ ..]
            if *n != 1
                && !matches!(
                    after.first(),
                    Some(Jour | Mois | Month(_) | Heure | Semaine | Prochain | Minute | Journee)
                ) =>
        {
            Some(3)
        }
        _ => None,
    }
}

fn greeting(rest: &[Lex]) -> Option<usize> {
    Some(match rest {
        [A, Tantot, ..] => 2,
        [Bon, Journee | Soir | Semaine | ApresMidi | Weekend | Mois | Nuit | An, ..] => 2,
        [Bon, Fin, De, Journee | Semaine | Soir | ApresMidi | Matin, ..] => 4,
        [Bon, Fin, De, Le, _, ..] => 5,
        _ => return None,
    })
}

fn name(lex: &[Lex], at: usize) -> Option<usize> {
    // "Voir le docteur mardi" names a day.
    let the = at.checked_sub(1).is_some_and(|before| lex[before] == Le);
    match &lex[at..] {
        [Civil, Weekday(_) | Number(_), ..] if the => None,
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
        [Number(2..=6), Creneau, ..] => 1,
        // "ça fait plus de deux heures".
        [Moins | Plus, De, Number(_), Heure | Minute, ..]
        | [Au, Moins, Number(_), Heure | Minute, ..] => 4,
        _ => return None,
    })
}
