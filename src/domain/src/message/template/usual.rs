//! The words of a tenant that has none of its own.

use crate::message::{Channel, Event};

/// The languages that messages are written in.
pub const LANGUAGES: &[&str] = &["fr", "en"];

/// A usual template: its subject (mail only) and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// One line.
    pub subject: &'static str,
    /// The words.
    pub text: &'static str,
}

/// The usual words; an unknown language is answered in French.
pub fn usual(event: Event, channel: Channel, language: &str) -> Usual {
    let (subject, short, long) = if language == "en" { english(event) } else { french(event) };
    Usual { subject, text: if channel == Channel::Email { long } else { short } }
}

type Words = (&'static str, &'static str, &'static str);

fn french(event: Event) -> Words {
    match event {
        Event::Confirmation => (
            "Votre rendez-vous du {date} à {heure}",
            "{cabinet} : votre rendez-vous est confirmé le {date} à {heure}.",
            "Bonjour,\n\nVotre rendez-vous est confirmé le {date} à {heure}.\n\nÀ bientôt,\n{cabinet}",
        ),
        Event::Reminder24h => (
            "Rappel : rendez-vous le {date} à {heure}",
            "{cabinet} : rappel de votre rendez-vous demain, {date} à {heure}.",
            "Bonjour,\n\nNous vous attendons demain, {date} à {heure}.\n\nÀ demain,\n{cabinet}",
        ),
        Event::Reminder1h => (
            "Rappel : rendez-vous à {heure}",
            "{cabinet} : rappel de votre rendez-vous tout à l'heure, à {heure}.",
            "Bonjour,\n\nNous vous attendons tout à l’heure, à {heure}.\n\nÀ bientôt,\n{cabinet}",
        ),
        Event::Reminder => (
            "Rappel : rendez-vous le {date} à {heure}",
            "{cabinet} : rappel de votre rendez-vous le {date} à {heure}.",
            "Bonjour,\n\nNous vous attendons le {date} à {heure}.\n\nÀ bientôt,\n{cabinet}",
        ),
        Event::Cancellation => (
            "Votre rendez-vous du {date} est annulé",
            "{cabinet} : votre rendez-vous du {date} est annulé.",
            "Bonjour,\n\nVotre rendez-vous du {date} est annulé.\n\nBien à vous,\n{cabinet}",
        ),
        Event::Moved => (
            "Votre rendez-vous est déplacé au {date} à {heure}",
            "{cabinet} : votre rendez-vous est déplacé au {date} à {heure}.",
            "Bonjour,\n\nVotre rendez-vous est déplacé au {date} à {heure}.\n\nÀ bientôt,\n{cabinet}",
        ),
        Event::MissedCallback => (
            "Votre appel à {cabinet}",
            "{cabinet} : nous n'avons pas pu vous répondre. Nous vous rappelons dès que possible.",
            "Bonjour,\n\nNous n’avons pas pu vous répondre. Nous vous rappelons dès que \
             possible.\n\nBien à vous,\n{cabinet}",
        ),
        Event::TicketReply => (
            "Réponse à votre demande",
            "{cabinet} : {reponse}",
            "Bonjour,\n\n{reponse}\n\nBien à vous,\n{cabinet}",
        ),
        Event::Daily => ("{cabinet} : votre journée", "{resume}", "{resume}"),
        Event::Free => (
            "Message de {cabinet}",
            "{cabinet} : {message}",
            "Bonjour,\n\n{message}\n\nBien à vous,\n{cabinet}",
        ),
        Event::Test => (
            "Essai de {cabinet}",
            "{cabinet} : ceci est un essai.",
            "Bonjour,\n\nCeci est un essai. Si vous le lisez, tout fonctionne.\n\n{cabinet}",
        ),
    }
}

fn english(event: Event) -> Words {
    match event {
        Event::Confirmation => (
            "Your appointment on {date} at {heure}",
            "{cabinet}: your appointment is confirmed, {date} at {heure}.",
            "Hello,\n\nYour appointment is confirmed, {date} at {heure}.\n\n{cabinet}",
        ),
        Event::Reminder24h | Event::Reminder => (
            "Reminder: appointment on {date} at {heure}",
            "{cabinet}: reminder of your appointment, {date} at {heure}.",
            "Hello,\n\nA reminder of your appointment, {date} at {heure}.\n\n{cabinet}",
        ),
        Event::Reminder1h => (
            "Reminder: appointment at {heure}",
            "{cabinet}: reminder of your appointment today at {heure}.",
            "Hello,\n\nA reminder of your appointment today at {heure}.\n\n{cabinet}",
        ),
        Event::Cancellation => (
            "Your appointment on {date} is cancelled",
            "{cabinet}: your appointment on {date} is cancelled.",
            "Hello,\n\nYour appointment on {date} is cancelled.\n\n{cabinet}",
        ),
        Event::Moved => (
            "Your appointment is moved to {date} at {heure}",
            "{cabinet}: your appointment is moved to {date} at {heure}.",
            "Hello,\n\nYour appointment is moved to {date} at {heure}.\n\n{cabinet}",
        ),
        Event::MissedCallback => (
            "Your call to {cabinet}",
            "{cabinet}: we could not take your call. We will call you back as soon as possible.",
            "Hello,\n\nWe could not take your call. We will call you back as soon as \
             possible.\n\n{cabinet}",
        ),
        Event::TicketReply => (
            "An answer to your request",
            "{cabinet}: {reponse}",
            "Hello,\n\n{reponse}\n\n{cabinet}",
        ),
        Event::Daily => ("{cabinet}: your day", "{resume}", "{resume}"),
        Event::Free => {
            ("A message from {cabinet}", "{cabinet}: {message}", "Hello,\n\n{message}\n\n{cabinet}")
        }
        Event::Test => (
            "A try by {cabinet}",
            "{cabinet}: this is a try.",
            "Hello,\n\nThis is a try. If you read it, everything works.\n\n{cabinet}",
        ),
    }
}
