//! A support request: what has to be looked after, of which category, how
//! urgent, who asks; then the write.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{absorb, advance as go_on, booking, contact, goals};
use crate::Mode;
use crate::ask::{Ask, Receipt, Request};
use crate::state::{Done, Goal, Pending, Trouble, Waiting};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::support as said;
use domain::event::EventKind;
use domain::support::{Category, Priority, Reference};
use domain::tenant::AgentKind;

/// Longest description kept, in characters.
const MAX_TEXT: usize = 600;
/// Fewer telling words than this say nothing of what has to be looked after.
const TELLING: usize = 3;

/// What the request lacks.
pub(super) fn advance(turn: &mut Turn<'_>) -> Outcome {
    let trouble = &turn.state.trouble;
    if trouble.words.is_none() {
        return turn.ask(Pending::TicketText, "ask_trouble");
    }
    if trouble.category.is_none() {
        return turn.ask(Pending::TicketCategory, "ask_category");
    }
    if trouble.priority.is_none() {
        match category(turn).is_some_and(|category| category.ask_urgency) {
            true => return turn.ask(Pending::TicketUrgency, "ask_urgency"),
            false => turn.state.trouble.priority = Some(Priority::Medium),
        }
    }
    if turn.state.name.is_none() {
        return turn.ask(Pending::QualifName, "ask_name");
    }
    if let Some(outcome) = contact::advance(turn, "support") {
        return outcome;
    }
    let request = request(turn);
    turn.outside(Ask::OpenTicket(request), Waiting::Ticket, "open_ticket")
}

fn category<'a>(turn: &Turn<'a>) -> Option<&'a Category> {
    turn.script.profile.support.category(turn.state.trouble.category.as_deref()?)
}

fn request(turn: &Turn<'_>) -> Request {
    let trouble = &turn.state.trouble;
    let fallback = turn.script.profile.support.fallback();
    Request {
        name: turn.state.name.as_ref().map(|name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        email: turn.state.contact.email.clone(),
        text: trouble.words.clone().unwrap_or_default(),
        category: trouble.category.clone().unwrap_or_else(|| fallback.to_owned()),
        priority: trouble.priority.unwrap_or(Priority::Medium),
    }
}

/// The request is written.
pub(super) fn opened(turn: &mut Turn<'_>, receipt: &Receipt<Reference>) -> Outcome {
    let sentence = said::opened(turn.script, receipt);
    turn.lead(sentence);
    turn.event(EventKind::TicketCreated, receipt.id());
    turn.state.done.push(Done::Ticketed(receipt.of().clone()));
    turn.state.trouble = Trouble::default();
    booking::finish_goal(turn);
    go_on(turn)
}

/// True when this assistant opens support requests.
pub(super) fn supports(turn: &Turn<'_>) -> bool {
    turn.script.mode == Mode::Full && turn.script.profile.does(AgentKind::Support)
}

/// Something does not work or is wrong, in words that any tenant's callers use.
const TROUBLES: [&str; 34] = [
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
pub(super) fn wanted(turn: &Turn<'_>) -> bool {
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
                | Intent::Callback
                | Intent::Abandon
                | Intent::Sales
                | Intent::WrongNumber
        )
    };
    let also = goals::says(turn, &["aussi", "egalement", "ailleurs", "plus"]);
    let trouble = cues::any(&heard.words, &TROUBLES) || intents.contains(&Intent::Complaint);
    if !turn.state.goals.is_empty() {
        return trouble && also && turn.state.goal() != Some(Goal::Support) && asks_nothing(turn);
    }
    if intents.iter().any(other) {
        return trouble && also && !intents.contains(&Intent::Human);
    }
    let asked = intents.contains(&Intent::Question);
    trouble || !asked && (known(turn, &heard.words) || pressing(turn, &heard.words))
}

/// Nothing whose answer could be about the trouble is being asked.
fn asks_nothing(turn: &Turn<'_>) -> bool {
    !matches!(turn.state.pending, Some(Pending::MessageText | Pending::QualifQuestion))
}

/// True when the words tell one of the tenant's categories.
fn known(turn: &Turn<'_>, words: &[Word]) -> bool {
    turn.script.profile.support.categories.iter().any(|category| {
        category.id != turn.script.profile.support.fallback() && cues::any(words, &category.words)
    })
}

fn pressing(turn: &Turn<'_>, words: &[Word]) -> bool {
    urgency(turn, words).is_some_and(|priority| priority == Priority::Urgent)
}

/// Takes the words of a request that begins; where there is more than one wish
/// it comes last.
pub(super) fn begin(turn: &mut Turn<'_>) {
    turn.state.trouble = Trouble::default();
    turn.state.goals.push(Goal::Support);
    let Some(heard) = &turn.heard else { return };
    if telling(turn, &heard.words) {
        describe(turn);
    }
}

/// True when the words say more than that there is a problem.
fn telling(turn: &Turn<'_>, words: &[Word]) -> bool {
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

/// Keeps the heard words, and what they tell of category and urgency.
fn describe(turn: &mut Turn<'_>) {
    let said = turn.text.trim();
    let text = match turn.state.trouble.words.take() {
        Some(before) => format!("{before} — {said}"),
        None => said.to_owned(),
    };
    turn.state.trouble.words = Some(text.chars().take(MAX_TEXT).collect());
    classify(turn);
}

fn classify(turn: &mut Turn<'_>) {
    let Some(heard) = &turn.heard else { return };
    let complaint = heard.understood.intents.contains(&Intent::Complaint);
    let category = told(turn, &heard.words).or_else(|| {
        let known = turn.script.profile.support.category("reclamation");
        known.filter(|_| complaint)
    });
    let urgency = urgency(turn, &heard.words);
    // What is urgent is not held up by asking what to call it.
    let category = category.or_else(|| {
        let urgent = urgency == Some(Priority::Urgent);
        turn.script.profile.support.categories.iter().find(|one| urgent && one.ask_urgency)
    });
    if turn.state.trouble.category.is_none() {
        turn.state.trouble.category = category.map(|category| category.id.clone());
    }
    // What is added makes it more urgent, never less.
    turn.state.trouble.priority = match (turn.state.trouble.priority, urgency) {
        (Some(before), Some(now)) => Some(before.max(now)),
        (before, now) => now.or(before),
    };
}

/// The category that most of the words tell; the first of equals.
fn told<'a>(turn: &Turn<'a>, words: &[Word]) -> Option<&'a Category> {
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
fn urgency(turn: &Turn<'_>, words: &[Word]) -> Option<Priority> {
    let told =
        turn.script.profile.support.urgency.iter().filter(|(_, cues)| cues::any(words, cues));
    told.map(|(priority, _)| *priority).max()
}

/// The words of the request, its category, its urgency: whatever was asked.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
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
        Intent::Abandon | Intent::Human | Intent::Callback => true,
        Intent::Book | Intent::Cancel | Intent::Move => able,
        _ => false,
    });
    if elsewhere && heard.words.len() < 8 {
        return Reaction::Nothing;
    }
    if understood.polarity == Some(Polarity::No) && heard.words.len() < 4 {
        booking::finish_goal(turn);
        return Reaction::Took;
    }
    // "Oui" and "j'ai un problème" tell nothing yet.
    let mere = heard.words.len() < 3 && !known(turn, &heard.words);
    if mere && understood.intents.is_empty() {
        return Reaction::Nothing;
    }
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

/// "Et en plus il y a une fuite": more of the request being taken.
fn more(turn: &mut Turn<'_>) -> Reaction {
    let taken = turn.state.goal() == Some(Goal::Support) && turn.state.trouble.words.is_some();
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let tells = heard.words.len() > 3
        && (cues::any(&heard.words, &TROUBLES) || urgency(turn, &heard.words).is_some());
    if !(taken && tells) {
        return Reaction::Nothing;
    }
    describe(turn);
    Reaction::Took
}

/// Misunderstood too often: the usual is kept, and a person will see.
pub(super) fn give_up(turn: &mut Turn<'_>, pending: Pending, times: u8) -> bool {
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
