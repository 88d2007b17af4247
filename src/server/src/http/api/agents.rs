//! `/api/agents`: a tenant's assistants.

use super::drift;
use super::once::{Answer, Begin, Keyed};
use super::phone::{self, refusal};
use super::who::{self, Presented};
use crate::http::body;
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use desk::Desk;
use desk::agents::{AgentChange, Line, NewAgent};
use desk::numbers::NumberError;
use desk::numbers::drift::Drift;
use desk::providers::Voice;
use domain::numbers::Place;
use domain::scope::Wish;
use domain::tenant::AgentKind;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use store::agents::AgentRow;
use store::numbers::NumberRow;
use store::provisionings::ProvisioningRow;
use uuid::Uuid;

#[derive(Deserialize)]
struct Wanted {
    agent_name: String,
    #[serde(default = "french")]
    language: String,
    #[serde(default)]
    agent_type: Option<AgentKind>,
    #[serde(default)]
    area_code: Option<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default = "yes")]
    provision_phone: bool,
    #[serde(default)]
    provider: Option<String>,
}

fn french() -> String {
    "fr".to_owned()
}

fn yes() -> bool {
    true
}

/// Makes an assistant, with its number unless told otherwise.
pub async fn create(
    State(site): State<Arc<Site>>,
    presented: Presented,
    request: Request,
) -> Result<Response, Problem> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let headers = request.headers().clone();
    let text = body::text(request).await?;
    let wanted: Wanted = body::parse(&text)?;
    let keyed = Keyed::read(&headers, "POST /api/agents".to_owned(), text)?;
    // Goes on when the client hangs up: what is bought must be written.
    let work = tokio::spawn(async move {
        match keyed.begin(&desk).await? {
            Begin::Done(answer, id) => again(&desk, &keyed, answer, id).await,
            Begin::Go(id) => {
                let answer = made(&site, &desk, &wanted, &keyed, id).await;
                keyed.end(&desk, &answer).await?;
                Ok(answer)
            }
        }
    });
    let answer = work.await.map_err(|_| Problem::INTERNAL)?;
    answer.map(Answer::into_response)
}

/// The kept answer, with its token as long as it opens something.
async fn again(
    desk: &Desk,
    keyed: &Keyed,
    mut answer: Answer,
    id: Uuid,
) -> Result<Answer, Problem> {
    let secret = keyed.key().and_then(|key| key.secret(id));
    if let (Some(secret), true) = (secret, answer.body.get("api_token").is_some()) {
        let token = desk.agent_token_again(id, secret).await.map_err(who::problem)?;
        answer.body["api_token"] = json!(token);
    }
    Ok(answer)
}

async fn made(site: &Site, desk: &Desk, wanted: &Wanted, keyed: &Keyed, id: Uuid) -> Answer {
    match attempt(site, desk, wanted, keyed, id).await {
        Ok(body) => Answer::created(body),
        Err(error) => refusal(error),
    }
}

async fn attempt(
    site: &Site,
    desk: &Desk,
    wanted: &Wanted,
    keyed: &Keyed,
    id: Uuid,
) -> Result<Value, NumberError> {
    let place = phone::place(site, desk, (&wanted.country, &wanted.area_code)).await?;
    if wanted.provision_phone {
        desk.may_provision(&site.providers).await?;
    }
    let mut agent = desk.create_agent(&site.providers, &new(wanted)?, id).await?;
    if wanted.provision_phone {
        number(site, desk, &agent, &place, id).await?;
    }
    let secret = keyed.key().and_then(|key| key.secret(id));
    let token = desk.issue_agent_token(&agent, secret).await?;
    agent = desk.agent(&agent.agent_id).await?;
    let mut body = shown(desk, &agent).await?;
    body["api_token"] = json!(token);
    Ok(body)
}

fn new(wanted: &Wanted) -> Result<NewAgent, NumberError> {
    let voice = match wanted.provider.as_deref() {
        None => None,
        Some(word) => Some(Voice::parse(word).ok_or(NumberError::BadField("provider"))?),
    };
    Ok(NewAgent {
        name: wanted.agent_name.clone(),
        language: wanted.language.clone(),
        kind: wanted.agent_type.unwrap_or(AgentKind::Appointment),
        voice,
    })
}

/// Its number. Documents that are missing keep nobody from having an assistant.
async fn number(
    site: &Site,
    desk: &Desk,
    agent: &AgentRow,
    place: &Place,
    id: Uuid,
) -> Result<(), NumberError> {
    match desk.first_line(&site.providers, &agent.agent_id, place, id).await? {
        Line::Works(_) | Line::Waits(NumberError::Documents(..)) => Ok(()),
        Line::Waits(error) => Err(error),
    }
}

/// The tenant's assistants.
pub async fn list(presented: Presented) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("agents", Wish::Read).await?;
    let agents = desk.agents().await.map_err(who::problem)?;
    let numbers = desk.numbers().await.map_err(who::problem)?;
    let wishes = desk.wishes().await.map_err(who::problem)?;
    let drifts = desk.drifts().await.map_err(who::problem)?;
    let all = agents.iter().map(|agent| value(agent, (&numbers, &wishes), &drifts));
    let all: Vec<_> = all.collect();
    Ok(Json(json!({ "total": all.len(), "agents": all })))
}

/// One of them.
pub async fn one(presented: Presented, Path(id): Path<String>) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Read).await?;
    let agent = desk.agent(&id).await.map_err(refusal)?;
    Ok(Json(shown(&desk, &agent).await.map_err(refusal)?))
}

#[derive(Deserialize)]
struct Changed {
    #[serde(default)]
    agent_name: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    agent_type: Option<AgentKind>,
}

/// Changes one, here and at its voice provider.
pub async fn change(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let Changed { agent_name: name, language, agent_type: kind } = body::json(request).await?;
    let change = AgentChange { name, language, kind };
    let agent = desk.change_agent(&site.providers, &id, &change).await.map_err(refusal)?;
    Ok(Json(shown(&desk, &agent).await.map_err(refusal)?))
}

/// Deletes one; its numbers are released.
pub async fn remove(
    State(site): State<Arc<Site>>,
    presented: Presented,
    Path(id): Path<String>,
) -> Result<Json<Value>, Answer> {
    let desk = presented.desk("agents", Wish::Write).await?;
    let agent = desk.delete_agent(&site.providers, &id).await.map_err(refusal)?;
    Ok(Json(json!({
        "message": format!("Agent {} deleted; its numbers are being released", agent.agent_id),
        "agent_id": agent.agent_id,
        "status": agent.status,
    })))
}

async fn shown(desk: &Desk, agent: &AgentRow) -> Result<Value, NumberError> {
    let (numbers, wishes) = (desk.numbers().await?, desk.wishes().await?);
    Ok(value(agent, (&numbers, &wishes), &desk.drifts().await?))
}

/// An assistant with the number that callers dial, and how far a wished one is.
fn value(
    agent: &AgentRow,
    (numbers, wishes): (&[NumberRow], &[ProvisioningRow]),
    drifts: &[Drift],
) -> Value {
    let mut own: Vec<_> = numbers.iter().filter(|row| row.agent_id == agent.agent_id).collect();
    own.sort_by_key(|row| (row.status != "active", row.provisioned_at));
    let wish = wishes.iter().find(|wish| wish.agent_id == agent.agent_id);
    let first = own.first();
    let status = match (first.map(|row| row.status.as_str()), wish) {
        (Some(status @ ("active" | "inactive")), _) => Some(status),
        (Some(_), _) | (None, Some(_)) => Some("pending"),
        (None, None) => None,
    };
    json!({
        "agent_id": agent.agent_id,
        "agent_name": agent.agent_name,
        "agent_type": agent.agent_type,
        "language": agent.language,
        "status": agent.status,
        "provider": agent.provider,
        "provider_agent_id": agent.provider_agent_id,
        "phone_number": first.map(|row| &row.phone_number),
        "phone_number_sid": first.map(|row| &row.phone_number_sid),
        "phone_number_provider": first.map(|row| &row.provider),
        "phone_number_status": status,
        "phone_number_step": wish.map(|wish| &wish.state),
        "phone_number_problem": wish.and_then(|wish| wish.error.as_ref()),
        "phone_numbers": own.iter().map(|row| phone::listed(row)).collect::<Vec<_>>(),
        "drift": drift::of(drifts, &agent.agent_id),
        "created_at": Timestamp::from_millisecond(agent.created_at).ok(),
    })
}
