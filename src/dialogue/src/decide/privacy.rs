//! Who speaks and what is kept of a call: answered from the tenant's settings.
//! A wish for erasure is a message for the practice.

use super::goals::says;
use super::turn::{Outcome, Turn};
use super::{absorb, advance, goals, messages};
use crate::ask::MessageKind;
use crate::state::{Consent, Done, Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::wording::privacy::{self as said, Kept};
use crate::{Mode, Register};
use domain::event::EventKind;
use domain::tenant::notices::Recording;

/// No question about these is longer, in words.
const MOST_WORDS: usize = 22;

/// Ends the turn when that is what was asked.
pub(super) fn answer(turn: &mut Turn<'_>) -> Option<Outcome> {
    let heard = turn.heard.as_ref()?;
    if heard.words.len() > MOST_WORDS || heard.understood.refuses_recording {
        return None;
    }
    if erases(turn) {
        return Some(erase(turn));
    }
    let subject = match () {
        () if asks_of_recording(turn) => "recording",
        () if asks_of_data(turn) => "data",
        () if asks_who_speaks(turn) => "assistant",
        () => return None,
    };
    let answer = match subject {
        "recording" => said::recording(kept(turn), turn.script),
        "data" => said::data(turn.script),
        _ => said::automatic().to_owned(),
    };
    turn.lead(answer);
    turn.event(EventKind::QuestionAnswered, subject);
    if subject != "assistant" && !turn.state.done.contains(&Done::Answered) {
        turn.state.done.push(Done::Answered);
    }
    Some(match turn.state.pending {
        Some(Pending::Start) | None if turn.state.goals.is_empty() => {
            turn.ask(Pending::AnythingElse, "privacy")
        }
        Some(pending) => turn.ask(pending, "privacy"),
        None => advance(turn),
    })
}

/// What becomes of the voice in this call.
fn kept(turn: &Turn<'_>) -> Kept {
    let spoken = turn.script.mode == Mode::Full && turn.script.register == Register::Voice;
    match turn.script.profile.notices.record {
        _ if turn.state.unrecorded => Kept::Nothing,
        Recording::Announced if spoken => Kept::Voice,
        Recording::Asked if spoken && turn.state.consent == Consent::Given => Kept::Voice,
        Recording::Off | Recording::Announced | Recording::Asked => Kept::Words,
    }
}

/// "Vous enregistrez l'appel ?", "est-ce que je suis enregistré ?".
fn asks_of_recording(turn: &Turn<'_>) -> bool {
    const RECORDED: [&str; 9] = [
        "vous enregistrez",
        "enregistrez vous",
        "etes enregistre",
        "etre enregistre",
        "suis enregistre",
        "est enregistre",
        "est elle enregistre",
        "est il enregistre",
        "sommes enregistre",
    ];
    const ELSE: [&str; 9] =
        ["message", "rendez", "rdv", "nom", "numero", "demande", "reservation", "adresse", "bien"];
    let Some(heard) = &turn.heard else { return false };
    let cue = cues::any(&heard.words, &RECORDED)
        || asked(turn) && cues::any(&heard.words, &["enregistr*"]);
    cue && !says(turn, &ELSE)
}

/// "Que faites-vous de mes données ?", "c'est confidentiel ?".
fn asks_of_data(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let data = cues::any(&heard.words, &["mes donnees", "mes informations", "mes coordonnees"])
        || cues::any(&heard.words, &["donnees personnelles", "les donnees", "rgpd"]);
    let kept = ["faites", "faire", "gardez", "garde*", "conserv*", "combien", "devien*", "utilis*"];
    let why = ["confidentiel*", "protege*", "partage*", "transmet*", "vend*", "stock*"];
    let secret = asked(turn) && cues::any(&heard.words, &["confidentiel*", "rgpd"]);
    data && (cues::any(&heard.words, &kept) || cues::any(&heard.words, &why) || asked(turn))
        || secret
}

/// "Je parle à une vraie personne ?", "vous êtes un humain ?".
fn asks_who_speaks(turn: &Turn<'_>) -> bool {
    const WHO: [&str; 18] = [
        "je parle a une vraie",
        "je parle a un vrai",
        "je parle a quelqu un",
        "je parle a quelquun",
        "je parle a un humain",
        "je parle a une personne",
        "je parle a un robot",
        "je parle a une machine",
        "parle je a",
        "etes une vraie",
        "etes un vrai",
        "etes vous une vraie",
        "etes vous un humain",
        "etes un humain",
        "etes humain",
        "etes vous humain",
        "c est une vraie personne",
        "c est quelqu un de reel",
    ];
    const WANTS: [&str; 9] =
        ["veux", "voudrais", "peux", "puis", "prefere", "passez", "aimerais", "souhaite", "besoin"];
    let Some(heard) = &turn.heard else { return false };
    cues::any(&heard.words, &WHO) && !says(turn, &WANTS) && !says(turn, &["pas"])
}

fn asked(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    heard.words.iter().any(|word| word.stop == Some('?'))
        || heard.understood.intents.contains(&Intent::Question)
        || cues::any(&heard.words, &["est ce que", "estceque", "est ce"])
}

/// "Je veux que vous effaciez mes données".
fn erases(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let verb = ["effac*", "supprim*", "detrui*", "efface*", "oubli"];
    let mine = [
        "donnees",
        "information",
        "coordonnees",
        "mon dossier",
        "mon numero",
        "l oubli",
        "tout ce que vous avez",
        "enregistrement",
    ];
    let appointment = says(turn, &["rdv", "rendez", "rendezvous"]);
    cues::any(&heard.words, &verb) && cues::any(&heard.words, &mine) && !appointment
}

fn erase(turn: &mut Turn<'_>) -> Outcome {
    turn.lead(said::erasure());
    absorb::facts(turn);
    turn.took = true;
    turn.state.lost = 0;
    goals::begin(turn, Goal::Message(MessageKind::Message));
    turn.state.message = Some(messages::words(turn));
    advance(turn)
}
