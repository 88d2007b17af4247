//! Qualifying a prospect: the tenant's questions, who they are, then the write;
//! afterwards an appointment, where the tenant makes them.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use super::{advance as go_on, booking, contact, ending, goals, interview};
use crate::Mode;
use crate::ask::{Ask, Prospect, Receipt};
use crate::state::{Done, Goal, Interview, Pending, Waiting};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::wording::qualification as said;
use domain::event::EventKind;
use domain::id::ProspectId;
use domain::qualification::{Answered, Status};
use domain::tenant::AgentKind;

/// What the prospect's record lacks.
pub(super) fn advance(turn: &mut Turn<'_>) -> Outcome {
    let questions = &turn.script.profile.questionnaire.questions;
    let open =
        questions.iter().find(|question| !turn.state.interview.answers.contains_key(&question.id));
    if let Some(question) = open {
        if turn.state.interview.asking.as_deref() != Some(question.id.as_str()) {
            turn.state.interview.asking = Some(question.id.clone());
            turn.state.interview.insisted = false;
            turn.state.stumbles.remove(Pending::QualifQuestion.as_str());
        }
        return turn.ask(Pending::QualifQuestion, "ask_question");
    }
    turn.state.interview.asking = None;
    if turn.state.name.is_none() {
        return turn.ask(Pending::QualifName, "ask_name");
    }
    if let Some(outcome) = contact::advance(turn, "qualification") {
        return outcome;
    }
    let prospect = prospect(turn);
    turn.outside(Ask::CreateProspect(prospect), Waiting::Prospect, "create_prospect")
}

fn prospect(turn: &Turn<'_>) -> Prospect {
    let questionnaire = &turn.script.profile.questionnaire;
    let interview = &turn.state.interview;
    let answers = questionnaire.questions.iter().map(|question| Answered {
        id: question.id.clone(),
        ask: question.ask.clone(),
        value: interview.value(&question.id).cloned(),
    });
    Prospect {
        name: turn.state.name.as_ref().map(|name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        email: turn.state.contact.email.clone(),
        answers: answers.collect(),
        score: questionnaire.score(|id| interview.value(id).cloned()),
    }
}

/// The prospect is written.
pub(super) fn created(turn: &mut Turn<'_>, receipt: &Receipt<ProspectId>) -> Outcome {
    let status = prospect(turn).score.status;
    turn.lead(said::created(receipt));
    turn.event(EventKind::ProspectCreated, receipt.id());
    turn.state.done.push(Done::Qualified);
    turn.state.interview = Interview::default();
    booking::finish_goal(turn);
    let invited = status == Status::Qualified && goals::books(turn) && turn.state.goals.is_empty();
    match invited {
        true => turn.ask(Pending::OfferAppointment, "offer_appointment"),
        false => go_on(turn),
    }
}

/// True when this assistant qualifies prospects.
pub(super) fn qualifies(turn: &Turn<'_>) -> bool {
    turn.script.mode == Mode::Full
        && turn.script.profile.does(AgentKind::Qualification)
        && !turn.script.profile.questionnaire.questions.is_empty()
}

/// True when the utterance tells a wish that the tenant's questions are about.
pub(super) fn wanted(turn: &Turn<'_>) -> bool {
    const WISHES: [&str; 26] = [
        "vends",
        "achete",
        "cherche",
        "recherche",
        "cherchons",
        "recherchons",
        "voudrais",
        "voudrait",
        "voudrions",
        "veux",
        "veut",
        "souhaite*",
        "aimerai*",
        "aimerions",
        "besoin",
        "interess*",
        "envie",
        "projet",
        "annonce",
        "acheter",
        "vendre",
        "louer",
        "estimer",
        "estimation",
        "devis",
        "projette",
    ];
    let Some(heard) = &turn.heard else { return false };
    let idle = turn.state.goals.is_empty()
        && !matches!(turn.state.done.last(), Some(Done::Transferred))
        && turn.state.pending != Some(Pending::OfferAppointment)
        && (turn.state.pending != Some(Pending::OfferMessage) || interview::volunteers(turn));
    if !idle || !qualifies(turn) {
        return false;
    }
    let intents = &heard.understood.intents;
    if intents.contains(&Intent::Book) {
        return !goals::books(turn);
    }
    // A quotation is a document to ask for only where nothing is asked before it.
    let quotation = |intent: &Intent| {
        *intent == Intent::Prescription && goals::says(turn, &["devis", "estimation"])
    };
    if !intents.iter().all(|intent| *intent == Intent::Question || quotation(intent)) {
        return false;
    }
    if intents.iter().any(quotation) {
        return true;
    }
    if interview::volunteers(turn) {
        return intents.is_empty() || !super::questions::answerable(turn);
    }
    let asks = ["renseignement*", "question*", "information*"];
    intents.is_empty()
        && heard.words.len() > 2
        && !cues::any(&heard.words, &asks)
        && (cues::any(&heard.words, &WISHES) || heard.understood.motive.is_some())
}

/// A wish begins the questions.
pub(super) fn words(turn: &mut Turn<'_>) -> Reaction {
    if !wanted(turn) || super::support::wanted(turn) {
        return Reaction::Nothing;
    }
    goals::begin(turn, Goal::Qualify);
    Reaction::Took
}

/// Yes and no to an appointment.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.pending != Some(Pending::OfferAppointment) || !turn.state.goals.is_empty() {
        return Reaction::Nothing;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let busy = !heard.understood.intents.is_empty();
    match heard.understood.polarity {
        Some(Polarity::Yes) if !busy => {
            goals::begin(turn, Goal::Book);
            Reaction::Took
        }
        Some(Polarity::No) if !busy => Reaction::Ends(ending::goodbye(turn)),
        _ => Reaction::Nothing,
    }
}

/// Misunderstood too often: the question is left open; one prospect more is
/// worth more than one answer more.
pub(super) fn give_up(turn: &mut Turn<'_>, times: u8) -> bool {
    let Some(question) = interview::asking(turn) else { return false };
    let patience = if question.required { 4 } else { 3 };
    if times >= patience {
        interview::pass(turn);
    }
    times >= patience
}
