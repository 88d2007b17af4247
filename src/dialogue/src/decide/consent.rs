//! Recording: the caller's consent where the tenant asks for it, a refusal
//! anywhere. Neither ever stands between the caller and what they call for.

use super::heard::Reaction;
use super::turn::Turn;
use crate::state::{Consent, Pending};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::wording::notice as said;
use crate::{Mode, Register, Script};
use domain::event::EventKind;
use domain::tenant::notices::Recording;

/// True when the first words ask for consent.
pub(super) fn asks(script: &Script<'_>) -> bool {
    let asked = script.profile.notices.record == Recording::Asked;
    asked && script.mode == Mode::Full && script.register == Register::Voice
}

/// The first words have asked: what comes is, perhaps, the answer.
pub(super) fn expect(turn: &mut Turn<'_>) {
    let first = turn.state.consent == Consent::Unasked && turn.state.greeted;
    if first && asks(turn.script) && matches!(turn.state.pending, None | Some(Pending::Start)) {
        turn.state.consent = Consent::Asked;
        turn.state.pending = Some(Pending::Consent);
    }
}

/// The answer, if it is one; whatever else is said counts as none, and is
/// served all the same.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.pending != Some(Pending::Consent) {
        return Reaction::Nothing;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let names = |list: &[&str]| heard.words.iter().any(|word| list.contains(&word.folded.as_str()));
    let about_it = names(&["accord", "accepte", "enregistrement", "enregistrer"]);
    let alone = heard.understood.intents.iter().all(|intent| *intent == Intent::Thanks);
    let polarity = heard.understood.polarity.filter(|_| alone || about_it);
    turn.state.pending = Some(Pending::Start);
    match polarity {
        Some(Polarity::Yes) => {
            turn.state.consent = Consent::Given;
            turn.event(EventKind::ConsentObtained, "recording");
            turn.lead(said::thanks());
        }
        Some(Polarity::No) => {
            refused(turn);
        }
        None => return Reaction::Nothing,
    }
    match alone {
        true => Reaction::Ends(turn.ask(Pending::Start, "consent")),
        false => Reaction::Took,
    }
}

/// "Je ne veux pas être enregistré", at any time; from then on the words of
/// the caller are not kept.
pub(super) fn refusal(turn: &mut Turn<'_>) {
    let refuses = turn.heard.as_ref().is_some_and(|heard| heard.understood.refuses_recording);
    if refuses && !turn.state.unrecorded {
        turn.took = true;
        if turn.state.pending == Some(Pending::Consent) {
            turn.state.pending = Some(Pending::Start);
        }
        refused(turn);
    }
}

/// From the refusal on no words of the caller are kept, whatever becomes of them.
pub(super) fn keeps_silent(turn: &mut Turn<'_>) {
    if turn.state.unrecorded {
        turn.redact();
    }
}

fn refused(turn: &mut Turn<'_>) {
    turn.state.unrecorded = true;
    turn.redact();
    turn.state.consent = Consent::Refused;
    turn.event(EventKind::ConsentRefused, "recording");
    let sentence = said::not_recorded(turn.script.profile.notices.record);
    turn.lead(sentence);
}
