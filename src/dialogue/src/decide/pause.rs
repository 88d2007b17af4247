//! Utterances that a pause has cut in two turns: words that plainly go on are
//! awaited, and words that were not understood are read again with what follows.

use super::heard;
use super::turn::{Outcome, Turn};
use crate::state::State;
use crate::understand::amounts;
use crate::understand::words::{self, Word};
use crate::wording::recovery as said;
use crate::{Next, Now, Script, Step};

/// The longest beginning that is remembered, in characters.
const MOST_CHARS: usize = 200;

/// Reacts to an utterance, or to the two halves of one.
pub(super) fn heard(script: &Script<'_>, state: &State, text: &str, now: Now) -> Step {
    let words = words::words(text);
    let end = End::of(&words);
    let mut alone = state.clone();
    let before = std::mem::take(&mut alone.unfinished);
    let alone = hold(script, alone, (text, words), now);
    if alone.rule == EMERGENCY || state.english {
        return alone;
    }
    // Noise does not end a sentence.
    if before.is_empty() || end.noise {
        let ends = matches!(alone.next, Next::HangUp) && end.names_something;
        return match (end.goes_on || ends) && may_wait(&alone) {
            true => wait(script, state, (text, alone), now),
            false => remembered(alone, text, end),
        };
    }
    let awaited = goes_on(&words::words(&before)) && !text.trim().is_empty();
    let whole = format!("{before} {text}");
    let both = State { unfinished: String::new(), ..state.clone() };
    let joined = hold(script, both, (&whole, words::words(&whole)), now);
    let better = (awaited || lost(&alone)) && !lost(&joined);
    match better || joined.rule == EMERGENCY {
        true => joined,
        false => remembered(alone, text, end),
    }
}

const EMERGENCY: &str = "emergency";

/// How an utterance ends.
#[derive(Debug, Clone, Copy)]
struct End {
    /// No speech at all.
    noise: bool,
    /// Its last words want others.
    goes_on: bool,
    /// It ends with the name of a thing, of which more may come.
    names_something: bool,
    /// It ends with a pain.
    pains: bool,
}

impl End {
    fn of(words: &[Word]) -> Self {
        Self {
            noise: !words.is_empty() && !words::is_speech(words),
            goes_on: goes_on(words),
            names_something: names_something(words),
            pains: words.last().is_some_and(|last| PAINS.contains(&last.folded.as_str())),
        }
    }
}

fn hold(script: &Script<'_>, state: State, (text, words): (&str, Vec<Word>), now: Now) -> Step {
    let mut turn = Turn::new(script, state, now);
    let outcome = heard::heard(&mut turn, text, words);
    turn.finish(outcome)
}

/// True when nothing in the utterance helped.
fn lost(step: &Step) -> bool {
    matches!(step.rule, "recovery" | "ladder_end" | "give_up" | "incomplete_number")
}

/// Whoever refuses to be recorded is not remembered.
fn may_wait(alone: &Step) -> bool {
    !alone.state.unrecorded && !alone.state.english
}

/// What was not understood may be the beginning of what comes, and so may be a
/// pain whose place has not been said.
fn remembered(mut step: Step, text: &str, end: End) -> Step {
    if (end.pains || lost(&step)) && may_wait(&step) && matches!(step.next, Next::Listen) {
        step.state.unfinished = text.trim().chars().take(MOST_CHARS).collect();
    }
    step
}

const PAINS: [&str; 7] = ["mal", "douleur", "douleurs", "saigne", "saignement", "brule", "serre"];

/// Awaits the rest of what was read `alone`.
fn wait(script: &Script<'_>, state: &State, (text, alone): (&str, Step), now: Now) -> Step {
    let mut turn = Turn::new(script, state.clone(), now);
    turn.state.silences = 0;
    turn.state.lead.clear();
    turn.state.unfinished = text.trim().chars().take(MOST_CHARS).collect();
    let say = said::go_on().to_owned();
    let outcome = Outcome { say, next: Next::Listen, rule: "await_rest" };
    Step { understood: alone.understood, ..turn.finish(outcome) }
}

/// True when the last word cannot be the last.
fn goes_on(words: &[Word]) -> bool {
    let [.., before, last] = words else { return false };
    // "Sûr", "là" and "où" end sentences; recognisers drop their accents.
    let opens = OPENING.contains(&last.folded.as_str()) || last.raw == "à";
    let not = last.folded == "pas" && before.folded == "mais";
    let will = last.folded == "vais" && ["je", "j"].contains(&before.folded.as_str());
    let whether = last.folded == "ce" && before.folded == "est";
    let day = last.folded == "le" && BEFORE_A_DAY.contains(&before.folded.as_str());
    let supposes = ["si", "s"].contains(&&*last.folded) && before.folded == "et";
    let opens = opens || day || supposes || half_of_a_span(words);
    let letter = before.folded.chars().count() == 1 && last.folded.chars().count() == 1;
    last.stop.is_none() && !letter && (opens || not || will || whether) || hesitates(words)
}

/// "Entre deux cents", "entre dix heures".
fn half_of_a_span(words: &[Word]) -> bool {
    let between = words.iter().position(|word| word.folded == "entre");
    between.is_some_and(|at| {
        let rest = &words[at + 1..];
        !rest.is_empty()
            && rest.len() <= 3
            && rest.iter().all(|word| word.folded != "et")
            && !amounts::counts(rest).is_empty()
    })
}

const BEFORE_A_DAY: [&str; 6] = ["ouvert", "ouverts", "ouverte", "dans", "sur", "ferme"];

/// "Non attendez", "ah non plutôt".
fn hesitates(words: &[Word]) -> bool {
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.folded.as_str()));
    let holds = words.iter().all(|word| HOLDING.contains(&word.folded.as_str()));
    let turns = ["plutot", "pardon", "fait"];
    let last = words.last().is_some_and(|last| turns.contains(&last.folded.as_str()));
    let stops = says(&["attendez", "attends"]) && says(&["non", "finalement", "mais"]);
    holds && words.len() > 1 && (last || stops)
}

const HOLDING: [&str; 14] = [
    "non",
    "ah",
    "oh",
    "euh",
    "oui",
    "bon",
    "attendez",
    "attends",
    "plutot",
    "finalement",
    "mais",
    "en",
    "fait",
    "pardon",
];

/// "Ah non en fait le numéro", "d'accord alors": more comes before goodbye.
fn names_something(words: &[Word]) -> bool {
    let last = words.last().map_or("", |last| last.folded.as_str());
    let thing = ["numero", "nom", "heure", "date", "jour", "mail", "adresse"].contains(&last);
    let determined = words.len() > 2
        && ["le", "la", "l", "mon"].contains(&words[words.len() - 2].folded.as_str());
    thing && determined || last == "alors" && words.len() < 4
}

const OPENING: [&str; 14] = [
    "que", "qu", "de", "du", "pour", "avec", "au", "aux", "et", "mais", "je", "parce", "vers",
    "chez",
];
