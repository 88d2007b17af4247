//! A support request: what has to be looked after, of which category, how
//! urgent, who asks; then the write. [`told`] reads the words, [`replies`] what
//! is answered.

mod replies;
mod told;

pub(super) use replies::{give_up, reply};
pub(super) use told::wanted;

use super::turn::{Outcome, Turn};
use super::{advance as go_on, booking, contact};
use crate::Mode;
use crate::ask::{Ask, Receipt, Request};
use crate::state::{Done, Goal, Interview, Pending, Trouble, Waiting};
use crate::understand::intents::Intent;
use crate::wording::support as said;
use domain::event::EventKind;
use domain::support::{Category, Priority, Reference};
use domain::tenant::AgentKind;
use told::{telling, told, urgency};

/// Longest description kept, in characters.
const MAX_TEXT: usize = 600;

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

/// Takes the words of a request that begins; where there is more than one wish
/// it comes last.
pub(super) fn begin(turn: &mut Turn<'_>) {
    turn.state.trouble = Trouble::default();
    if told::replaces(turn) {
        turn.state.goals.clear();
        turn.state.interview = Interview::default();
        turn.state.pending = None;
    }
    turn.state.goals.push(Goal::Support);
    let Some(heard) = &mut turn.heard else { return };
    // Somebody to look after it is no wish to be put through.
    heard.understood.intents.retain(|intent| *intent != Intent::Human);
    let Some(heard) = &turn.heard else { return };
    if telling(turn, &heard.words) {
        describe(turn);
    }
}

/// "Ma chaudière est en panne", and then "je voudrais un rendez-vous": why they
/// want one, no request besides.
pub(super) fn comes_instead(turn: &mut Turn<'_>) {
    let begun = turn.state.goals[..] == [Goal::Support] && turn.state.name.is_none();
    if begun && super::goals::books(turn) {
        turn.state.motive = std::mem::take(&mut turn.state.trouble).words;
        turn.state.goals.clear();
        turn.state.pending = None;
    }
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
