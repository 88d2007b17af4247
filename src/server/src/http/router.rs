//! Every route of the server.

use super::problem::Problem;
use super::site::Site;
use super::{api, elevenlabs, feed, health, messages, outer, twilio, vapi};
use crate::accounts;
use app::table::{Table, get, post};
use app::{Banner, Cookies, WebConfig};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use std::any::Any;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Everything: hooks and API here, the pages from `app`.
pub fn router(site: Arc<Site>) -> Router {
    table(site).into_router()
}

/// The same, with the list of its routes.
pub fn table(site: Arc<Site>) -> Table<()> {
    let web = web(&site);
    let sessions = app::session_layer(&site.office, &web);
    let pages = app::table(Arc::clone(&site.office), site.providers.clone(), web);
    let pages = pages.around(|router| router.layer(CompressionLayer::new()));
    let api = api::routes();
    let api = api.around(|router| router.layer(sessions).layer(CompressionLayer::new()));
    let machine = hooks().merge(api).merge(machine_routes());
    let machine = machine.around(|router| {
        router
            .route("/api/{*rest}", any(async || Problem::NOT_FOUND))
            .method_not_allowed_fallback(async || Problem::METHOD_NOT_ALLOWED)
            .with_state(Arc::clone(&site))
    });
    machine.merge(pages).around(|router| {
        router
            .layer(CatchPanicLayer::custom(our_fault))
            .layer(from_fn_with_state(site, outer::around))
    })
}

/// What the operator decided about pages.
fn web(site: &Site) -> WebConfig {
    let secure = site.public_base.starts_with("https://");
    WebConfig {
        banner: if accounts::is_announced(&site.config) { Banner::Simulated } else { Banner::Off },
        cookies: if secure { Cookies::Secure } else { Cookies::Plain },
        contact: site.config.mail.as_ref().map(|mail| mail.from.clone()),
        home: site.public_base.clone(),
    }
}

/// What providers call. They read their bodies themselves, up to their limit.
fn hooks() -> Table<Arc<Site>> {
    Table::new()
        .route("/api/vapi/chat/completions", post(vapi::chat::completions))
        .route("/api/vapi/chat/completions/chat/completions", post(vapi::chat::completions))
        .route("/api/vapi/tool", post(vapi::webhook::message))
        .route("/api/vapi/webhook", post(vapi::webhook::message))
        .route("/api/webhooks/call/incoming", post(twilio::voice::incoming))
        .route("/api/webhooks/call/gather", post(twilio::talk::gather))
        .route("/api/webhooks/call/dial", post(twilio::talk::dial))
        .route("/api/webhooks/call/status", post(twilio::report::status))
        .route("/api/webhooks/elevenlabs", post(elevenlabs::report))
        .route("/api/webhooks/bundle/status", post(twilio::report::bundle))
        .route("/api/webhooks/sms/status", post(messages::sms::status))
        .route("/api/webhooks/sms/incoming", post(messages::sms::incoming))
        .route(
            "/api/webhooks/whatsapp",
            get(messages::whatsapp::verify).post(messages::whatsapp::told),
        )
        .around(|router| router.layer(DefaultBodyLimit::disable()))
}

/// What other machines ask: how this one is, and calendars by their secret address.
fn machine_routes() -> Table<Arc<Site>> {
    Table::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/calendrier/{secret}/agenda.ics", get(feed::show))
}

fn our_fault(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = text.unwrap_or("of an unknown kind"), "PANIC");
    Problem::INTERNAL.into_response()
}
