//! `GET /api/v1/calls` and `GET /api/v1/calls/{id}`.

use super::who::{self, Presented};
use super::wire;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use axum::Json;
use axum::extract::Path;
use axum::http::Uri;
use desk::calls::{Mark, Wanted};
use domain::scope::Wish;
use serde_json::{Value, json};

/// A page of calls, newest first; `before` is the `next` of the page before.
pub async fn list(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("calls", Wish::Read).await?;
    let given = Parameters::of(&uri);
    let zone = desk.zone().await.map_err(who::problem)?;
    let text = |name: &str| given.text(name).unwrap_or_default().to_owned();
    let wanted = Wanted {
        days: given.days(desk.today(&zone), &zone, (-29, 0))?,
        outcome: text("outcome"),
        dialled: text("to_number"),
        search: text("search"),
        before: given.text("before").and_then(Mark::parse),
    };
    let page = desk.calls(&wanted).await.map_err(who::problem)?;
    Ok(Json(json!({
        "calls": page.rows.iter().map(wire::call).collect::<Vec<_>>(),
        "next": page.next.map(|mark| mark.to_string()),
    })))
}

/// One call with everything that happened in it; by its id, or by its
/// provider's name for it.
pub async fn one(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("calls", Wish::Read).await?;
    let by_name = desk.call_row(&id).await.map_err(who::problem)?;
    let story = desk.call(by_name.as_deref().unwrap_or(&id)).await.map_err(who::problem)?;
    let story = story.ok_or(Problem::NOT_FOUND)?;
    let mut call = wire::call(&story.call);
    call["turns"] = story.turns.iter().map(wire::turn).collect();
    call["events"] = story.events.iter().map(wire::event).collect();
    call["appointments"] = story.visits.iter().map(wire::visit).collect();
    let now = desk.now();
    call["tickets"] = story.tickets.iter().map(|row| wire::ticket(row, now)).collect();
    call["prospects"] = story.prospects.iter().map(wire::prospect).collect();
    call["actions_performed"] = wire::stored(&story.actions);
    Ok(Json(call))
}
