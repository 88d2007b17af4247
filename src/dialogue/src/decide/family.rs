//! Appointments for several people in one call: one after the other, each with
//! their own name.

use super::heard::Reaction;
use super::turn::Turn;
use super::{booking, goals, wish};
use crate::state::{Field, Goal, Source};
use crate::understand::words::Word;
use crate::understand::{cues, names};
use crate::wording::booking as said;
use domain::availability::Slot;

/// Takes in "Lucas et Emma Morel" and "deux rendez-vous", while booking.
pub(super) fn absorb(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    if turn.state.goal() != Some(Goal::Book) || !goals::books(turn) {
        return Reaction::Nothing;
    }
    if let Some((one, other)) = names::pair(&heard.words) {
        turn.state.name = Some(Field::sure(one, Source::Volunteered));
        turn.state.next_name = Some(other);
        return Reaction::Took;
    }
    if turn.state.next_name.is_none() && two(&heard.words) {
        turn.lead(said::both());
        turn.state.next_name = Some(String::new());
        return Reaction::Took;
    }
    Reaction::Nothing
}

/// "Deux rendez-vous", "pour deux personnes, moi et mon mari".
fn two(words: &[Word]) -> bool {
    const BOTH: [&str; 8] = [
        "et un pour",
        "et une pour",
        "et un autre pour",
        "et un aussi pour",
        "deux personnes",
        "2 personnes",
        "pour nous deux",
        "pour tous les deux",
    ];
    cues::any(words, &BOTH)
        || with_me(words)
        || words.windows(2).any(|pair| {
            ["deux", "2"].contains(&pair[0].folded.as_str())
                && ["rdv", "rendez", "rendezvous", "consultations", "creneaux"]
                    .contains(&pair[1].folded.as_str())
        })
}

/// "Pour moi et mon mari", "ma fille et moi".
fn with_me(words: &[Word]) -> bool {
    const MINE: [&str; 3] = ["mon", "ma", "notre"];
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word: &Word| list.contains(&word.folded.as_str()))
    };
    (0..words.len()).filter(|at| is(*at, &["et"])).any(|at| {
        let before = at >= 1 && is(at - 1, &["moi"]) && is(at + 1, &MINE);
        let after = at >= 2 && is(at - 2, &MINE) && is(at + 1, &["moi"]);
        before || after
    })
}

/// Goes on with the appointment of the next person, on the same day as near as
/// can be; `slot` is the one just booked.
pub(super) fn next(turn: &mut Turn<'_>, slot: &Slot) {
    let Some(name) = turn.state.next_name.take() else { return };
    turn.lead(said::next_person(&name));
    turn.state.name = Some(name)
        .filter(|name| !name.is_empty())
        .map(|name| Field::sure(name, Source::Volunteered));
    turn.state.goals.insert(0, Goal::Book);
    wish::widen(turn, booking::end(turn, slot));
    turn.state.wish.stated = true;
}
