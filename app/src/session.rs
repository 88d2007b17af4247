//! Sessions in the database, and who is signed in.

use crate::problem;
use crate::web::{Cookies, Web, WebConfig};
use async_trait::async_trait;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::sessions::{self, Kept};
use desk::sign_in::{self, Email, Place};
use desk::{Desk, Office};
use domain::id::TenantId;
use http::request::Parts;
use jiff::SignedDuration;
use std::fmt;
use std::sync::Arc;
use store::StoreError;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// How long a session lasts after its last use.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How exactly its last use is kept: writing it at every page would cost more than it tells.
const USE_GRAIN: i64 = 10 * 60 * 1_000;

/// What a session holds under each name.
pub(crate) mod key {
    /// Who is signed in.
    pub const EMAIL: &str = "email";
    /// Which tenant they look at.
    pub const TENANT: &str = "tenant";
    /// The browser, shortened.
    pub const AGENT: &str = "agent";
    /// The address, shortened.
    pub const NETWORK: &str = "network";
    /// When it was last used, milliseconds.
    pub const SEEN: &str = "seen";
}

/// Keeps sessions in the product's database.
#[derive(Clone)]
pub struct Sessions {
    office: Arc<Office>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

/// The layer that reads and writes sessions; the server puts it around what
/// else asks who is signed in.
pub fn session_layer(office: &Arc<Office>, config: &WebConfig) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions { office: Arc::clone(office) })
        .with_name("uwi_session")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(config.cookies == Cookies::Secure)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(LIFE.as_secs())))
}

impl Sessions {
    fn kept(&self, record: &Record) -> Kept {
        let text = |key: &str| record.data.get(key).and_then(|value| value.as_str());
        let now = self.office.world.clock.now();
        Kept {
            email: text(key::EMAIL).and_then(Email::parse),
            data: serde_json::to_string(&record.data).unwrap_or_default(),
            agent: text(key::AGENT).map(str::to_owned),
            network: text(key::NETWORK).map(str::to_owned),
            // By the product's clock, which may not be the machine's.
            expires_at: now.saturating_add(LIFE).unwrap_or(now),
        }
    }
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let cookie = record.id.to_string();
        sessions::create(&self.office, &cookie, &self.kept(record)).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let cookie = record.id.to_string();
        sessions::update(&self.office, &cookie, &self.kept(record)).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = sessions::find(&self.office, &id.to_string()).await.map_err(backend)?;
        let Some((data, ends)) = found else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends.as_second())
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::end(&self.office, &id.to_string()).await.map_err(backend)
    }
}

/// Somebody who is signed in, and the desk of the tenant they look at.
pub struct Member {
    /// The only way to a tenant's data.
    pub desk: Desk,
    /// Who.
    pub email: Email,
    /// Every tenant they may open.
    pub places: Vec<Place>,
    /// The session they use.
    pub session: Session,
}

impl Member {
    /// Who is signed in here, if somebody is and may still open anything.
    pub async fn find(
        office: &Arc<Office>,
        session: Session,
    ) -> std::result::Result<Option<Self>, StoreError> {
        let read = async |name: &str| session.get_value(name).await.map_err(unavailable);
        let email = read(key::EMAIL).await?;
        let Some(email) = email.and_then(|value| Email::parse(value.as_str()?)) else {
            return Ok(None);
        };
        let places = sign_in::places(office, &email).await?;
        let wanted = read(key::TENANT).await?.and_then(|value| value.as_i64()).map(TenantId);
        let place = places.iter().find(|place| Some(place.tenant) == wanted).or(places.first());
        let Some(place) = place else { return Ok(None) };
        let desk = Desk::new(Arc::clone(office), place.tenant, place.who.clone());
        let member = Self { desk, email, places, session };
        member.note_use().await?;
        Ok(Some(member))
    }

    /// Keeps the session alive, and its place in the list of sessions true.
    async fn note_use(&self) -> std::result::Result<(), StoreError> {
        let now = self.desk.now().as_millisecond();
        let seen = self.session.get::<i64>(key::SEEN).await.map_err(unavailable)?;
        if seen.is_none_or(|seen| (now - seen).abs() > USE_GRAIN) {
            self.session.insert(key::SEEN, now).await.map_err(unavailable)?;
        }
        Ok(())
    }

    /// True for our own people.
    pub fn is_staff(&self) -> bool {
        sign_in::is_staff(self.desk.office(), &self.email)
    }

    /// What names the session in use.
    pub fn handle(&self) -> String {
        self.session.id().map(|id| sessions::handle(&id.to_string())).unwrap_or_default()
    }
}

fn unavailable(error: tower_sessions::session::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

impl FromRequestParts<Web> for Member {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        web: &Web,
    ) -> std::result::Result<Self, Response> {
        let session = Session::from_request_parts(parts, web)
            .await
            .map_err(|refused| refused.into_response())?;
        match Self::find(&web.office, session).await {
            Ok(Some(member)) => Ok(member),
            Ok(None) => Err(Redirect::to("/login").into_response()),
            Err(error) => {
                tracing::error!(%error, "who is signed in cannot be read");
                Err(problem::unavailable())
            }
        }
    }
}
