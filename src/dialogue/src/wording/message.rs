//! Messages and other requests noted for the practice.

use super::Rung;
use crate::ask::{MessageKind, Receipt};
use crate::state::Goal;
use domain::id::TicketId;

/// What is noted for somebody who wants to be called back and does not say why.
pub const CALLBACK_TEXT: &str = "Souhaite être rappelé.";

/// The text as the practice reads it.
pub fn pressing(text: String, pressing: bool) -> String {
    match pressing && !text.to_lowercase().starts_with("urgent") {
        true => format!("Urgent : {text}"),
        false => text,
    }
}

/// It is noted that it cannot wait.
pub fn noted_as_urgent() -> &'static str {
    "Je le note comme urgent."
}

/// None is to be left.
pub fn none() -> &'static str {
    "D'accord, je ne note pas de message."
}

/// Asks what to note.
pub fn text(goal: Option<Goal>, rung: Rung) -> String {
    let sentence = match (goal, rung) {
        (_, Rung::Rephrase) => "Que dois-je noter ?",
        (_, Rung::Example | Rung::Closed | Rung::Keypad) => {
            "Je vous écoute : quel est votre message ?"
        }
        (Some(Goal::Message(MessageKind::Callback)), _) => "C'est à quel sujet ?",
        (Some(Goal::Message(MessageKind::Prescription)), _) => "Quel document vous faut-il ?",
        (Some(Goal::Message(MessageKind::Results)), _) => "De quels résultats s'agit-il ?",
        (Some(Goal::Message(MessageKind::Complaint)), _) => {
            "Je suis désolé. Que s'est-il passé, pour que je le transmette ?"
        }
        _ => "Quel est votre message ?",
    };
    sentence.to_owned()
}

/// Offers to take a message.
pub fn offer(rung: Rung) -> String {
    let sentence = match rung {
        Rung::First => "Voulez-vous laisser un message, pour qu'on vous rappelle ?",
        _ => "Dois-je prendre un message ? Dites oui ou non.",
    };
    sentence.to_owned()
}

/// It is written.
pub fn taken(_receipt: &Receipt<TicketId>, kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Callback => "Votre demande de rappel est bien transmise.",
        MessageKind::Prescription | MessageKind::Results | MessageKind::WaitingList => {
            "Votre demande est bien transmise."
        }
        MessageKind::Message | MessageKind::Complaint => "Votre message est bien transmis.",
    }
}

/// A call of ours is returned; why it was made is not known here.
pub fn returned() -> &'static str {
    "Je ne connais pas le motif de cet appel, mais je peux signaler que vous avez rappelé."
}

/// Only messages are taken on this number.
pub fn only_messages() -> &'static str {
    "Sur ce numéro, je peux seulement prendre un message."
}
