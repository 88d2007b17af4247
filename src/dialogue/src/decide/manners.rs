//! About the conversation itself rather than its goals: again, slower, insults.

use super::turn::{Outcome, Turn};
use super::{advance, ending, wish};
use crate::Next;
use crate::state::Pending;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::wording::{greeting, recovery as said};
use domain::event::EventKind;

/// Insults after which the call ends.
const MAX_INSULTS: u8 = 3;

/// Ends the turn when nothing else was asked for.
pub(super) fn conversation(turn: &mut Turn<'_>) -> Option<Outcome> {
    let heard = turn.heard.as_ref()?;
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    if says(&MACHINES) && !says(&PEOPLE) && heard.words.len() < 9 {
        turn.lead(said::automatic());
        return Some(go_on(turn));
    }
    if says(&["pourquoi"])
        && let Some(reason) = turn.state.pending.and_then(said::why)
    {
        turn.lead(reason);
        return Some(go_on(turn));
    }
    if needed(turn) {
        // "Vous ne l'avez pas, mon numéro ?" is answered by the question itself.
        let why = super::goals::says(turn, &["besoin", "obligatoire", "oblige", "obligee"]);
        let reason = turn.state.pending.filter(|_| why).and_then(said::why);
        turn.lead(reason.unwrap_or_default());
        return Some(go_on(turn));
    }
    let offers = matches!(turn.state.pending, Some(Pending::WaitConfirm | Pending::ChooseKnown));
    // "Le dernier que vous avez dit" chooses.
    let chooses = heard.understood.choice.is_some_and(|choice| choice.ordinal.is_some());
    if offers && chooses {
        return None;
    }
    if offers && heard.understood.intents.contains(&Intent::Repeat) {
        return Some(repeat(turn));
    }
    let place = [
        "c est bien le",
        "c est bien la",
        "c est bien chez",
        "suis bien chez",
        "suis bien au",
        "suis bien a",
    ];
    if cues::any(&heard.words, &place) && heard.words.len() < 9 && turn.state.goals.is_empty() {
        turn.lead(greeting::disclosure(turn.script));
        return Some(go_on(turn));
    }
    if says(&["qui"]) && says(&["etes", "es"]) && heard.words.len() < 6 {
        turn.lead(greeting::disclosure(turn.script));
        return Some(go_on(turn));
    }
    if wish::says_soonest(&heard.words) {
        return None;
    }
    match heard.understood.intents[..] {
        [Intent::Repeat] => Some(repeat(turn)),
        [Intent::Slower] | [Intent::Repeat, Intent::Slower] | [Intent::Slower, Intent::Repeat] => {
            Some(slower(turn))
        }
        [Intent::Insult] => Some(insult(turn)),
        _ => None,
    }
}

/// "Vous avez besoin de mon nom ?", "vous n'avez pas mon numéro ?".
fn needed(turn: &Turn<'_>) -> bool {
    let says = |list: &[&str]| super::goals::says(turn, list);
    let asks = says(&["besoin", "obligatoire", "oblige", "obligee"]);
    match turn.state.pending {
        Some(Pending::QualifName | Pending::IdentifyName) => asks && says(&["nom"]),
        Some(Pending::QualifContact) => asks && says(&["numero"]),
        Some(Pending::ContactConfirm) => {
            says(&["numero"])
                && (asks || says(&["avez", "affiche"]) && says(&["vous", "s"]))
                && !says(&["non", "mauvais", "oui"])
        }
        _ => false,
    }
}

const MACHINES: [&str; 7] =
    ["robot", "machine", "ordinateur", "automate", "repondeur", "ia", "artificielle"];
const PEOPLE: [&str; 9] = [
    "quelquun",
    "quelqu",
    "humain",
    "humaine",
    "personne",
    "secretaire",
    "passez",
    "vraie",
    "vrai",
];

/// The pending question again.
fn go_on(turn: &mut Turn<'_>) -> Outcome {
    match turn.state.pending {
        Some(pending) => turn.ask(pending, "manners"),
        None => advance(turn),
    }
}

/// The last words again.
fn repeat(turn: &mut Turn<'_>) -> Outcome {
    turn.event(EventKind::RepeatUsed, "");
    again(turn, "repeat")
}

/// The last words again, slower.
fn slower(turn: &mut Turn<'_>) -> Outcome {
    let mut outcome = again(turn, "slower");
    if let Some(rest) = outcome.say.strip_prefix(said::slower()) {
        outcome.say = rest.trim().to_owned();
    }
    turn.lead(said::slower());
    outcome
}

fn again(turn: &mut Turn<'_>, rule: &'static str) -> Outcome {
    if turn.state.last_said.is_empty() {
        return advance(turn);
    }
    let say = turn.state.last_said.clone();
    Outcome { say, next: Next::Listen, rule }
}

/// Stays calm and goes on; the third time says goodbye.
fn insult(turn: &mut Turn<'_>) -> Outcome {
    turn.state.insults = turn.state.insults.saturating_add(1);
    if turn.state.insults >= MAX_INSULTS {
        return ending::depart(turn, said::calm_goodbye().to_owned(), "insults");
    }
    turn.lead(said::calm());
    match turn.state.pending {
        Some(Pending::Start | Pending::AnythingElse) | None => {
            turn.ask(Pending::OfferMessage, "insult")
        }
        Some(pending) => turn.ask(pending, "insult"),
    }
}
