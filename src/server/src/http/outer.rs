//! Around every request: its id, its line in the log, the headers that keep a
//! browser from doing what our pages never ask for.

use super::exposure::client;
use super::site::Site;
use app::Visitor;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// No inline script, nothing from anywhere else, no frame around us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

/// Gives a request its id, counts and logs it, and completes the answer's headers.
pub async fn around(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    if let Some(address) = address(&site, &request) {
        request.extensions_mut().insert(Visitor { address });
    }
    let id = request_id(&site, request.headers());
    let method = request.method().clone();
    // The route's pattern, never the path: paths can carry tokens and names.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    let status = response.status().as_u16();
    let took = started.elapsed();
    metrics::histogram!("http_request_seconds", "route" => route.to_owned())
        .record(took.as_secs_f64());
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let request_id = id.to_str().unwrap_or_default();
    if status == 500 {
        tracing::error!(%method, route, status, took_us, request_id, "request");
    } else {
        tracing::debug!(%method, route, status, took_us, request_id, "request");
    }
    response.headers_mut().insert(REQUEST_ID.clone(), id);
    guard(response.headers_mut());
    response
}

/// The client's address, past the proxies that are trusted.
fn address(site: &Site, request: &Request) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    Some(client(request.headers(), peer.ip(), &site.config.trusted_proxies))
}

/// The caller's id when it is a harmless one, else our own: when the process
/// started and the how-manieth request this is.
fn request_id(site: &Site, headers: &HeaderMap) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let given = headers.get(&REQUEST_ID).filter(|id| {
        let bytes = id.as_bytes();
        (1..=64).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic)
    });
    given.cloned().unwrap_or_else(|| {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let own = format!("{:x}-{number:x}", site.started.as_millisecond());
        HeaderValue::try_from(own).expect("hexadecimal digits make a header value")
    })
}

/// Adds what is missing: a page may have a policy of its own.
fn guard(headers: &mut HeaderMap) {
    const FIXED: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ];
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
