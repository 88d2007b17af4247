//! "Le 1er", "le premier à dix heures": the first of a month, or the first of
//! what was offered.

use super::{
    clock::Bare,
    hours,
    lexicon::Lex::{self, *},
    life,
    scan::Scan,
};
use crate::understand::words::Word;

/// What may follow "le 1er" when it is a day; a noun makes a rank of it.
const AFTER: [&str; 12] =
    ["s", "c", "me", "m", "nous", "il", "on", "merci", "svp", "si", "oui", "serait"];

/// Makes a number of "premier" where it is a day of the month.
pub(super) fn settle(scan: &mut Scan, words: &[Word]) {
    for at in 1..scan.lex.len() {
        let word = |at: usize| words[scan.words[at].0].folded.as_str();
        if word(at) == "premiere" && weekday_before(&scan.lex[..at]) {
            // "Vendredi, la première" picks one of what was offered.
            scan.lex[at] = Other;
            continue;
        }
        let masculine = matches!(word(at - 1), "le" | "du");
        if scan.lex[at] != Ordinal(1) || !masculine {
            continue;
        }
        let rest = &scan.lex[at + 1..];
        let next = scan.words.get(at + 1).map(|(next, _)| words[*next].folded.as_str());
        let is_day = match word(at) {
            "1" => timed(rest) || several(rest) || alone(rest, next),
            "premier" => timed(rest) && !ranks(rest) || named_last(rest),
            _ => false,
        };
        if is_day {
            scan.lex[at] = Number(1);
        }
    }
}

fn weekday_before(lex: &[Lex]) -> bool {
    matches!(lex, [.., Weekday(_), Le] | [.., Weekday(_), Comma, Le])
}

/// "… à dix heures", "… au matin"; "le premier du matin" is a slot.
fn timed(rest: &[Lex]) -> bool {
    let begins = matches!(
        rest.first(),
        Some(
            A | Vers
                | Au
                | Dans
                | En
                | Entre
                | Number(_)
                | Padded(_)
                | Matin
                | Soir
                | ApresMidi
                | Midi
        )
    );
    let month = matches!(rest, [Number(1..=12)] | [Number(1..=12), Comma | Stop | A | Vers, ..]);
    begins && (month || hours::times(rest, Bare::No).is_some() || life::life(rest).is_some())
}

/// "le premier à partir de 14 heures", "le premier à 9 h ou le deuxième": slots.
fn ranks(rest: &[Lex]) -> bool {
    matches!(rest, [A, Partir, ..] | [En, ..])
        || rest.iter().any(|lex| matches!(lex, Ordinal(2..=5) | Dernier))
}

/// "… ou le 2", "… et mardi".
fn several(rest: &[Lex]) -> bool {
    let [Ou | Et, after @ ..] = rest else { return false };
    let skipped = usize::from(after.first() == Some(&Le));
    matches!(after.get(skipped), Some(Number(_) | Padded(_) | Weekday(_)))
}

/// "… ou le deux décembre".
fn named_last(rest: &[Lex]) -> bool {
    let [Ou | Et, after @ ..] = rest else { return false };
    let skipped = usize::from(after.first() == Some(&Le));
    matches!(after[skipped..], [Number(_), Month(_), ..])
}

/// Nothing follows that "1er" could be a rank of.
fn alone(rest: &[Lex], next: Option<&str>) -> bool {
    match rest {
        [] | [Comma | Stop, ..] => true,
        [Du, Number(_), ..] => true,
        [Other, ..] => next.is_some_and(|next| AFTER.contains(&next)),
        [first, ..] => matches!(
            first,
            Suis | Ca
                | Arrange
                | Possible
                | Mais
                | Sinon
                | Je
                | Peux
                | Pour
                | Seulement
                | Plutot
                | Vous
                | Avez
                | Avant
                | Apres
                | Des
                | Car
        ),
    }
}
