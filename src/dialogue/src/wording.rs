//! The only place with sentences that a caller hears or reads.
//!
//! One utterance a turn, one question an utterance, nothing that a voice reads
//! badly. [`question`] words what is pending, at each rung of the recovery
//! ladder; the other files word what has happened. A sentence that confirms
//! something takes the receipt of the committed write.

pub mod booking;
pub mod breakdown;
pub mod contact;
pub mod emergency;
pub mod ending;
pub mod english;
pub mod existing;
pub mod facts;
pub mod greeting;
pub mod message;
pub mod naming;
pub mod notice;
pub mod privacy;
pub mod qualification;
pub mod recovery;
pub mod register;
pub mod services;
pub mod support;
pub mod transfer;
pub mod waiting;
pub mod whom;

use crate::state::{Goal, Pending, State};
use crate::{Mode, Register, Script};

/// How often this question has already failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// Asked for the first time.
    First,
    /// In other words.
    Rephrase,
    /// With an example of an answer.
    Example,
    /// To be answered by yes or no, or one of two words.
    Closed,
    /// By keypad, where keys can answer it.
    Keypad,
}

/// The pending question in words.
pub fn question(script: &Script<'_>, state: &State, pending: Pending, rung: Rung) -> String {
    if state.english {
        return english::question(state, pending);
    }
    match pending {
        Pending::Start => greeting::help(script, rung),
        Pending::Consent => notice::consent(rung).to_owned(),
        Pending::QualifName => booking::name(state.goal(), rung),
        Pending::QualifPref => booking::preference(state.goal(), rung),
        Pending::WaitConfirm if rung == Rung::First && state.agreeing().is_some() => {
            booking::agree(&state.offered)
        }
        Pending::WaitConfirm => booking::choose(script.profile, &state.offered, rung),
        Pending::WithWhom => whom::ask(script.profile, rung),
        Pending::ContactConfirm if state.contact.dictated.is_some() => {
            contact::agree(&state.contact, rung)
        }
        Pending::ContactConfirm => contact::confirm(state.caller.as_ref(), rung),
        Pending::QualifContact => contact::collect(script, &state.contact, rung),
        Pending::IdentifyName => existing::name(rung),
        Pending::IdentifyWhen => existing::when(&state.known_when, rung),
        Pending::ChooseKnown => existing::choose(&state.known, &state.goals, rung),
        Pending::CancelConfirm => existing::confirm_cancel(&state.known, rung),
        Pending::MessageText => message::text(state.goal(), rung),
        Pending::OfferMessage => message::offer(rung),
        Pending::QualifQuestion => {
            qualification::question(script, state.interview.asking.as_deref(), rung)
        }
        Pending::OfferAppointment => qualification::offer_appointment(rung).to_owned(),
        Pending::TicketText => support::text(rung).to_owned(),
        Pending::TicketCategory => support::category(&script.profile.support, rung),
        Pending::TicketUrgency => support::urgency(rung).to_owned(),
        Pending::OfferWaiting => waiting::offer(state.human_offered, rung).to_owned(),
        Pending::ConfirmByText => ending::by_text(rung).to_owned(),
        Pending::AnythingElse => ending::anything_else(rung).to_owned(),
    }
}

/// Who is meant by "the practice" without naming its trade.
pub(crate) fn practice(script: &Script<'_>) -> &'static str {
    match (script.mode, script.profile.health) {
        (Mode::Full, true) => "le cabinet",
        _ => "l'équipe",
    }
}

/// True for a telephone voice.
pub(crate) fn spoken(script: &Script<'_>) -> bool {
    script.register == Register::Voice
}

/// True when the goal concerns an existing appointment.
pub(crate) fn about_existing(goal: Option<Goal>) -> bool {
    matches!(goal, Some(Goal::Cancel | Goal::Move | Goal::Lookup))
}
