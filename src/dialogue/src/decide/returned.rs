//! A call returned: "vous m'avez appelé", "suite à votre message". Why the
//! practice called is not known here, so the call is noted for it.

use super::heard::Reaction;
use super::messages;
use super::turn::Turn;
use crate::ask::MessageKind;
use crate::state::{Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::wording::message as said;

/// Words that return a call.
const RETURNS: [&str; 24] = [
    "m avez appele",
    "m avez telephone",
    "m a appele",
    "m a telephone",
    "m avez contacte",
    "m avez laisse un message",
    "m a laisse un message",
    "m avez envoye un message",
    "nous avez appele",
    "nous avez laisse un message",
    "avez essaye de me joindre",
    "avez cherche a me joindre",
    "a essaye de me joindre",
    "avez tente de me joindre",
    "suite a votre appel",
    "suite a votre message",
    "suite a votre sms",
    "suite a votre coup de fil",
    "appel en absence",
    "appel manque",
    "retourne votre appel",
    "reponds a votre appel",
    "reponds a votre message",
    "eu un message de votre part",
];

/// Notes that the caller returns a call, unless they know what it is about.
pub(super) fn call(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let idle = turn.state.goals.is_empty()
        && matches!(turn.state.pending, None | Some(Pending::Start | Pending::AnythingElse));
    let mere =
        |intent: &Intent| matches!(intent, Intent::Callback | Intent::Message | Intent::Thanks);
    let blank = heard.understood.intents.iter().all(mere);
    if !idle || !blank || !cues::any(&heard.words, &RETURNS) {
        return Reaction::Nothing;
    }
    turn.state.goals.push(Goal::Message(MessageKind::Callback));
    turn.state.message = Some(messages::words(turn));
    turn.lead(said::returned());
    if let Some(heard) = &mut turn.heard {
        // Not a second wish.
        heard.understood.intents.clear();
    }
    Reaction::Took
}
