//! Sentences about an appointment that already exists. Nothing of it is said
//! before its owner is identified: the sentences take what the outside found.

use super::{Rung, whom};
use crate::ask::{Known, Receipt};
use crate::speak;
use crate::state::Goal;
use crate::understand::Window;
use domain::tenant::Profile;
use jiff::civil::DateTime;

/// Asks for the name on the appointment.
pub fn name(rung: Rung) -> String {
    let sentence = match rung {
        Rung::First => "À quel nom est le rendez-vous ?",
        Rung::Rephrase => "Pouvez-vous me redire le prénom et le nom ?",
        Rung::Example => "Dites par exemple : au nom de Camille Martin. À quel nom est-il ?",
        _ => "Pouvez-vous épeler le nom de famille, lettre par lettre ?",
    };
    sentence.to_owned()
}

/// Asks for its date and hour, or for the hour alone.
pub fn when(told: &[Window], rung: Rung) -> String {
    let sentence = match (told, rung) {
        ([], Rung::First) => "Quels sont le jour et l'heure de ce rendez-vous ?",
        ([], Rung::Rephrase) => "Quel jour est prévu ce rendez-vous, et à quelle heure ?",
        ([..], Rung::First) => {
            "Je dois vérifier le jour et l'heure exacts. Quand est ce rendez-vous ?"
        }
        ([..], Rung::Rephrase) => "Et à quelle heure est-il ?",
        (_, Rung::Example) => "Dites par exemple : mardi 24 à 10 h 30. Quand est-il ?",
        _ => "Il me faut le jour et l'heure exacts. Quand est ce rendez-vous ?",
    };
    sentence.to_owned()
}

/// Asks which of several, and what for when two things are to be done.
pub fn choose(known: &[Known], goals: &[Goal], rung: Rung) -> String {
    let starts: Vec<DateTime> = known.iter().take(3).map(|one| one.local).collect();
    let said = speak::and(&starts.iter().map(|at| speak::moment(*at)).collect::<Vec<_>>());
    let which = match goals {
        [Goal::Cancel, Goal::Move, ..] => "Lequel faut-il annuler ?",
        [Goal::Move, Goal::Cancel, ..] => "Lequel faut-il déplacer ?",
        _ => "Lequel est-ce ?",
    };
    match rung {
        Rung::First => format!("Vous avez rendez-vous {said}. {which}"),
        _ => format!("Il y a {said}. Dites le premier ou le dernier, par exemple."),
    }
}

/// Asks whether to cancel.
pub fn confirm_cancel(known: &[Known], rung: Rung) -> String {
    let Some(one) = known.first() else { return name(rung) };
    match rung {
        Rung::First => format!("Votre rendez-vous est {}. Je l'annule ?", speak::moment(one.local)),
        _ => format!(
            "Voulez-vous annuler le rendez-vous de {} ? Dites oui ou non.",
            speak::moment(one.local)
        ),
    }
}

/// What the appointments are.
pub fn tell(profile: &Profile, known: &[Known]) -> String {
    let said: Vec<String> = known.iter().take(3).map(|one| appointment(profile, one)).collect();
    format!("Vous avez rendez-vous {}.", speak::and(&said))
}

/// Which one is to be moved.
pub fn to_move(profile: &Profile, one: &Known) -> String {
    format!("Votre rendez-vous est {}.", appointment(profile, one))
}

/// When, and with whom where several receive.
fn appointment(profile: &Profile, one: &Known) -> String {
    speak::moment(one.local) + &whom::with(profile, one.calendar.as_ref())
}

/// Nothing was found with what was given so far.
pub fn not_found_yet() -> &'static str {
    "Je ne le trouve pas avec ces éléments."
}

/// Nothing was found.
pub fn not_found() -> &'static str {
    "Je ne trouve pas ce rendez-vous, je ne peux donc rien en dire ni le changer."
}

/// It was cancelled or changed meanwhile.
pub fn gone() -> &'static str {
    "Ce rendez-vous a été modifié entre-temps, je ne peux pas le changer."
}

/// It stays.
pub fn kept() -> &'static str {
    "D'accord, je ne change rien."
}

/// The cancellation is written.
pub fn cancelled(receipt: &Receipt<Known>) -> String {
    format!("C'est fait, le rendez-vous de {} est annulé.", speak::moment(receipt.of().local))
}
