//! Nothing was heard, or nothing but noise: a ladder of its own, then goodbye.

use super::turn::{Outcome, Turn};
use super::{advance, ending};
use crate::Next;
use crate::wording::{self, Rung, recovery as said};
use domain::event::EventKind;

/// Turns without speech before goodbye.
const PATIENCE: u8 = 4;

/// Reacts to silence.
pub(super) fn silence(turn: &mut Turn<'_>) -> Outcome {
    let times = count(turn);
    turn.event(EventKind::EmptyMessage, &times.to_string());
    match times {
        PATIENCE.. => ending::depart(turn, said::silence_goodbye().to_owned(), "silence_goodbye"),
        1 => alone(said::silence(times), "silence"),
        _ => with_question(turn, said::silence(times), times),
    }
}

/// Reacts to noise, fillers and "allô ?"; a caller who is there takes longer to lose.
pub(super) fn noise(turn: &mut Turn<'_>) -> Option<Outcome> {
    let understood = &turn.heard.as_ref()?.understood;
    let (noise, hello) = (understood.noise, understood.hello);
    let empty =
        understood.intents.is_empty() && understood.names.is_empty() && understood.when.is_empty();
    if !(noise || hello && empty) {
        turn.state.silences = 0;
        return None;
    }
    let times = count(turn);
    Some(match (times, hello) {
        (PATIENCE.., _) => {
            ending::depart(turn, said::silence_goodbye().to_owned(), "noise_goodbye")
        }
        (_, true) => with_question(turn, said::hello(times), times),
        (1, false) => alone(said::noise(times), "noise"),
        (_, false) => with_question(turn, said::noise(times), times),
    })
}

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
