//! `/app/rendez-vous/{id}`: one appointment.

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Chip, Icon, Look};
use crate::problem;
use crate::session::Member;
use crate::typo;
use axum::extract::Path;
use domain::tenant::Profile;
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use store::dashboard::agenda::VisitRow;

/// Shows it.
pub(super) async fn show(member: Member, Path(id): Path<String>) -> Answer {
    let visit = member.desk.visit(&id).await.map_err(failed)?;
    let Some(visit) = visit else { return Err(problem::missing()) };
    let desk = &member.desk;
    let call = match &visit.call_id {
        Some(name) => desk.call_row(name).await.map_err(failed)?,
        None => None,
    };
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let today = desk.today(&profile.zone);
    let title = format!("Rendez-vous de {}", visit.customer_name);
    let frame = Frame::of(&member, Section::Agenda, title).await?;
    Ok(frame.show(content(visit, call, &profile, today)))
}

/// How a status looks.
pub(super) fn status(name: &str) -> Look {
    let (state, icon, word) = match name {
        "confirmed" => ("good", "booked", "Confirmé"),
        "cancelled" => ("", "cancelled", "Annulé"),
        "completed" => ("", "check", "Passé"),
        "no_show" => ("warn", "alert", "Absent"),
        "rescheduled" => ("note", "moved", "Déplacé"),
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

fn content(
    visit: VisitRow,
    call: Option<String>,
    profile: &Profile,
    today: Date,
) -> impl IntoView + use<> {
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    let when = start.map(typo::day_and_clock).unwrap_or_default();
    let service = profile.services.iter().find(|service| service.id.0 == visit.service_id);
    let service = service.map_or(visit.service_id.clone(), |service| service.name.clone());
    let calendar = profile.calendars.iter().find(|calendar| calendar.id.0 == visit.calendar_id);
    let calendar = calendar.map_or(visit.calendar_id.clone(), |calendar| calendar.name.clone());
    let made = typo::when(rows::local(visit.created_at, &profile.zone), today);
    let back = format!("/app/agenda?jour={}", visit.rdv_date);
    let call = call.map(|id| {
        view! { <p><a class="button" href=format!("/app/appels/{id}")><Icon name="phone"/>"Voir l’appel"</a></p> }
    });
    view! {
        <p class="back"><a href=back><Icon name="previous"/>"Agenda"</a></p>
        <header class="page-head">
            <h1>{visit.customer_name.clone()}</h1>
            <p class="soft">{when}</p>
            <Chip look=status(&visit.status)/>
        </header>
        <dl class="facts wide">
            <div><dt>"Quoi"</dt><dd>{service}", "{visit.rdv_duration_minutes}"\u{a0}min"</dd></div>
            <div><dt>"Avec"</dt><dd>{calendar}</dd></div>
            {reach(&visit).into_any()}
            {visit.motive.clone().map(|motive| view! { <div><dt>"Motif"</dt><dd>{typo::french(&motive)}</dd></div> })}
            <div><dt>"Inscrit"</dt><dd>{made}", par "{author(&visit.created_by)}</dd></div>
        </dl>
        {call}
    }
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
