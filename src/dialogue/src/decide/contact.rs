//! How to reach the caller: the number they call from, confirmed by its last
//! two digits, or one they dictate or key.

mod dictation;
mod spoken;

pub(super) use dictation::{absorb, close, open};
pub(super) use spoken::is_about_it;

use super::heard::Reaction;
use super::turn::{Heard, Outcome, Turn};
use super::{beyond, booking};
use crate::Effect;
use crate::state::{Certainty, Field, Goal, Pending, Source};
use crate::understand::Understanding;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::contact as said;
use crate::wording::existing::kept;
use dictation::settle;
use domain::phone::E164;

/// Keys remembered.
const MAX_KEYS: usize = 15;

/// Asks how to reach the caller, unless it is settled. `context`: what for.
pub(super) fn advance(turn: &mut Turn<'_>, context: &'static str) -> Option<Outcome> {
    if turn.state.contact.dictated.is_some() {
        return Some(turn.ask(Pending::ContactConfirm, "confirm_dictated_number"));
    }
    let caller = usable(turn).filter(|_| !turn.state.contact.not_caller).cloned();
    // An address said in passing leaves the number that shows to be agreed to.
    let reached = &turn.state.contact;
    let by_mail_only = reached.phone.is_none() && !reached.withheld && caller.is_some();
    if reached.settled() && !by_mail_only {
        return None;
    }
    let (pending, rule) = match &caller {
        Some(_) => (Pending::ContactConfirm, "confirm_caller_number"),
        None => (Pending::QualifContact, "ask_number"),
    };
    if turn.state.pending != Some(pending) && !turn.state.contact.not_caller {
        turn.effect(Effect::CallerId {
            last2: caller.map(|caller| caller.last_two().to_owned()),
            next: pending.as_str(),
            context,
        });
    }
    Some(turn.ask(pending, rule))
}

/// The caller's number, unless it is one of the tenant's own.
pub(super) fn usable<'t>(turn: &'t Turn<'_>) -> Option<&'t E164> {
    turn.state.caller.as_ref().filter(|caller| !turn.script.profile.numbers.contains(caller))
}

/// Yes and no to the last two digits of a dictated number.
fn agree(turn: &mut Turn<'_>, polarity: Option<Polarity>) -> Reaction {
    let elsewhere = turn.heard.as_ref().is_some_and(|heard| elsewhere(&heard.understood));
    match polarity {
        Some(Polarity::Yes) if turn.heard.as_ref().is_some_and(asks_for_a_time) => {
            Reaction::Nothing
        }
        Some(Polarity::Yes) => {
            let toward = beyond::wished(turn);
            turn.state.contact.phone = turn.state.contact.dictated.take();
            turn.state.pending = None;
            turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
            // "Oui, et plus tôt c'est possible ?"
            if let Some(toward) = toward {
                beyond::look_again(turn, toward);
            }
            Reaction::Took
        }
        _ if spoken::ending_otherwise(turn).is_some() => {
            let number = spoken::ending_otherwise(turn).unwrap_or_default();
            settle(turn, &number, &number, Source::Answered);
            Reaction::Took
        }
        Some(Polarity::No) if !elsewhere && beyond::wished(turn).is_none() => {
            turn.state.contact.dictated = None;
            if turn.state.contact.phone.is_some() && former(turn) {
                return keep_former(turn);
            }
            // What was noted before is no longer wanted.
            turn.state.contact.phone = None;
            refuse_caller(turn)
        }
        _ => Reaction::Nothing,
    }
}

/// "Non, gardez l'ancien".
fn former(turn: &Turn<'_>) -> bool {
    const KEEPS: [&str; 3] = ["gard*", "laiss*", "conserv*"];
    const FORMER: [&str; 6] =
        ["ancien", "premier", "l autre", "meme", "avant", "celui que vous avez"];
    let Some(heard) = &turn.heard else { return false };
    // "Laissez-moi vous en donner un autre".
    if cues::any(&heard.words, &["laiss* moi"]) {
        return false;
    }
    let named = cues::any(&heard.words, &FORMER) || cues::any(&heard.words, &["comme c etait"]);
    cues::any(&heard.words, &KEEPS) && named && heard.understood.phones.is_empty()
}

/// The number noted before stays; a booking that was to be corrected is right.
fn keep_former(turn: &mut Turn<'_>) -> Reaction {
    turn.state.pending = None;
    if turn.state.goal() != Some(Goal::Correct) {
        turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
        return Reaction::Took;
    }
    turn.lead(kept());
    booking::finish_goal(turn);
    Reaction::Ends(turn.ask(Pending::AnythingElse, "kept"))
}

/// Yes and no to the caller's number, and a refusal to give one.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let polarity = spoken::polarity(turn, heard).or_else(|| theirs(&heard.words));
    let confirming = turn.state.pending == Some(Pending::ContactConfirm);
    if confirming && turn.state.contact.dictated.is_some() {
        return agree(turn, polarity);
    }
    // "Je me suis trompé de numéro", asked for another: it is awaited.
    let wrong = heard.understood.intents.contains(&Intent::WrongNumber);
    let mobile = usable(turn).is_some_and(E164::is_french_mobile);
    match (turn.state.pending, polarity) {
        (Some(Pending::ContactConfirm), _) if spoken::will_do(&heard.words) => accept_caller(turn),
        (Some(Pending::ContactConfirm), _) if spoken::prefers_another(&heard.words, mobile) => {
            refuse_caller(turn)
        }
        // "Oui, mais c'est celui de ma fille".
        (Some(Pending::ContactConfirm), None | Some(Polarity::No)) if others(&heard.words) => {
            refuse_caller(turn)
        }
        (Some(Pending::ContactConfirm), Some(Polarity::Yes)) if asks_for_a_time(heard) => {
            Reaction::Nothing
        }
        (Some(Pending::ContactConfirm), Some(Polarity::Yes)) => {
            let wished = beyond::wished(turn);
            let reaction = accept_caller(turn);
            // "Oui, et plus tôt c'est possible ?".
            if let Some(toward) = wished {
                beyond::look_again(turn, toward);
            }
            reaction
        }
        // "Non attendez, plutôt mercredi" is about something else.
        (Some(Pending::ContactConfirm | Pending::QualifContact), Some(Polarity::No))
            if elsewhere(&heard.understood) =>
        {
            Reaction::Nothing
        }
        // "Non, vous n'auriez pas plus tôt ?" too.
        (Some(Pending::ContactConfirm), Some(Polarity::No)) if beyond::wished(turn).is_some() => {
            Reaction::Nothing
        }
        (Some(Pending::ContactConfirm), Some(Polarity::No)) => refuse_caller(turn),
        // "C'est pas le bon", said of the number refused before.
        (Some(Pending::QualifContact), Some(Polarity::No))
            if wrong || turn.state.contact.not_caller && theirs_not(&heard.words) =>
        {
            Reaction::Took
        }
        (Some(Pending::QualifContact), polarity)
            if turn.state.contact.dictation.is_none()
                && (polarity == Some(Polarity::No) || spoken::has_none(turn)) =>
        {
            turn.state.contact.withheld = true;
            turn.lead(said::withheld());
            Reaction::Took
        }
        _ => Reaction::Nothing,
    }
}

/// "C'est le mien", "c'est le bon".
fn theirs(words: &[Word]) -> Option<Polarity> {
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.folded.as_str()));
    let short = words.len() < 7 || cues::place(words, "qui s affiche").is_some();
    (short && says(&["mien", "bon", "notre"]) && !says(&["pas", "non", "plus"]))
        .then_some(Polarity::Yes)
}

fn others(words: &[Word]) -> bool {
    const THEIRS: [&str; 10] = [
        "celui de m*",
        "numero de m*",
        "celui du travail",
        "portable de m*",
        "plus le mien",
        "plus mon numero",
        "plus le bon",
        "plus a moi",
        "march* plus",
        "chang* de numero",
    ];
    cues::any(words, &THEIRS)
}

fn theirs_not(words: &[Word]) -> bool {
    words.iter().any(|word| ["mien", "bon", "celui", "notre"].contains(&word.folded.as_str()))
}

fn elsewhere(understood: &Understanding) -> bool {
    !understood.when.is_empty() || !understood.except.is_empty() || !understood.names.is_empty()
}

/// "C'est possible à deux heures ?" agrees to no number.
fn asks_for_a_time(heard: &Heard) -> bool {
    const YES: [&str; 4] = ["oui", "ouais", "exact", "si"];
    let agrees = heard.words.iter().any(|word| YES.contains(&&*word.folded));
    !agrees && !heard.understood.when.is_empty() && cues::any(&heard.words, &["possible"])
}

fn accept_caller(turn: &mut Turn<'_>) -> Reaction {
    let Some(caller) = usable(turn).cloned() else { return refuse_caller(turn) };
    turn.state.contact.phone =
        Some(Field { value: caller, source: Source::Network, certainty: Certainty::Sure });
    turn.state.pending = None;
    turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
    Reaction::Took
}

fn refuse_caller(turn: &mut Turn<'_>) -> Reaction {
    turn.state.contact.not_caller = true;
    Reaction::Took
}

/// Keys: 1 and 2 for yes and no, or a number.
pub(super) fn keys(turn: &mut Turn<'_>, digits: &str) -> Reaction {
    let dictated = turn.state.contact.dictated.is_some();
    match (turn.state.pending, digits) {
        (Some(Pending::ContactConfirm), "1") if dictated => agree(turn, Some(Polarity::Yes)),
        (Some(Pending::ContactConfirm), "2") if dictated => agree(turn, Some(Polarity::No)),
        (Some(Pending::ContactConfirm), "1") => accept_caller(turn),
        (Some(Pending::ContactConfirm), "2") => refuse_caller(turn),
        (Some(Pending::ContactConfirm | Pending::QualifContact), _) => {
            let mut keyed = std::mem::take(&mut turn.state.contact.keyed) + digits;
            keyed.truncate(MAX_KEYS);
            if settle(turn, &keyed, &keyed, Source::Keyed) {
                return Reaction::Took;
            }
            turn.state.contact.not_caller = true;
            match keyed.len() {
                0..10 => turn.state.contact.keyed = keyed,
                _ => turn.lead(said::not_a_number()),
            }
            Reaction::Took
        }
        _ => Reaction::Nothing,
    }
}
