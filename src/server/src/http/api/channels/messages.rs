//! Messages of a channel: trying, sending, seeing, listing, counting.

use super::{Wrong, kind};
use crate::http::api::who::{self, Presented};
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use desk::channels::templates::Words;
use desk::sending::Queued;
use domain::channel::FieldError;
use domain::message::{Event, Status};
use domain::scope::Wish;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use store::messages::log::{Filter, LogRow};

#[derive(Deserialize)]
struct ToSomebody {
    #[serde(default)]
    to: String,
    #[serde(default)]
    message: String,
}

/// Orders a message that shows whether a channel works.
pub async fn try_out(
    presented: Presented,
    Path(channel): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Wrong> {
    let desk = presented.desk("channels", Wish::Write).await?;
    let kind = kind(&channel)?;
    let wanted: ToSomebody = body::json(request).await?;
    Ok(ordered(desk.try_channel(kind, &wanted.to, key(&headers)).await?))
}

/// Orders a message in the practice's own words.
pub async fn send(
    presented: Presented,
    Path(channel): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Wrong> {
    let desk = presented.desk("channels", Wish::Write).await?;
    let kind = kind(&channel)?;
    let wanted: ToSomebody = body::json(request).await?;
    let key = key(&headers);
    Ok(ordered(desk.send_words(kind, &wanted.to, &wanted.message, key).await?))
}

fn key(headers: &HeaderMap) -> Option<&str> {
    let key = headers.get("idempotency-key")?.to_str().ok()?.trim();
    (1..=255).contains(&key.len()).then_some(key)
}

fn ordered(queued: Queued) -> Response {
    let (status, id, told) = match queued {
        Queued::New(id) => (StatusCode::ACCEPTED, id, None),
        Queued::Known(id) => (StatusCode::OK, id, None),
        Queued::Refused(id, refusal) => (StatusCode::OK, id, Some(refusal.as_str())),
    };
    (status, Json(json!({ "id": id, "refused": told }))).into_response()
}

#[derive(Deserialize)]
struct Draft {
    event: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// Shows what a message would look like, with invented values.
pub async fn preview(
    presented: Presented,
    Path(channel): Path<String>,
    request: Request,
) -> Result<Json<Value>, Wrong> {
    let desk = presented.desk("channels", Wish::Read).await?;
    let kind = kind(&channel)?;
    let draft: Draft = body::json(request).await?;
    let event = Event::parse(&draft.event)
        .ok_or_else(|| FieldError::at("event", "cet événement n’existe pas"))?;
    let own = draft.text.map(|text| Words { subject: draft.subject, text });
    let language = draft.language.as_deref().unwrap_or("fr");
    let shown = desk.preview(kind, event, language, own).await?;
    Ok(Json(json!({ "subject": shown.subject, "text": shown.text, "sms": shown.sms })))
}

/// The messages of a channel, the latest first.
pub async fn log(
    presented: Presented,
    Path(channel): Path<String>,
    uri: Uri,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("channels", Wish::Read).await?;
    let kind = kind(&channel)?;
    let given = Parameters::of(&uri);
    let status = match given.text("status") {
        None => None,
        Some(word) => Some(Status::parse(word).ok_or(Problem::BAD_PARAMETER)?.as_str()),
    };
    let before = match given.text("before") {
        None => None,
        Some(text) => {
            let at: Timestamp = text.parse().map_err(|_| Problem::BAD_DATE)?;
            Some((at.as_millisecond(), String::new()))
        }
    };
    let filter = Filter { channel: Some(kind.as_str()), status, before };
    let rows = desk.messages_log(&filter).await.map_err(who::problem)?;
    let messages: Vec<Value> = rows.iter().map(message).collect();
    Ok(Json(json!({ "total": messages.len(), "messages": messages })))
}

/// How many messages of a channel became what.
pub async fn statistics(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(channel): Path<String>,
    uri: Uri,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("channels", Wish::Read).await?;
    let kind = kind(&channel)?;
    let days = match Parameters::of(&uri).text("days") {
        None => 30,
        Some(text) => {
            let days = text.parse().ok().filter(|days| (1..=366).contains(days));
            days.ok_or(Problem::BAD_PARAMETER)?
        }
    };
    let span = SignedDuration::from_hours(24 * days);
    let since = site.now().saturating_sub(span).unwrap_or(Timestamp::MIN);
    let counts = desk.messages_counts(since).await.map_err(who::problem)?;
    let own: Vec<_> = counts.iter().filter(|row| row.channel_type == kind.as_str()).collect();
    let mut by_status = json!({});
    for row in &own {
        by_status[&row.status] = row.count.into();
    }
    Ok(Json(json!({
        "channel": kind.as_str(),
        "days": days,
        "total": own.iter().map(|row| row.count).sum::<i64>(),
        "by_status": by_status,
        "cost_cents": own.iter().map(|row| row.cost_cents).sum::<i64>(),
    })))
}

fn message(row: &LogRow) -> Value {
    let at = |millis: Option<i64>| millis.and_then(|at| Timestamp::from_millisecond(at).ok());
    json!({
        "id": row.id,
        "channel": row.channel_type,
        "direction": row.direction,
        "to": row.to_address,
        "from": row.from_address,
        "class": row.message_class,
        "origin": row.origin,
        "event": row.template_name,
        "subject": row.subject,
        "content": row.content,
        "segments": row.segments,
        "status": row.status,
        "attempts": row.attempts,
        "error_code": row.error_code,
        "provider": row.provider,
        "external_message_id": row.external_message_id,
        "cost_cents": row.cost_cents,
        "currency": row.currency,
        "created_at": at(Some(row.created_at)),
        "sent_at": at(row.sent_at),
        "delivered_at": at(row.delivered_at),
    })
}
