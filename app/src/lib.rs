//! The pages: rendered on the server, complete without script.
//!
//! Start with [`router`]. A handler loads a page struct through a
//! [`desk::Desk`], a pure view shows it ([`page`]), a form posts and is
//! answered by a redirect.

mod admin;
pub mod assets;
mod board;
#[cfg(test)]
mod contrast;
pub mod page;
pub mod parts;
pub mod problem;
mod reply;
pub mod session;
pub mod sign;
pub mod site;
pub mod table;
pub mod typo;
pub mod visitor;
pub mod web;

pub use session::{Member, Sessions, session_layer};
pub use visitor::Visitor;
pub use web::{Banner, Cookies, WebConfig};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use desk::Office;
use desk::providers::Providers;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use std::sync::Arc;
use table::Table;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use web::Web;

/// What pages may load: our own files, and nothing written inside them.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every page, with the answer to addresses that do not exist.
///
/// The server may insert a [`Visitor`] into requests; else the connection's
/// own address counts.
pub fn router(office: Arc<Office>, providers: Providers, config: WebConfig) -> Router {
    table(office, providers, config).into_router()
}

/// The same, with the list of its routes.
pub fn table(office: Arc<Office>, providers: Providers, config: WebConfig) -> Table<()> {
    let sessions = session_layer(&office, &config);
    let banner = config.banner;
    let web = Web { office, providers: Arc::new(providers), config: Arc::new(config) };
    let personal = sign::routes().merge(board::routes()).merge(admin::routes());
    let pages = personal
        .around(|router| router.layer(sessions))
        .merge(site::routes::routes())
        .merge(reply::routes())
        .around(|router| router.with_state(web).layer(CsrfLayer::new()))
        .merge(assets::routes());
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    pages.around(|router| {
        router
            .fallback(problem::not_found)
            .layer(from_fn(move |request: Request, next: Next| {
                page::under(banner, next.run(request))
            }))
            .layer(header(CONTENT_SECURITY_POLICY, POLICY))
            .layer(header(REFERRER_POLICY, "same-origin"))
            .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(header(X_FRAME_OPTIONS, "DENY"))
    })
}
