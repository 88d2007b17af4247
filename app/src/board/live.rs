//! Live updates: a hint when something changed; the page fetches itself again.

use crate::session::Member;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use desk::Desk;
use desk::live::Change;
use futures::Stream;
use futures::stream::unfold;
use http::HeaderName;
use http::header::CACHE_CONTROL;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

/// How long one stream lasts: whoever was signed out meanwhile is not let in again.
const LIFE: Duration = Duration::from_secs(10 * 60);

/// The stream of one page.
pub(super) async fn stream(member: Member) -> impl IntoResponse {
    of(member.desk)
}

/// The stream of what happens at a desk's tenant.
pub(crate) fn of(desk: Desk) -> impl IntoResponse + use<> {
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    // Proxies that gather answers would hold hints back.
    let headers =
        [(CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Sse::new(hints(desk)).keep_alive(alive))
}

fn hints(desk: Desk) -> impl Stream<Item = Result<Event, Infallible>> {
    let changes = desk.office().live.subscribe();
    let end = Instant::now() + LIFE;
    unfold((changes, desk), move |(mut changes, desk)| async move {
        loop {
            let what = match timeout_at(end, changes.recv()).await {
                Ok(Ok((tenant, change))) if tenant == desk.tenant() => name(change),
                Ok(Ok(_)) => continue,
                // Too many at once: something of this tenant may be among them.
                Ok(Err(RecvError::Lagged(_))) => "calls",
                Ok(Err(RecvError::Closed)) | Err(_) => return None,
            };
            return Some((Ok(Event::default().event("change").data(what)), (changes, desk)));
        }
    })
}

fn name(change: Change) -> &'static str {
    match change {
        Change::Calls => "calls",
        Change::Appointments => "appointments",
        Change::Tickets => "tickets",
        Change::Prospects => "prospects",
    }
}
