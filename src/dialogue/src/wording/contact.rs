//! How to reach the caller. The four sentences are binding, to the letter; at
//! most the last two digits of a number are ever said.

use super::{Rung, spoken};
use crate::Script;
use crate::state::Contact;
use crate::understand::phones::{self, PhoneReading};
use domain::phone::E164;

/// The caller's number is known.
pub const VOCAL_CONTACT_CONFIRM_CALLER_ID: &str =
    "J'ai un numéro qui se termine par {last_two}. C'est bien le vôtre ? Dites oui ou non.";
/// The caller's number is hidden or absent.
pub const VOCAL_CONTACT_NO_CALLER_ID: &str =
    "Je n'ai pas votre numéro qui s'affiche. Pouvez-vous me le donner ?";
/// The number is right.
pub const VOCAL_CONTACT_CONFIRM_OK: &str = "Parfait, c'est noté.";
/// The number is not right.
pub const VOCAL_CONTACT_CONFIRM_NO: &str =
    "Pas de souci. Quel est le meilleur numéro pour vous joindre ?";

/// Asks whether the caller's number is theirs.
pub fn confirm(caller: Option<&E164>, rung: Rung) -> String {
    let Some(caller) = caller else { return VOCAL_CONTACT_NO_CALLER_ID.to_owned() };
    let last_two = caller.last_two();
    match rung {
        Rung::First => VOCAL_CONTACT_CONFIRM_CALLER_ID.replace("{last_two}", last_two),
        Rung::Rephrase => {
            format!("Peut-on vous rappeler au numéro qui se termine par {last_two} ?")
        }
        Rung::Example => {
            "Dites par exemple : oui, c'est le mien. Est-ce le bon numéro ?".to_owned()
        }
        Rung::Closed => "Pour le numéro, dites simplement oui, ou non.".to_owned(),
        Rung::Keypad => "Tapez 1 si c'est le bon numéro, 2 sinon.".to_owned(),
    }
}

/// Asks whether a dictated number was heard right.
pub fn agree(contact: &Contact, rung: Rung) -> String {
    let last_two = contact.dictated.as_ref().map_or("", |dictated| dictated.value.last_two());
    match rung {
        Rung::First => format!("Un numéro qui finit par {last_two}, c'est bien ça ?"),
        Rung::Keypad => "Tapez 1 si c'est le bon numéro, 2 sinon.".to_owned(),
        _ => format!("Votre numéro finit par {last_two}. Dites oui ou non."),
    }
}

/// A dictated address, as it is said. Digits as many as a telephone number has
/// are said as one is: whoever stands by hears its last two only.
pub fn address(email: &str) -> String {
    let said = without_numbers(email)
        .replace('@', " arobase ")
        .replace('.', " point ")
        .replace('-', " tiret ")
        .replace('_', " tiret bas ")
        .replace('+', " plus ");
    format!("J'ai noté l'adresse {}.", said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text, with every run of digits that may be a telephone number told by its
/// last two. Six is the shortest that people dial.
fn without_numbers(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        told.push_str(before);
        match end {
            0..6 => told.push_str(run),
            _ => told.push_str(&format!(" des chiffres qui finissent par {} ", &run[end - 2..])),
        }
        rest = after;
    }
    told + rest
}

/// More digits than a number has.
pub fn too_long() -> &'static str {
    "Ce numéro a trop de chiffres, reprenons depuis le début."
}

/// Asks for a number.
pub fn collect(script: &Script<'_>, contact: &Contact, rung: Rung) -> String {
    if !contact.readings.is_empty() && !contact.open() && rung == Rung::First {
        return separate(&contact.readings).to_owned();
    }
    let sentence = match rung {
        Rung::First if contact.again => {
            "Pouvez-vous me redonner votre numéro chiffre par chiffre ?"
        }
        Rung::First if contact.not_caller && contact.dictation.is_none() => {
            VOCAL_CONTACT_CONFIRM_NO
        }
        Rung::First if contact.dictation.is_some() => "Je vous écoute, quelle est la suite ?",
        Rung::First if !spoken(script) => "Quel est votre numéro de téléphone ?",
        Rung::First => VOCAL_CONTACT_NO_CALLER_ID,
        Rung::Rephrase => "Quel est votre numéro de téléphone, deux chiffres par deux chiffres ?",
        Rung::Example => {
            "Dites les dix chiffres, par exemple en commençant par zéro six. Je vous écoute."
        }
        Rung::Closed => "Pouvez-vous me dicter votre numéro chiffre par chiffre, lentement ?",
        Rung::Keypad => "Vous pouvez taper votre numéro sur le clavier du téléphone.",
    };
    sentence.to_owned()
}

/// Asks only for what separates the readings, by its place in the number.
fn separate(readings: &[PhoneReading]) -> &'static str {
    match phones::differences(readings).map(|difference| difference.pair) {
        Some(0) => "Pour être sûr, quels sont les deux premiers chiffres ?",
        Some(1) => "Pour être sûr, quel est le deuxième groupe de deux chiffres ?",
        Some(2) => "Pour être sûr, quel est le troisième groupe de deux chiffres ?",
        Some(3) => "Pour être sûr, quel est le quatrième groupe de deux chiffres ?",
        Some(_) => "Pour être sûr, quels sont les deux derniers chiffres ?",
        None => "Pouvez-vous me redonner votre numéro chiffre par chiffre ?",
    }
}

/// The caller prefers to leave no number.
pub fn withheld() -> &'static str {
    "D'accord, je ne note pas de numéro."
}

/// Neither yes nor no, but a number that is not one.
pub fn not_a_number() -> &'static str {
    "Ce numéro ne me semble pas complet."
}
