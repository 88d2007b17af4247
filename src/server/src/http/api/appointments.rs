//! `POST|GET /api/v1/appointments` and `DELETE /api/v1/appointments/{id}`.

use super::who::{self, Presented};
use super::wire;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use crate::http::{body, wall};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use desk::Desk;
use desk::appointments::{AppointmentError, NewAppointment};
use domain::appointment::Author;
use domain::id::{CalendarId, ServiceId};
use domain::phone::E164;
use domain::scope::Wish;
use domain::tenant::Profile;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Appointments that start between `from` and `to`, both days included;
/// without them the next 60 days.
pub async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("appointments", Wish::Read).await?;
    let zone = desk.zone().await.map_err(who::problem)?;
    let days = Parameters::of(&uri).days(desk.today(&zone), &zone, (0, 60))?;
    let visits = desk.visits(&days).await.map_err(who::problem)?;
    Ok(Json(json!({ "appointments": visits.iter().map(wire::visit).collect::<Vec<_>>() })))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    email: Option<String>,
    start: String,
    #[serde(default)]
    service: Option<String>,
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    motive: Option<String>,
}

/// Makes an appointment; the tenant's rules hold here too.
pub async fn create(
    State(site): State<Arc<Site>>,
    presented: Presented,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let wanted: Wanted = body::json(request).await?;
    let profile = site.office.profile(desk.tenant()).await.map_err(who::problem)?;
    let new = new(wanted, &profile)?;
    let row = book(&desk, &new).await?;
    Ok((StatusCode::CREATED, Json(wire::appointment(&row))))
}

async fn book(
    desk: &Desk,
    new: &NewAppointment,
) -> Result<store::appointments::AppointmentRow, Problem> {
    desk.book(new, Author::Web).await.map_err(problem)
}

/// Cancels an appointment.
pub async fn cancel(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let id = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    match desk.cancel(id).await {
        Ok(row) => Ok(Json(wire::appointment(&row))),
        Err(AppointmentError::Gone) => Err(Problem::NOT_FOUND),
        Err(other) => Err(problem(other)),
    }
}

fn new(wanted: Wanted, profile: &Profile) -> Result<NewAppointment, Problem> {
    let phone = wanted.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    let phone = phone.map(|raw| E164::parse(raw, &profile.country)).transpose();
    let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(NewAppointment {
        name: wanted.name,
        phone: phone.map_err(|_| Problem::BAD_NUMBER)?,
        email: text(wanted.email),
        start: wall::time(&wanted.start, &profile.zone).ok_or(Problem::BAD_START)?,
        service: text(wanted.service).map(|given| service(&given, profile)),
        calendar: text(wanted.calendar).map(|given| calendar(&given, profile)),
        motive: text(wanted.motive),
    })
}

/// By its slug or its displayed name; an unknown one is refused when booking.
pub fn service(given: &str, profile: &Profile) -> ServiceId {
    let named = profile.services.iter().find(|s| s.name.eq_ignore_ascii_case(given));
    named.map_or_else(|| ServiceId(given.to_owned()), |service| service.id.clone())
}

/// Likewise.
pub fn calendar(given: &str, profile: &Profile) -> CalendarId {
    let named = profile.calendars.iter().find(|c| c.name.eq_ignore_ascii_case(given));
    named.map_or_else(|| CalendarId(given.to_owned()), |calendar| calendar.id.clone())
}

fn problem(error: AppointmentError) -> Problem {
    match error {
        AppointmentError::NoName => Problem::NO_NAME,
        AppointmentError::Taken => Problem::SLOT_TAKEN,
        AppointmentError::NotBookable(_) => Problem::NOT_BOOKABLE,
        AppointmentError::Gone => Problem::GONE,
        AppointmentError::Store(error) => who::problem(error),
    }
}
