//! An emergency: what to do comes first, whatever was going on.

use super::support;
use super::turn::{Outcome, Turn};
use crate::state::Done;
use crate::understand::emergency::Emergency;
use crate::understand::words::Word;
use crate::wording::{emergency as said, english};
use crate::{Effect, Next};
use domain::event::EventKind;
use serde_json::json;

/// Says what to do, when an emergency was heard.
pub(super) fn emergency(turn: &mut Turn<'_>) -> Option<Outcome> {
    let Emergency { category, english } = turn.heard.as_ref()?.understood.emergency?;
    let gas = turn.heard.as_ref().is_some_and(|heard| smells_of_gas(&heard.words));
    turn.urgent = match (gas, english) {
        (true, _) => said::gas(turn.script),
        (false, true) => english::what_to_do(turn.script, category),
        (false, false) => said::what_to_do(turn.script, category),
    };
    let name = json!(category);
    turn.effect(Effect::Event {
        kind: EventKind::Emergency,
        subject: name.as_str().unwrap_or_default().to_owned(),
        context: json!({ "category": name }),
        reason: None,
    });
    turn.redact();
    if !turn.state.done.contains(&Done::Warned) {
        turn.state.done.push(Done::Warned);
    }
    let say = if english { english::then() } else { said::then() }.to_owned();
    Some(Outcome { say, next: Next::Listen, rule: "emergency" })
}

/// "Ça sent le gaz": what to do comes before anything else; where requests are
/// taken, one is opened all the same.
pub(super) fn gas(turn: &mut Turn<'_>) -> Option<Outcome> {
    if !turn.heard.as_ref().is_some_and(|heard| smells_of_gas(&heard.words)) {
        return None;
    }
    turn.urgent = said::gas(turn.script);
    if support::supports(turn) || !turn.state.goals.is_empty() {
        return None;
    }
    let say = said::then().to_owned();
    Some(Outcome { say, next: Next::Listen, rule: "emergency" })
}

/// A smell or a leak, and gas soon after, unless it is denied.
fn smells_of_gas(words: &[Word]) -> bool {
    /// How many words may stand between.
    const REACH: usize = 5;
    const SIGNS: [&str; 13] = [
        "sent", "sens", "sen", "sentons", "sentez", "sentir", "pue", "odeur", "odeurs", "fuite",
        "fuites", "fuit", "echappe",
    ];
    let denies = |word: &Word| ["pas", "plus", "aucune", "jamais"].contains(&&*word.folded);
    words.iter().enumerate().filter(|(_, word)| SIGNS.contains(&&*word.folded)).any(|(at, _)| {
        let before_it = words[at.saturating_sub(3)..at].iter().any(|word| word.folded == "gaz");
        if before_it && ["fuit", "echappe"].contains(&&*words[at].folded) {
            return true;
        }
        let after = &words[at + 1..(at + 2 + REACH).min(words.len())];
        let Some(gas) = after.iter().position(|word| word.folded == "gaz") else { return false };
        let before = &words[at.saturating_sub(2)..at];
        !before.iter().chain(&after[..gas]).any(denies)
    })
}
