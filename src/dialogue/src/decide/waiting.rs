//! When nothing suits: the waiting list, a callback, a human.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{absorb, advance as go_on, contact, ending, goals, recovery, transfer};
use crate::ask::{Message, MessageKind, Receipt};
use crate::state::{Goal, Pending, Preference};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::whom::with;
use crate::wording::{Rung, waiting as said};
use domain::availability::Wish;
use domain::id::TicketId;

/// Offers what is left when no free slot suits.
pub(super) fn offer(turn: &mut Turn<'_>, rule: &'static str) -> Outcome {
    if turn.state.wish.stated {
        turn.state.sought = Some(turn.state.wish.clone());
    }
    turn.state.human_offered = transfer::can(turn);
    turn.ask(Pending::OfferWaiting, rule)
}

/// A choice among what was offered, or the waiting list asked for unasked.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.pending == Some(Pending::MessageText) || !goals::books(turn) {
        return Reaction::Nothing;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let listed = turn.state.goal() == Some(Goal::Message(MessageKind::WaitingList));
    if wants(&heard.words) && !listed {
        return Reaction::Ends(enlist(turn));
    }
    match turn.state.pending {
        Some(Pending::OfferWaiting) => among(turn),
        _ => Reaction::Nothing,
    }
}

fn among(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let last = if turn.state.human_offered { 3 } else { 2 };
    let rank = understood.choice.and_then(|choice| choice.ordinal).map(|rank| match rank {
        -1 => last,
        rank => rank,
    });
    let again = turn.state.stumbles.contains_key(Pending::OfferWaiting.as_str());
    let timed = !understood.when.is_empty() || !understood.except.is_empty();
    let polarity = understood.polarity.filter(|_| !timed && understood.intents.is_empty());
    let callback = heard.words.iter().any(|word| word.folded.starts_with("rappel"))
        && !understood.intents.contains(&Intent::Abandon);
    match (rank, polarity) {
        (Some(1), _) => Reaction::Ends(enlist(turn)),
        (Some(2), _) => Reaction::Ends(call_back(turn)),
        (Some(3), _) if turn.state.human_offered => Reaction::Ends(transfer::transfer(turn)),
        _ if callback => Reaction::Ends(call_back(turn)),
        // Asked again, the question was about the list alone.
        (_, Some(Polarity::Yes)) if again => Reaction::Ends(enlist(turn)),
        (_, Some(Polarity::Yes)) => Reaction::Ends(recovery::clarify(turn)),
        (_, Some(Polarity::No)) if again => {
            turn.state.goals.clear();
            Reaction::Ends(turn.ask(Pending::OfferMessage, "waiting_list_declined"))
        }
        (_, Some(Polarity::No)) => {
            turn.state.goals.clear();
            Reaction::Ends(ending::goodbye(turn))
        }
        _ => Reaction::Nothing,
    }
}

/// Keys: the rank of what was offered.
pub(super) fn keys(turn: &mut Turn<'_>, digits: &str) -> Reaction {
    match (turn.state.pending, digits) {
        (Some(Pending::OfferWaiting), "1") => Reaction::Ends(enlist(turn)),
        (Some(Pending::OfferWaiting), "2") => Reaction::Ends(call_back(turn)),
        (Some(Pending::OfferWaiting), "3") if turn.state.human_offered => {
            Reaction::Ends(transfer::transfer(turn))
        }
        _ => Reaction::Nothing,
    }
}

/// "La liste d'attente", "si une place se libère", "en cas de désistement".
fn wants(words: &[Word]) -> bool {
    let has = |stem: &str| words.iter().position(|word| word.folded.starts_with(stem));
    let denied = |at: usize| {
        let before = &words[at.saturating_sub(3)..at];
        before.iter().any(|word| ["pas", "sans", "non", "ni"].contains(&word.folded.as_str()))
    };
    let list = has("liste").filter(|_| has("attente").is_some());
    let freed = has("liber").filter(|_| {
        ["place", "creneau", "rendez", "rdv", "quelque", "qqch"].iter().any(|it| has(it).is_some())
    });
    list.or(freed).or_else(|| has("desist")).is_some_and(|at| !denied(at))
}

/// Notes the wish for when a place comes free.
fn enlist(turn: &mut Turn<'_>) -> Outcome {
    absorb::facts(turn);
    leave_booking(turn, MessageKind::WaitingList);
    go_on(turn)
}

/// Notes that the caller wants to be called about what could not be found.
fn call_back(turn: &mut Turn<'_>) -> Outcome {
    absorb::facts(turn);
    let text = said::call_back(&wish_told(turn));
    leave_booking(turn, MessageKind::Callback);
    turn.state.message = Some(text);
    go_on(turn)
}

fn leave_booking(turn: &mut Turn<'_>, kind: MessageKind) {
    let moving = turn.state.goals.contains(&Goal::Move);
    turn.state.moving = turn.state.known.first().filter(|_| moving).map(|known| known.local);
    turn.state.goals.retain(|goal| !matches!(goal, Goal::Book | Goal::Move | Goal::Message(_)));
    turn.state.goals.insert(0, Goal::Message(kind));
    turn.state.message = None;
    turn.state.offered.clear();
    turn.state.chosen = None;
    turn.state.pending = None;
    turn.state.lost = 0;
}

/// What a place on the list lacks: when, name, number.
pub(super) fn advance(turn: &mut Turn<'_>) -> Option<Outcome> {
    if !turn.state.wish.stated && turn.state.sought.is_none() {
        return Some(turn.ask_at(Pending::QualifPref, Rung::First, "ask_preference"));
    }
    if turn.state.name.is_none() {
        return Some(turn.ask(Pending::QualifName, "ask_name"));
    }
    contact::advance(turn, "waiting_list")
}

/// The wish as a note for the practice, in French and in its parts.
pub(super) fn note(turn: &Turn<'_>) -> Message {
    let sought = sought(turn);
    Message {
        kind: MessageKind::WaitingList,
        name: turn.state.name.as_ref().map(|name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        text: wish_told(turn),
        wish: Some(Wish {
            service: sought.service.clone(),
            within: sought.within.iter().map(|window| window.span).collect(),
            except: sought.except.clone(),
            calendars: sought.whom.clone().unwrap_or_default(),
        }),
    }
}

fn wish_told(turn: &Turn<'_>) -> String {
    let profile = turn.script.profile;
    let sought = sought(turn);
    let several = profile.services.len() > 1;
    let service = sought.service.as_ref().and_then(|id| profile.service(id)).filter(|_| several);
    let moving = match turn.state.goals.contains(&Goal::Move) {
        true => turn.state.known.first().map(|known| known.local),
        false => turn.state.moving,
    };
    let service = service.map_or_else(String::new, |service| format!(" ({})", service.name));
    let whom = sought.whom.as_deref().and_then(|wanted| match wanted {
        [one] => Some(with(profile, Some(one))),
        _ => None,
    });
    let what = service + &whom.unwrap_or_default();
    said::wish(sought, &what, moving, turn.state.motive.as_deref())
}

/// What was looked for in vain, unless the caller has said something newer.
fn sought<'t>(turn: &'t Turn<'_>) -> &'t Preference {
    match &turn.state.sought {
        Some(sought) if !turn.state.wish.stated => sought,
        _ => &turn.state.wish,
    }
}

/// What is told once it is written: a call only to whom it can be made.
pub(super) fn told(turn: &Turn<'_>, receipt: &Receipt<TicketId>) -> String {
    match turn.state.contact.phone.is_some() || turn.state.contact.email.is_some() {
        true => said::enlisted(receipt, turn.script),
        false => said::noted(receipt).to_owned(),
    }
}
