//! What a provider's model is told, in sentences that it can say as they are.
//! Confirming ones take the receipt of the written row.

use crate::book::Outcome;
use dialogue::{Receipt, speak};
use domain::availability::NotBookable;
use jiff::civil::DateTime;

pub(super) fn free(starts: &[DateTime]) -> String {
    format!("Les créneaux libres sont : {}.", speak::moments(starts))
}

pub(super) fn nearest(starts: &[DateTime]) -> String {
    format!("Rien à ce moment-là. Les créneaux les plus proches : {}.", speak::moments(starts))
}

pub(super) fn nothing_free() -> &'static str {
    "Il n'y a pas de créneau libre pour le moment."
}

pub(super) fn booked(receipt: &Receipt<DateTime>, name: &str) -> String {
    format!("C'est confirmé : {}, au nom de {name}.", speak::moment(*receipt.of()))
}

pub(super) fn moved(receipt: &Receipt<DateTime>) -> String {
    format!("C'est confirmé : le rendez-vous est déplacé au {}.", speak::moment(*receipt.of()))
}

pub(super) fn cancelled(receipt: &Receipt<DateTime>) -> String {
    format!("Le rendez-vous de {} est annulé.", speak::moment(*receipt.of()))
}

pub(super) fn noted() -> &'static str {
    "C'est noté, le message est transmis."
}

pub(super) fn not_booked(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::NotBookable(NotBookable::TooSoon) => "C'est trop tôt pour le réserver.",
        Outcome::NotBookable(NotBookable::TooFar) => {
            "C'est trop loin pour le réserver dès maintenant."
        }
        Outcome::NotBookable(_) => "Ce créneau n'est pas ouvert.",
        Outcome::Gone => not_found(),
        Outcome::Taken | Outcome::Written(..) => "Ce créneau n'est plus libre.",
    }
}

pub(super) fn hours(hours: &str) -> String {
    format!("Nous sommes ouverts {hours}.")
}

pub(super) fn passing() -> &'static str {
    "Je vous passe quelqu'un, ne quittez pas."
}

pub(super) fn nobody() -> &'static str {
    "Personne ne peut répondre pour le moment. Je peux prendre un message."
}

pub(super) fn not_told() -> &'static str {
    "Je n'ai pas cette information."
}

pub(super) fn name_needed() -> &'static str {
    "Il me faut le nom de la personne."
}

pub(super) fn time_needed() -> &'static str {
    "Il me faut la date et l'heure."
}

pub(super) fn identity_needed() -> &'static str {
    "Il me faut le nom, la date et l'heure du rendez-vous."
}

pub(super) fn which_one() -> &'static str {
    "Il y a plusieurs rendez-vous à ce nom : il me faut la date et l'heure."
}

pub(super) fn not_found() -> &'static str {
    "Je ne trouve pas ce rendez-vous."
}

pub(super) fn message_needed() -> &'static str {
    "Il me faut le texte du message."
}

pub(super) fn messages_only() -> &'static str {
    "Je peux seulement prendre un message sur cette ligne."
}

pub(super) fn no_call() -> &'static str {
    "Je ne peux pas le faire pendant cet appel. Merci de rappeler."
}

pub(super) fn unknown_function() -> &'static str {
    "Je ne sais pas faire cela."
}
