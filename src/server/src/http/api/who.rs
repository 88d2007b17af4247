//! On whose behalf is this request? A bearer token, or a session of our pages.

use super::scope::{self, Wish};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use desk::{Desk, Office, Who, tokens};
use std::sync::Arc;
use store::StoreError;

/// The desk that a request opens, if it may do that with the resource.
pub async fn desk(
    site: &Site,
    request: &Request,
    resource: &str,
    wish: Wish,
) -> Result<Desk, Problem> {
    let desk = somebody(site, request, wish).await?;
    if scope::may(desk.who(), resource, wish) { Ok(desk) } else { Err(Problem::FORBIDDEN) }
}

/// The desk of our staff: a person of ours, or a token for the test tenant
/// that says `admin`.
pub async fn staff(site: &Site, request: &Request, wish: Wish) -> Result<Desk, Problem> {
    let desk = somebody(site, request, wish).await?;
    let test = site.office.rules.test.tenant;
    let ours = match desk.who() {
        Who::Staff { .. } | Who::Operator => true,
        Who::Token { scopes, .. } => {
            desk.tenant() == test && scopes.iter().any(|scope| scope == "admin")
        }
        Who::Member { email, .. } => site.office.rules.staff.contains(email),
    };
    if ours { Ok(desk) } else { Err(Problem::FORBIDDEN) }
}

/// True when the request carries a valid token that may see the figures.
pub async fn has_token(site: &Site, headers: &HeaderMap) -> bool {
    let Some(token) = bearer(headers) else { return false };
    let found = tokens::check(&site.office, token).await.ok().flatten();
    found.is_some_and(|desk| match desk.who() {
        Who::Token { scopes, .. } => scopes.iter().any(|s| ["metrics", "admin"].contains(&s.as_str())),
        _ => false,
    })
}

async fn somebody(site: &Site, request: &Request, wish: Wish) -> Result<Desk, Problem> {
    if let Some(token) = bearer(request.headers()) {
        let found = tokens::check(&site.office, token).await.map_err(problem)?;
        return found.ok_or(Problem::UNAUTHENTICATED);
    }
    Err(Problem::UNAUTHENTICATED)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What an unanswering or refusing database means for a request.
pub fn problem(error: StoreError) -> Problem {
    match error {
        StoreError::TestNumberImmutable => Problem::TEST_NUMBER_IMMUTABLE,
        StoreError::Refused(_) => Problem::BAD_PARAMETER,
        StoreError::Conflict => Problem::GONE,
        other => {
            tracing::error!(error = %other, "STORE");
            Problem::UNAVAILABLE
        }
    }
}
