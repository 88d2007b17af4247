//! Thanks, goodbyes, and those who leave with nothing.

use super::contact;
use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use crate::state::{Done, Pending};
use crate::understand::intents::Intent;
use crate::wording::ending as said;
use domain::event::EventKind;

/// The caller leaves, or says thanks.
pub(super) fn leave(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let has = |intent| heard.understood.intents.contains(&intent);
    // "Je me suis trompé", in the middle of something, is about a detail.
    let numbers = heard.words.iter().any(|word| word.folded.starts_with("numero"));
    let detail = !numbers || contact::is_about_it(turn);
    if has(Intent::WrongNumber) && !turn.took && !turn.state.goals.is_empty() && detail {
        return Reaction::Ends(turn.listens("corrects_something"));
    }
    if has(Intent::WrongNumber) && !turn.took {
        return Reaction::Ends(depart(turn, said::wrong_number().to_owned(), "wrong_number"));
    }
    if has(Intent::Sales) && turn.state.goals.is_empty() {
        return Reaction::Ends(depart(turn, said::sales().to_owned(), "sales"));
    }
    // "Le premier, merci, au revoir" is a choice first.
    if has(Intent::Abandon) && !only_finished(turn) && !turn.went_on() {
        return Reaction::Ends(goodbye(turn));
    }
    if has(Intent::Thanks) && idle(turn) {
        return Reaction::Ends(goodbye(turn));
    }
    match has(Intent::Thanks) {
        true => Reaction::Took,
        false => Reaction::Nothing,
    }
}

/// Where heating or roofs are the tenant's own trade, who speaks of "ma
/// chaudière" or wants something is a customer, not a canvasser.
pub(super) fn customers(turn: &mut Turn<'_>) {
    const THEIRS: [&str; 18] = [
        "ma",
        "mon",
        "mes",
        "notre",
        "nos",
        "voudrais",
        "voudrait",
        "cherche",
        "cherchons",
        "besoin",
        "souhaite",
        "aimerais",
        "voulais",
        "faudrait",
        "veux",
        "faites",
        "faisiez",
        "pourriez",
    ];
    const SELLING: [&str; 14] = [
        "propose",
        "proposer",
        "proposons",
        "presenter",
        "offre",
        "offres",
        "offrir",
        "societe",
        "commercial",
        "commerciale",
        "partenariat",
        "vendons",
        "eligible",
        "cpf",
    ];
    let canvassed = ["votre", "vos"];
    let reaching = ["parler", "discuter", "appelle", "contacte"];
    let Some(heard) = &mut turn.heard else { return };
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    let sells = says(&SELLING) || says(&canvassed) && says(&reaching);
    if !turn.script.profile.health && says(&THEIRS) && !sells {
        heard.understood.intents.retain(|intent| *intent != Intent::Sales);
    }
}

/// Taken in as an answer, "rien de spécial" or "rien ne marche" is no goodbye.
pub(super) fn stays(turn: &mut Turn<'_>) {
    if let Some(heard) = &mut turn.heard {
        heard.understood.intents.retain(|intent| *intent != Intent::Abandon);
    }
}

/// True when the words themselves take leave.
pub(super) fn takes_leave(turn: &Turn<'_>) -> bool {
    const LEAVE: [&str; 12] = [
        "revoir",
        "laissez",
        "laisse",
        "tomber",
        "oublie",
        "oubliez",
        "raccroche",
        "raccrocher",
        "arrete",
        "pis",
        "bye",
        "rappellerai",
    ];
    let said = |list: &[&str]| {
        let heard = turn.heard.as_ref();
        heard.is_some_and(|h| h.words.iter().any(|word| list.contains(&word.folded.as_str())))
    };
    said(&LEAVE)
}

/// "C'est tout" in the middle of something ends an answer, not the call.
pub(super) fn only_finished(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    !turn.state.goals.is_empty()
        && says(&["tout", "fini"])
        && !says(&["revoir", "laissez", "laisse", "tomber", "merci", "oublie", "oubliez"])
}

/// Ends the call politely.
pub(super) fn goodbye(turn: &mut Turn<'_>) -> Outcome {
    match turn.state.served() {
        true => turn.hang_up(said::goodbye(turn.now.local), "goodbye"),
        false => depart(turn, said::leaving(turn.now.local), "abandon"),
    }
}

/// Ends the call; an abandon when nothing was achieved.
pub(super) fn depart(turn: &mut Turn<'_>, say: String, rule: &'static str) -> Outcome {
    if !turn.state.served() && !turn.state.done.contains(&Done::Abandoned) {
        turn.event_because(EventKind::UserAbandon, "", rule);
        turn.state.done.push(Done::Abandoned);
    }
    turn.state.goals.clear();
    turn.hang_up(say, rule)
}

fn idle(turn: &Turn<'_>) -> bool {
    turn.state.goals.is_empty()
        && matches!(turn.state.pending, Some(Pending::AnythingElse | Pending::OfferMessage))
}
