//! Questions answered from the tenant's settings; the thread resumes after.

use super::heard::Reaction;
use super::turn::{Heard, Turn};
use super::{booking, messages};
use crate::Mode;
use crate::ask::MessageKind;
use crate::state::{Done, Goal, Pending};
use crate::understand::Window;
use crate::understand::cues;
use crate::understand::intents::{self, Intent, Topic};
use crate::understand::words::{self, Word};
use crate::wording::{facts as said, message, support};
use domain::event::EventKind;
use domain::support::Reference;
use jiff::civil::Date;

/// Answers given in one turn.
const MAX_ANSWERS: usize = 2;

/// Words that ask how long it takes.
const DURATION: [&str; 4] = ["dure", "duree", "durer", "longtemps"];

/// Answers a question, when one was asked.
pub(super) fn answer(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let asked = heard.understood.intents.contains(&Intent::Question) || goes_on(turn);
    let alone = !turn.took && heard.understood.intents.is_empty();
    if !asked && !alone {
        return Reaction::Nothing;
    }
    if turn.script.mode == Mode::MessageOnly {
        return if asked { only_messages(turn) } else { Reaction::Nothing };
    }
    let mut answers = answers(turn);
    if !asked {
        // The same answer to what is no question would be a loop.
        answers.retain(|(subject, _)| *subject != turn.state.answered);
    }
    if answers.is_empty() && asked && taken(turn) {
        return Reaction::Nothing;
    }
    if answers.is_empty() {
        return if asked { unknown(turn) } else { Reaction::Nothing };
    }
    for (subject, answer) in answers {
        turn.lead(answer);
        turn.event(EventKind::QuestionAnswered, &subject);
        turn.state.answered = subject;
    }
    if !turn.state.done.contains(&Done::Answered) {
        turn.state.done.push(Done::Answered);
    }
    Reaction::Took
}

/// A question that the tenant itself has answered is that question, whatever
/// else its words could mean: "le docteur se déplace ?" moves nothing.
pub(super) fn claim(turn: &mut Turn<'_>) {
    const WANTS: [&str; 18] = [
        "voudrais",
        "voudrait",
        "voulais",
        "veux",
        "veut",
        "besoin",
        "faudrait",
        "aimerais",
        "souhaite",
        "souhaiterais",
        "pouvez",
        "pourriez",
        "pourrais",
        "rdv",
        "rendez",
        "rendezvous",
        "annuler",
        "mon",
    ];
    let wants = super::goals::says(turn, &WANTS);
    let Some(heard) = &turn.heard else { return };
    let asks = heard.words.iter().any(|word| word.stop == Some('?'))
        || heard.understood.intents.contains(&Intent::Question)
        || cues::any(&heard.words, &["est ce que", "estceque", "c est possible"]);
    let understood = &heard.understood;
    let plain = understood.when.is_empty() && understood.phones.is_empty();
    let theirs = |intent: &Intent| {
        matches!(
            intent,
            Intent::Question
                | Intent::Move
                | Intent::Book
                | Intent::Prescription
                | Intent::Results
                | Intent::Lookup
        )
    };
    let only = understood.intents.iter().all(theirs);
    let claims = asks && plain && only && !wants && turn.faqs().find(&heard.words).is_some();
    if claims && let Some(Heard { understood, .. }) = &mut turn.heard {
        understood.intents = vec![Intent::Question];
        understood.motive = None;
    }
}

/// "Et demain ?", after the hours were told.
pub(super) fn goes_on(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let filler = |word: &&Word| ["euh", "heu", "ah", "ben", "alors"].contains(&&*word.folded);
    let first = heard.words.iter().find(|word| !filler(word));
    let first = first.is_some_and(|word| ["et", "ou"].contains(&&*word.folded));
    turn.state.answered == "hours"
        && turn.state.goals.is_empty()
        && turn.state.pending == Some(Pending::AnythingElse)
        && first
        && heard.words.len() <= 7
        && one_day(&heard.understood.when)
        && heard.understood.intents.is_empty()
}

/// One day, or a weekday again and again.
fn one_day(when: &[Window]) -> bool {
    let mut days = when.iter().map(|window| window.span.from.map(|from| from.date().weekday()));
    days.next().is_some_and(|first| first.is_some() && days.all(|day| day == first))
}

/// True when the tenant's settings answer what is asked.
pub(super) fn answerable(turn: &Turn<'_>) -> bool {
    !answers(turn).is_empty()
}

/// What is asked, piece by piece ("… et vous êtes ouverts samedi ?"), or as a
/// whole; each with what it is about.
fn answers(turn: &Turn<'_>) -> Vec<(String, String)> {
    let Some(heard) = &turn.heard else { return Vec::new() };
    let pieces = heard
        .words
        .split(|word| word.folded == "et")
        .flat_map(|piece| piece.split_inclusive(|word| word.stop.is_some()))
        .filter(|piece| piece.len() > 1);
    let mut answers: Vec<(String, String)> = Vec::new();
    for (subject, answer) in pieces.filter_map(|piece| found(turn, piece)) {
        if answers.len() < MAX_ANSWERS && !answers.iter().any(|(other, _)| *other == subject) {
            answers.push((subject, answer));
        }
    }
    if answers.is_empty() {
        answers.extend(found(turn, &heard.words));
    }
    answers
}

/// The answer to some words and what it is about.
fn found(turn: &Turn<'_>, words: &[Word]) -> Option<(String, String)> {
    let profile = turn.script.profile;
    if let Some(reference) = opened(turn)
        && words.iter().any(|word| word.folded.starts_with("referenc"))
    {
        return Some(("reference".to_owned(), support::reference(turn.script, reference)));
    }
    if goes_on(turn) {
        return Some(("hours".to_owned(), hours(turn)?));
    }
    if let Some(at) = turn.faqs().find(words)
        && let Some(faq) = profile.faqs.get(at)
    {
        return Some((format!("faq:{at}"), said::own(&faq.answer)));
    }
    if DURATION.iter().any(|asked| words.iter().any(|word| word.folded == *asked)) {
        return Some(("duration".to_owned(), said::duration(booking::service(turn)?)));
    }
    let topic = intents::topic(words);
    if topic == Some(Topic::Hindrance) {
        return Some(("hindrance".to_owned(), said::hindrance().to_owned()));
    }
    if words.iter().any(|word| UNSAID.iter().any(|stem| word.folded.starts_with(stem))) {
        return None;
    }
    let (subject, answer) = match topic? {
        Topic::Hours => ("hours", hours(turn)),
        Topic::Address => ("address", said::address(turn.script)),
        Topic::Access => ("access", said::address(turn.script)),
        Topic::Price => ("price", said::prices(turn.script)),
        Topic::Documents => return documents(turn),
        Topic::Hindrance => return None,
    };
    Some((subject.to_owned(), answer?))
}

/// "Je viens avec quoi ?": the practice's own entry, by whatever words it is asked.
fn documents(turn: &Turn<'_>) -> Option<(String, String)> {
    let about = |question: &str| intents::topic(&words::words(question));
    let mut faqs = turn.script.profile.faqs.iter().enumerate();
    let (at, faq) = faqs.find(|(_, faq)| about(&faq.question) == Some(Topic::Documents))?;
    Some((format!("faq:{at}"), said::own(&faq.answer)))
}

/// Neither the prices nor the address answer what is asked of these.
const UNSAID: [&str; 11] = [
    "annul",
    "rez",
    "rembours",
    "mutuelle",
    "conventionn",
    "cheque",
    "espece",
    "ascenseur",
    "fauteuil",
    "handicap",
    "etage",
];

/// The reference of the last request that this call opened.
fn opened<'t>(turn: &'t Turn<'_>) -> Option<&'t Reference> {
    turn.state.done.iter().rev().find_map(|done| match done {
        Done::Ticketed(reference) => Some(reference),
        _ => None,
    })
}

/// The hours of the day asked about, or of the week.
fn hours(turn: &Turn<'_>) -> Option<String> {
    let when = &turn.heard.as_ref()?.understood.when;
    let days: Vec<Date> = when.iter().filter_map(|window| Some(window.span.from?.date())).collect();
    match days[..] {
        [day] => said::hours_on(turn.script, day),
        [first, ..] if days.iter().all(|day| day.weekday() == first.weekday()) => {
            said::hours_each(turn.script, first.weekday())
        }
        _ => said::hours(turn.script),
    }
}

/// A number that is nobody's answers nothing.
fn only_messages(turn: &mut Turn<'_>) -> Reaction {
    turn.lead(message::only_messages());
    if turn.state.goals.is_empty() {
        turn.state.goals.push(Goal::Message(MessageKind::Message));
        turn.state.opening = messages::words(turn);
    }
    Reaction::Took
}

/// True when what was asked is itself what an agent has just taken in: "avez-vous
/// des maisons à louer ?".
fn taken(turn: &Turn<'_>) -> bool {
    turn.took && matches!(turn.state.goal(), Some(Goal::Qualify | Goal::Support))
}

/// In the middle of something the thread resumes; otherwise a message is offered.
fn unknown(turn: &mut Turn<'_>) -> Reaction {
    turn.lead(said::unknown());
    match turn.state.goals.is_empty() {
        true => Reaction::Ends(turn.ask(Pending::OfferMessage, "unknown_question")),
        false => Reaction::Took,
    }
}
