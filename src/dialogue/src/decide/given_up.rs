//! A booking that is given up before it is made.

use super::booking;
use super::goals::says;
use super::heard::Reaction;
use super::turn::Turn;
use crate::state::{Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use crate::wording::booking as said;

/// "Non finalement je veux annuler", "laissez tomber", while nothing is booked
/// yet: no appointment is looked for unless one is named.
pub(super) fn drops(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.goal() != Some(Goal::Book) || !gives_up(turn) {
        return Reaction::Nothing;
    }
    booking::finish_goal(turn);
    turn.state.next_name = None;
    turn.state.next_service = None;
    turn.state.wish = Default::default();
    turn.lead(said::dropped());
    Reaction::Ends(turn.ask(Pending::AnythingElse, "booking_dropped"))
}

fn gives_up(turn: &Turn<'_>) -> bool {
    const WORDS: [&str; 12] = [
        "laissez tomber",
        "laisse tomber",
        "laisser tomber",
        "on laisse",
        "laissons tomber",
        "oubliez",
        "oublie",
        "veux plus",
        "voulons plus",
        "plus la peine",
        "plus besoin",
        "abandonne",
    ];
    let Some(heard) = &turn.heard else { return false };
    let intents = &heard.understood.intents;
    let cancels = intents.contains(&Intent::Cancel);
    let other =
        |intent: &Intent| !matches!(intent, Intent::Cancel | Intent::Abandon | Intent::Thanks);
    if intents.iter().any(other) || says(turn, &["revoir", "raccroche", "bye"]) {
        return false;
    }
    let gives_up = cues::any(&heard.words, &WORDS) && heard.understood.when.is_empty();
    cancels && !names_one(&heard.words) && heard.understood.when.is_empty() || gives_up
}

/// "Mon rendez-vous", "un rendez-vous": one that exists, not the one being made.
fn names_one(words: &[Word]) -> bool {
    const RENDEZ_VOUS: [&str; 3] = ["rdv", "rendez", "rendezvous"];
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).map_or("", |at| words[at].folded.as_str());
        RENDEZ_VOUS.contains(&word.folded.as_str())
            && ["mon", "mes", "notre", "nos", "un", "autre", "son", "sa"].contains(&before)
    })
}
