//! `/api/v1/tickets`: what waits for the practice, and what is done with it.

use super::refusal::{Refusal, given};
use super::who::{self, Presented};
use super::wire;
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::{StatusCode, Uri};
use desk::Desk;
use desk::calls::Mark;
use desk::tickets::{
    AnswerWanted, Overdue, TicketChange, TicketError, TicketStory, TicketWanted, Wanted,
};
use domain::message::Channel;
use domain::scope::Wish;
use domain::support::Priority;
use domain::ticket::Status;
use serde::Deserialize;
use serde_json::{Value, json};

/// A page of tickets, newest first; `before` is the `next` of the page before.
pub async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("tickets", Wish::Read).await?;
    let wanted = wanted(&Parameters::of(&uri)).ok_or(Problem::BAD_PARAMETER)?;
    let page = desk.tickets(&wanted).await.map_err(who::problem)?;
    let now = desk.now();
    Ok(Json(json!({
        "tickets": page.rows.iter().map(|row| wire::ticket(row, now)).collect::<Vec<_>>(),
        "next": page.next.map(|mark| mark.to_string()),
    })))
}

/// What the address asks for; `None`: a status, priority or flag that is none.
fn wanted(given: &Parameters) -> Option<Wanted> {
    let text = |name: &str| given.text(name).unwrap_or_default().to_owned();
    let status = text("status");
    let known = ["", "waiting", "done"].contains(&&*status) || Status::parse(&status).is_some();
    let priority = match given.text("priority") {
        Some(name) => Some(Priority::parse(name)?),
        None => None,
    };
    let overdue = match given.text("overdue") {
        Some("true" | "1") => Overdue::Only,
        None | Some("false" | "0") => Overdue::Any,
        Some(_) => return None,
    };
    known.then_some(Wanted {
        status,
        category: text("category"),
        priority,
        assigned_to: text("assigned_to"),
        search: text("search"),
        call: text("call_id"),
        overdue,
        before: given.text("before").and_then(Mark::parse),
    })
}

/// One ticket with its history.
pub async fn one(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("tickets", Wish::Read).await?;
    story(&desk, &id).await
}

async fn story(desk: &Desk, id: &str) -> Result<Json<Value>, Problem> {
    let found = desk.ticket(id).await.map_err(who::problem)?;
    let TicketStory { ticket, history } = found.ok_or(Problem::NOT_FOUND)?;
    let mut shown = wire::ticket(&ticket, desk.now());
    shown["history"] = history.iter().map(wire::entry).collect();
    Ok(Json(shown))
}

#[derive(Deserialize)]
struct New {
    subject: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    priority: Option<Priority>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    assigned_to: Option<String>,
}

/// Opens a ticket.
pub async fn create(
    presented: Presented,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let desk = presented.desk("tickets", Wish::Write).await?;
    let new: New = body::json(request).await?;
    let wanted = TicketWanted {
        name: new.name,
        phone: new.phone,
        email: new.email,
        subject: new.subject,
        description: new.text,
        category: new.category.unwrap_or_default(),
        priority: new.priority,
        assigned_to: new.assigned_to,
    };
    let row = desk.create_ticket(&wanted).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(wire::ticket(&row, desk.now()))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    version: i64,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    priority: Option<Priority>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, deserialize_with = "given")]
    name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    email: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    assigned_to: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    resolution: Option<Option<String>>,
}

/// Changes what is given, if the ticket is still at `version`.
pub async fn change(
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Refusal> {
    let desk = presented.desk("tickets", Wish::Write).await?;
    let edit: Edit = body::json(request).await?;
    let change = TicketChange {
        name: edit.name,
        phone: edit.phone,
        email: edit.email,
        subject: edit.subject,
        description: edit.text,
        category: edit.category,
        priority: edit.priority,
        status: edit.status,
        assigned_to: edit.assigned_to,
        resolution: edit.resolution,
    };
    let row = desk.change_ticket(&id, Some(edit.version), &change).await.map_err(refused)?;
    Ok(Json(wire::ticket(&row, desk.now())))
}

#[derive(Deserialize)]
struct Words {
    text: String,
}

/// Writes a comment, which the customer never sees.
pub async fn comment(
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let desk = presented.desk("tickets", Wish::Write).await?;
    let words: Words = body::json(request).await?;
    desk.comment_ticket(&id, &words.text).await.map_err(refused)?;
    Ok((StatusCode::CREATED, story(&desk, &id).await?))
}

#[derive(Deserialize)]
struct Reply {
    version: i64,
    channel: Channel,
    text: String,
}

/// Writes to whoever left the ticket.
pub async fn answer(
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let desk = presented.desk("tickets", Wish::Write).await?;
    let Reply { version, channel: by, text } = body::json(request).await?;
    desk.answer_ticket(&id, &AnswerWanted { version, by, text }).await.map_err(refused)?;
    Ok((StatusCode::CREATED, story(&desk, &id).await?))
}

/// Closes a ticket for good.
pub async fn close(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    become_now(&presented, &id, Status::Closed).await
}

/// Opens one again that was dealt with.
pub async fn reopen(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    become_now(&presented, &id, Status::Open).await
}

async fn become_now(
    presented: &Presented,
    id: &str,
    status: Status,
) -> Result<Json<Value>, Refusal> {
    let desk = presented.desk("tickets", Wish::Write).await?;
    let change = TicketChange { status: Some(status), ..TicketChange::default() };
    let row = desk.change_ticket(id, None, &change).await.map_err(refused)?;
    Ok(Json(wire::ticket(&row, desk.now())))
}

fn refused(error: TicketError) -> Refusal {
    Refusal::Plain(match error {
        TicketError::Missing => Problem::NOT_FOUND,
        TicketError::Changed => Problem::GONE,
        TicketError::Move => Problem::BAD_MOVE,
        TicketError::Field(field) => return Refusal::Field(field.to_owned()),
        TicketError::Store(error) => who::problem(error),
    })
}
