//! `POST|GET /api/v1/appointments` and `GET|PATCH|DELETE /api/v1/appointments/{id}`.

use super::once::{Answer, Begin, Keyed};
use super::who::{self, Presented};
use super::wire;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use crate::http::{body, wall};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::Uri;
use desk::Desk;
use desk::appointments::{AppointmentError, Changes, NewAppointment};
use domain::appointment::Status;
use domain::id::{AppointmentId, CalendarId, ServiceId};
use domain::phone::E164;
use domain::scope::Wish;
use domain::tenant::Profile;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::sync::Arc;

/// Appointments that start between `from` and `to`, both days included;
/// without them the next 60 days.
pub(super) async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
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
pub(super) async fn create(
    State(site): State<Arc<Site>>,
    presented: Presented,
    request: Request,
) -> Result<Answer, Answer> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let headers = request.headers().clone();
    let text = body::text(request).await?;
    let wanted: Wanted = body::parse(&text)?;
    let keyed = Keyed::read(&headers, "POST /api/v1/appointments".to_owned(), text)?;
    let profile = site.office.profile(desk.tenant()).await.map_err(who::problem)?;
    let new = new(wanted, &profile)?;
    let id = match keyed.begin(&desk).await? {
        Begin::Done(answer, id) => return again(&desk, answer, AppointmentId(id)).await,
        Begin::Go(id) => AppointmentId(id),
    };
    let made = match keyed.key() {
        Some(_) => desk.book_once(id, &new).await,
        None => desk.book(&new).await,
    };
    let (answer, kept) = match made {
        Ok(row) => (Answer::created(wire::visit(&row)), Answer::created(Value::Null)),
        Err(error) => {
            let refused = refusal(error);
            (refused.clone(), refused)
        }
    };
    keyed.end(&desk, &kept).await?;
    Ok(answer)
}

/// The answer to a request that was carried out. Whom an appointment is for is
/// kept with it alone, so that it goes with it: it is read again.
async fn again(desk: &Desk, answer: Answer, id: AppointmentId) -> Result<Answer, Answer> {
    if !answer.status.is_success() {
        return Ok(answer);
    }
    let row = desk.visit(&id.to_string()).await.map_err(who::problem)?;
    Ok(Answer::created(wire::visit(&row.ok_or(Problem::NOT_FOUND)?)))
}

/// One appointment, with what was done to it since it was made.
pub(super) async fn one(
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("appointments", Wish::Read).await?;
    let row = desk.visit(&id).await.map_err(who::problem)?.ok_or(Problem::NOT_FOUND)?;
    let history = desk.history(&id).await.map_err(who::problem)?;
    let mut value = wire::visit(&row);
    value["history"] = history.iter().map(wire::change).collect();
    Ok(Json(value))
}

#[derive(Deserialize)]
struct Changed {
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    service: Option<String>,
    #[serde(default)]
    calendar: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    email: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    motive: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    notes: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    internal_notes: Option<Option<String>>,
    #[serde(default)]
    version: Option<i64>,
}

/// Tells what is given as null from what is not given.
fn given<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

/// Changes an appointment: its time, what became of it, for whom it is.
pub(super) async fn change(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let id = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    if desk.visit(&AppointmentId::to_string(&id)).await.map_err(who::problem)?.is_none() {
        return Err(Problem::NOT_FOUND.into());
    }
    let changed: Changed = body::json(request).await?;
    let profile = site.office.profile(desk.tenant()).await.map_err(who::problem)?;
    let row = desk.change(id, &changes(changed, &profile)?).await.map_err(refusal)?;
    Ok(Json(wire::visit(&row)))
}

fn changes(changed: Changed, profile: &Profile) -> Result<Changes, Problem> {
    let start = changed.start.map(|raw| wall::time(&raw, &profile.zone).ok_or(Problem::BAD_START));
    let status = changed.status.map(|raw| Status::parse(&raw).ok_or(Problem::BAD_STATUS));
    let phone = match changed.phone {
        None => None,
        Some(raw) => Some(phone(raw.as_deref(), profile)?),
    };
    Ok(Changes {
        start: start.transpose()?,
        service: changed.service.map(|given| service(&given, profile)),
        calendar: changed.calendar.map(|given| calendar(&given, profile)),
        status: status.transpose()?,
        name: changed.name,
        phone,
        email: changed.email,
        motive: changed.motive,
        notes: changed.notes,
        internal_notes: changed.internal_notes,
        version: changed.version,
    })
}

/// Cancels an appointment.
pub(super) async fn cancel(
    presented: Presented,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let id = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    let parameters = Parameters::of(&uri);
    let version = parameters.text("version").map(|raw| raw.parse::<i64>());
    let version = version.transpose().map_err(|_| Problem::BAD_PARAMETER)?;
    match desk.cancel(id, version).await {
        Ok(row) => Ok(Json(wire::visit(&row))),
        Err(AppointmentError::Gone) => Err(Problem::NOT_FOUND.into()),
        Err(other) => Err(refusal(other)),
    }
}

fn phone(raw: Option<&str>, profile: &Profile) -> Result<Option<E164>, Problem> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty());
    let parsed = raw.map(|raw| E164::parse(raw, &profile.country)).transpose();
    parsed.map_err(|_| Problem::BAD_NUMBER)
}

fn new(wanted: Wanted, profile: &Profile) -> Result<NewAppointment, Problem> {
    let phone = phone(wanted.phone.as_deref(), profile)?;
    let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(NewAppointment {
        name: wanted.name,
        phone,
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

/// What a refusal says to a program.
fn refusal(error: AppointmentError) -> Answer {
    let problem = match error {
        AppointmentError::NoName => Problem::NO_NAME,
        AppointmentError::BadEmail => Problem::BAD_EMAIL,
        AppointmentError::TooLong(field) => {
            return Answer::problem(Problem::TOO_LONG, json!({ "field": field }));
        }
        AppointmentError::Taken => Problem::SLOT_TAKEN,
        AppointmentError::NotBookable(_) => Problem::NOT_BOOKABLE,
        AppointmentError::Gone => Problem::GONE,
        AppointmentError::Changed => Problem::VERSION_CONFLICT,
        AppointmentError::NotPossible => Problem::STATUS_REFUSED,
        AppointmentError::NotBegun => Problem::NOT_BEGUN,
        AppointmentError::Store(error) => who::problem(error),
    };
    problem.into()
}
