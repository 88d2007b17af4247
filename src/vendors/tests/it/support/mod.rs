//! What the tests of clients and simulators share.

pub mod office;
pub mod openapi;
pub mod shop;

use axum::Router;
use domain::phone::E164;
use jiff::Timestamp;
use reqwest::{Client, Url};
use std::sync::Arc;
use vendors::simulator::{self, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{AreaCode, Country, Hooks, Kind, Purchase, Search};
use vendors::vapi::api::Api;

pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

pub fn setup() -> Setup {
    Setup::demo(Arc::new(now))
}

/// A world of its own and where all its providers are.
pub async fn world() -> (World, Url) {
    world_of(setup()).await
}

pub async fn world_of(setup: Setup) -> (World, Url) {
    let world = World::new(setup, client());
    let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
    (world, base)
}

/// Serves a router until the test ends.
pub async fn listen(router: Router) -> Url {
    simulator::listen(router, ([127, 0, 0, 1], 0).into()).await.unwrap().0
}

pub fn twilio(world: &World, base: &Url) -> Twilio {
    Twilio::new(client(), Some(base), world.setup().twilio.clone())
}

pub fn vapi(world: &World, base: &Url) -> Api {
    Api::new(client(), Some(base), world.setup().vapi_key.clone())
}

pub fn elevenlabs(world: &World, base: &Url) -> vendors::elevenlabs::api::Api {
    let key = world.setup().elevenlabs_key.clone();
    vendors::elevenlabs::api::Api::new(client(), Some(base), key)
}

/// An American number of ours at the simulated Twilio.
pub async fn bought(world: &World, base: &Url, hooks: Hooks) -> E164 {
    let twilio = twilio(world, base);
    let area = AreaCode::parse("212");
    let search = Search { area, ..Search::voice(Country::UNITED_STATES, Kind::Local) };
    let number = twilio.available(&search).await.unwrap().remove(0).number;
    let tag = "uwi:7".to_owned();
    let purchase = Purchase { number: number.clone(), tag, hooks, address: None, bundle: None };
    twilio.buy(&purchase).await.unwrap();
    number
}

/// Where a number's calls are reported: at `office`.
pub fn hooks(office: &str) -> Hooks {
    let url = |name: &str| format!("{office}/api/webhooks/call/{name}").parse().unwrap();
    Hooks {
        voice: url("incoming"),
        voice_fallback: Some(url("fallback")),
        status: url("status"),
        sms: None,
    }
}

/// A file of `tests/fixtures` as JSON.
pub fn fixture(name: &str) -> serde_json::Value {
    serde_json::from_str(&text(name)).unwrap()
}

pub fn text(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read_to_string(path).unwrap()
}
