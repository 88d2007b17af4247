//! `GET /calendrier/{secret}/agenda.ics`: a calendar for other programs. The
//! secret is the whole of the right to read it, so nothing tells a wrong one
//! from a revoked one.

use super::site::Site;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use desk::feeds;
use std::sync::Arc;

/// Answers the calendar, or that it has not changed.
pub async fn show(
    State(site): State<Arc<Site>>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = match feeds::read(&site.office, &secret).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar cannot be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut answer = match known {
        Some(known) if names(known, &found.etag) => StatusCode::NOT_MODIFIED.into_response(),
        _ => full(found.body),
    };
    let etag = HeaderValue::try_from(found.etag).expect("hexadecimal digits make a header value");
    answer.headers_mut().insert(header::ETAG, etag);
    // People's names: for the one who asks, and asked again every time.
    let private = HeaderValue::from_static("private, no-cache");
    answer.headers_mut().insert(header::CACHE_CONTROL, private);
    let hidden = HeaderValue::from_static("noindex");
    answer.headers_mut().insert("x-robots-tag", hidden);
    answer
}

fn full(body: String) -> Response {
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"agenda.ics\""),
    ];
    (kind, body).into_response()
}

/// True when a list of tags holds this one, strong or weak.
fn names(list: &str, etag: &str) -> bool {
    let mut tags = list.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_tag_is_found_in_a_list_weak_or_strong() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(names(list, "\"a\""), "{list}");
        }
        assert!(!names("\"ab\", a", "\"a\""));
    }
}
