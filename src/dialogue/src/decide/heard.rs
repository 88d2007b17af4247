//! What the caller says or keys: urgent things first, then about the
//! conversation itself, then facts, goals and questions, then the next move.

use super::turn::{Outcome, Turn};
use super::{
    absorb, advance, choice, confirmation, consent, contact, correction, doubts, emergency, ending,
    english, existing, family, given_up, goals, interview, manners, messages, naming, privacy,
    qualify, questions, recovery, replies, returned, services, silence, support, transfer, waiting,
};
use crate::state::Pending;
use crate::understand::words::Word;
use crate::wording::transfer as said;

/// What a concern made of the turn.
#[expect(clippy::large_enum_variant, reason = "one at a time, for one step")]
pub(super) enum Reaction {
    /// It decides how the turn ends.
    Ends(Outcome),
    /// It took something in; the rest of the turn goes on.
    Took,
    /// Not its business.
    Nothing,
}

/// Reacts to an utterance.
pub(super) fn heard<'a>(turn: &mut Turn<'a>, text: &'a str, words: Vec<Word>) -> Outcome {
    begin(turn);
    consent::expect(turn);
    if text.trim().is_empty() {
        return match transfer::missed(turn, "came_back") {
            true => came_back(turn),
            false => silence::silence(turn),
        };
    }
    turn.listen(text, words);
    consent::keeps_silent(turn);
    if let Some(outcome) = transfer::waits(turn) {
        return outcome;
    }
    let back = transfer::missed(turn, "came_back");
    if let Some(outcome) = emergency::emergency(turn).or_else(|| emergency::gas(turn)) {
        return outcome;
    }
    consent::refusal(turn);
    let aside = english::foreign(turn).or_else(|| privacy::answer(turn));
    if let Some(outcome) = aside.or_else(|| manners::conversation(turn)) {
        return outcome;
    }
    questions::claim(turn);
    if back {
        turn.lead(said::came_back());
    }
    if !back && let Some(outcome) = silence::noise(turn) {
        return outcome;
    }
    ending::customers(turn);
    if let Some(outcome) = take_in(turn) {
        return outcome;
    }
    if !turn.took
        && let Some(outcome) = absorb::bare_name(turn)
    {
        return outcome;
    }
    if !back && messages::is_first_sentence(turn) {
        return messages::keep(turn);
    }
    match (turn.took, back) {
        (true, _) => {
            turn.state.lost = 0;
            advance(turn)
        }
        (false, true) => turn.ask(Pending::OfferMessage, "came_back"),
        (false, false) => recovery::stumble(turn),
    }
}

/// Back from a transfer that nobody answered, without a word.
fn came_back(turn: &mut Turn<'_>) -> Outcome {
    turn.lead(said::came_back());
    turn.ask(Pending::OfferMessage, "came_back")
}

/// Every concern takes its part of the utterance, in this order.
fn take_in(turn: &mut Turn<'_>) -> Option<Outcome> {
    let concerns: [fn(&mut Turn<'_>) -> Reaction; 29] = [
        consent::reply,
        confirmation::reply,
        transfer::named,
        naming::refused,
        naming::letters,
        naming::wrong,
        waiting::reply,
        messages::reply,
        support::reply,
        qualify::words,
        returned::call,
        existing::undo,
        existing::changes,
        given_up::drops,
        services::noted,
        goals::intents,
        interview::take_in,
        absorb::facts,
        family::absorb,
        correction::reply,
        goals::implied,
        doubts::ask,
        contact::reply,
        choice::reply,
        qualify::reply,
        replies::reply,
        questions::answer,
        transfer::request,
        ending::leave,
    ];
    for concern in concerns {
        match concern(turn) {
            Reaction::Ends(outcome) => return Some(outcome),
            Reaction::Took => turn.took = true,
            Reaction::Nothing => {}
        }
    }
    None
}

/// Reacts to pressed keys.
pub(super) fn keypad(turn: &mut Turn<'_>, keys: &str) -> Outcome {
    begin(turn);
    consent::keeps_silent(turn);
    turn.state.silences = 0;
    if transfer::missed(turn, "came_back") {
        return came_back(turn);
    }
    let digits: String = keys.chars().filter(char::is_ascii_digit).take(15).collect();
    if !digits.is_empty() {
        for concern in [contact::keys, choice::keys, interview::keys, waiting::keys] {
            match concern(turn, &digits) {
                Reaction::Ends(outcome) => return outcome,
                Reaction::Took => {
                    turn.state.lost = 0;
                    return advance(turn);
                }
                Reaction::Nothing => {}
            }
        }
    }
    recovery::stumble(turn)
}

fn begin(turn: &mut Turn<'_>) {
    turn.state.rounds = 0;
    turn.state.waiting = None;
    turn.state.lead.clear();
}
