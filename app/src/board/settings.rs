//! `/app/reglages`: one subject a page, the present value readable first, and
//! what it means for callers.

mod account;
mod calls;
mod lines;
mod tokens;

pub(super) use account::routes as personal_routes;
pub(super) use calls::{transfer, welcome};
pub(super) use lines::routes as line_routes;
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

/// Every subject with its present value.
pub(super) async fn overview(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Réglages").await?;
    let password = password::exists(member.desk.office(), &member.email).await.map_err(failed)?;
    let password = if password { "Défini" } else { "Aucun : vous entrez par un lien" };
    let open_days = week(&profile.hours).iter().filter(|(_, hours)| !hours.is_empty()).count();
    let subjects = [
        ("cabinet", "building", "Cabinet", profile.name.clone()),
        (
            "horaires",
            "clock",
            "Horaires",
            typo::count(open_days as i64, "jour ouvert par semaine", "jours ouverts par semaine"),
        ),
        (
            "services",
            "calendar",
            "Rendez-vous proposés",
            typo::count(profile.services.len() as i64, "service", "services"),
        ),
        (
            "questions",
            "question",
            "Questions et réponses",
            typo::count(profile.faqs.len() as i64, "réponse", "réponses"),
        ),
        ("agents", "assistant", "Assistants", "Qui répond, et ce qu’il sait faire".to_owned()),
        ("numeros", "number", "Numéros", "Ce que vos appelants composent".to_owned()),
        ("transfert", "forward", "Transfert", calls::passed_to(&profile)),
        (
            "accueil",
            "message",
            "Accueil et enregistrement",
            calls::recording(profile.notices.record).to_owned(),
        ),
        ("membres", "person", "Personnes", "Qui peut se connecter".to_owned()),
    ];
    let mut subjects = subjects.to_vec();
    if member.desk.may_manage_tokens() {
        subjects.push(("jetons", "key", "Jetons d’API", "Accès des programmes".to_owned()));
    }
    let own = [
        ("sessions", "device", "Sessions", "Appareils connectés".to_owned()),
        ("mot-de-passe", "key", "Mot de passe", password.to_owned()),
    ];
    Ok(frame.show(view! {
        <header class="page-head"><h1>"Réglages"</h1></header>
        <section class="panel"><header><h2>"Le cabinet"</h2></header>{list(subjects).into_any()}</section>
        <section class="panel"><header><h2>"Votre compte"</h2></header>{list(own.to_vec()).into_any()}</section>
    }))
}

fn list(subjects: Vec<(&'static str, &'static str, &'static str, String)>) -> impl IntoView {
    let items = subjects
        .into_iter()
        .map(|(path, icon, title, value)| {
            let href = format!("/app/reglages/{path}");
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
    view! {
        <p class="back"><a href="/app/reglages"><Icon name="previous"/>"Réglages"</a></p>
        <header class="page-head"><h1>{title}</h1><p class="soft">{french(meaning)}</p></header>
        {content.into_any()}
    }
}

/// How to change what cannot be changed here.
fn ask_us() -> impl IntoView {
    view! { <p class="soft small">{french("Pour changer ces réglages, adressez-vous à la personne qui a ouvert votre compte : ils s’appliquent dès l’appel suivant.")}</p> }
}

fn facts(entries: Vec<(&'static str, String)>) -> impl IntoView {
    let items = entries
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{french(&value)}</dd></div> })
        .collect_view();
    view! { <dl class="facts wide">{items}</dl> }
}

/// `/app/reglages/cabinet`
pub(super) async fn practice(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Cabinet").await?;
    let missing = || "Non renseigné".to_owned();
    let numbers: Vec<String> = profile.numbers.iter().map(typo::phone).collect();
    let zone = profile.zone.iana_name().unwrap_or("UTC").to_owned();
    let entries = vec![
        ("Nom", profile.name.clone()),
        ("Métier", profile.trade.clone().unwrap_or_else(missing)),
        ("Adresse", profile.address.clone().unwrap_or_else(missing)),
        ("Numéros", if numbers.is_empty() { missing() } else { numbers.join(", ") }),
        ("Fuseau horaire", zone),
    ];
    let content = view! { {facts(entries).into_any()} {ask_us().into_any()} };
    let meaning =
        "Les appelants entendent ce nom au décroché, et l’adresse quand ils la demandent.";
    Ok(frame.show(subject("Cabinet", meaning, content)))
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

/// `/app/reglages/horaires`
pub(super) async fn hours(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Horaires").await?;
    let days = week(&profile.hours)
        .into_iter()
        .map(|(day, hours)| (typo::weekday(day), openings(&hours)))
        .collect();
    let today = member.desk.today(&profile.zone);
    let closures = profile
        .closures
        .iter()
        .filter(|closure| closure.to >= today)
        .map(|closure| {
            let reason = closure.reason.clone().map(|reason| view! { " : " {french(&reason)} });
            view! { <li>"du " {typo::day(closure.from)} " au " {typo::day(closure.to)} {reason}</li> }
        })
        .collect_view();
    let none = (!profile.closures.iter().any(|closure| closure.to >= today))
        .then(|| view! { <li class="soft">"Aucune fermeture prévue."</li> });
    let rules = profile.booking;
    let limits = format!(
        "Au plus tôt {} à l’avance, au plus tard {} à l’avance.",
        duration(rules.notice_minutes),
        typo::count(i64::from(rules.horizon_days), "jour", "jours")
    );
    let content = view! {
        {facts(days).into_any()}
        <section class="panel"><header><h2>"Fermetures"</h2></header><ul class="lines">{none}{closures}</ul><p class="soft small">{french("Les jours fériés sont fermés d’office.")}</p></section>
        <section class="panel"><header><h2>"Réservation"</h2></header><p>{limits}</p></section>
        {ask_us().into_any()}
    };
    let meaning = "Les appelants entendent ces heures, et ne se voient proposer que des horaires qui y tiennent.";
    Ok(frame.show(subject("Horaires", meaning, content)))
}

fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}{}minutes", typo::NBSP),
        (hours, 0) => typo::count(i64::from(hours), "heure", "heures"),
        (hours, minutes) => format!("{hours}{nbsp}h{nbsp}{minutes:02}", nbsp = typo::NBSP),
    }
}

/// `/app/reglages/services`
pub(super) async fn services(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Rendez-vous proposés").await?;
    let services = profile
        .services
        .iter()
        .map(|service| {
            let price = service.price_cents.map_or("tarif non communiqué".to_owned(), typo::euros);
            view! { <div><dt>{service.name.clone()}</dt><dd>{service.minutes}"\u{a0}min, "{price}</dd></div> }
        })
        .collect_view();
    let calendars = profile
        .calendars
        .iter()
        .map(|calendar| view! { <li>{calendar.name.clone()}</li> })
        .collect_view();
    let content = view! {
        <dl class="facts wide">{services}</dl>
        <section class="panel"><header><h2>"Agendas"</h2></header><ul class="lines">{calendars}</ul></section>
        {ask_us().into_any()}
    };
    let meaning = "L’assistant propose ces rendez-vous, avec leur durée ; il ne donne un tarif que s’il est ici.";
    Ok(frame.show(subject("Rendez-vous proposés", meaning, content)))
}

/// `/app/reglages/questions`
pub(super) async fn questions(member: Member) -> Answer {
    let (frame, profile) = open(&member, "Questions et réponses").await?;
    let entries = profile
        .faqs
        .iter()
        .map(|faq| view! { <div><dt>{french(&faq.question)}</dt><dd>{french(&faq.answer)}</dd></div> })
        .collect_view();
    let none = profile.faqs.is_empty().then(|| {
        view! { <p class="soft">{french("Aucune réponse : à une question, l’assistant propose de prendre un message.")}</p> }
    });
    let content = view! { {none} <dl class="facts wide">{entries}</dl> {ask_us().into_any()} };
    let meaning = "Les appelants qui posent ces questions entendent ces réponses, mot pour mot. Rien d’autre n’est inventé.";
    Ok(frame.show(subject("Questions et réponses", meaning, content)))
}

/// `/app/reglages/membres`
pub(super) async fn members(member: Member) -> Answer {
    let (frame, _) = open(&member, "Personnes").await?;
    let people = member.desk.members().await.map_err(failed)?;
    let none =
        people.is_empty().then(|| view! { <p class="soft">"Personne n’est encore inscrit."</p> });
    let items = people
        .into_iter()
        .map(|(email, role)| view! { <div><dt>{email}</dt><dd>{role_name(role)}</dd></div> })
        .collect_view();
    let content = view! { {none} <dl class="facts wide">{items}</dl> {ask_us().into_any()} };
    let meaning = "Ces personnes reçoivent un lien de connexion quand elles le demandent. Elles voient les appels de ce cabinet, et d’aucun autre.";
    Ok(frame.show(subject("Personnes", meaning, content)))
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Owner => "Responsable",
        Role::Practitioner => "Praticien",
        Role::Secretary => "Secrétariat",
    }
}
