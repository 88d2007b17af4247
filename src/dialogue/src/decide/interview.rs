//! Answers to the tenant's questions, asked or not: one utterance may answer
//! several, and a correction is taken at any step.

mod read;

use super::ending;
use super::heard::Reaction;
use super::turn::{Heard, Turn};
use crate::state::{Goal, Pending};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::qualification as said;
use domain::qualification::{Kind, Question, Value};
use read::Source;

/// Takes in every answer that the utterance holds.
pub(super) fn take_in(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.goal() != Some(Goal::Qualify) {
        return Reaction::Nothing;
    }
    let questionnaire = &turn.script.profile.questionnaire;
    let asked = asking(turn);
    let mut took = false;
    let mut read: Option<Value> = None;
    // "Non pardon, trois cent mille" is no answer to a yes-or-no question.
    let corrected = asked.is_some_and(|asked| asked.kind == Kind::YesNo)
        && questionnaire.questions.iter().any(|question| correction(turn, question));
    if let Some(question) = asked.filter(|_| !corrected)
        && let Some(value) = reply(turn, question)
    {
        ending::stays(turn);
        if let Some(amount) = turn.heard.as_ref().and_then(|h| read::inferred(question, &h.words)) {
            turn.lead(said::amount(amount));
        }
        read = Some(value.clone());
        answered(turn, &question.id, Some(value));
        took = true;
    }
    for question in &questionnaire.questions {
        if asked.is_some_and(|asked| asked.id == question.id) {
            continue;
        }
        took |= unasked(turn, question, read.as_ref());
    }
    match took {
        true => Reaction::Took,
        false if corrected => Reaction::Took,
        false => dodge(turn, asked),
    }
}

/// The question being asked.
pub(super) fn asking<'a>(turn: &Turn<'a>) -> Option<&'a Question> {
    if turn.state.pending != Some(Pending::QualifQuestion) {
        return None;
    }
    turn.script.profile.questionnaire.question(turn.state.interview.asking.as_deref()?)
}

/// True when the utterance answers some question of the tenant by itself.
pub(super) fn volunteers(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let questions = &turn.script.profile.questionnaire.questions;
    questions.iter().any(|question| read::unasked(question, heard, alone(turn, question)).is_some())
}

fn reply(turn: &Turn<'_>, question: &Question) -> Option<Value> {
    let heard = turn.heard.as_ref()?;
    let source = match turn.state.stumbles.contains_key(Pending::QualifQuestion.as_str()) {
        true => Source::AskedAgain,
        false => Source::Asked,
    };
    // What is asked of us is no answer, nor is a wish to speak to somebody.
    let free = matches!(question.kind, Kind::Text | Kind::Place | Kind::Date | Kind::YesNo);
    let busy = heard.understood.intents.iter().any(|intent| {
        matches!(intent, Intent::Human | Intent::Question | Intent::Callback | Intent::Message)
    });
    let busy = busy || ending::takes_leave(turn);
    let worded = matches!(question.kind, Kind::Text | Kind::Place | Kind::Date);
    let place = matches!(question.kind, Kind::Place | Kind::Date);
    if place && (refuses(heard) || counts(turn)) {
        return None;
    }
    if worded && busy || free && read::dodges(&heard.words) {
        return None;
    }
    let value = read::asked(question, heard, source, turn.now.local.date());
    value.filter(|_| !(busy && heard.words.len() < 4))
}

/// A mere "non", to a question that is not about yes or no.
fn refuses(heard: &Heard) -> bool {
    heard.understood.polarity == Some(Polarity::No) && heard.words.len() < 5
}

/// "Deux pièces" answers how many, and nothing else.
fn counts(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let questions = &turn.script.profile.questionnaire.questions;
    heard.words.len() < 4
        && questions
            .iter()
            .filter(|other| other.kind == Kind::Number)
            .any(|other| read::unasked(other, heard, false).is_some())
}

/// True when the utterance changes what was answered before.
fn correction(turn: &Turn<'_>, question: &Question) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let before = turn.state.interview.value(&question.id);
    let now = || read::unasked(question, heard, alone(turn, question));
    before.is_some() && corrects(&heard.words) && now().is_some_and(|now| before != Some(&now))
}

/// An answer given without being asked for; one that was given before changes
/// only when it is said to be a correction.
fn unasked(turn: &mut Turn<'_>, question: &Question, read: Option<&Value>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let before = turn.state.interview.value(&question.id).is_some();
    if before && !corrects(&heard.words) {
        return false;
    }
    let Some(value) = read::unasked(question, heard, alone(turn, question)) else { return false };
    // What has just answered the question asked does not answer another too.
    if read == Some(&value) || turn.state.interview.value(&question.id) == Some(&value) {
        return false;
    }
    let same_kind = read.is_some_and(|read| {
        std::mem::discriminant(read) == std::mem::discriminant(&value)
            && !matches!(value, Value::Choice(_))
    });
    if same_kind {
        return false;
    }
    answered(turn, &question.id, Some(value));
    true
}

/// True when no other question of that kind waits for an answer.
fn alone(turn: &Turn<'_>, question: &Question) -> bool {
    let open = |other: &&Question| {
        other.kind == question.kind && !turn.state.interview.answers.contains_key(&other.id)
    };
    let questions = &turn.script.profile.questionnaire.questions;
    let others = questions.iter().filter(open).filter(|other| other.id != question.id).count();
    others == 0
}

fn corrects(words: &[Word]) -> bool {
    const MARKS: [&str; 12] = [
        "non",
        "finalement",
        "plutot",
        "fait",
        "erreur",
        "trompe",
        "trompee",
        "pardon",
        "corriger",
        "changer",
        "enfin",
        "contraire",
    ];
    words.iter().any(|word| MARKS.contains(&word.folded.as_str()))
}

/// Keeps an answer; the question's ladder begins anew for the next one.
fn answered(turn: &mut Turn<'_>, id: &str, value: Option<Value>) {
    turn.state.interview.answers.insert(id.to_owned(), value);
    if turn.state.interview.asking.as_deref() == Some(id) {
        settle(turn);
    }
}

fn settle(turn: &mut Turn<'_>) {
    turn.state.interview.asking = None;
    turn.state.interview.insisted = false;
    turn.state.stumbles.remove(Pending::QualifQuestion.as_str());
    if turn.state.pending == Some(Pending::QualifQuestion) {
        turn.state.pending = None;
    }
}

/// "Je ne sais pas", "je préfère ne pas répondre": the next question; one that
/// is required is put once more.
fn dodge(turn: &mut Turn<'_>, asked: Option<&Question>) -> Reaction {
    let Some(question) = asked else { return Reaction::Nothing };
    let refused = question.kind != Kind::YesNo;
    let dodges = turn
        .heard
        .as_ref()
        .is_some_and(|heard| read::dodges(&heard.words) || refused && refuses(heard));
    if !dodges {
        return Reaction::Nothing;
    }
    if question.required && !turn.state.interview.insisted {
        turn.state.interview.insisted = true;
        turn.lead(said::insist());
        return Reaction::Took;
    }
    pass(turn);
    Reaction::Took
}

/// The question being asked stays open; the next one is put.
pub(super) fn pass(turn: &mut Turn<'_>) {
    let Some(id) = turn.state.interview.asking.clone() else { return };
    turn.lead(said::pass());
    answered(turn, &id, None);
}

/// Keys: the rank of an option, 1 and 2 for yes and no, or a number.
pub(super) fn keys(turn: &mut Turn<'_>, digits: &str) -> Reaction {
    let Some(question) = asking(turn) else { return Reaction::Nothing };
    let Ok(number) = digits.parse::<i64>() else { return Reaction::Nothing };
    let rank = usize::try_from(number).ok().and_then(|rank| rank.checked_sub(1));
    let value = match (question.kind, number) {
        (Kind::Choice, _) => {
            rank.and_then(|at| question.options.get(at)).map(|o| Value::Choice(o.label.clone()))
        }
        (Kind::YesNo, 1) => Some(Value::YesNo(true)),
        (Kind::YesNo, 2) => Some(Value::YesNo(false)),
        (Kind::Number, _) => Some(Value::Number(number)),
        (Kind::Amount, _) => Some(Value::Amount { from: Some(number), to: Some(number) }),
        _ => None,
    };
    if value.is_none() {
        return Reaction::Nothing;
    }
    answered(turn, &question.id, value);
    Reaction::Took
}
