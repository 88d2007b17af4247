//! Who speaks and what is kept of a call: answered from the tenant's settings.
//! A wish for erasure is a message for the practice.

use super::goals::says;
use super::turn::{Outcome, Turn};
use super::{absorb, advance, goals, messages, questions, support};
use crate::ask::MessageKind;
use crate::state::{Consent, Contact, Done, Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use crate::wording::contact;
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
    if let Some(what) = erases(turn) {
        return Some(erase(turn, what));
    }
    let subject = match () {
        () if asks_of_recording(turn) => "recording",
        () if asks_of_data(turn) => "data",
        () if asks_who_speaks(turn) => "assistant",
        () => return None,
    };
    let answer = match subject {
        "recording" => said::recording(kept(turn), turn.script),
        "data" => said::data(kept(turn), turn.script),
        _ => said::automatic().to_owned(),
    };
    let served = turn.state.served();
    turn.lead(answer);
    turn.event(EventKind::QuestionAnswered, subject);
    if subject != "assistant" && !turn.state.done.contains(&Done::Answered) {
        turn.state.done.push(Done::Answered);
    }
    if subject == "assistant" {
        // Who asks whether somebody speaks does not ask for somebody.
        drop_intent(turn, Intent::Human);
    }
    let human = turn.heard.as_ref()?.understood.intents.contains(&Intent::Human);
    if human || brings_more(turn) {
        turn.took = true;
        if !questions::answerable(turn) {
            drop_intent(turn, Intent::Question);
        }
        return None;
    }
    Some(match turn.state.pending {
        Some(Pending::Start) | None if turn.state.goals.is_empty() => {
            turn.ask(if served { Pending::AnythingElse } else { Pending::Start }, "privacy")
        }
        Some(pending) => turn.ask(pending, "privacy"),
        None => advance(turn),
    })
}

/// True when the same breath holds a request, or facts for one: "je parle à un
/// robot ? C'est pour un rendez-vous mardi".
pub(super) fn brings_more(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let understood = &heard.understood;
    let wishes = understood.intents.iter().any(|intent| {
        matches!(
            intent,
            Intent::Book
                | Intent::Cancel
                | Intent::Move
                | Intent::Lookup
                | Intent::Prescription
                | Intent::Results
                | Intent::Callback
                | Intent::Message
                | Intent::Complaint
        )
    });
    let facts = !understood.names.is_empty()
        || !understood.phones.is_empty()
        || !understood.emails.is_empty();
    let why = understood.motive.is_some() || support::wanted(turn);
    wishes || facts || why || !understood.when.is_empty()
}

fn drop_intent(turn: &mut Turn<'_>, dropped: Intent) {
    if let Some(heard) = &mut turn.heard {
        heard.understood.intents.retain(|intent| *intent != dropped);
    }
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
    /// How far after the verb what is recorded may stand, in words.
    const REACH: usize = 4;
    const ELSE: [&str; 10] = [
        "message",
        "rendez",
        "rende",
        "rdv",
        "nom",
        "numero",
        "demande",
        "reservation",
        "adresse",
        "bien",
    ];
    let Some(heard) = &turn.heard else { return false };
    let cue = cues::any(&heard.words, &RECORDED)
        || asked(turn) && cues::any(&heard.words, &["enregistr*"]);
    let verb = heard.words.iter().position(|word| word.folded.starts_with("enregistr"));
    let Some(at) = verb.filter(|_| cue) else { return false };
    // "Mon rendez-vous, il est enregistré ?" is one question.
    let tied = |word: &&Word| word.stop.is_none_or(|stop| stop == ',');
    let before = heard.words[..at].iter().rev().take_while(tied);
    let ends = heard.words[at..].iter().position(|word| word.stop.is_some());
    let after = heard.words[at..].iter().take(ends.map_or(REACH, |ends| ends.min(REACH)) + 1);
    !before.chain(after).any(|word| ELSE.contains(&&*word.folded))
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
    if !cues::any(&heard.words, &WHO) || says(turn, &["pas"]) {
        return false;
    }
    let somebody = ["parler", "passez", "passer", "joindre"];
    !says(turn, &WANTS) || brings_more(turn) && !says(turn, &somebody)
}

fn asked(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    heard.words.iter().any(|word| word.stop == Some('?'))
        || heard.understood.intents.contains(&Intent::Question)
        || cues::any(&heard.words, &["est ce que", "estceque", "est ce"])
}

/// What is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Erased {
    /// What is kept of the caller.
    Kept,
    /// The number noted for what is being made.
    Number,
}

/// "Je veux que vous effaciez mes données".
fn erases(turn: &Turn<'_>) -> Option<Erased> {
    let heard = turn.heard.as_ref()?;
    const VERBS: [&str; 4] = ["effac*", "supprim*", "detrui*", "l oubli"];
    const KEPT: [&str; 3] = ["effac* pas", "supprim* pas", "detrui* pas"];
    let mine = [
        "donnees",
        "information",
        "mon dossier",
        "l oubli",
        "tout ce que vous avez",
        "enregistrement",
    ];
    let appointment = says(turn, &["rdv", "rendez", "rendezvous"]);
    let wanted = cues::any(&heard.words, &VERBS) && !cues::any(&heard.words, &KEPT);
    if appointment || !wanted {
        return None;
    }
    if cues::any(&heard.words, &mine) {
        return Some(Erased::Kept);
    }
    // "Effacez mon numéro et mettez plutôt le 06…" gives another.
    let number = cues::any(&heard.words, &["mon numero", "mes coordonnees"]);
    if !number || !heard.understood.phones.is_empty() {
        return None;
    }
    let making = matches!(turn.state.goal(), Some(Goal::Book | Goal::Correct));
    let files = cues::any(&heard.words, &["fichier", "fichiers", "base", "dossier", "systeme"]);
    Some(if making && !files { Erased::Number } else { Erased::Kept })
}

fn erase(turn: &mut Turn<'_>, what: Erased) -> Outcome {
    turn.took = true;
    turn.state.lost = 0;
    match what {
        Erased::Number => {
            turn.state.contact = Contact { withheld: true, not_caller: true, ..Contact::default() };
            turn.lead(contact::withheld());
        }
        Erased::Kept => {
            turn.lead(said::erasure());
            absorb::facts(turn);
            goals::begin(turn, Goal::Message(MessageKind::Message));
            messages::add(turn);
        }
    }
    advance(turn)
}
