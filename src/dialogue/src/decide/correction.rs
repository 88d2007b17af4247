//! Correcting the name or number of what this call has booked.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{advance, booking, contact, goals};
use crate::ask::{Ask, Correction, Known, Receipt};
use crate::state::{Contact, Done, Goal, Pending, Waiting};
use crate::wording::booking as said;

/// A number said after a booking corrects it; a name does when it is said to be
/// a correction ("merci madame Martin" is not).
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    const MARKS: [&str; 11] = [
        "non", "fait", "plutot", "erreur", "trompe", "corriger", "corrigez", "changer", "changez",
        "nom", "enfin",
    ];
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let reach = !understood.phones.is_empty() || !understood.emails.is_empty();
    let marked = heard.words.iter().any(|word| MARKS.contains(&word.folded.as_str()));
    let renamed = !understood.names.is_empty() && marked;
    let renumbered = renumbers(turn) && understood.phones.is_empty();
    let misnamed = misnamed(turn);
    if !(reach || renamed || renumbered || misnamed)
        || !turn.state.goals.is_empty()
        || booked(turn).is_none()
    {
        return Reaction::Nothing;
    }
    if renumbered {
        turn.state.contact = Contact { not_caller: true, ..Contact::default() };
    } else if misnamed {
        turn.state.name = None;
    }
    turn.state.goals.push(Goal::Correct);
    Reaction::Took
}

/// "Appelez-moi plutôt sur mon fixe", "ce n'est pas le bon numéro": of what this
/// call has booked.
pub(super) fn renumbers(turn: &Turn<'_>) -> bool {
    const PHONES: [&str; 6] = ["numero", "fixe", "portable", "mobile", "telephone", "tel"];
    const OTHERWISE: [&str; 11] = [
        "plutot", "changer", "change", "changez", "autre", "trompe", "trompee", "erreur",
        "corriger", "faux", "pas",
    ];
    turn.state.goals.is_empty()
        && booked(turn).is_some()
        && goals::says(turn, &PHONES)
        && goals::says(turn, &OTHERWISE)
}

/// "Vous avez mal écrit mon nom".
fn misnamed(turn: &Turn<'_>) -> bool {
    const WRONG: [&str; 7] = ["mal", "trompe", "trompee", "erreur", "pas", "corriger", "faute"];
    let unnamed = turn.heard.as_ref().is_some_and(|heard| heard.understood.names.is_empty());
    unnamed && goals::says(turn, &["nom"]) && goals::says(turn, &WRONG)
}

/// The last appointment that this call has made.
pub(super) fn booked(turn: &Turn<'_>) -> Option<Known> {
    turn.state.done.iter().rev().find_map(|done| match done {
        Done::Booked(known) => known.clone(),
        _ => None,
    })
}

/// The name or number of what this call booked is corrected.
pub(super) fn correct(turn: &mut Turn<'_>) -> Outcome {
    let Some(known) = booked(turn) else {
        booking::finish_goal(turn);
        return advance(turn);
    };
    if turn.state.name.is_none() {
        return turn.ask(Pending::QualifName, "ask_name");
    }
    if let Some(outcome) = contact::advance(turn, "correction") {
        return outcome;
    }
    let correction = Correction {
        appointment: known.appointment,
        name: turn.state.name.as_ref().map_or(known.name, |name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        email: turn.state.contact.email.clone(),
    };
    turn.outside(Ask::Correct(correction), Waiting::Correct, "correct")
}

/// The correction is written.
pub(super) fn corrected(turn: &mut Turn<'_>, receipt: &Receipt<Correction>) -> Outcome {
    let before = booked(turn).map(|known| known.name).filter(|name| *name != receipt.of().name);
    turn.lead(match before {
        Some(before) => said::renamed(receipt, &before),
        None => said::corrected(receipt).to_owned(),
    });
    for done in turn.state.done.iter_mut().rev() {
        if let Done::Booked(Some(known)) = done {
            known.name.clone_from(&receipt.of().name);
            break;
        }
    }
    booking::finish_goal(turn);
    advance(turn)
}
