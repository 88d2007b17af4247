//! On whose behalf is this request? A bearer token, or a session of our pages.

use crate::http::problem::Problem;
use crate::http::query::Parameters;
use crate::http::site::Site;
use app::Member;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use desk::{Desk, Who, tokens};
use domain::id::TenantId;
use domain::scope::{self, Wish};
use std::convert::Infallible;
use std::sync::Arc;
use store::StoreError;
use tower_sessions::Session;

/// What a request presents.
pub struct Presented {
    site: Arc<Site>,
    token: Option<String>,
    session: Option<Session>,
    /// The tenant that a person asks for among theirs.
    tenant: Option<TenantId>,
    from: Origin,
}

/// Where a browser says that a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// From our own pages, or it changes nothing.
    Ours,
    /// From somebody else's page.
    Elsewhere,
}

impl FromRequestParts<Arc<Site>> for Presented {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let tenant = Parameters::of(&parts.uri);
        Ok(Self {
            site: Arc::clone(site),
            token: bearer(&parts.headers).map(str::to_owned),
            session: parts.extensions.get::<Session>().cloned(),
            tenant: tenant.text("tenant_id").and_then(|id| id.parse().ok()).map(TenantId),
            from: origin(&parts.method, &parts.headers),
        })
    }
}

impl Presented {
    /// The desk that the request opens, if it may do that with the resource.
    pub async fn desk(&self, resource: &str, wish: Wish) -> Result<Desk, Problem> {
        let desk = self.somebody().await?;
        if may(desk.who(), resource, wish) { Ok(desk) } else { Err(Problem::FORBIDDEN) }
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
        let Some(token) = &self.token else { return self.member().await };
        let found = tokens::check(&self.site.office, token).await.map_err(problem)?;
        let desk = found.ok_or(Problem::UNAUTHENTICATED)?;
        let other = self.tenant.is_some_and(|wanted| wanted != desk.tenant());
        if other { Err(Problem::NOT_FOUND) } else { Ok(desk) }
    }

    /// The desk of whoever is signed in, at the tenant they ask for.
    async fn member(&self) -> Result<Desk, Problem> {
        let session = self.session.clone().ok_or(Problem::UNAUTHENTICATED)?;
        let found = Member::find(&self.site.office, session).await.map_err(problem)?;
        let member = found.ok_or(Problem::UNAUTHENTICATED)?;
        if self.from == Origin::Elsewhere {
            return Err(Problem::CROSS_SITE);
        }
        let Some(wanted) = self.tenant else { return Ok(member.desk) };
        let place = member.places.into_iter().find(|place| place.tenant == wanted);
        let place = place.ok_or(Problem::NOT_FOUND)?;
        Ok(Desk::new(Arc::clone(&self.site.office), place.tenant, place.who))
    }
}

/// True when somebody may do it: people may do everything of their tenant,
/// tokens what their scopes say.
fn may(who: &Who, resource: &str, wish: Wish) -> bool {
    match who {
        Who::Member { .. } | Who::Staff { .. } | Who::Operator => true,
        Who::Token { scopes, .. } => scope::allows(scopes, resource, wish),
    }
}

/// A browser says where a request comes from: by `Sec-Fetch-Site`, older ones
/// by `Origin`. Programs say nothing, and carry no session by accident.
fn origin(method: &Method, headers: &HeaderMap) -> Origin {
    if method.is_safe() {
        return Origin::Ours;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let same = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == text("host"),
        (None, None) => true,
    };
    if same { Origin::Ours } else { Origin::Elsewhere }
}

/// True when the request carries a valid token that may see the figures of the
/// whole house: one that says so, or our staff's.
pub async fn has_token(site: &Site, headers: &HeaderMap) -> bool {
    let Some(token) = bearer(headers) else { return false };
    let found = tokens::check(&site.office, token).await.ok().flatten();
    let staff = site.office.rules.test.tenant;
    found.is_some_and(|desk| match desk.who() {
        Who::Token { scopes, .. } => {
            let says = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
            says("metrics") || (desk.tenant() == staff && says("admin"))
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
