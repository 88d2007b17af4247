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
