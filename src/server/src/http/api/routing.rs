//! `GET|POST /api/admin/routing`: which number reaches which tenant; for staff.

use super::who::{self, Presented};
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use desk::routes;
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::{Channel, guard_demo_number_routing};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The most routes that an answer holds.
const LIMIT: i64 = 10_000;

/// Every route.
pub async fn list(
    State(site): State<Arc<Site>>,
    presented: Presented,
) -> Result<Json<Value>, Problem> {
    presented.staff().await?;
    let rows = routes::list_routes(&site.office, LIMIT).await.map_err(who::problem)?;
    let rows: Vec<_> = rows
        .iter()
        .map(|row| json!({ "channel": row.channel, "key": row.key, "tenant_id": row.tenant_id }))
        .collect();
    Ok(Json(json!({ "routes": rows })))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    channel: Option<String>,
    key: String,
    tenant_id: i64,
}

/// Routes a number to a tenant.
pub async fn set(
    State(site): State<Arc<Site>>,
    presented: Presented,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    presented.staff().await?;
    let wanted: Wanted = body::json(request).await?;
    let channel = wanted.channel.as_deref().unwrap_or("vocal");
    let channel = Channel::parse(channel).ok_or(Problem::BAD_CHANNEL)?;
    let number = E164::parse(&wanted.key, "FR").map_err(|_| Problem::BAD_NUMBER)?;
    let tenant = TenantId(wanted.tenant_id);
    let test = &site.office.rules.test;
    guard_demo_number_routing(test, &number, tenant).map_err(|_| Problem::TEST_NUMBER_IMMUTABLE)?;
    let changed = routes::add_route(&site.office, channel, &number, tenant).await;
    let status = if changed.map_err(who::problem)? { StatusCode::CREATED } else { StatusCode::OK };
    let route = json!({ "channel": channel, "key": number, "tenant_id": tenant });
    Ok((status, Json(route)))
}
