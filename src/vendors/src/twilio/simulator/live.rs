//! Live calls, and what they are told.

use super::super::form::Form;
use super::numbers::name;
use super::refuse::Refuse;
use crate::simulator::World;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use reqwest::Url;
use serde_json::{Value, json};

/// What a live call was told to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// Ask this URL.
    Go(Url),
    /// End.
    End,
}

pub(super) fn routes() -> Router<World> {
    Router::new().route("/2010-04-01/Accounts/{account}/Calls/{sid}", post(update))
}

async fn update(
    State(world): State<World>,
    Path((_, sid)): Path<(String, String)>,
    uri: Uri,
    body: Bytes,
) -> Result<Json<Value>, Refuse> {
    let form = Form::decode(&body);
    let order = match (form.text("Status"), form.text("Url")) {
        (Some("completed"), _) => Order::End,
        (None, Some(url)) => {
            let url = Url::parse(url);
            Order::Go(url.map_err(|_| Refuse::bad(21205, "Url is not a valid URL"))?)
        }
        _ => return Err(Refuse::bad(21218, "Invalid update")),
    };
    let mut state = world.state();
    let live = state.twilio.live.get_mut(name(&sid));
    *live.ok_or_else(|| Refuse::missing(uri.path()))? = Some(order);
    Ok(Json(json!({ "sid": name(&sid), "status": "in-progress", "direction": "inbound" })))
}

impl World {
    /// Whether a live call was told to do something else.
    pub(crate) fn is_called_away(&self, call: &str) -> bool {
        self.state().twilio.live.get(call).is_some_and(Option::is_some)
    }
}
