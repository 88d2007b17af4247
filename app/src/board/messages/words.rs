//! Requests in words and icons.

use crate::parts::Look;
use domain::support::{Priority, Support};
use domain::ticket::Status;
use store::dashboard::tickets::TicketRow;

/// What a request is: an icon and a word.
pub(in crate::board) fn category(ticket: &TicketRow) -> (&'static str, String) {
    kind(&ticket.category, &ticket.cause)
}

fn kind(category: &str, cause: &str) -> (&'static str, String) {
    let (icon, word) = match category {
        "callback" if cause == "transfer_failed" => {
            ("forward", "À rappeler : transfert sans réponse")
        }
        "callback" if cause == "agent_failed" => ("alert", "À rappeler : souci technique"),
        "emergency" => ("alert", "Urgence reconnue"),
        "waiting_list" => ("clock", "Liste d’attente"),
        "message" => ("message", "Message"),
        "callback" => ("phone", "Rappel demandé"),
        "prescription" => ("pen", "Ordonnance"),
        "results" => ("list", "Résultats"),
        "complaint" | "reclamation" => ("alert", "Réclamation"),
        "technique" => ("settings", "Technique"),
        "facturation" => ("list", "Facturation"),
        "question" => ("question", "Question"),
        own => return ("message", named(own)),
    };
    (icon, word.to_owned())
}

/// A category of the tenant's own, by its slug.
fn named(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How urgent a request is, unless it is as usual.
pub(in crate::board) fn priority(name: &str) -> Option<Look> {
    let (state, icon, word) = match name {
        "urgent" => ("bad", "alert", "Urgent"),
        "high" => ("warn", "alert", "Prioritaire"),
        "low" => ("", "clock", "Peu pressé"),
        _ => return None,
    };
    Some(Look { state, icon, word })
}

/// How far a request is.
pub(in crate::board) fn status(name: &str) -> Look {
    let (state, icon, word) = match Status::parse(name) {
        Some(Status::InProgress) => ("note", "pen", "En cours"),
        Some(Status::WaitingCustomer) => ("", "clock", "Attend le client"),
        Some(Status::Resolved) => ("good", "check", "Traité"),
        Some(Status::Closed) => ("", "cancelled", "Clos"),
        Some(Status::Open) | None => ("warn", "message", "À traiter"),
    };
    Look { state, icon, word }
}

/// How far a request is, within a sentence.
pub(in crate::board) fn state(name: &str) -> String {
    status(name).word.to_lowercase()
}

/// Somebody should have answered by now.
pub(in crate::board) const LATE: Look = Look { state: "bad", icon: "clock", word: "En retard" };

/// A priority, in a word.
pub(in crate::board) fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "Peu pressé",
        Priority::Medium => "Normale",
        Priority::High => "Prioritaire",
        Priority::Urgent => "Urgent",
    }
}

/// The categories that a form offers: the tenant's own, then what calls leave;
/// the one that a request has is always there.
pub(in crate::board) fn categories(support: &Support, present: &str) -> Vec<(String, String)> {
    const OF_CALLS: [&str; 5] = ["message", "callback", "prescription", "results", "complaint"];
    let own = support.categories.iter().map(|category| category.id.clone());
    let mut slugs: Vec<String> = own.chain(OF_CALLS.map(str::to_owned)).collect();
    if !present.is_empty() && !slugs.iter().any(|slug| slug == present) {
        slugs.push(present.to_owned());
    }
    let mut offered: Vec<(String, String)> = Vec::new();
    for slug in slugs {
        let word = kind(&slug, "").1;
        // One word is one choice: the practice's own comes first.
        if slug == present || offered.iter().all(|(_, known)| *known != word) {
            offered.push((slug, word));
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_status_has_a_word_of_its_own() {
        let words: HashSet<_> = Status::ALL.map(|kind| status(kind.as_str()).word).into();
        assert_eq!(words.len(), Status::ALL.len());
        assert_eq!(status("x").word, "À traiter");
    }

    #[test]
    fn a_form_offers_the_category_that_a_request_has() {
        let offered = categories(&Support::default(), "waiting_list");
        assert_eq!(offered[0], ("technique".to_owned(), "Technique".to_owned()));
        assert_eq!(offered.last().unwrap().1, "Liste d’attente");
        assert_eq!(named("ma-rubrique"), "Ma rubrique");
    }
}
