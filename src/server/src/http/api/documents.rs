//! `/api/agents/{id}/phone-number/documents`: what France wants to know before
//! it lets a number go.

use super::once::Answer;
use super::phone::refusal;
use super::who::Presented;
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use desk::numbers::dossier::{self, DossierError, Filed};
use domain::dossier::{Draft, Fault};
use domain::scope::Wish;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
struct Handed {
    #[serde(flatten)]
    draft: Fields,
    /// A scan of the entry in the register, base64.
    #[serde(default)]
    kbis: Option<String>,
    #[serde(default)]
    kbis_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    business_name: String,
    registration: String,
    first_name: String,
    last_name: String,
    email: String,
    street: String,
    postal_code: String,
    city: String,
}

impl From<Fields> for Draft {
    fn from(given: Fields) -> Self {
        Self {
            business_name: given.business_name,
            registration: given.registration,
            first_name: given.first_name,
            last_name: given.last_name,
            email: given.email,
            street: given.street,
            postal_code: given.postal_code,
            city: given.city,
        }
    }
}

/// How they stand.
pub async fn show(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Read).await?;
    let place = desk.dossier_place(&id).await.map_err(refusal)?;
    let filed = desk.dossier(&site.providers, &place).await.map_err(refused)?;
    Ok(Json(value(&filed)))
}

/// Hands them in.
pub async fn hand_in(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Answer> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let handed: Handed = body::json(request).await?;
    let place = desk.dossier_place(&id).await.map_err(refusal)?;
    let name = handed.kbis_name.unwrap_or_default();
    let scan = handed.kbis.filter(|text| !text.is_empty());
    let scan = scan.map(|text| dossier::scan_of_base64(&name, &text)).transpose();
    let scan = scan.map_err(|wrong| refused(DossierError::Faults(vec![wrong])))?;
    let draft = handed.draft.into();
    // Goes on when the client hangs up: what is made must be written.
    let work = tokio::spawn(async move {
        desk.hand_in(&site.providers, &place, (&draft, scan)).await.map_err(refused)
    });
    let filed = work.await.map_err(|_| Problem::INTERNAL)??;
    Ok((StatusCode::CREATED, Json(value(&filed))))
}

fn value(filed: &Filed) -> Value {
    json!({
        "status": filed.standing.as_str(),
        "reason": filed.reason,
        "country": filed.place.country,
        "kind": filed.place.kind(),
        "dossier": filed.draft,
    })
}

fn refused(error: DossierError) -> Answer {
    match error {
        DossierError::Number(error) => refusal(error),
        DossierError::Closed => Problem::DOCUMENTS_CLOSED.into(),
        DossierError::InProgress => Problem::PROVISIONING_IN_PROGRESS.into(),
        DossierError::NotWanted => Problem::DOCUMENTS_NOT_WANTED.into(),
        DossierError::Faults(faults) => {
            let told =
                |fault: &Fault| json!({ "field": fault.field, "problem": fault.wrong.as_str() });
            let told: Vec<_> = faults.iter().map(told).collect();
            Answer::problem(Problem::BAD_DOCUMENTS, json!({ "fields": told }))
        }
    }
}
