//! Plays Meta's part: takes messages, enforces the 24 hours and its templates,
//! reports, and carries what people write.
//!
//! The approved template is `rdv_confirmation` in French with two values, or
//! any that is named `uwi_…`; others are refused (132001).

use super::signature::sign;
use crate::simulator::{Shelf, World, serve};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The sending number that the simulated account has.
pub const PHONE_NUMBER_ID: &str = "106540352242922";

/// What Meta keeps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    messages: Shelf,
    /// When each person last wrote, milliseconds.
    wrote: BTreeMap<String, i64>,
    /// Where webhooks go.
    hook: Option<String>,
}

impl Records {
    /// The message with this mark.
    pub(crate) fn marked(&self, mark: &str) -> Option<&str> {
        self.messages.latest(|message| message["mark"] == mark)
    }
}

/// Meta alone, with the controls.
pub fn router(world: &World) -> Router {
    serve(world, routes())
}

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/{version}/{number}/messages", post(take))
}

fn refuse(status: u16, code: u32, details: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let error = json!({ "error": {
        "message": format!("(#{code}) {details}"), "type": "OAuthException", "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": details },
        "fbtrace_id": "simulated",
    }});
    (status, Json(error)).into_response()
}

fn is_ours(world: &World, headers: &HeaderMap) -> bool {
    let wanted = format!("Bearer {}", world.setup().whatsapp_token.expose_secret());
    headers.get("authorization").and_then(|value| value.to_str().ok()) == Some(wanted.as_str())
}

async fn take(
    State(world): State<World>,
    Path((_, number)): Path<(String, String)>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if !is_ours(&world, &headers) {
        return refuse(401, 190, "Invalid OAuth access token");
    }
    if number != PHONE_NUMBER_ID {
        return refuse(400, 133010, "Account not registered");
    }
    let Some(to) = body["to"].as_str().map(str::to_owned) else {
        return refuse(400, 131009, "Parameter value is not valid");
    };
    if let Err(refused) = acceptable(&world, &to, &body) {
        return refused;
    }
    let (id, digits) = {
        let mut state = world.state();
        let id = format!("wamid.{}", world.digits(&mut state));
        let digits = to.trim_start_matches('+').to_owned();
        let kept = json!({ "to": to, "body": body, "mark": body["biz_opaque_callback_data"] });
        state.whatsapp.messages.put(&id, kept);
        (id, digits)
    };
    Json(json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": to, "wa_id": digits }],
        "messages": [{ "id": id }],
    }))
    .into_response()
}

fn acceptable(world: &World, to: &str, body: &Value) -> Result<(), Response> {
    match body["type"].as_str() {
        Some("template") => {
            let name = body["template"]["name"].as_str().unwrap_or_default();
            let values = body["template"]["components"][0]["parameters"].as_array();
            let count = values.map_or(0, Vec::len);
            match name {
                "rdv_confirmation" if count != 2 => {
                    Err(refuse(400, 132000, "Number of parameters does not match"))
                }
                "rdv_confirmation" => Ok(()),
                name if name.starts_with("uwi_") => Ok(()),
                _ => Err(refuse(404, 132001, "Template name does not exist in the translation")),
            }
        }
        Some("text") => {
            let digits = to.trim_start_matches('+');
            let wrote = world.state().whatsapp.wrote.get(digits).copied();
            let now = world.now();
            let day = now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(now);
            match wrote {
                Some(at) if at > day.as_millisecond() => Ok(()),
                _ => Err(refuse(
                    400,
                    131047,
                    "More than 24 hours have passed since the customer last replied",
                )),
            }
        }
        _ => Err(refuse(400, 131051, "Unsupported message type")),
    }
}

impl World {
    /// Where Meta's webhooks go.
    pub fn hook_whatsapp(&self, url: &str) {
        self.state().whatsapp.hook = Some(url.to_owned());
    }

    /// What Meta took, in order: its name, to whom, and the request's body.
    pub fn whatsapp_messages(&self) -> Vec<Value> {
        self.state().whatsapp.messages.all().cloned().collect()
    }

    /// Somebody writes to our number; `None`: nobody takes webhooks.
    pub async fn write_whatsapp(&self, from: &str, text: &str) -> Option<u16> {
        let digits = from.trim_start_matches('+').to_owned();
        let (id, now) = {
            let mut state = self.state();
            let now = self.now();
            state.whatsapp.wrote.insert(digits.clone(), now.as_millisecond());
            (format!("wamid.{}", self.digits(&mut state)), now)
        };
        let message = json!({
            "from": digits, "id": id, "timestamp": now.as_second().to_string(),
            "type": "text", "text": { "body": text },
        });
        self.hook(json!({ "messages": [message] })).await
    }

    /// Reports what became of the n-th message that Meta took, from 0.
    pub async fn report_whatsapp(
        &self,
        nth: usize,
        status: &str,
        code: Option<u32>,
    ) -> Option<u16> {
        let saved = self.save();
        let (id, kept) = {
            let entry = saved["whatsapp"]["messages"].get(nth)?.clone();
            (entry[0].as_str()?.to_owned(), entry[1].clone())
        };
        let mut report = json!({
            "id": id, "status": status, "timestamp": self.now().as_second().to_string(),
            "recipient_id": kept["to"].as_str().unwrap_or_default().trim_start_matches('+'),
        });
        if let Some(mark) = kept["mark"].as_str() {
            report["biz_opaque_callback_data"] = mark.into();
        }
        if let Some(code) = code {
            report["errors"] = json!([{ "code": code, "title": "refused" }]);
        }
        self.hook(json!({ "statuses": [report] })).await
    }

    async fn hook(&self, mut value: Value) -> Option<u16> {
        let url = self.state().whatsapp.hook.clone()?;
        value["messaging_product"] = "whatsapp".into();
        value["metadata"] = json!({
            "display_phone_number": "33199001234", "phone_number_id": PHONE_NUMBER_ID,
        });
        let body = json!({ "object": "whatsapp_business_account", "entry": [{
            "id": "102290129340398", "changes": [{ "field": "messages", "value": value }],
        }]});
        let body = body.to_string();
        let header = sign(&self.setup().whatsapp_secret, body.as_bytes());
        let request = self.client().post(url).header("content-type", "application/json");
        let request = request.header("x-hub-signature-256", header).body(body);
        request.send().await.ok().map(|answer| answer.status().as_u16())
    }
}
