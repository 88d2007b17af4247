//! Plays the providers: HTTP servers that keep state, enforce the validation
//! that matters to us, misbehave on request, sign their webhooks and place
//! calls. For tests, demos, and a person without accounts.
//!
//! Start with [`Setup::demo`] and [`World::new`]; [`router`] serves all
//! providers at one base URL, the providers' own `simulator` modules one each.
//! [`listen`] puts a router on a port. What is told to a simulator goes through
//! [`World`] or, from outside, through `/_sim/…` (`simulator/control.rs`).
//! Everything is deterministic: names come from the seed, time from the clock.

mod control;
mod faults;
mod record;
mod shelf;
mod telephone;
mod world;

pub use faults::{Misbehaviour, Trouble};
pub use record::Recorded;
pub use telephone::{Line, OwnLine, Reach, Reporting, Script, Telephoned, Words};
pub use world::{Clock, Reports, Review, Setup, World};

pub(crate) use shelf::Shelf;
pub(crate) use telephone::Talk;
pub(crate) use world::State;

use axum::Router;
use axum::middleware::from_fn_with_state;
use reqwest::Url;
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What the simulated WhatsApp signs with.
pub fn demo_whatsapp_secret() -> secrecy::SecretString {
    "simulated-whatsapp-secret".into()
}

/// All providers and the controls, at one base URL.
pub fn router(world: &World) -> Router {
    let twilio = crate::twilio::simulator::routes(world);
    let vapi = crate::vapi::simulator::routes(world);
    let whatsapp = crate::whatsapp::simulator::routes();
    serve(
        world,
        twilio.merge(vapi).merge(whatsapp).merge(crate::elevenlabs::simulator::routes(world)),
    )
}

/// Adds what every simulator has: controls, troubles, records.
pub(crate) fn serve(world: &World, routes: Router<World>) -> Router {
    let routes = routes.layer(from_fn_with_state(world.clone(), faults::trouble));
    routes.merge(control::routes()).with_state(world.clone())
}

/// Serves a router at an address (`127.0.0.1:0` takes any free port) until the
/// task is aborted; answers the base URL.
pub async fn listen(router: Router, at: SocketAddr) -> io::Result<(Url, JoinHandle<()>)> {
    let listener = TcpListener::bind(at).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let base = Url::parse(&base).map_err(io::Error::other)?;
    let serving = async move {
        // Ends only with the task: axum retries failed accepts itself.
        let _ = axum::serve(listener, router).await;
    };
    Ok((base, tokio::spawn(serving)))
}
