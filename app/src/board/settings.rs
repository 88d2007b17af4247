//! `/app/reglages`: one subject a page, the present value readable first, and
//! what it means for callers.

mod account;
mod calls;
mod channels;
pub(crate) mod edit;
pub(crate) mod lines;
mod members;
mod notices;
mod papers;
mod tokens;

pub(super) use account::routes as personal_routes;
pub(super) use channels::routes as channel_routes;
pub(super) use edit::routes as edit_routes;
pub(super) use lines::routes as line_routes;
pub(super) use members::routes as member_routes;
pub(super) use notices::routes as notice_routes;
pub(super) use papers::routes as paper_routes;
pub(super) use tokens::routes as token_routes;

use super::frame::{Frame, Section};
use super::{Answer, failed};
use crate::parts::Icon;
use crate::session::Member;
use crate::typo::{self, french};
use desk::sign_in::password;
use domain::role::Role;
use domain::tenant::Profile;
use domain::time::hours::Opening;
use jiff::civil::Weekday;
use leptos::prelude::*;
use std::sync::Arc;

async fn open(
    member: &Member,
    title: &str,
) -> Result<(Frame, Arc<Profile>), axum::response::Response> {
    let frame = Frame::of(member, Section::Settings, title).await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    Ok((frame, profile))
}

/// A subject in the overview: its path, an icon, its name, its present value.
type Entry = (&'static str, &'static str, &'static str, String);

/// Every subject with its present value.
pub(super) async fn overview(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Réglages").await?;
    let password = password::exists(member.desk.office(), &member.email).await.map_err(failed)?;
    let password = if password { "Défini" } else { "Aucun : vous entrez par un lien" };
    let agents = member.desk.agents().await.map_err(failed)?.len() as i64;
    let mut access = vec![("membres", "person", "Personnes", "Qui peut se connecter".to_owned())];
    if member.desk.may_manage_tokens() {
        access.push(("jetons", "key", "Jetons d’API", "Accès des programmes".to_owned()));
    }
    let own = vec![
        ("sessions", "device", "Sessions", "Appareils connectés".to_owned()),
        ("mot-de-passe", "key", "Mot de passe", password.to_owned()),
    ];
    let groups = [
        ("Le cabinet", of_practice(&profile)),
        ("Les appels", of_calls(&profile, agents)),
        ("Les messages", of_messages()),
        ("Les accès", access),
        ("Votre compte", own),
    ];
    let panels = groups.map(|(title, subjects)| {
        view! { <section class="panel"><header><h2>{title}</h2></header>{list(subjects).into_any()}</section> }.into_any()
    });
    Ok(frame.show(view! {
        <header class="page-head"><h1>"Réglages"</h1></header>
        <div class="columns">{panels.into_iter().collect_view()}</div>
    }))
}

fn of_practice(profile: &Profile) -> Vec<Entry> {
    let open_days = week(&profile.hours).iter().filter(|(_, hours)| !hours.is_empty()).count();
    let open =
        typo::count(open_days as i64, "jour ouvert par semaine", "jours ouverts par semaine");
    let services = typo::count(profile.services.len() as i64, "service", "services");
    let answers = typo::count(profile.faqs.len() as i64, "réponse", "réponses");
    let closures = "Congés et jours exceptionnels, dans l’agenda".to_owned();
    vec![
        ("cabinet", "building", "Cabinet", profile.name.clone()),
        ("horaires", "clock", "Horaires", open),
        ("/app/agenda/fermetures", "cancelled", "Fermetures", closures),
        ("services", "booked", "Rendez-vous proposés", services),
        ("questions", "question", "Questions et réponses", answers),
    ]
}

fn of_calls(profile: &Profile, agents: i64) -> Vec<Entry> {
    let numbers = typo::count(profile.numbers.len() as i64, "numéro", "numéros");
    let recording = edit::welcome::recording(profile.notices.record).to_owned();
    vec![
        ("agents", "assistant", "Assistants", typo::count(agents, "assistant", "assistants")),
        ("numeros", "number", "Numéros", numbers),
        ("transfert", "forward", "Transfert", calls::passed_to(profile)),
        ("accueil", "phone", "Accueil et enregistrement", recording),
    ]
}

fn of_messages() -> Vec<Entry> {
    vec![
        ("canaux", "message", "Canaux", "Téléphone, SMS, courriel, WhatsApp".to_owned()),
        ("modeles", "pen", "Modèles de messages", "Les mots de vos messages".to_owned()),
        ("avis", "mail", "Avis par courriel", "L’urgent, le point du matin".to_owned()),
    ]
}

fn list(subjects: Vec<Entry>) -> impl IntoView {
    let items = subjects
        .into_iter()
        .map(|(path, icon, title, value)| {
            let href = match path.starts_with('/') {
                true => path.to_owned(),
                false => format!("/app/reglages/{path}"),
            };
            view! { <li><a href=href><Icon name=icon/><span><strong>{title}</strong><span class="soft">{value}</span></span><Icon name="next"/></a></li> }
        })
        .collect_view();
    view! { <ul class="subjects">{items}</ul> }
}

/// A subject's page: title, what callers notice, values.
pub(super) fn subject(
    title: &'static str,
    meaning: &'static str,
    content: impl IntoView + 'static,
) -> impl IntoView {
    under(("/app/reglages", "Réglages"), title, meaning, content)
}

/// The same, below another page: its address and its name.
fn under(
    (href, above): (&'static str, &'static str),
    title: &'static str,
    meaning: &'static str,
    content: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <p class="back"><a href=href><Icon name="previous"/>{above}</a></p>
        <header class="page-head"><h1>{title}</h1><p class="soft">{french(meaning)}</p></header>
        {content.into_any()}
    }
}

fn facts(entries: Vec<(&'static str, String)>) -> impl IntoView {
    let items = entries
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{french(&value)}</dd></div> })
        .collect_view();
    view! { <dl class="facts wide">{items}</dl> }
}

/// The opening periods of each weekday, Monday first.
fn week(hours: &[Opening]) -> Vec<(Weekday, Vec<Opening>)> {
    let days = (0..7).filter_map(|offset| Weekday::from_monday_zero_offset(offset).ok());
    days.map(|day| (day, hours.iter().copied().filter(|opening| opening.day == day).collect()))
        .collect()
}

fn openings(hours: &[Opening]) -> String {
    let spans: Vec<String> = hours
        .iter()
        .map(|opening| format!("{} – {}", typo::clock(opening.from), typo::clock(opening.to)))
        .collect();
    if spans.is_empty() { "fermé".to_owned() } else { spans.join(", ") }
}

fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}{}minutes", typo::NBSP),
        (hours, 0) => typo::count(i64::from(hours), "heure", "heures"),
        (hours, minutes) => format!("{hours}{nbsp}h{nbsp}{minutes:02}", nbsp = typo::NBSP),
    }
}

pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Owner => "Responsable",
        Role::Practitioner => "Praticien",
        Role::Secretary => "Secrétariat",
    }
}
