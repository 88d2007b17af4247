//! `/app/rendez-vous/{id}`: one appointment, what can be done with it, and
//! what was done.

mod actions;
mod fields;
mod history;
mod new;
mod panel;

use super::frame::{Frame, Section};
use super::{Answer, JustDone, failed, rows};
use crate::parts::{Chip, Icon, Look, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo;
use crate::web::Web;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::availability::Slot;
use domain::id::{CalendarId, ServiceId};
use domain::tenant::Profile;
use fields::Typed;
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use std::sync::Arc;
use store::appointments::history::ChangeRow;
use store::dashboard::agenda::VisitRow;

/// How many free hours are offered.
const OFFERS: usize = 6;

/// The routes of appointments.
pub(super) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/rendez-vous", post(new::create))
        .route("/app/rendez-vous/nouveau", get(new::show))
        .route("/app/rendez-vous/{id}", get(show))
        .route("/app/rendez-vous/{id}/deplacer", post(actions::move_to))
        .route("/app/rendez-vous/{id}/corriger", post(actions::correct))
        .route("/app/rendez-vous/{id}/venu", post(actions::came))
        .route("/app/rendez-vous/{id}/absent", post(actions::missed))
        .route("/app/rendez-vous/{id}/retablir", post(actions::restore))
        .route("/app/rendez-vous/{id}/annuler", post(actions::cancel))
}

/// What a page says above the appointment.
#[derive(Default)]
struct Told {
    done: Option<&'static str>,
    refused: Option<&'static str>,
    /// What was filled in and refused.
    typed: Option<Typed>,
}

/// Everything the page shows.
struct VisitPage {
    visit: VisitRow,
    history: Vec<ChangeRow>,
    /// The page of the call that made it.
    call: Option<String>,
    /// Where it could be moved.
    free: Vec<Slot>,
    profile: Arc<Profile>,
    now: DateTime,
    begun: bool,
}

/// Shows it.
async fn show(member: Member, Path(id): Path<String>, Query(asked): Query<JustDone>) -> Answer {
    let done = actions::done(&asked.fait);
    page(&member, &id, StatusCode::OK, Told { done, ..Told::default() }).await
}

async fn page(member: &Member, id: &str, status: StatusCode, told: Told) -> Answer {
    let desk = &member.desk;
    let visit = desk.visit(id).await.map_err(failed)?;
    let Some(visit) = visit else { return Err(problem::missing()) };
    let call = match &visit.call_id {
        Some(name) => desk.call_row(name).await.map_err(failed)?,
        None => None,
    };
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let now = profile.zone.to_datetime(desk.now());
    let free = match visit.status.as_str() {
        "confirmed" => {
            let service = ServiceId(visit.service_id.clone());
            let calendar = CalendarId(visit.calendar_id.clone());
            let from = (now.date(), OFFERS);
            desk.free_slots(Some(&service), Some(&calendar), from).await.map_err(failed)?
        }
        _ => Vec::new(),
    };
    let history = desk.history(id).await.map_err(failed)?;
    let title = format!("Rendez-vous de {}", visit.customer_name);
    let frame = Frame::of(member, Section::Agenda, title).await?;
    let begun = visit.starts_at <= desk.now().as_millisecond();
    let page = VisitPage { visit, history, call, free, profile, now, begun };
    Ok(frame.show_as(status, content(page, told)))
}

/// How a status looks.
pub(super) fn status(name: &str) -> Look {
    let (state, icon, word) = match name {
        "confirmed" => ("good", "booked", "Confirmé"),
        "cancelled" => ("", "cancelled", "Annulé"),
        "completed" => ("", "check", "Venu"),
        "no_show" => ("warn", "alert", "Absent"),
        "rescheduled" => ("note", "moved", "Remplacé"),
        _ => ("", "info", "Autre"),
    };
    Look { state, icon, word }
}

/// Who made it, in words.
pub(super) fn author(name: &str) -> &'static str {
    match name {
        "sara" => "l’assistant, au téléphone",
        "web" => "par écrit ou par un logiciel relié",
        _ => "une personne du cabinet",
    }
}

fn content(page: VisitPage, told: Told) -> impl IntoView {
    let visit = &page.visit;
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    let when = start.map(typo::day_and_clock).unwrap_or_default();
    let back = format!("/app/agenda?jour={}", visit.rdv_date);
    let done = told.done.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let refused = told.refused.map(|text| view! { <Notice tone=Tone::Warn text=text.to_owned()/> });
    let call = page.call.clone().map(|id| {
        view! { <p><a class="button" href=format!("/app/appels/{id}")><Icon name="phone"/>"Voir l’appel"</a></p> }
    });
    view! {
        <p class="back"><a href=back><Icon name="previous"/>"Agenda"</a></p>
        <header class="page-head">
            <h1>{visit.customer_name.clone()}</h1>
            <p class="soft">{when}</p>
            <Chip look=status(&visit.status)/>
        </header>
        {done}
        {refused}
        {facts(&page).into_any()}
        {call}
        {panel::view(&page, told.typed).into_any()}
        {history::view(&page).into_any()}
    }
}

fn facts(page: &VisitPage) -> impl IntoView + use<> {
    let (visit, profile) = (&page.visit, &page.profile);
    let made = made(visit, profile, page.now.date());
    let motive = visit.motive.as_deref().map(typo::french);
    let notes = visit.internal_notes.as_deref().map(typo::french);
    view! {
        <dl class="facts wide">
            <div><dt>"Quoi"</dt><dd>{service(profile, &visit.service_id)}", "{visit.rdv_duration_minutes}"\u{a0}min"</dd></div>
            <div><dt>"Avec"</dt><dd>{calendar(profile, &visit.calendar_id)}</dd></div>
            {reach(visit).into_any()}
            {motive.map(|motive| view! { <div><dt>"Motif"</dt><dd>{motive}</dd></div> })}
            {notes.map(|notes| view! { <div><dt>"Notes du cabinet"</dt><dd class="lines">{notes}</dd></div> })}
            <div><dt>"Inscrit"</dt><dd>{made}", par "{author(&visit.created_by)}</dd></div>
        </dl>
    }
}

fn made(visit: &VisitRow, profile: &Profile, today: Date) -> String {
    typo::when(rows::local(visit.created_at, &profile.zone), today)
}

/// The displayed name of a service.
fn service(profile: &Profile, id: &str) -> String {
    let known = profile.services.iter().find(|service| service.id.0 == id);
    known.map_or(id.to_owned(), |service| service.name.clone())
}

/// The displayed name of a calendar.
fn calendar(profile: &Profile, id: &str) -> String {
    let known = profile.calendars.iter().find(|calendar| calendar.id.0 == id);
    known.map_or(id.to_owned(), |calendar| calendar.name.clone())
}

fn reach(visit: &VisitRow) -> impl IntoView + use<> {
    let phone = visit.customer_phone.clone().map(|number| {
        let shown = typo::phone_text(&number);
        view! { <div><dt>"Téléphone"</dt><dd><a class="n" href=format!("tel:{number}")>{shown}</a></dd></div> }
    });
    let email = visit.customer_email.clone().map(|address| {
        let href = format!("mailto:{address}");
        view! { <div><dt>"Courriel"</dt><dd><a href=href>{address}</a></dd></div> }
    });
    view! { {phone}{email} }
}
