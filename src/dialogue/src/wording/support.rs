//! Support requests: what, of which kind, how urgent, and the reference.

use super::{Rung, spoken};
use crate::Script;
use crate::ask::Receipt;
use crate::speak;
use domain::support::{Reference, Support};

/// Categories said in one sentence.
const LISTED: usize = 3;

/// Asks what has to be looked after.
pub fn text(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Que se passe-t-il exactement ?",
        Rung::Rephrase => "Pouvez-vous me décrire le problème en une phrase ?",
        _ => "Dites par exemple : ma facture est fausse. Quel est le problème ?",
    }
}

/// Asks which kind it is.
pub fn category(support: &Support, rung: Rung) -> String {
    let labels: Vec<String> =
        support.categories.iter().take(LISTED).map(|category| category.label.clone()).collect();
    let listed = speak::or(&labels);
    match rung {
        Rung::First => format!("C'est pour {listed} ?"),
        _ => format!("Pour bien vous orienter : {listed}, ou autre chose ?"),
    }
}

/// Asks how urgent it is.
pub fn urgency(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Est-ce que cela vous bloque complètement ?",
        _ => "Est-ce urgent ? Dites oui ou non.",
    }
}

/// The request is written.
pub fn opened(script: &Script<'_>, receipt: &Receipt<Reference>) -> String {
    let reference = match spoken(script) {
        true => receipt.of().spoken(),
        false => receipt.of().to_string(),
    };
    format!("Votre demande est bien transmise, sous la référence {reference}.")
}

/// The reference once more.
pub fn reference(script: &Script<'_>, reference: &Reference) -> String {
    let said = if spoken(script) { reference.spoken() } else { reference.to_string() };
    format!("Votre référence est {said}.")
}
