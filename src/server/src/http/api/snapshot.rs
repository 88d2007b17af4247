//! `GET /api/v1/snapshot?period=today|7d|30d`: what the dashboard shows.

use super::who::{self, Presented};
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use axum::Json;
use axum::http::Uri;
use desk::snapshot::{Last, Period};
use domain::scope::Wish;
use serde_json::{Value, json};

/// The figures of a period that ends today.
pub async fn show(presented: Presented, uri: Uri) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("snapshot", Wish::Read).await?;
    let parameters = Parameters::of(&uri);
    let period = parameters.text("period").unwrap_or("today");
    let period = Period::parse(period).ok_or(Problem::BAD_PERIOD)?;
    let snapshot = desk.snapshot(period).await.map_err(who::problem)?;
    Ok(Json(json!({
        "tenant_id": desk.tenant(),
        "period": period.as_str(),
        "from": snapshot.days.from,
        "to": snapshot.days.to,
        "calls_total": snapshot.total.calls,
        "bookings_confirmed": snapshot.total.bookings,
        "transfers": snapshot.total.transfers,
        "abandons": snapshot.total.abandons,
        "last_call": snapshot.last_call.as_ref().map(last),
        "last_booking": snapshot.last_booking.as_ref().map(last),
    })))
}

fn last(last: &Last) -> Value {
    json!({ "call_id": last.call_id, "at": last.at })
}
