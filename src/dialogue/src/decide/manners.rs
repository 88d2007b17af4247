//! About the conversation itself rather than its goals: again, slower, insults.

use super::turn::{Heard, Outcome, Turn};
use super::{advance, ending, privacy, wish};
use crate::Next;
use crate::state::Pending;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use crate::wording::{greeting, recovery as said};
use domain::event::EventKind;

/// Insults after which the call ends.
const MAX_INSULTS: u8 = 3;

/// Ends the turn when nothing else was asked for.
pub(super) fn conversation(turn: &mut Turn<'_>) -> Option<Outcome> {
    if let Some(outcome) = machine(turn) {
        return Some(outcome);
    }
    let heard = turn.heard.as_ref()?;
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    if asks_why(turn)
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
        turn.took = privacy::brings_more(turn);
        return (!turn.took).then(|| go_on(turn));
    }
    if says(&["qui"]) && says(&["etes", "es"]) && heard.words.len() < 6 {
        turn.lead(greeting::disclosure(turn.script));
        return Some(go_on(turn));
    }
    // "Non, vous avez mal entendu", of a number that was read back.
    let misheard = turn.state.pending == Some(Pending::ContactConfirm)
        && cues::any(&heard.words, &["mal entendu", "mal compris", "mal note"]);
    if misheard || wish::says_soonest(&heard.words) {
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

/// "Vous êtes un robot ?"; what else is said beside it is heard too.
fn machine(turn: &mut Turn<'_>) -> Option<Outcome> {
    let heard = turn.heard.as_ref()?;
    let says = |list: &[&str]| super::goals::says(turn, list);
    let about = machines(&heard.words);
    if about == Machines::Others || says(&PEOPLE) {
        return None;
    }
    let long = heard.words.len() >= 9;
    // Who asks whether it is a robot does not ask for somebody.
    let heard = turn.heard.as_mut()?;
    let before = heard.understood.intents.clone();
    heard.understood.intents.retain(|intent| *intent != Intent::Human);
    let more = privacy::brings_more(turn);
    if long && !(more && about == Machines::Asked) {
        turn.heard.as_mut()?.understood.intents = before;
        return None;
    }
    if !(more && turn.took) {
        turn.lead(said::automatic());
    }
    turn.took |= more;
    (!more).then(|| go_on(turn))
}

/// "Pourquoi vous me demandez ça ?"; not "c'est Paul Garnier, pourquoi ?", nor
/// "je ne sais pas pourquoi l'eau est froide", which answers.
fn asks_why(turn: &Turn<'_>) -> bool {
    const OPEN: [&str; 9] =
        ["pas", "plus", "sais", "comprends", "ignore", "savoir", "comprendre", "demande", "voir"];
    let Some(heard) = &turn.heard else { return false };
    let why = heard.words.iter().position(|word| word.folded == "pourquoi");
    let tells = matches!(
        turn.state.pending,
        Some(Pending::QualifQuestion | Pending::TicketText | Pending::TicketCategory)
    );
    why.is_some_and(|at| {
        let before = at.checked_sub(1).map_or("", |place| heard.words[place].folded.as_str());
        !(privacy::brings_more(turn) || tells && OPEN.contains(&before))
    })
}

/// "Vous avez besoin de mon nom ?", "vous n'avez pas mon numéro ?".
fn needed(turn: &Turn<'_>) -> bool {
    let says = |list: &[&str]| super::goals::says(turn, list);
    let asks = says(&["besoin", "obligatoire", "oblige", "obligee"]);
    // "Pas au numéro qui s'affiche" asks nothing.
    let shown = |heard: &Heard| cues::place(&heard.words, "qui s affiche").is_some();
    let dictates = turn.heard.as_ref().is_some_and(|heard| heard.understood.digits.is_some())
        || turn.heard.as_ref().is_some_and(|heard| !heard.understood.phones.is_empty());
    match turn.state.pending {
        Some(Pending::QualifName | Pending::IdentifyName) => asks && says(&["nom"]),
        // "Vous l'avez pas, mon numéro ?"
        Some(Pending::QualifContact) => {
            let has = says(&["avez"]) && says(&["vous"]) && says(&["pas"]);
            says(&["numero"]) && (asks || has && !dictates)
        }
        Some(Pending::ContactConfirm) => {
            says(&["numero"])
                && (asks || says(&["avez", "affiche"]) && says(&["vous", "s"]))
                && !(turn.heard.as_ref().is_some_and(shown) || says(&["non", "mauvais", "oui"]))
        }
        _ => false,
    }
}

/// Whose machine is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Machines {
    /// None, or one of the caller's: "ma machine à laver".
    Others,
    /// This one.
    Named,
    /// It is asked, or said, that this is one: "vous êtes un robot".
    Asked,
}

fn machines(words: &[Word]) -> Machines {
    const SURE: [&str; 4] = ["robot", "repondeur", "automate", "ia"];
    const THEIRS: [&str; 6] = ["ma", "mon", "mes", "notre", "sa", "son"];
    let said = |at: usize, back: usize| {
        at.checked_sub(back).map_or("", |place| words[place].folded.as_str())
    };
    let named = words.iter().enumerate().filter(|(_, word)| MACHINES.contains(&&*word.folded));
    let about = named.map(|(at, word)| {
        let used = words.get(at + 1).is_some_and(|next| next.folded == "a");
        let one = ["un", "une"].contains(&said(at, 1));
        match (said(at, 1), said(at, 2)) {
            (before, _) if THEIRS.contains(&before) || used => Machines::Others,
            (_, "etes" | "vous") if one => Machines::Asked,
            (_, "a") if one && said(at, 3) == "parle" => Machines::Asked,
            (_, "est") if one && SURE.contains(&&*word.folded) => Machines::Asked,
            _ => Machines::Named,
        }
    });
    about.max().unwrap_or(Machines::Others)
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
