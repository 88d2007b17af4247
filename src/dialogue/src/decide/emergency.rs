//! A medical emergency: what to do comes first, whatever was going on.

use super::turn::{Outcome, Turn};
use crate::state::Done;
use crate::wording::emergency as said;
use crate::{Effect, Next};
use domain::event::EventKind;
use serde_json::json;

/// Says what to do, when an emergency was heard.
pub(super) fn emergency(turn: &mut Turn<'_>) -> Option<Outcome> {
    let category = turn.heard.as_ref()?.understood.emergency?.category;
    turn.urgent = said::what_to_do(turn.script, category);
    let name = json!(category);
    turn.effect(Effect::Event {
        kind: EventKind::Emergency,
        subject: name.as_str().unwrap_or_default().to_owned(),
        context: json!({ "category": name }),
        reason: None,
    });
    turn.effect(Effect::RedactHeard);
    if !turn.state.done.contains(&Done::Warned) {
        turn.state.done.push(Done::Warned);
    }
    let say = said::then().to_owned();
    Some(Outcome { say, next: Next::Listen, rule: "emergency" })
}
