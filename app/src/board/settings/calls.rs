//! What callers hear first, whether calls are recorded, how long things are
//! kept, and to whom a call is passed.

use super::{ask_us, facts, open, openings, subject, week};
use crate::board::{Answer, failed};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use desk::{switchboard, tenants};
use domain::tenant::Profile;
use domain::tenant::notices::Recording;
use domain::tenant::retention::Retention;
use domain::tenant::transfer::{Subject, Transfer, TransferRule};
use leptos::prelude::*;

/// In a word, whether calls are recorded.
pub(super) fn recording(record: Recording) -> &'static str {
    match record {
        Recording::Off => "Appels non enregistrés",
        Recording::Announced => "Appels enregistrés, sauf refus",
        Recording::Asked => "Appels enregistrés avec accord",
    }
}

/// `/app/reglages/accueil`
pub(in crate::board) async fn welcome(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Accueil et enregistrement").await?;
    let shown = tenants::show(member.desk.office(), member.desk.tenant()).await.map_err(failed)?;
    let Some(shown) = shown else { return Err(problem::missing()) };
    let first = switchboard::first_message(&profile);
    let content = view! {
        <section class="panel">
            <header><h2>"Les premiers mots"</h2></header>
            <blockquote>{french(&first)}</blockquote>
            <p class="soft small">{french("Qu’un assistant automatique répond est toujours dit ; aucun réglage ne l’enlève.")}</p>
        </section>
        <section class="panel">
            <header><h2>"Enregistrement"</h2></header>
            <p>{french(meaning(profile.notices.record))}</p>
            <p class="soft small">{french("Qui refuse est servi comme les autres. Ses mots ne sont plus conservés à partir de là, ni l’enregistrement s’il y en a un.")}</p>
        </section>
        <section class="panel">
            <header><h2>"Conservation"</h2></header>
            {facts(kept(shown.settings.retention)).into_any()}
        </section>
        {ask_us().into_any()}
    };
    let meaning = "Ce que les appelants entendent au décroché, et ce qui reste de leur appel.";
    Ok(frame.show(subject("Accueil et enregistrement", meaning, content)))
}

fn meaning(record: Recording) -> &'static str {
    match record {
        Recording::Off => {
            "Les appels ne sont pas enregistrés. Ce qui est dit est transcrit, puis effacé comme indiqué plus bas."
        }
        Recording::Announced => {
            "Les appels sont enregistrés par l’opérateur. Les appelants l’entendent au décroché et peuvent refuser."
        }
        Recording::Asked => {
            "L’accord est demandé au décroché. Sans un oui, l’enregistrement n’est pas gardé."
        }
    }
}

fn kept(retention: Retention) -> Vec<(&'static str, String)> {
    let days = |days: u32| typo::count(i64::from(days), "jour", "jours");
    vec![
        ("Conversations", days(retention.transcripts_days)),
        ("Messages traités, numéros", days(retention.messages_days)),
        ("Événements, sans identité", days(retention.events_days)),
    ]
}

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
