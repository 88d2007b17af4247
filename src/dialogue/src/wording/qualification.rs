//! The tenant's own questions, and what is said around them.

use super::Rung;
use crate::Script;
use crate::ask::Receipt;
use crate::speak;
use domain::id::ProspectId;
use domain::qualification::{Kind, Question};

/// Options said in one sentence.
const LISTED: usize = 3;

/// One of the tenant's questions.
pub fn question(script: &Script<'_>, id: Option<&str>, rung: Rung) -> String {
    let known = id.and_then(|id| script.profile.questionnaire.question(id));
    let Some(question) = known else {
        return "Que recherchez-vous exactement ?".to_owned();
    };
    let ask = ended(&question.ask);
    match rung {
        Rung::First => ask,
        Rung::Rephrase => match options(question) {
            Some(options) => format!("Ce peut être {options}. {ask}"),
            None => format!("Je répète ma question. {ask}"),
        },
        Rung::Example => format!("{} {ask}", example(question.kind)),
        Rung::Closed | Rung::Keypad => {
            format!("Vous pouvez aussi dire : je ne sais pas. {ask}")
        }
    }
}

/// The question ends like one.
fn ended(ask: &str) -> String {
    let ask = ask.trim();
    match ask.ends_with(['?', '.', '!', '…']) {
        true => ask.to_owned(),
        false => format!("{ask}."),
    }
}

/// The options of a choice, when there are few.
fn options(question: &Question) -> Option<String> {
    let labels: Vec<String> =
        question.options.iter().take(LISTED).map(|option| option.label.to_lowercase()).collect();
    (!labels.is_empty()).then(|| speak::or(&labels))
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Quelques mots suffisent.",
        Kind::YesNo => "Dites simplement oui ou non.",
        Kind::Number => "Dites un nombre, par exemple : trois.",
        Kind::Amount => "Dites un montant, par exemple : deux cent mille euros.",
        Kind::Choice => "Dites par exemple : la première.",
        Kind::Date => "Dites par exemple : en janvier, ou dans trois mois.",
        Kind::Place => "Dites un nom de ville ou de quartier.",
    }
}

/// A required question is put once more.
pub fn insist() -> &'static str {
    "Une idée approximative suffit."
}

/// A question is left open.
pub fn pass() -> &'static str {
    "Pas de souci, passons."
}

/// An amount as it was understood, where words were left out of it.
pub fn amount(amount: i64) -> String {
    format!("Je note {} euros.", speak::grouped(amount))
}

/// The prospect is written.
pub fn created(_receipt: &Receipt<ProspectId>) -> &'static str {
    "Merci, votre demande est bien transmise."
}

/// Offers an appointment to a prospect.
pub fn offer_appointment(rung: Rung) -> &'static str {
    match rung {
        Rung::First => "Souhaitez-vous prendre rendez-vous dès maintenant ?",
        Rung::Rephrase => "Voulez-vous fixer un rendez-vous ?",
        Rung::Example => "Dites par exemple : oui, mardi matin. Voulez-vous un rendez-vous ?",
        _ => "Pour le rendez-vous, dites simplement oui ou non.",
    }
}
