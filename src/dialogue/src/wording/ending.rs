//! The end of a call.

use super::Rung;
use jiff::civil::DateTime;

/// Asks whether there is anything else.
pub fn anything_else(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Puis-je faire autre chose pour vous ?",
        Rung::Rephrase => "Avez-vous besoin d'autre chose ?",
        _ => "Voulez-vous autre chose ? Dites oui ou non.",
    }
}

/// Offers a confirmation by text message.
pub fn by_text(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Voulez-vous recevoir une confirmation par SMS ?",
        _ => "Je peux vous confirmer ce rendez-vous par SMS. Dites oui ou non.",
    }
}

/// It is ordered.
pub fn texted() -> &'static str {
    "Très bien, je vous l'envoie."
}

/// It is not wanted.
pub fn not_texted() -> &'static str {
    "D'accord."
}

/// Goodbye.
pub fn goodbye(now: DateTime) -> String {
    let wish = if now.hour() >= 18 { "Bonne soirée" } else { "Bonne journée" };
    format!("Merci de votre appel. {wish}, au revoir.")
}

/// Goodbye to somebody who leaves with nothing.
pub fn leaving(now: DateTime) -> String {
    let wish = if now.hour() >= 18 { "Bonne soirée" } else { "Bonne journée" };
    format!("Très bien, n'hésitez pas à rappeler. {wish}, au revoir.")
}

/// A wrong number.
pub fn wrong_number() -> &'static str {
    "Il n'y a pas de mal. Au revoir."
}

/// Canvassing.
pub fn sales() -> &'static str {
    "Merci, nous ne répondons pas aux démarchages. Au revoir."
}
