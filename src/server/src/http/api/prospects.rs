//! `/api/v1/prospects`: those who may become customers.

use super::refusal::{Refusal, given};
use super::who::{self, Presented};
use super::wire;
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::{StatusCode, Uri};
use desk::calls::Mark;
use desk::prospects::{ProspectChange, ProspectError, ProspectGiven, Wanted};
use domain::qualification::Status;
use domain::scope::Wish;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A page of prospects, newest first; `before` is the `next` of the page before.
pub async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("prospects", Wish::Read).await?;
    let wanted = wanted(&Parameters::of(&uri))?;
    let page = desk.prospects(&wanted).await.map_err(who::problem)?;
    Ok(Json(json!({
        "prospects": page.rows.iter().map(wire::prospect).collect::<Vec<_>>(),
        "next": page.next.map(|mark| mark.to_string()),
    })))
}

fn wanted(given: &Parameters) -> Result<Wanted, Problem> {
    let text = |name: &str| given.text(name).unwrap_or_default().to_owned();
    let status = given.text("status");
    let status = status.map(|name| Status::parse(name).ok_or(Problem::BAD_PARAMETER));
    let day = given.text("follow_up");
    let day = day.map(|day| day.parse::<Date>().map_err(|_| Problem::BAD_DATE));
    Ok(Wanted {
        status: status.transpose()?,
        source: text("source"),
        search: text("search"),
        follow_up: day.transpose()?,
        before: given.text("before").and_then(Mark::parse),
    })
}

/// One prospect.
pub async fn one(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("prospects", Wish::Read).await?;
    let found = desk.prospect(&id).await.map_err(who::problem)?;
    Ok(Json(wire::prospect(&found.ok_or(Problem::NOT_FOUND)?)))
}

#[derive(Deserialize)]
struct Consent {
    text: String,
    source: String,
    #[serde(default)]
    at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct New {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    answers: Map<String, Value>,
    #[serde(default)]
    notes: Option<String>,
    #[serde(default)]
    consent: Option<Consent>,
}

/// Writes down somebody who has written; who did so on a page has agreed to it.
pub async fn create(
    presented: Presented,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let desk = presented.desk("prospects", Wish::Write).await?;
    let new: New = body::json(request).await?;
    let given = ProspectGiven {
        name: new.name,
        phone: new.phone,
        email: new.email,
        source: new.source.unwrap_or_default(),
        answers: new.answers,
        notes: new.notes,
        consent: new.consent.map(|consent| (consent.text, consent.source, consent.at)),
    };
    let row = desk.create_prospect(&given).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(wire::prospect(&row))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    version: i64,
    #[serde(default)]
    qualification_status: Option<Status>,
    #[serde(default, deserialize_with = "given")]
    name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    email: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    notes: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    qualification_notes: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    next_follow_up: Option<Option<Date>>,
    #[serde(default)]
    last_contact_at: Option<Timestamp>,
}

/// Changes what is given, if the prospect is still at `version`.
pub async fn change(
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Refusal> {
    let desk = presented.desk("prospects", Wish::Write).await?;
    let edit: Edit = body::json(request).await?;
    let change = ProspectChange {
        name: edit.name,
        phone: edit.phone,
        email: edit.email,
        status: edit.qualification_status,
        notes: edit.notes,
        qualification_notes: edit.qualification_notes,
        next_follow_up: edit.next_follow_up,
        last_contact: edit.last_contact_at,
    };
    let row = desk.change_prospect(&id, Some(edit.version), &change).await.map_err(refused)?;
    Ok(Json(wire::prospect(&row)))
}

fn refused(error: ProspectError) -> Refusal {
    Refusal::Plain(match error {
        ProspectError::Missing => Problem::NOT_FOUND,
        ProspectError::Changed => Problem::GONE,
        ProspectError::Move => Problem::BAD_MOVE,
        ProspectError::Field(field) => return Refusal::Field(field),
        ProspectError::Store(error) => who::problem(error),
    })
}
