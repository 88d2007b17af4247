//! The appointment that was just told or made, and what is said of it next:
//! "ah non, je ne peux pas mercredi" moves it, and books no second one.

use crate::ask::Known;
use crate::decide::heard::Reaction;
use crate::decide::turn::Turn;
use crate::decide::{beyond, correction, goals, questions, wish};
use crate::state::{Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;

const UNSUITED: [&str; 12] = [
    "autre jour",
    "autre date",
    "autre heure",
    "autre moment",
    "autre creneau",
    "arrange pas",
    "arrange vraiment pas",
    "arrange plus",
    "convient pas",
    "ca va pas",
    "peux pas",
    "pourrai pas",
];

/// "Et pour ma femme jeudi ?" is one more.
const BESIDES: [&str; 11] = [
    "pour ma",
    "pour mon",
    "pour mes",
    "pour notre",
    "pour elle",
    "pour lui",
    "aussi",
    "en plus",
    "encore un",
    "autre rendez",
    "autre rdv",
];

/// The appointment that the talk is about, when nothing else was named.
pub(in crate::decide) fn spoken_of(turn: &Turn<'_>) -> Option<Known> {
    let named = turn.heard.as_ref().and_then(|heard| heard.understood.names.last());
    let theirs = |known: &&Known| named.is_none_or(|name| *name == known.name);
    let told = turn.state.told.as_ref().filter(theirs).filter(|known| !elsewhere(turn, known));
    told.cloned().or_else(|| correction::booked(turn))
}

/// True when a day is named on which it is not.
fn elsewhere(turn: &Turn<'_>, known: &Known) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let said = wish::closed(&heard.understood.when);
    let on_it = said.iter().any(|window| window.span.contains(known.local));
    let cancels = heard.understood.intents.contains(&Intent::Cancel);
    cancels && wish::names_a_day(&heard.words) && !said.is_empty() && !on_it
}

/// Another time, said when one was just told, moves it.
pub(in crate::decide) fn changes(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let open = turn.state.goals.is_empty() && turn.state.pending == Some(Pending::AnythingElse);
    let bare = understood.intents.is_empty() && understood.topic.is_none();
    let besides = cues::any(&heard.words, &BESIDES);
    if besides
        || !(open && bare && goals::books(turn))
        || questions::goes_on(turn)
        || believed(turn)
    {
        return Reaction::Nothing;
    }
    let unsuited = beyond::asked_for(turn).is_some() || cues::any(&heard.words, &UNSUITED);
    let instead = |known: &Known| unsuited || names_another_time(turn, known);
    let known = match turn.state.told.clone() {
        Some(told) => Some(told).filter(instead),
        // A day alone may be one for somebody else.
        None => correction::booked(turn)
            .filter(instead)
            .filter(|_| unsuited || goals::says(turn, &goals::CHANGES)),
    };
    let Some(known) = known.filter(|_| understood.names.is_empty()) else {
        return Reaction::Nothing;
    };
    goals::begin(turn, Goal::Move);
    turn.state.known = vec![known];
    Reaction::Took
}

/// A time that is not its own, or a day on which they cannot come.
fn names_another_time(turn: &Turn<'_>, known: &Known) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let timed = !heard.understood.when.is_empty() || !heard.understood.except.is_empty();
    timed && !is_its_own(turn, known)
}

fn is_its_own(turn: &Turn<'_>, known: &Known) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let said = wish::closed(&heard.understood.when);
    let refused = heard.understood.except.iter().any(|span| span.contains(known.local));
    said.iter().any(|window| window.span.contains(known.local)) && !refused
}

/// "D'accord, mercredi à quinze heures": what was told, said again.
pub(in crate::decide) fn says_again(turn: &Turn<'_>) -> bool {
    turn.state.told.as_ref().is_some_and(|told| is_its_own(turn, told) || believed(turn))
}

/// "Je croyais que c'était jeudi".
fn believed(turn: &Turn<'_>) -> bool {
    goals::says(turn, &["croyais", "pensais", "croyait"])
}
