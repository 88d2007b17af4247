//! To whom calls are passed.

use super::{facts, openings, week};
use crate::typo::{self, french};
use domain::tenant::Profile;
use domain::tenant::transfer::{Subject, Transfer, TransferRule};
use leptos::prelude::*;

/// To whom calls are passed, by their matter.
pub(super) fn rung(profile: &Profile) -> impl IntoView + use<> {
    let rules = profile.transfer_rules.iter().map(rule).collect_view();
    let other = if profile.transfer_rules.is_empty() { "Pour tout" } else { "Pour tout le reste" };
    let default = match &profile.transfer {
        Some(to) => facts(entries(to)).into_any(),
        None => view! { <p class="soft">{french("Personne : l’assistant prend un message.")}</p> }
            .into_any(),
    };
    view! {
        {rules}
        <section class="panel"><header><h2>{other}</h2></header>{default}</section>
    }
}

/// In a line, to whom calls are passed.
pub(super) fn passed_to(profile: &Profile) -> String {
    match (&profile.transfer, profile.transfer_rules.len()) {
        (None, 0) => "Aucun : un message est pris".to_owned(),
        (Some(to), 0) => format!("Vers le {}", typo::phone(&to.number)),
        (Some(_), rules) => typo::count(rules as i64 + 1, "numéro", "numéros selon le motif"),
        (None, rules) => typo::count(rules as i64, "motif", "motifs"),
    }
}

fn rule(rule: &TransferRule) -> impl IntoView + use<> {
    let words = rule.words.iter().map(|word| format!("« {word} »"));
    let about = rule.about.iter().map(|about| about_what(*about).to_owned());
    let title = format!("Pour {}", words.chain(about).collect::<Vec<_>>().join(", "));
    view! { <section class="panel"><header><h2>{french(&title)}</h2></header>{facts(entries(&rule.to)).into_any()}</section> }
}

pub(super) fn about_what(about: Subject) -> &'static str {
    match about {
        Subject::Appointment => "un rendez-vous",
        Subject::Prescription => "une ordonnance ou un document",
        Subject::Results => "des résultats",
        Subject::Complaint => "une réclamation",
        Subject::Question => "une question",
    }
}

fn entries(to: &Transfer) -> Vec<(&'static str, String)> {
    let mut entries = vec![
        ("Vers", typo::phone(&to.number)),
        ("Sonne", typo::count(i64::from(to.ring_seconds), "seconde", "secondes")),
    ];
    if to.hours.is_empty() {
        entries.push(("Quand", "Pendant les horaires d’ouverture".to_owned()));
    }
    let days = week(&to.hours).into_iter().filter(|(_, hours)| !hours.is_empty());
    entries.extend(days.map(|(day, hours)| (typo::weekday(day), openings(&hours))));
    entries
}
