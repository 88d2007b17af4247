//! Nothing was heard, or nothing but noise: a ladder of its own, then goodbye.

use super::turn::{Outcome, Turn};
use super::{advance, contact, ending};
use crate::Next;
use crate::wording::{self, Rung, recovery as said};
use domain::event::EventKind;

/// Turns without speech before goodbye.
const PATIENCE: u8 = 4;

/// Reacts to silence.
pub(super) fn silence(turn: &mut Turn<'_>) -> Outcome {
    // After a number that may go on, silence is its end.
    if contact::close(turn) {
        turn.event(EventKind::EmptyMessage, "1");
        return advance(turn);
    }
    let times = count(turn);
    turn.event(EventKind::EmptyMessage, &times.to_string());
    match times {
        PATIENCE.. => ending::depart(turn, said::silence_goodbye().to_owned(), "silence_goodbye"),
        1 => alone(said::silence(times), "silence"),
        _ => with_question(turn, said::silence(times), times),
    }
}

/// What an utterance is when it says nothing.
enum Empty {
    Noise,
    Hello,
    Greeting,
    Wait,
}

/// Reacts to noise, "allô ?", a mere greeting and "attendez"; bounded like silence.
pub(super) fn noise(turn: &mut Turn<'_>) -> Option<Outcome> {
    let Some(empty) = empty(turn) else {
        turn.state.silences = 0;
        return None;
    };
    let times = count(turn);
    if times >= PATIENCE {
        return Some(ending::depart(turn, said::silence_goodbye().to_owned(), "noise_goodbye"));
    }
    Some(match empty {
        Empty::Hello => with_question(turn, said::hello(times), times),
        Empty::Greeting => {
            let sentence = if turn.state.greeted { said::greeting(times) } else { "" };
            with_question(turn, sentence, times)
        }
        Empty::Noise | Empty::Wait if times == 1 => alone(said::noise(times), "noise"),
        Empty::Noise | Empty::Wait => with_question(turn, said::noise(times), times),
    })
}

fn empty(turn: &Turn<'_>) -> Option<Empty> {
    let heard = turn.heard.as_ref()?;
    let understood = &heard.understood;
    let only = |list: &[&str]| heard.words.iter().all(|word| list.contains(&word.folded.as_str()));
    let has = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    let told = !understood.intents.is_empty()
        || !understood.names.is_empty()
        || !understood.when.is_empty()
        || understood.motive.is_some();
    match () {
        () if understood.noise => Some(Empty::Noise),
        () if told => None,
        () if understood.hello => Some(Empty::Hello),
        () if only(&GREETINGS) && has(&GREETINGS[..4]) => Some(Empty::Greeting),
        () if turn.state.silences > 0 && only(&PRESENT) && has(&PRESENT[..2]) => Some(Empty::Hello),
        () if only(&WAITS) && has(&WAITS[..5]) => Some(Empty::Wait),
        () if has(&WAITS[..2]) && has(&LOOKS) => Some(Empty::Wait),
        // "Attendez, je cherche mes lunettes", in the middle of a number.
        () if contact::open(turn) && has(&WAITS[..2]) => Some(Empty::Wait),
        () => None,
    }
}

const GREETINGS: [&str; 21] = [
    "bonjour",
    "bonsoir",
    "salut",
    "coucou",
    "madame",
    "monsieur",
    "mademoiselle",
    "docteur",
    "oui",
    "euh",
    "alors",
    "a",
    "tous",
    "vous",
    "comment",
    "allez",
    "ca",
    "va",
    "bien",
    "et",
    "merci",
];
/// "Oui, je suis là".
const PRESENT: [&str; 13] = [
    "la", "ici", "oui", "ouais", "je", "suis", "toujours", "encore", "on", "est", "bien", "euh",
    "j",
];
/// What makes callers wait a moment: "attendez, je demande à ma femme".
const LOOKS: [&str; 9] = [
    "cherche", "chercher", "regarde", "demande", "demander", "verifie", "retrouve", "lunettes",
    "note",
];
const WAITS: [&str; 28] = [
    "attendez",
    "attends",
    "instant",
    "seconde",
    "secondes",
    "patientez",
    "un",
    "une",
    "deux",
    "petit",
    "petite",
    "minute",
    "minutes",
    "je",
    "cherche",
    "regarde",
    "verifie",
    "prends",
    "mon",
    "agenda",
    "calendrier",
    "planning",
    "euh",
    "s",
    "il",
    "vous",
    "plait",
    "oui",
];

fn count(turn: &mut Turn<'_>) -> u8 {
    turn.state.silences = turn.state.silences.saturating_add(1);
    turn.state.silences
}

fn alone(sentence: &str, rule: &'static str) -> Outcome {
    Outcome { say: sentence.to_owned(), next: Next::Listen, rule }
}

fn with_question(turn: &mut Turn<'_>, sentence: &str, times: u8) -> Outcome {
    turn.lead(sentence);
    let Some(pending) = turn.state.pending else { return advance(turn) };
    let rung = if times > 2 { Rung::Rephrase } else { Rung::First };
    let say = wording::question(turn.script, &turn.state, pending, rung);
    Outcome { say, next: Next::Listen, rule: "silence" }
}
