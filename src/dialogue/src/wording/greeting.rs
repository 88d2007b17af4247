//! The first words, and what is offered.

use super::{Rung, notice, spoken};
use crate::{Mode, Script};
use domain::tenant::AgentKind;
use domain::tenant::notices::Recording;

/// The first message of a call: who answers, that it is an automatic
/// assistant, what the tenant adds, and one question. Neutral when the dialled
/// number is nobody's.
pub fn first_message(script: &Script<'_>) -> String {
    let asks = script.profile.notices.record == Recording::Asked;
    let question = match asks && script.mode == Mode::Full && spoken(script) {
        true => notice::consent(Rung::First).to_owned(),
        false => help(script, Rung::First),
    };
    format!("{} {question}", opening(script))
}

/// The disclosure, which nothing replaces, then what the tenant adds to it.
pub fn opening(script: &Script<'_>) -> String {
    let own = script.profile.notices.greeting.as_deref();
    let own = own.filter(|_| script.mode == Mode::Full);
    let more = [own, notice::recording(script)];
    more.into_iter().flatten().fold(disclosure(script), |said, more| format!("{said} {more}"))
}

/// Who answers and that it is an automatic assistant.
pub fn disclosure(script: &Script<'_>) -> String {
    let assistant = match spoken(script) {
        true => "un assistant vocal automatique",
        false => "un assistant automatique",
    };
    match script.mode {
        Mode::Full => format!("{}, bonjour. Je suis {assistant}.", script.profile.name.trim()),
        Mode::MessageOnly => format!("Bonjour. Je suis {assistant}."),
    }
}

/// What the caller may ask for.
pub fn help(script: &Script<'_>, rung: Rung) -> String {
    let sentence = match (script.mode, rung) {
        (Mode::MessageOnly, Rung::First) => "Quel message voulez-vous laisser ?",
        (Mode::MessageOnly, Rung::Rephrase) => {
            "Je peux seulement prendre un message. Je vous écoute."
        }
        (Mode::MessageOnly, _) => "Voulez-vous laisser un message ? Dites oui ou non.",
        (Mode::Full, rung) if rung > Rung::First && !books(script) => {
            return other_help(script, rung);
        }
        (Mode::Full, Rung::Rephrase) if does(script, AgentKind::Support) => {
            "C'est pour un rendez-vous, pour un problème à signaler, ou pour une question ?"
        }
        (Mode::Full, Rung::Rephrase) if does(script, AgentKind::Qualification) => {
            "C'est pour un projet, pour un rendez-vous, ou pour une question ?"
        }
        (Mode::Full, Rung::First) => "Que puis-je faire pour vous ?",
        (Mode::Full, Rung::Rephrase) => {
            "C'est pour prendre, déplacer ou annuler un rendez-vous, ou pour une question ?"
        }
        (Mode::Full, Rung::Example) => {
            "Dites par exemple : je voudrais un rendez-vous mardi matin. Je vous écoute."
        }
        (Mode::Full, _) => "Souhaitez-vous prendre un rendez-vous ? Dites oui ou non.",
    };
    sentence.to_owned()
}

fn does(script: &Script<'_>, kind: AgentKind) -> bool {
    script.profile.does(kind)
}

/// A tenant without any other agent is helped with appointments as ever.
fn books(script: &Script<'_>) -> bool {
    does(script, AgentKind::Appointment)
        || !does(script, AgentKind::Qualification) && !does(script, AgentKind::Support)
}

/// What may be asked of an assistant that makes no appointments.
fn other_help(script: &Script<'_>, rung: Rung) -> String {
    let both = does(script, AgentKind::Qualification) && does(script, AgentKind::Support);
    let sentence = match (does(script, AgentKind::Qualification), rung) {
        (true, Rung::Rephrase) if both => {
            "C'est pour un projet, pour un problème à signaler, ou pour une question ?"
        }
        (true, Rung::Rephrase) => "Dites-moi en une phrase ce que vous recherchez.",
        (true, Rung::Example) => {
            "Dites par exemple : je vous appelle pour un projet. Je vous écoute."
        }
        (true, _) => "Puis-je vous poser quelques questions sur votre projet ? Dites oui ou non.",
        (false, Rung::Rephrase) => "C'est pour signaler un problème, ou pour une question ?",
        (false, Rung::Example) => {
            "Dites par exemple : j'ai un problème avec ma facture. Je vous écoute."
        }
        (false, _) => "Voulez-vous signaler un problème ? Dites oui ou non.",
    };
    sentence.to_owned()
}
