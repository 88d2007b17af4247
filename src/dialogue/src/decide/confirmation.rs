//! A confirmation by text message: offered once, when everything is said, and
//! only where it can be sent and received. Whatever else the caller says
//! instead is served.

use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use crate::ask::Known;
use crate::state::Pending;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::wording::ending as said;
use crate::{Effect, Mode, Register};
use domain::event::EventKind;
use domain::phone::E164;
use domain::tenant::following::Confirmation;

/// Remembers a booking that could be confirmed in writing.
pub(super) fn note(turn: &mut Turn<'_>, booked: Option<&Known>) {
    let script = turn.script;
    let ready = script.profile.following.confirmation == Confirmation::Ready;
    let voice = script.mode == Mode::Full && script.register == Register::Voice;
    if ready && voice {
        turn.state.unconfirmed.extend(booked.cloned());
    }
}

/// True when it is to be offered now.
pub(super) fn is_open(turn: &Turn<'_>) -> bool {
    !turn.state.unconfirmed.is_empty() && number(turn).is_some()
}

/// Where it would be sent to.
fn number(turn: &Turn<'_>) -> Option<E164> {
    let phone = turn.state.contact.phone.as_ref().map(|phone| phone.value.clone());
    phone.filter(E164::is_french_mobile)
}

/// Offers it.
pub(super) fn offer(turn: &mut Turn<'_>) -> Outcome {
    turn.ask(Pending::ConfirmByText, "offer_confirmation")
}

/// The answer, if it is one; whatever else is said counts as none.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.pending != Some(Pending::ConfirmByText) {
        return Reaction::Nothing;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let alone = heard.understood.intents.iter().all(|intent| *intent == Intent::Thanks);
    let polarity = heard.understood.polarity.filter(|_| alone);
    let booked = std::mem::take(&mut turn.state.unconfirmed);
    turn.state.pending = Some(Pending::AnythingElse);
    match (polarity, number(turn)) {
        (Some(Polarity::Yes), Some(to)) => {
            turn.event(EventKind::ConsentObtained, "sms");
            for booked in booked {
                turn.effect(Effect::ConfirmByText { booked, to: to.clone() });
            }
            turn.lead(said::texted());
            Reaction::Ends(turn.ask(Pending::AnythingElse, "confirmed_by_text"))
        }
        (Some(_), _) => {
            turn.lead(said::not_texted());
            Reaction::Ends(turn.ask(Pending::AnythingElse, "no_confirmation"))
        }
        (None, _) => Reaction::Nothing,
    }
}
