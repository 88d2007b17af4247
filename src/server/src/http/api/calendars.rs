//! What surrounds appointments: calendars with their secret addresses, the
//! table for spreadsheets, exceptional closures.

use super::once::Answer;
use super::who::{self, Presented};
use super::wire;
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use desk::closures::{self, ClosureError};
use desk::export::Mark;
use desk::feeds::{self, FeedError, Shows};
use domain::id::CalendarId;
use domain::scope::Wish;
use domain::time::hours::Closure;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Appointments of some days as a table, with `bom=1` as Excel wants it.
pub(super) async fn table(presented: Presented, uri: Uri) -> Result<Response, Problem> {
    let desk = presented.desk("appointments", Wish::Read).await?;
    let zone = desk.zone().await.map_err(who::problem)?;
    let parameters = Parameters::of(&uri);
    let days = parameters.days(desk.today(&zone), &zone, (0, 60))?;
    let mark = match parameters.text("bom") {
        Some("1" | "true") => Mark::Yes,
        _ => Mark::No,
    };
    let text = desk.table(&days, mark).await.map_err(who::problem)?;
    let kind = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rendez-vous.csv\""),
    ];
    Ok((kind, text).into_response())
}

/// The tenant's calendars, and which of them have an address.
pub(super) async fn list(presented: Presented) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("appointments", Wish::Read).await?;
    let calendars = desk.feeds().await.map_err(who::problem)?;
    Ok(Json(json!({ "calendars": calendars.iter().map(calendar).collect::<Vec<_>>() })))
}

fn calendar(listed: &feeds::Listed) -> Value {
    let at = |milliseconds: i64| Timestamp::from_millisecond(milliseconds).ok();
    json!({
        "id": listed.calendar,
        "name": listed.name,
        "feed": listed.feed.as_ref().map(|feed| json!({
            "shows": feed.shows,
            "created_at": at(feed.created_at),
            "last_used_at": feed.last_used_at.and_then(at),
        })),
    })
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    shows: Option<String>,
}

/// Gives a calendar a new secret address; the one before ends.
pub(super) async fn open(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let desk = presented.desk("calendars", Wish::Write).await?;
    let id = known(&desk, id).await?;
    let wanted: Wanted = body::json(request).await?;
    let shows = wanted.shows.as_deref().map_or(Some(Shows::Names), Shows::parse);
    let shows = shows.ok_or(Problem::BAD_PARAMETER)?;
    let path = desk.open_feed(&id, shows).await.map_err(refusal)?;
    let url = format!("{}{path}", site.public_base);
    Ok((StatusCode::CREATED, Json(json!({ "calendar": id, "shows": shows.as_str(), "url": url }))))
}

/// Ends the address of a calendar.
pub(super) async fn close(
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("calendars", Wish::Write).await?;
    let id = known(&desk, id).await?;
    desk.close_feed(&id).await.map_err(refusal)?;
    Ok(Json(json!({ "calendar": id, "closed": true })))
}

async fn known(desk: &desk::Desk, id: String) -> Result<CalendarId, Problem> {
    let profile = desk.office().profile(desk.tenant()).await.map_err(who::problem)?;
    let id = CalendarId(id);
    if profile.calendar(&id).is_some() { Ok(id) } else { Err(Problem::NOT_FOUND) }
}

fn refusal(error: FeedError) -> Problem {
    match error {
        FeedError::Forbidden => Problem::FORBIDDEN,
        FeedError::NoCalendar => Problem::NOT_FOUND,
        FeedError::Sandbox => Problem::NOTHING_LEAVES,
        FeedError::Store(error) => who::problem(error),
    }
}

/// Closures that are not over, with the appointments that fall into them.
pub(super) async fn closures(presented: Presented) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("appointments", Wish::Read).await?;
    let closures = desk.closures().await.map_err(who::problem)?;
    Ok(Json(json!({ "closures": closures.iter().map(closure).collect::<Vec<_>>() })))
}

fn closure(listed: &closures::Listed) -> Value {
    json!({
        "id": listed.id(),
        "from": listed.closure.from,
        "to": listed.closure.to,
        "reason": listed.closure.reason,
        "appointments": listed.visits.iter().map(wire::visit).collect::<Vec<_>>(),
    })
}

#[derive(Deserialize)]
struct NewClosure {
    from: String,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Closes some days; answers the appointments that are to be moved.
pub(super) async fn add_closure(
    presented: Presented,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Answer> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    let new: NewClosure = body::json(request).await?;
    let from = new.from.trim().parse().map_err(|_| Problem::BAD_DATE)?;
    let to = new.to.as_deref().map(str::trim).filter(|to| !to.is_empty());
    let to = to.map(str::parse).transpose().map_err(|_| Problem::BAD_DATE)?.unwrap_or(from);
    let reason = new.reason.map(|reason| reason.trim().to_owned());
    let reason = reason.filter(|reason| !reason.is_empty());
    let made = desk.add_closure(Closure { from, to, reason }).await.map_err(unclosed)?;
    Ok((StatusCode::CREATED, Json(closure(&made))))
}

/// Opens the days of a closure again.
pub(super) async fn remove_closure(
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("appointments", Wish::Write).await?;
    desk.remove_closure(&id).await.map_err(unclosed)?;
    Ok(Json(json!({ "id": id, "removed": true })))
}

fn unclosed(error: ClosureError) -> Answer {
    let problem = match error {
        ClosureError::BadDays => Problem::BAD_DATE,
        ClosureError::Known => Problem::CLOSURE_EXISTS,
        ClosureError::Gone => Problem::NOT_FOUND,
        ClosureError::Settings(wrong) => {
            return Answer::problem(Problem::BAD_PARAMETER, json!({ "field": wrong.path }));
        }
        ClosureError::Store(error) => who::problem(error),
    };
    problem.into()
}
