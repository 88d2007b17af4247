//! Plays Twilio's part: numbers for sale, bought numbers, addresses and
//! regulatory bundles, with Twilio's refusals.
//!
//! For sale are only numbers kept for fiction: +33 1 99 00 xx xx (local),
//! +33 6 39 98 xx xx (mobile), +1 … 555 01xx; area code 533 has none. The
//! magic numbers +1 500 555 0000, 0001 and 0006 behave as Twilio documents.
//! French numbers need an approved bundle and an address.

mod caller;
mod live;
mod markup;
mod messages;
mod numbers;
mod purchase;
mod refuse;
mod regulatory;
mod scans;
mod stock;
mod webhooks;

use crate::simulator::{Shelf, World, serve};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use refuse::Refuse;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What Twilio keeps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    numbers: Shelf,
    addresses: Shelf,
    bundles: Shelf,
    parts: Shelf,
    /// Numbers for sale besides the ranges.
    extra: BTreeSet<String>,
    /// Numbers of the ranges that are not for sale.
    withdrawn: BTreeSet<String>,
    messages: Shelf,
    /// Sender and recipient of messages that are refused (21610).
    stopped: BTreeSet<String>,
    /// How many purchases and releases there were ever.
    purchases: u64,
    releases: u64,
    /// Calls that are going on.
    #[serde(skip)]
    live: BTreeMap<String, Option<live::Order>>,
}

/// Twilio alone, with the controls.
pub fn router(world: &World) -> Router {
    serve(world, routes(world))
}

pub(crate) fn routes(world: &World) -> Router<World> {
    let routes = numbers::routes().merge(regulatory::routes());
    let routes = routes.merge(live::routes()).merge(messages::routes());
    routes.layer(from_fn_with_state(world.clone(), authenticate))
}

/// Only our account with its token gets in, and only to its own objects.
async fn authenticate(State(world): State<World>, request: Request, next: Next) -> Response {
    let credentials = &world.setup().twilio;
    let text = format!("{}:{}", credentials.account, credentials.token.expose_secret());
    let wanted = format!("Basic {}", STANDARD.encode(text));
    let shown = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    let path = request.uri().path();
    let account = path.strip_prefix("/2010-04-01/Accounts/").and_then(|p| p.split('/').next());
    let own = account.is_none_or(|account| account == credentials.account.as_str());
    if shown != Some(wanted.as_str()) || !own {
        return Refuse(401, 20003, "Authenticate".to_owned()).into_response();
    }
    next.run(request).await
}

/// What an account has and had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Books {
    /// Numbers bought ever.
    pub purchases: u64,
    /// Numbers given back ever.
    pub releases: u64,
    /// Numbers owned now.
    pub owned: usize,
}

impl World {
    /// What was bought, given back, and is still paid for at Twilio.
    pub fn books(&self) -> Books {
        let state = self.state();
        let records = &state.twilio;
        let (purchases, releases) = (records.purchases, records.releases);
        Books { purchases, releases, owned: records.numbers.len() }
    }
}

impl Records {
    /// The message that is reported with this mark.
    pub(crate) fn marked(&self, mark: &str) -> Option<&str> {
        let ends = |message: &serde_json::Value| {
            message["status_callback"].as_str().is_some_and(|url| url.ends_with(mark))
        };
        self.messages.latest(ends)
    }

    /// Sets the voice URL of an owned number, as other providers do when they
    /// take one over; tells whether it is owned.
    pub(crate) fn redirect(&mut self, number: &str, url: &str) -> bool {
        let sid = self.numbers.with("phone_number", number).and_then(|n| n["sid"].as_str());
        let Some(sid) = sid.map(str::to_owned) else { return false };
        if let Some(number) = self.numbers.get_mut(&sid) {
            number["voice_url"] = url.into();
        }
        true
    }
}
