//! What the caller wants: goals that begin, end, and are agreed to.

use super::heard::Reaction;
use super::turn::Turn;
use super::{correction, existing, messages, qualify, questions, support};
use crate::Mode;
use crate::ask::MessageKind;
use crate::state::{Done, Goal, Interview, Pending, Preference};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use crate::wording::message;
use domain::tenant::AgentKind;

/// Goals kept at once.
const MAX_GOALS: usize = 4;

/// Begins what the utterance asks for, in order of mention.
pub(super) fn intents(turn: &mut Turn<'_>) -> Reaction {
    let trouble = support::wanted(turn);
    let excused = existing::excuses(turn);
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let wanted: Vec<Goal> = heard
        .understood
        .intents
        .iter()
        .filter(|intent| !about_the_wish(turn, **intent))
        .filter(|intent| !(excused && **intent == Intent::Cancel))
        .filter(|intent| !(corrects_us(turn) && **intent == Intent::Complaint))
        .filter_map(|intent| goal(*intent))
        // What another agent has taken in is no message besides.
        .filter(|goal| !(matches!(goal, Goal::Message(_)) && (trouble || taken(turn))))
        .filter(|goal| !(what_for(turn, *goal) || correction::renumbers(turn)))
        .collect();
    if wanted.is_empty() && !trouble {
        return if excused { Reaction::Took } else { Reaction::Nothing };
    }
    let moving = wanted.contains(&Goal::Move);
    let apart = existing::one_and_other(&heard.words);
    let mut begun = Vec::new();
    for goal in wanted {
        let part_of_moving = moving && (goal == Goal::Book || goal == Goal::Cancel && !apart);
        let note = matches!(goal, Goal::Message(_));
        let noted = note && begun.iter().any(|other| matches!(other, Goal::Message(_)));
        if !part_of_moving && !noted && !begun.contains(&goal) {
            begun.push(goal);
        }
    }
    if begun.contains(&Goal::Book) {
        support::comes_instead(turn);
    }
    for goal in begun.into_iter().rev() {
        begin(turn, goal);
    }
    if trouble {
        support::begin(turn);
    }
    turn.state.goals.truncate(MAX_GOALS);
    Reaction::Took
}

/// "Vous vous êtes trompé", in the middle of something, is about a detail.
fn corrects_us(turn: &Turn<'_>) -> bool {
    /// Who says more complains.
    const MOST_WORDS: usize = 12;
    turn.heard.as_ref().is_some_and(|heard| {
        let short = heard.words.len() <= MOST_WORDS && !turn.state.goals.is_empty();
        short && cues::any(&heard.words, &["etes tromp*", "etes plante*"])
    })
}

/// True when a support request or the tenant's questions have taken these words in.
fn taken(turn: &Turn<'_>) -> bool {
    turn.took && matches!(turn.state.goal(), Some(Goal::Support | Goal::Qualify))
}

/// "Un rendez-vous pour un renouvellement": why they come, no document besides.
fn what_for(turn: &Turn<'_>, goal: Goal) -> bool {
    let paper = Goal::Message(MessageKind::Prescription);
    if ![paper, Goal::Message(MessageKind::Results)].contains(&goal) || !books(turn) {
        return false;
    }
    let Some(heard) = &turn.heard else { return false };
    let visit = heard.understood.intents.contains(&Intent::Book);
    let what = |word: &Word| PAPERS.iter().any(|stem| word.folded.starts_with(stem));
    let at = heard.words.iter().position(what);
    visit
        && at.is_some_and(|at| {
            heard.words[at.saturating_sub(3)..at].iter().any(|word| word.folded == "pour")
        })
}

const PAPERS: [&str; 6] =
    ["renouvel", "ordonnance", "certificat", "resultat", "traitement", "analyse"];

/// While a booking is made, "changer", "annulez" or "c'est quand" without an
/// appointment being named are about that booking.
fn about_the_wish(turn: &Turn<'_>, intent: Intent) -> bool {
    let existing = matches!(intent, Intent::Move | Intent::Lookup);
    let named = turn.heard.as_ref().is_some_and(|heard| {
        heard
            .words
            .iter()
            .any(|word| ["rdv", "rendez", "rendezvous"].contains(&word.folded.as_str()))
    });
    // "Le premier, c'est à quelle heure ?" looks nothing up.
    let choosing = intent == Intent::Lookup && turn.state.pending == Some(Pending::WaitConfirm);
    existing && !named && (choosing || turn.state.goal() == Some(Goal::Book))
}

fn goal(intent: Intent) -> Option<Goal> {
    match intent {
        Intent::Book => Some(Goal::Book),
        Intent::Cancel => Some(Goal::Cancel),
        Intent::Move => Some(Goal::Move),
        Intent::Lookup => Some(Goal::Lookup),
        Intent::Prescription => Some(Goal::Message(MessageKind::Prescription)),
        Intent::Results => Some(Goal::Message(MessageKind::Results)),
        Intent::Message => Some(Goal::Message(MessageKind::Message)),
        Intent::Callback => Some(Goal::Message(MessageKind::Callback)),
        Intent::Complaint => Some(Goal::Message(MessageKind::Complaint)),
        _ => None,
    }
}

/// Begins a goal, or goes on with it.
pub(super) fn begin(turn: &mut Turn<'_>, goal: Goal) {
    let wished = goal;
    let goal = allowed(turn, goal);
    let instead = goal != wished && turn.script.mode == Mode::MessageOnly;
    if let (Some(Goal::Message(taken)), Goal::Message(kind)) = (turn.state.goal(), goal) {
        return messages::goes_on(turn, taken, kind);
    }
    let before = turn.state.goals.iter().position(|known| *known == goal);
    if let Some(at) = before {
        turn.state.goals.remove(at);
    } else {
        fresh(turn, goal);
    }
    if instead && turn.state.message.is_none() {
        turn.state.message = Some(messages::words(turn));
    }
    turn.state.goals.insert(0, goal);
}

/// A goal that starts anew forgets what belonged to an earlier one.
fn fresh(turn: &mut Turn<'_>, goal: Goal) {
    match goal {
        Goal::Book => {
            turn.state.wish = Preference::default();
            turn.state.offered.clear();
            turn.state.chosen = None;
            if turn.state.done.iter().any(|done| matches!(done, Done::Booked(_))) {
                turn.state.name = None;
            }
        }
        Goal::Cancel | Goal::Move => {
            turn.state.wish = Preference::default();
            turn.state.offered.clear();
            turn.state.chosen = None;
            turn.state.known = existing::spoken_of(turn).into_iter().collect();
        }
        Goal::Message(kind) => note(turn, kind),
        Goal::Qualify => {
            turn.state.interview = Interview::default();
            turn.state.motive = None;
        }
        Goal::Lookup | Goal::Correct | Goal::Support => {}
    }
}

/// A request told in a whole sentence is its own text.
fn note(turn: &mut Turn<'_>, kind: MessageKind) {
    turn.state.message = told(turn, kind).then(|| messages::words(turn));
}

/// True when the utterance is itself what to note.
pub(super) fn told(turn: &Turn<'_>, kind: MessageKind) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let (words, motive) = (heard.words.len(), heard.understood.motive.is_some());
    match kind {
        MessageKind::Prescription | MessageKind::Results => words > 5,
        MessageKind::Callback => words > 9 || motive && words > 6,
        MessageKind::Message => words > 14 || tells(&heard.words),
        MessageKind::Complaint => words > 14,
        MessageKind::WaitingList => false,
    }
}

/// "Dites au docteur que…", "je serai en retard": the message itself.
fn tells(words: &[Word]) -> bool {
    const VERBS: [&str; 8] = [
        "dites",
        "dire",
        "prevenez",
        "prevenir",
        "transmettre",
        "transmettez",
        "signaler",
        "informer",
    ];
    if words.iter().any(|word| word.folded == "retard") {
        return true;
    }
    let verb = words.iter().position(|word| VERBS.contains(&word.folded.as_str()));
    verb.is_some_and(|at| {
        words[at..].iter().any(|word| ["que", "qu"].contains(&word.folded.as_str()))
    })
}

/// What the tenant's agents do not do becomes a message.
fn allowed(turn: &mut Turn<'_>, goal: Goal) -> Goal {
    let appointment = matches!(goal, Goal::Book | Goal::Cancel | Goal::Move | Goal::Lookup);
    if !appointment || books(turn) {
        return goal;
    }
    if goal == Goal::Book && qualify::qualifies(turn) {
        return Goal::Qualify;
    }
    turn.lead(message::only_messages());
    Goal::Message(MessageKind::Message)
}

/// True when this assistant handles appointments.
pub(super) fn books(turn: &Turn<'_>) -> bool {
    turn.script.mode == Mode::Full && turn.script.profile.agents.contains(&AgentKind::Appointment)
}

/// True when one of these words is said.
pub(super) fn says(turn: &Turn<'_>, list: &[&str]) -> bool {
    let said = |word: &Word| list.contains(&word.folded.as_str());
    turn.heard.as_ref().is_some_and(|heard| heard.words.iter().any(said))
}

/// A date, a service or a reason to come, said with nothing else, is a wish
/// for an appointment.
pub(super) fn implied(turn: &mut Turn<'_>) -> Reaction {
    let idle = turn.state.goals.is_empty()
        && !matches!(turn.state.pending, Some(Pending::OfferMessage))
        && !matches!(turn.state.done.last(), Some(Done::Transferred));
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let bare = heard.understood.intents.is_empty() && heard.understood.topic.is_none();
    let wish = &turn.state.wish;
    let whom = wish.whom.is_some() || wish.ask_whom;
    let wishes = wish.stated || whom || wish.service.is_some() || turn.state.motive.is_some();
    let again = questions::goes_on(turn) || existing::says_again(turn);
    if !(idle && bare && wishes && turn.took && books(turn)) || again {
        // What was said of a time without wishing to come is over with the turn.
        if turn.state.goals.is_empty() && turn.state.pending != Some(Pending::OfferWaiting) {
            turn.state.wish = Preference::default();
        }
        return Reaction::Nothing;
    }
    match correction::booked(turn) {
        // "Finalement mettez-le à dix heures" moves what was just booked.
        Some(known) if says(turn, &CHANGES) => {
            turn.state.known = vec![known];
            turn.state.goals.push(Goal::Move);
        }
        Some(_) => {
            if turn.heard.as_ref().is_some_and(|heard| heard.understood.names.is_empty()) {
                turn.state.name = None;
            }
            turn.state.goals.push(Goal::Book);
        }
        None => turn.state.goals.push(Goal::Book),
    }
    Reaction::Took
}

/// Words that put something else in the place of what was just booked.
pub(super) const CHANGES: [&str; 16] = [
    "dit",
    "trompe",
    "trompee",
    "remettez",
    "finalement",
    "plutot",
    "fait",
    "mettre",
    "mettez",
    "changer",
    "changez",
    "non",
    "avancer",
    "reculer",
    "decaler",
    "erreur",
];
