//! `GET /api/v1/events`.

use super::who::{self, Presented};
use super::wire;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use axum::Json;
use axum::http::Uri;
use desk::calls::Mark;
use domain::scope::Wish;
use serde_json::{Value, json};

/// A page of events, newest first; `event` names one kind.
pub async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("events", Wish::Read).await?;
    let given = Parameters::of(&uri);
    let zone = desk.zone().await.map_err(who::problem)?;
    let days = given.days(desk.today(&zone), &zone, (-29, 0))?;
    let before = given.text("before").and_then(Mark::parse);
    let kind = given.text("event").unwrap_or_default();
    let page = desk.events(&days, kind, before).await.map_err(who::problem)?;
    Ok(Json(json!({
        "events": page.rows.iter().map(wire::event).collect::<Vec<_>>(),
        "next": page.next.map(|mark| mark.to_string()),
    })))
}
