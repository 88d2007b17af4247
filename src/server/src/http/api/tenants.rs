//! `/api/v1/tenants`: the tenants that this request may open; deleting one, for
//! staff.

use super::who::{self, Presented};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, State};
use desk::sign_in::{self, Email};
use desk::tenants::{self, DeleteError};
use domain::id::TenantId;
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

/// Deletes one: what it pays for is given back after a day.
pub async fn remove(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let tenant = id.parse().map(TenantId).map_err(|_| Problem::NOT_FOUND);
    match presented.staff().await {
        // Who may not do it is not told which tenants there are.
        Err(Problem::FORBIDDEN) => {
            let own = presented.desk("tenants", Wish::Read).await?.tenant();
            return Err(if Ok(own) == tenant { Problem::FORBIDDEN } else { Problem::NOT_FOUND });
        }
        other => other?,
    };
    let deleted = tenants::delete(&site.office, tenant?).await.map_err(|error| match error {
        DeleteError::NoTenant => Problem::NOT_FOUND,
        DeleteError::Needed => Problem::TENANT_NEEDED,
        DeleteError::Store(error) => who::problem(error),
    })?;
    Ok(Json(json!({
        "tenant_id": deleted.tenant,
        "status": "deleted",
        "agents": deleted.agents,
        "phone_numbers": deleted.numbers,
        "release_at": deleted.release_at,
    })))
}
