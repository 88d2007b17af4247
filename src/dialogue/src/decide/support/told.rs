//! What an utterance tells of something to be looked after.

use super::supports;
use crate::decide::goals;
use crate::decide::turn::Turn;
use crate::state::{Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use domain::support::{Category, Priority};

/// Fewer telling words than this say nothing of what has to be looked after.
const TELLING: usize = 3;

/// Something does not work or is wrong, in words that any tenant's callers use.
pub(super) const TROUBLES: [&str; 38] = [
    "degat*",
    "sinistre*",
    "infiltration*",
    "inond*",
    "probleme*",
    "souci*",
    "soucis",
    "panne",
    "en panne",
    "marche plus",
    "marche pas",
    "marchent plus",
    "fonctionne plus",
    "fonctionne pas",
    "fonctionnent plus",
    "fuite*",
    "fuit",
    "bug*",
    "erreur*",
    "bloque*",
    "casse",
    "cassee",
    "reclamation*",
    "plainte",
    "plaindre",
    "trop paye",
    "deux fois",
    "ticket",
    "sav",
    "service apres vente",
    "incident*",
    "pas recu",
    "jamais recu",
    "litige",
    "anomalie*",
    "toujours pas",
    "s est arrete*",
    "assistance",
];

/// True when the utterance tells of something to be looked after.
pub(in crate::decide) fn wanted(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    if !supports(turn) || matches!(turn.state.pending, Some(Pending::MessageText)) {
        return false;
    }
    let intents = &heard.understood.intents;
    let other = |intent: &Intent| {
        matches!(
            intent,
            Intent::Book
                | Intent::Cancel
                | Intent::Move
                | Intent::Lookup
                | Intent::Human
                | Intent::Abandon
                | Intent::Sales
                | Intent::WrongNumber
        )
    };
    let also = ["aussi", "egalement", "par ailleurs", "en plus", "de plus", "autre chose"];
    let also = cues::any(&heard.words, &also);
    let trouble = cues::any(&heard.words, &TROUBLES) || intents.contains(&Intent::Complaint);
    if replaces(turn) && trouble {
        return true;
    }
    if !turn.state.goals.is_empty() {
        return trouble && also && turn.state.goal() != Some(Goal::Support) && asks_nothing(turn);
    }
    // "Il faudrait que quelqu'un passe": to look after it, not to talk.
    let visit =
        goals::says(turn, &["passe", "vienne", "venir", "envoyer", "envoyez", "intervienne"]);
    let someone = goals::says(turn, &["quelqu", "quelquun"]);
    let sent = visit && (known(turn, &heard.words) || someone);
    let only = |intent: &Intent| matches!(intent, Intent::Human | Intent::Book);
    if sent && heard.understood.when.is_empty() && intents.iter().all(only) {
        return true;
    }
    if intents.iter().any(other) {
        return trouble && also && !intents.contains(&Intent::Human);
    }
    if intents.contains(&Intent::Callback) && !intents.contains(&Intent::Complaint) {
        return false;
    }
    if goals::books(turn)
        && !trouble
        && cues::any(&heard.words, &UPKEEP)
        && !pressing(turn, &heard.words)
    {
        return false;
    }
    let asked = intents.contains(&Intent::Question);
    trouble || !asked && (known(turn, &heard.words) || pressing(turn, &heard.words))
}

/// "Je suis locataire chez vous", and then "j'ai un dégât des eaux": what began
/// as a project was none.
pub(super) fn replaces(turn: &Turn<'_>) -> bool {
    turn.state.goals[..] == [Goal::Qualify]
        && turn.state.interview.answers.len() <= 1
        && turn.state.stumbles.is_empty()
}

/// What is done by appointment, where appointments are made.
const UPKEEP: [&str; 5] =
    ["entretien annuel", "entretien", "ramonage", "revision", "controle annuel"];

/// Nothing whose answer could be about the trouble is being asked.
fn asks_nothing(turn: &Turn<'_>) -> bool {
    !matches!(turn.state.pending, Some(Pending::MessageText | Pending::QualifQuestion))
}

/// True when the words tell one of the tenant's categories.
pub(super) fn known(turn: &Turn<'_>, words: &[Word]) -> bool {
    turn.script.profile.support.categories.iter().any(|category| {
        category.id != turn.script.profile.support.fallback() && cues::any(words, &category.words)
    })
}

pub(super) fn pressing(turn: &Turn<'_>, words: &[Word]) -> bool {
    urgency(turn, words).is_some_and(|priority| priority == Priority::Urgent)
}

/// True when the words say more than that there is a problem.
pub(super) fn telling(turn: &Turn<'_>, words: &[Word]) -> bool {
    const EMPTY: [&str; 46] = [
        "bonjour",
        "bonsoir",
        "madame",
        "monsieur",
        "alors",
        "euh",
        "voila",
        "oui",
        "j",
        "ai",
        "je",
        "un",
        "une",
        "le",
        "la",
        "les",
        "de",
        "des",
        "du",
        "d",
        "l",
        "a",
        "au",
        "vous",
        "appelle",
        "appelez",
        "pour",
        "c",
        "est",
        "probleme",
        "problemes",
        "souci",
        "soucis",
        "petit",
        "gros",
        "voudrais",
        "veux",
        "signaler",
        "ouvrir",
        "ticket",
        "reclamation",
        "faire",
        "chez",
        "moi",
        "avec",
        "aussi",
    ];
    let content = words.iter().filter(|word| !EMPTY.contains(&word.folded.as_str())).count();
    known(turn, words) || pressing(turn, words) || content >= TELLING
}

/// The category that most of the words tell; the first of equals.
pub(super) fn told<'a>(turn: &Turn<'a>, words: &[Word]) -> Option<&'a Category> {
    let support = &turn.script.profile.support;
    let weight = |category: &Category| {
        let found = category.words.iter().filter(|cue| cues::said(words, cue).is_some()).count();
        // "Une question sur ma facture" is about the bill.
        if category.id == support.fallback() { found.min(1) } else { found * 2 }
    };
    let mut best: Option<(usize, &Category)> = None;
    for category in &support.categories {
        let weight = weight(category);
        if weight > best.map_or(0, |(most, _)| most) {
            best = Some((weight, category));
        }
    }
    best.map(|(_, category)| category)
}

/// How urgent the words make it, when they say so: the most of it, except that
/// "pas urgent" is not "urgent".
pub(super) fn urgency(turn: &Turn<'_>, words: &[Word]) -> Option<Priority> {
    let told =
        turn.script.profile.support.urgency.iter().filter(|(_, cues)| cues::any(words, cues));
    told.map(|(priority, _)| *priority).max()
}
