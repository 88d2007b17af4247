//! Replies while a request is taken: its words, its category, its urgency.

use super::told::{TROUBLES, known, told, urgency};
use super::{describe, go_on};
use crate::decide::heard::Reaction;
use crate::decide::turn::Turn;
use crate::decide::{absorb, booking, ending, goals};
use crate::state::{Goal, Pending};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::{cues, names};
use domain::support::Priority;

/// The words of the request, its category, its urgency: whatever was asked.
pub(in crate::decide) fn reply(turn: &mut Turn<'_>) -> Reaction {
    match turn.state.pending {
        Some(Pending::TicketText) => text(turn),
        Some(Pending::TicketCategory) => which(turn),
        Some(Pending::TicketUrgency) => how_urgent(turn),
        _ => more(turn),
    }
}

/// Whatever is said is the description, unless it is plainly something else.
fn text(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let able = goals::books(turn);
    let elsewhere = understood.intents.iter().any(|intent| match intent {
        Intent::Human | Intent::Callback => true,
        Intent::Book | Intent::Cancel | Intent::Move => able,
        _ => false,
    });
    if elsewhere && heard.words.len() < 8 || ending::takes_leave(turn) {
        return Reaction::Nothing;
    }
    if understood.polarity == Some(Polarity::No) && heard.words.len() < 4 {
        booking::finish_goal(turn);
        return Reaction::Took;
    }
    // "Oui" and "j'ai un problème" tell nothing yet.
    let nothing = understood.intents.contains(&Intent::Abandon)
        && !(known(turn, &heard.words) || cues::any(&heard.words, &TROUBLES));
    let mere = heard.words.len() < 3 && !known(turn, &heard.words);
    if nothing || mere && understood.intents.is_empty() {
        return Reaction::Nothing;
    }
    ending::stays(turn);
    describe(turn);
    absorb::facts(turn);
    turn.state.lost = 0;
    Reaction::Ends(go_on(turn))
}

/// Which category: by its words or its rank among those offered.
fn which(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    if heard.understood.intents.contains(&Intent::Human) {
        return Reaction::Nothing;
    }
    let support = &turn.script.profile.support;
    let rank = heard
        .understood
        .choice
        .and_then(|choice| choice.ordinal)
        .and_then(|rank| support.categories.get(usize::try_from(rank).ok()?.checked_sub(1)?));
    let other = goals::says(turn, &["autre", "autres", "aucun", "aucune", "sais"]);
    let chosen = told(turn, &heard.words).or(rank).map(|category| category.id.clone());
    let chosen = chosen.or_else(|| other.then(|| support.fallback().to_owned()));
    let Some(chosen) = chosen else { return Reaction::Nothing };
    let tells = heard.words.len() > 5;
    turn.state.trouble.category = Some(chosen);
    if tells {
        describe(turn);
    }
    settled(turn, Pending::TicketCategory)
}

/// Yes: it blocks them; no: it can wait as usual.
fn how_urgent(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    if heard.understood.intents.contains(&Intent::Human) {
        return Reaction::Nothing;
    }
    let dodges = goals::says(turn, &["sais", "depend"]);
    let told = urgency(turn, &heard.words).or(match heard.understood.polarity {
        Some(Polarity::Yes) => Some(Priority::High),
        Some(Polarity::No) => Some(Priority::Medium),
        None if dodges => Some(Priority::Medium),
        None => None,
    });
    let Some(told) = told else { return Reaction::Nothing };
    let tells = heard.words.len() > 5;
    turn.state.trouble.priority = Some(told);
    if tells {
        describe(turn);
    }
    settled(turn, Pending::TicketUrgency)
}

fn settled(turn: &mut Turn<'_>, pending: Pending) -> Reaction {
    turn.state.stumbles.remove(pending.as_str());
    turn.state.pending = None;
    Reaction::Took
}

/// "Et en plus il y a une fuite", "c'est sous l'évier": more of the request
/// being taken.
fn more(turn: &mut Turn<'_>) -> Reaction {
    let taken = turn.state.goal() == Some(Goal::Support) && turn.state.trouble.words.is_some();
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let tells = heard.words.len() > 3
        && (cues::any(&heard.words, &TROUBLES) || urgency(turn, &heard.words).is_some());
    if !(taken && (tells || goes_on(turn))) {
        return Reaction::Nothing;
    }
    describe(turn);
    Reaction::Took
}

/// Where a name was asked, words that begin like more of the story.
fn goes_on(turn: &Turn<'_>) -> bool {
    const STARTS: [&str; 11] =
        ["c", "cest", "il", "elle", "ca", "et", "sous", "dans", "depuis", "parce", "donc"];
    let Some(heard) = &turn.heard else { return false };
    let mut said = heard.words.iter().map(|word| word.folded.as_str());
    let first = said.find(|word| !["euh", "ben", "bah", "alors"].contains(word));
    let begins = first.is_some_and(|word| STARTS.contains(&word));
    let understood = &heard.understood;
    turn.state.pending == Some(Pending::QualifName)
        && begins
        && heard.words.len() > 3
        && understood.intents.is_empty()
        && understood.names.is_empty()
        && understood.polarity.is_none()
        && names::answer(&heard.words).is_none()
}

/// Misunderstood too often: the usual is kept, and a person will see.
pub(in crate::decide) fn give_up(turn: &mut Turn<'_>, pending: Pending, times: u8) -> bool {
    if times < 2 {
        return false;
    }
    let trouble = &mut turn.state.trouble;
    match pending {
        Pending::TicketCategory => {
            trouble.category = Some(turn.script.profile.support.fallback().to_owned());
        }
        Pending::TicketUrgency => trouble.priority = Some(Priority::Medium),
        _ => return false,
    }
    turn.state.stumbles.remove(pending.as_str());
    turn.state.pending = None;
    true
}
