//! `/api/channels`: how a tenant reaches people.

mod messages;

pub use messages::{log, preview, send, statistics, try_out};

use super::who::{self, Presented};
use crate::http::body;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use desk::channels::{Change, ChannelError, Shown, Switch};
use desk::sending::TryError;
use domain::channel::{FieldError, Kind};
use domain::scope::Wish;
use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A refusal that names the field.
pub struct Wrong(Problem, Option<FieldError>);

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self(problem, None)
    }
}

impl From<FieldError> for Wrong {
    fn from(field: FieldError) -> Self {
        Self(Problem::BAD_FIELD, Some(field))
    }
}

impl From<ChannelError> for Wrong {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::Forbidden => Problem::FORBIDDEN.into(),
            ChannelError::Field(field) => field.into(),
            ChannelError::Changed => Problem::GONE.into(),
            ChannelError::NotConfigured(what) => {
                Self(Problem::CHANNEL_NOT_CONFIGURED, Some(FieldError::at("enabled", what)))
            }
            ChannelError::Vault(error) => {
                Self(Problem::SECRETS_LOCKED, Some(FieldError::at("secrets", error.code())))
            }
            ChannelError::Store(error) => who::problem(error).into(),
        }
    }
}

impl From<TryError> for Wrong {
    fn from(error: TryError) -> Self {
        match error {
            TryError::Forbidden => Problem::FORBIDDEN.into(),
            TryError::Field(field) => field.into(),
            TryError::NoMessages => Problem::BAD_PARAMETER.into(),
            TryError::Store(error) => who::problem(error).into(),
        }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let Self(problem, Some(field)) = self else { return self.0.into_response() };
        let mut error = json!({ "code": problem.code, "message": problem.message });
        error["field"] = field.path.into();
        error["reason"] = field.problem.into();
        (problem.status, Json(json!({ "error": error }))).into_response()
    }
}

fn kind(text: &str) -> Result<Kind, Problem> {
    Kind::parse(text).ok_or(Problem::NOT_FOUND)
}

/// Every channel of the tenant.
pub async fn list(presented: Presented) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("channels", Wish::Read).await?;
    let channels = desk.channels().await.map_err(who::problem)?;
    let channels: Vec<Value> = channels.iter().map(value).collect();
    Ok(Json(json!({ "total": channels.len(), "channels": channels })))
}

/// One channel.
pub async fn one(
    presented: Presented,
    Path(channel): Path<String>,
) -> Result<Json<Value>, Problem> {
    let desk = presented.desk("channels", Wish::Read).await?;
    let shown = desk.channel(kind(&channel)?).await.map_err(who::problem)?;
    Ok(Json(value(&shown)))
}

#[derive(Deserialize)]
struct Changing {
    #[serde(default)]
    version: Option<i64>,
    #[serde(default)]
    public: Option<Value>,
    #[serde(default)]
    secrets: BTreeMap<String, Option<String>>,
    #[serde(default)]
    templates: Option<Value>,
    #[serde(default)]
    enabled: Option<bool>,
    #[serde(default)]
    assistant_id: Option<String>,
}

/// Changes what the body names of a channel.
pub async fn change(
    presented: Presented,
    Path(channel): Path<String>,
    request: Request,
) -> Result<Json<Value>, Wrong> {
    let desk = presented.desk("channels", Wish::Write).await?;
    let kind = kind(&channel)?;
    let wanted: Changing = body::json(request).await?;
    let on = |on: bool| if on { Switch::On } else { Switch::Off };
    let change = Change {
        version: wanted.version,
        public: wanted.public,
        secrets: wanted.secrets.into_iter().map(sealed).collect(),
        templates: wanted.templates,
        enabled: wanted.enabled.map(on),
        assistant_id: wanted.assistant_id,
    };
    Ok(Json(value(&desk.change_channel(kind, &change).await?)))
}

fn sealed((name, value): (String, Option<String>)) -> (String, Option<SecretString>) {
    (name, value.map(SecretString::from))
}

/// Switches a channel on.
pub async fn enable(
    presented: Presented,
    Path(channel): Path<String>,
) -> Result<Json<Value>, Wrong> {
    switch(&presented, &channel, Switch::On).await
}

/// Switches a channel off.
pub async fn disable(
    presented: Presented,
    Path(channel): Path<String>,
) -> Result<Json<Value>, Wrong> {
    switch(&presented, &channel, Switch::Off).await
}

async fn switch(presented: &Presented, channel: &str, to: Switch) -> Result<Json<Value>, Wrong> {
    let desk = presented.desk("channels", Wish::Write).await?;
    let change = Change { enabled: Some(to), ..Change::default() };
    Ok(Json(value(&desk.change_channel(kind(channel)?, &change).await?)))
}

fn value(shown: &Shown) -> Value {
    let secrets: serde_json::Map<String, Value> = shown
        .secrets
        .iter()
        .map(|(name, there)| ((*name).to_owned(), json!({ "has_secret": there })))
        .collect();
    let checked = shown.checked.as_ref().map(|test| {
        json!({ "at": Timestamp::from_millisecond(test.updated_at).ok(), "status": test.status,
            "code": test.error_code })
    });
    json!({
        "channel": shown.kind.as_str(),
        "enabled": shown.enabled,
        "configured": shown.configured,
        "public": shown.public.to_value(),
        "secrets": secrets,
        "templates": shown.templates,
        "assistant_id": shown.assistant_id,
        "version": shown.version,
        "health": { "state": shown.health.state.as_str(), "reason": shown.health.reason,
            "checked": checked },
    })
}
