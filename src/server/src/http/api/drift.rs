//! What a provider has otherwise than we configured it, and setting it right.

use super::once::Answer;
use super::phone::refusal;
use super::who::Presented;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, State};
use desk::numbers::drift::Drift;
use domain::scope::Wish;
use serde_json::{Value, json};
use std::sync::Arc;

/// Configures an agent and its numbers anew at their providers.
pub async fn repair(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let agent = id.clone();
    let work = tokio::spawn(async move { desk.repair_agent(&site.providers, &agent).await });
    let left = work.await.map_err(|_| Problem::INTERNAL)?.map_err(refusal)?;
    Ok(Json(json!({ "agent_id": id, "drift": of(&left, &id) })))
}

/// The settings of an agent that are otherwise at its providers.
pub(super) fn of(drifts: &[Drift], agent: &str) -> Vec<Value> {
    let own = drifts.iter().filter(|drift| drift.agent_id == agent);
    own.flat_map(|drift| {
        drift.settings.iter().map(|setting| {
            json!({
                "phone_number": drift.phone_number,
                "path": setting.path,
                "wanted": setting.wanted,
                "found": setting.found,
                "checked_at": drift.checked_at,
            })
        })
    })
    .collect()
}
