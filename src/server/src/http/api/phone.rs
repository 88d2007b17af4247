//! `/api/agents/{id}/phone-number` and `/api/agents/phone-numbers`.

use super::once::{Answer, Begin, Keyed};
use super::who::{self, Presented};
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse as _, Response};
use desk::Desk;
use desk::numbers::provision::More;
use desk::numbers::release::When;
use desk::numbers::{Alternative, NumberError, Pending};
use domain::numbers::{Place, PlaceError, Stage};
use domain::phone::E164;
use domain::scope::Wish;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use store::numbers::NumberRow;
use uuid::Uuid;

#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    area_code: Option<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    additional: bool,
}

/// Where a number is wanted; the tenant's country unless told otherwise.
pub(super) async fn place(
    site: &Site,
    desk: &Desk,
    (country, area): (&Option<String>, &Option<String>),
) -> Result<Place, NumberError> {
    let profile = site.office.profile(desk.tenant()).await?;
    Ok(Place::read(country.as_deref(), area.as_deref(), &profile.country)?)
}

/// Gets a number for an assistant.
pub async fn provision(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let headers = request.headers().clone();
    let text = body::text(request).await?;
    let wanted: Wanted =
        if text.trim().is_empty() { Wanted::default() } else { body::parse(&text)? };
    let keyed = Keyed::read(&headers, format!("POST /api/agents/{id}/phone-number"), text)?;
    // Goes on when the client hangs up: what is bought must be written.
    let work = tokio::spawn(async move {
        let wish = match keyed.begin(&desk).await? {
            Begin::Done(answer, _) => return Ok(answer),
            Begin::Go(wish) => wish,
        };
        let got = attempt(&site, &desk, &id, &wanted, wish).await;
        let answer = got.map_or_else(refusal, |row| Answer::created(bought(&row)));
        keyed.end(&desk, &answer).await?;
        Ok(answer)
    });
    let answer: Result<Answer, Problem> = work.await.map_err(|_| Problem::INTERNAL)?;
    answer.map(Answer::into_response)
}

async fn attempt(
    site: &Site,
    desk: &Desk,
    agent: &str,
    wanted: &Wanted,
    wish: Uuid,
) -> Result<NumberRow, NumberError> {
    desk.agent(agent).await?;
    let place = place(site, desk, (&wanted.country, &wanted.area_code)).await?;
    let more = if wanted.additional { More::Additional } else { More::First };
    desk.provision(&site.providers, agent, (&place, more), wish).await
}

/// The tenant's numbers.
pub async fn list(presented: Presented) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("agents", Wish::Read).await?;
    let numbers = desk.numbers().await.map_err(who::problem)?;
    let numbers: Vec<_> = numbers.iter().map(listed).collect();
    Ok(Json(json!({ "total": numbers.len(), "phone_numbers": numbers })))
}

/// Gives a number of an assistant up: `?phone_number=` says which of several,
/// `?now=true` leaves no time to take it back.
pub async fn release(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let parameters = Parameters::of(&uri);
    // A plus that was not encoded arrives as a blank, which is trimmed.
    let number = parameters.text("phone_number").map(|raw| {
        let digits = raw.trim_start_matches('+');
        E164::parse(&format!("+{digits}"), "US").or_else(|_| E164::parse(raw, "FR"))
    });
    let number = number.transpose().map_err(|_| Problem::BAD_NUMBER)?;
    let when = if parameters.text("now") == Some("true") { When::Now } else { When::Later };
    let row = desk.release(&site.providers, &id, number.as_ref(), when).await.map_err(refusal)?;
    Ok(Json(json!({
        "message": format!("Phone number {} released successfully", row.phone_number),
        "phone_number": row.phone_number,
        "status": row.status,
        "release_at": row.release_at.and_then(instant),
    })))
}

fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

/// Cents as the decimal that the first documents show.
fn decimal(cents: Option<i64>) -> Option<f64> {
    cents.and_then(|cents| i32::try_from(cents).ok()).map(|cents| f64::from(cents) / 100.0)
}

/// A number in lists.
pub(super) fn listed(row: &NumberRow) -> Value {
    json!({
        "phone_number": row.phone_number,
        "agent_id": row.agent_id,
        "status": row.status,
        "friendly_name": row.friendly_name,
        "country_code": row.country_code,
        "monthly_cost": decimal(row.monthly_cost),
        "currency": row.currency,
        "provisioned_at": instant(row.provisioned_at),
        "release_at": row.release_at.and_then(instant),
    })
}

/// A number that was just bought.
fn bought(row: &NumberRow) -> Value {
    let capabilities: Value = serde_json::from_str(&row.capabilities).unwrap_or_default();
    json!({
        "message": format!("Phone number {} provisioned successfully", row.phone_number),
        "phone_number": row.phone_number,
        "phone_number_sid": row.phone_number_sid,
        "friendly_name": row.friendly_name,
        "capabilities": capabilities,
        "status": row.status,
        "monthly_cost": decimal(row.monthly_cost),
        "currency": row.currency,
    })
}

/// What a refusal of the desk is on the wire.
pub(super) fn refusal(error: NumberError) -> Answer {
    let problem = match error {
        NumberError::Forbidden => Problem::FORBIDDEN,
        NumberError::NoAgent => Problem::NOT_FOUND,
        NumberError::NoNumber | NumberError::NotOwned => Problem::NO_NUMBER,
        NumberError::HasNumber => Problem::NUMBER_EXISTS,
        NumberError::InProgress => Problem::PROVISIONING_IN_PROGRESS,
        NumberError::Ambiguous => Problem::NUMBER_AMBIGUOUS,
        NumberError::Place(PlaceError::Country) => Problem::BAD_COUNTRY,
        NumberError::Place(PlaceError::Area) => Problem::BAD_AREA_CODE,
        NumberError::Taken => Problem::NUMBER_TAKEN,
        NumberError::Limit => Problem::LIMIT_REACHED,
        NumberError::Sandbox => Problem::SANDBOX,
        NumberError::NotConfigured("Twilio") => Problem::TWILIO_NOT_CONFIGURED,
        NumberError::NotConfigured(_) => Problem::VOICE_NOT_CONFIGURED,
        NumberError::Store(error) => who::problem(error),
        NumberError::BadField(field) => {
            return Answer::problem(Problem::BAD_PARAMETER, json!({ "field": field }));
        }
        NumberError::NoneAvailable(others) => {
            let others: Vec<_> = others.iter().map(alternative).collect();
            return Answer::problem(
                Problem::NO_NUMBERS_AVAILABLE,
                json!({ "alternatives": others }),
            );
        }
        NumberError::Documents(stage, reason) => {
            return Answer::problem(documents(stage), json!({ "reason": reason }));
        }
        NumberError::Provider { fault, pending } => {
            let more = json!({ "reason": fault, "pending": pending == Pending::Later });
            return Answer::problem(Problem::PROVIDER_FAILED, more);
        }
    };
    problem.into()
}

fn documents(stage: Stage) -> Problem {
    match stage {
        Stage::InReview => Problem::DOCUMENTS_IN_REVIEW,
        Stage::Rejected => Problem::DOCUMENTS_REJECTED,
        _ => Problem::DOCUMENTS_MISSING,
    }
}

fn alternative(other: &Alternative) -> Value {
    json!({ "phone_number": other.number, "area_code": other.area })
}
