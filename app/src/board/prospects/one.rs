//! `/app/prospects/{id}`: one prospect.

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed, rows};
use super::{answers, score, status, values, who};
use crate::parts::{Chip, Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::extract::{Path, Query};
use domain::qualification::Status;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use store::dashboard::prospects::ProspectRow;

/// Shows one.
pub(in crate::board) async fn show(
    member: Member,
    Path(id): Path<String>,
    Query(done): Query<JustDone>,
) -> Answer {
    let row = member.desk.prospect(&id).await.map_err(failed)?;
    let Some(row) = row else { return Err(problem::missing()) };
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let frame = Frame::of(&member, Section::Prospects, format!("Prospect : {}", who(&row))).await?;
    let notice = match done.fait.as_str() {
        "modifie" => Some("C’est enregistré."),
        "rappele" => Some("L’échange est noté ; plus de rappel prévu."),
        _ => None,
    };
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    Ok(frame.show(view! { {notice} {one(row, &zone, today).into_any()} }))
}

fn one(prospect: ProspectRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let brought = typo::when(rows::local(prospect.created_at, zone), today);
    let source = match prospect.source.as_str() {
        "phone" => "A répondu au téléphone",
        "web" if prospect.call_id.is_none() => "A écrit depuis une page",
        _ => "A répondu par écrit",
    };
    let asked = answers(&prospect)
        .into_iter()
        .map(|answer| {
            let given = match &answer.value {
                Some(value) => view! { <dd>{french(&values::shown(value))}</dd> }.into_any(),
                None => view! { <dd class="soft">"Sans réponse"</dd> }.into_any(),
            };
            view! { <div><dt>{french(&answer.ask)}</dt>{given}</div> }
        })
        .collect_view();
    let call = prospect.call_row.clone().map(|id| {
        view! { <p><a class="button" href=format!("/app/appels/{id}")><Icon name="phone"/>{french("Voir l’appel")}</a></p> }
    });
    view! {
        <p class="back"><a href="/app/prospects"><Icon name="previous"/>"Tous les prospects"</a></p>
        <header class="page-head">
            <h1>{who(&prospect)}</h1>
            <p class="soft">{format!("{source} {brought}.")}</p>
            <Chip look=status(&prospect.qualification_status)/>
        </header>
        {actions(&prospect).into_any()}
        <section class="panel">
            <header><h2>"Repères"</h2></header>
            <dl class="facts wide">{facts(&prospect, zone, today).into_any()}</dl>
        </section>
        <section class="panel">
            <header><h2>"Vos questions, ses réponses"</h2></header>
            <dl class="facts wide">{asked}</dl>
        </section>
        {consent(&prospect, zone, today).into_any()}
        {call}
    }
}

/// What can be done: to have called back is one step.
fn actions(prospect: &ProspectRow) -> impl IntoView + use<> {
    let over = Status::parse(&prospect.qualification_status).is_some_and(Status::is_over);
    let called = (!over).then(|| {
        view! { <button class="button" type="submit"><Icon name="phone"/>{french("J’ai rappelé")}</button> }
    });
    let edit = format!("/app/prospects/{}/modifier", prospect.id);
    view! {
        <form class="steps-row" method="post" action=format!("/app/prospects/{}/rappele", prospect.id)>
            {called}
            <a class="button" href=edit><Icon name="pen"/>"Modifier"</a>
        </form>
    }
}

fn facts(prospect: &ProspectRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd>{french(&value)}</dd></div> })
    };
    let day = |at: i64| typo::day(rows::local(at, zone).date());
    let call_back = fact("À rappeler", prospect.next_follow_up_at.map(day));
    let last = prospect.last_contact_at;
    let last = fact("Dernier échange", last.map(|at| typo::when(rows::local(at, zone), today)));
    let won = fact("Client depuis", prospect.converted_at.map(day));
    let notes = fact("Notes", prospect.notes.clone());
    let why = fact("Appréciation", prospect.qualification_notes.clone());
    view! {
        {reach(prospect).into_any()}
        <div><dt>"Score"</dt><dd>{score(prospect.qualification_score)}</dd></div>
        {call_back}{last}{won}{notes}{why}
    }
}

fn reach(prospect: &ProspectRow) -> impl IntoView + use<> {
    let phone = match prospect.phone.clone() {
        Some(number) => {
            let shown = typo::phone_text(&number);
            view! { <a class="n" href=format!("tel:{number}")>{shown}</a> }.into_any()
        }
        None => view! { <span class="soft">"Non donné"</span> }.into_any(),
    };
    let email = prospect.email.clone().map(|address| {
        let href = format!("mailto:{address}");
        view! { <div><dt>"Courriel"</dt><dd><a href=href>{address}</a></dd></div> }
    });
    view! { <div><dt>"Téléphone"</dt><dd>{phone}</dd></div> {email} }
}

/// The proof that they agreed to be written down.
fn consent(prospect: &ProspectRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let (text, at) = (prospect.consent_text.clone()?, prospect.consent_at?);
    let when = typo::when(rows::local(at, zone), today);
    let place = prospect.consent_source.clone().unwrap_or_default();
    Some(view! {
        <section class="panel">
            <header><h2>"Son accord"</h2></header>
            <blockquote class="quote">{french(&text)}</blockquote>
            <p class="soft small">{format!("Donné {when}, sur {place}.")}</p>
        </section>
    })
}
