//! `/app/rendez-vous/nouveau`: an appointment made by hand.

use super::OFFERS;
use super::fields::{Anywhere, Typed, offers, person, place, said, sentence};
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, failed};
use crate::parts::Icon;
use crate::problem;
use crate::session::Member;
use crate::typo::french;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::appointments::NewAppointment;
use leptos::prelude::*;

/// The empty form, for a day.
pub(super) async fn show(member: Member, Query(typed): Query<Typed>) -> Answer {
    page(&member, StatusCode::OK, typed, None).await
}

/// Makes it.
pub(super) async fn create(member: Member, Form(typed): Form<Typed>) -> Answer {
    let profile = member.desk.office().profile(member.desk.tenant()).await.map_err(failed)?;
    let refused = match (typed.phone(&profile.country), typed.start()) {
        (Err(why), _) => why,
        (_, None) => "Donnez un jour et une heure.",
        (Ok(phone), Some(start)) => {
            let new = NewAppointment {
                name: typed.nom.clone(),
                phone,
                email: said(&typed.courriel),
                start,
                service: typed.service(),
                calendar: typed.calendar(),
                motive: said(&typed.motif),
            };
            match member.desk.book(&new).await {
                Ok(row) => {
                    let path = format!("/app/rendez-vous/{}?fait=pris", row.id);
                    return Ok(Redirect::to(&path).into_response());
                }
                Err(error) => sentence(&error).ok_or_else(problem::unavailable)?,
            }
        }
    };
    page(&member, StatusCode::UNPROCESSABLE_ENTITY, typed, Some(refused)).await
}

async fn page(
    member: &Member,
    status: StatusCode,
    typed: Typed,
    refused: Option<&'static str>,
) -> Answer {
    let frame = Frame::of(member, Section::Agenda, "Nouveau rendez-vous").await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let today = desk.today(&profile.zone);
    let day = typed.jour.parse().unwrap_or(today).max(today);
    let (service, calendar) = (typed.service(), typed.calendar());
    let wish = (service.as_ref(), calendar.as_ref());
    let free = desk.free_slots(wish.0, wish.1, (day, OFFERS)).await.map_err(failed)?;
    let error = refused.map(|why| {
        view! { <p class="error" id="erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let content = view! {
        <p class="back"><a href="/app/agenda"><Icon name="previous"/>"Agenda"</a></p>
        <header class="page-head"><h1>"Nouveau rendez-vous"</h1></header>
        <form class="form" method="post" action="/app/rendez-vous">
            <div class="field">{error}</div>
            {person(&typed).into_any()}
            {place(&typed, &profile, Anywhere::Yes).into_any()}
            <button class="button primary" type="submit">"Inscrire"</button>
            {offers(&free, "Inscrire le").into_any()}
        </form>
    };
    Ok(frame.show_as(status, content))
}
