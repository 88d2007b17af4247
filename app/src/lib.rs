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
pub mod session;
pub mod sign;
pub mod site;
pub mod typo;
pub mod visitor;
pub mod web;

pub use session::{Member, Sessions, session_layer};
pub use visitor::Visitor;
pub use web::{Cookies, WebConfig};

use axum::Router;
use desk::Office;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use std::sync::Arc;
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
pub fn router(office: Arc<Office>, config: WebConfig) -> Router {
    let sessions = session_layer(&office, &config);
    let web = Web { office, config: Arc::new(config) };
    let personal = sign::routes().merge(board::routes()).merge(admin::routes()).layer(sessions);
    let pages = personal
        .merge(site::routes::routes())
        .with_state(web)
        .layer(CsrfLayer::new())
        .merge(assets::routes())
        .fallback(problem::not_found);
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    pages
        .layer(header(CONTENT_SECURITY_POLICY, POLICY))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(X_FRAME_OPTIONS, "DENY"))
}
