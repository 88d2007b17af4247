//! `GET /api/v1/tenants`: the tenants that this request may open.

use super::who::{self, Presented};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::State;
use desk::sign_in::{self, Email};
use domain::scope::Wish;
use serde_json::{Value, json};
use std::sync::Arc;

/// Lists them.
pub async fn list(
    State(site): State<Arc<Site>>,
    presented: Presented,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("tenants", Wish::Read).await?;
    let tenants = match desk.who().email().and_then(Email::parse) {
        Some(email) => {
            let places = sign_in::places(&site.office, &email).await.map_err(who::problem)?;
            let places = places.iter().map(|p| json!({ "tenant_id": p.tenant, "name": p.name }));
            places.collect::<Vec<_>>()
        }
        None => {
            let profile = site.office.profile(desk.tenant()).await.map_err(who::problem)?;
            vec![json!({ "tenant_id": profile.tenant, "name": profile.name })]
        }
    };
    Ok(Json(json!({ "tenants": tenants })))
}
