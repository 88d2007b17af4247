//! Callers who speak no French: name, number and a wish, taken as a message.

use super::turn::{Outcome, Turn};
use super::{contact, messages};
use crate::ask::{Message, MessageKind, Receipt};
use crate::state::{Done, Field, Goal, Pending, Source};
use crate::understand::intents::Intent;
use crate::understand::words::{Word, capitalised};
use crate::wording::Rung;
use crate::wording::english as said;
use domain::event::EventKind;
use domain::id::TicketId;
use domain::phone::E164;

/// Words that come before a name.
const INTRODUCTIONS: [&str; 17] = [
    "my", "name", "is", "i", "am", "m", "this", "it", "s", "hello", "hi", "yes", "sorry", "the",
    "euh", "uh", "um",
];
const DIGITS: [(&str, char); 12] = [
    ("zero", '0'),
    ("oh", '0'),
    ("o", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
];
/// Times the same question is asked before goodbye.
const PATIENCE: u8 = 3;

/// Takes the turn when the caller speaks another language.
pub(super) fn foreign(turn: &mut Turn<'_>) -> Option<Outcome> {
    let intents = &turn.heard.as_ref()?.understood.intents;
    let begins = intents.contains(&Intent::OtherLanguage);
    let french = intents
        .iter()
        .any(|intent| !matches!(intent, Intent::OtherLanguage | Intent::Thanks | Intent::Abandon));
    match (turn.state.english, begins, french) {
        (true, false, true) => {
            turn.state.english = false;
            turn.state.goals.clear();
            None
        }
        (true, _, _) => Some(heard(turn)),
        (false, true, false) => {
            turn.state.english = true;
            turn.state.goals = vec![Goal::Message(MessageKind::Message)];
            turn.state.message = None;
            wish(turn);
            turn.lead(said::sorry());
            Some(advance(turn))
        }
        _ => None,
    }
}

fn heard(turn: &mut Turn<'_>) -> Outcome {
    if leaves(turn) && turn.state.message.is_none() {
        return goodbye(turn);
    }
    wish(turn);
    let took = match turn.state.pending {
        Some(Pending::QualifName) => name(turn),
        Some(Pending::ContactConfirm) => confirm(turn),
        Some(Pending::QualifContact) => number(turn),
        Some(Pending::MessageText) => {
            turn.state.message = Some(messages::words(turn));
            true
        }
        _ => return goodbye(turn),
    };
    if took {
        turn.state.lost = 0;
        return advance(turn);
    }
    turn.state.lost = turn.state.lost.saturating_add(1);
    match turn.state.lost {
        PATIENCE.. => goodbye(turn),
        _ => {
            let pardon = said::pardon(turn.state.lost);
            turn.lead(pardon);
            advance(turn)
        }
    }
}

/// What the message lacks: name, number, wish.
pub(super) fn advance(turn: &mut Turn<'_>) -> Outcome {
    if turn.state.name.is_none() {
        return turn.ask_at(Pending::QualifName, Rung::First, "english_name");
    }
    if let Some(outcome) = contact::advance(turn, "message") {
        return outcome;
    }
    let Some(text) = turn.state.message.clone() else {
        return turn.ask_at(Pending::MessageText, Rung::First, "english_message");
    };
    let message = Message {
        kind: MessageKind::Message,
        name: turn.state.name.as_ref().map(|name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        text,
        wish: None,
    };
    messages::store(turn, message)
}

/// The message is written.
pub(super) fn taken(turn: &mut Turn<'_>, receipt: &Receipt<TicketId>) -> Outcome {
    turn.event(EventKind::MessageTaken, receipt.id());
    turn.state.done.push(Done::Noted);
    turn.state.goals.clear();
    turn.hang_up(said::taken(receipt), "english_goodbye")
}

fn goodbye(turn: &mut Turn<'_>) -> Outcome {
    super::ending::depart(turn, said::goodbye().to_owned(), "english_goodbye")
}

/// What they want, told before it is asked: the message.
fn wish(turn: &mut Turn<'_>) {
    const WISHES: [&str; 12] = [
        "need",
        "want",
        "would",
        "appointment",
        "book",
        "cancel",
        "see",
        "pain",
        "prescription",
        "looking",
        "call",
        "about",
    ];
    if turn.state.message.is_none() && super::goals::says(turn, &WISHES) {
        turn.state.message = Some(messages::words(turn));
    }
}

/// "Thank you, bye".
fn leaves(turn: &Turn<'_>) -> bool {
    super::goals::says(turn, &["bye", "goodbye", "nothing", "nevermind"])
}

fn name(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    // "I need to see a doctor, my name is John Baker".
    let told = heard.words.windows(2).position(|two| {
        ["name", "names"].contains(&two[0].folded.as_str())
            && ["is", "s"].contains(&two[1].folded.as_str())
    });
    let wishes = told.is_none() && turn.state.message.as_deref() == Some(turn.text.trim());
    if wishes {
        return true;
    }
    let said: Vec<String> = heard.words[told.map_or(0, |at| at + 2)..]
        .iter()
        .filter(|word| !INTRODUCTIONS.contains(&word.folded.as_str()) && !word.is_figure())
        .take(4)
        .map(|word| capitalised(&word.raw))
        .collect();
    let heard_one = !said.is_empty();
    if heard_one {
        turn.state.name = Some(Field::likely(said.join(" "), Source::Answered));
    }
    heard_one
}

fn confirm(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let says = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    if says(&["no", "nope", "not", "non"]) {
        turn.state.contact.not_caller = true;
        turn.state.contact.dictated = None;
        return number(turn) || turn.state.contact.phone.is_none();
    }
    let agreed = says(&["yes", "yeah", "yep", "correct", "right", "ok", "okay", "sure", "oui"]);
    if agreed && let Some(dictated) = turn.state.contact.dictated.take() {
        turn.state.contact.phone = Some(dictated);
    } else if agreed && let Some(caller) = contact::usable(turn).cloned() {
        turn.state.contact.phone = Some(Field::sure(caller, Source::Network));
    }
    agreed
}

/// Digits in words or figures; a caller who gives none twice leaves none.
fn number(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let digits: String = heard.words.iter().filter_map(digit).collect();
    let parsed = E164::parse(&digits, &turn.script.profile.country);
    match parsed {
        Ok(number) => turn.state.contact.phone = Some(Field::sure(number, Source::Answered)),
        Err(_) if turn.state.lost > 0 => turn.state.contact.withheld = true,
        Err(_) => return false,
    }
    turn.state.contact.dictated = None;
    true
}

fn digit(word: &Word) -> Option<String> {
    if word.is_figure() {
        return Some(word.folded.clone());
    }
    if word.folded == "plus" {
        return Some("+".into());
    }
    DIGITS.iter().find(|(name, _)| *name == word.folded).map(|(_, digit)| digit.to_string())
}
