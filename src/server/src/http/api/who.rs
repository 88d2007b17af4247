//! On whose behalf is this request? A bearer token, or a session of our pages.

use super::scope::{self, Wish};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use desk::{Desk, Who, tokens};
use std::convert::Infallible;
use std::sync::Arc;
use store::StoreError;

/// What a request presents.
pub struct Presented {
    site: Arc<Site>,
    token: Option<String>,
}

impl FromRequestParts<Arc<Site>> for Presented {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let token = bearer(&parts.headers).map(str::to_owned);
        Ok(Self { site: Arc::clone(site), token })
    }
}

impl Presented {
    /// The desk that the request opens, if it may do that with the resource.
    pub async fn desk(&self, resource: &str, wish: Wish) -> Result<Desk, Problem> {
        let desk = self.somebody().await?;
        if scope::may(desk.who(), resource, wish) { Ok(desk) } else { Err(Problem::FORBIDDEN) }
    }

    /// The desk of our staff: a person of ours, or a token for the test tenant
    /// that says `admin`.
    pub async fn staff(&self) -> Result<Desk, Problem> {
        let desk = self.somebody().await?;
        let rules = &self.site.office.rules;
        let ours = match desk.who() {
            Who::Staff { .. } | Who::Operator => true,
            Who::Member { email, .. } => rules.staff.contains(email),
            Who::Token { scopes, .. } => {
                desk.tenant() == rules.test.tenant && scopes.iter().any(|scope| scope == "admin")
            }
        };
        if ours { Ok(desk) } else { Err(Problem::FORBIDDEN) }
    }

    async fn somebody(&self) -> Result<Desk, Problem> {
        let Some(token) = &self.token else { return Err(Problem::UNAUTHENTICATED) };
        let found = tokens::check(&self.site.office, token).await.map_err(problem)?;
        found.ok_or(Problem::UNAUTHENTICATED)
    }
}

/// True when the request carries a valid token that may see the figures.
pub async fn has_token(site: &Site, headers: &HeaderMap) -> bool {
    let Some(token) = bearer(headers) else { return false };
    let found = tokens::check(&site.office, token).await.ok().flatten();
    found.is_some_and(|desk| match desk.who() {
        Who::Token { scopes, .. } => {
            scopes.iter().any(|scope| ["metrics", "admin"].contains(&scope.as_str()))
        }
        _ => false,
    })
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
