//! Is it Twilio, and for the first time? One gate for calls, messages and
//! documents. The signature covers the URL that Twilio was told to call and the
//! form, but no time: see `docs/decisions/0013-calls-that-arrive-at-twilio.md`.

use crate::http::body;
use crate::http::exposure::{Exposure, client};
use crate::http::problem::Problem;
use crate::http::site::Site;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use desk::hooks::{self, Taken};
use desk::providers::Account;
use secrecy::SecretString;
use std::net::SocketAddr;
use store::StoreError;
use store::hooks::Hook;
use vendors::twilio::form::Form;
use vendors::twilio::inbound::unsigned;
use vendors::twilio::signature::{Signed, fingerprint, verify};

/// Who sends these hooks, in our books.
const PROVIDER: &str = "twilio";

/// A request that is Twilio's.
#[derive(Debug)]
pub struct Asked {
    /// What it says.
    pub form: Form,
    /// What stands after `?`.
    pub query: Form,
    /// Where Twilio reached us, without a slash at the end.
    pub base: String,
    /// What tells it from every other; `None`: nothing is signed here.
    print: Option<String>,
    /// The same for the same request sent again.
    token: Option<String>,
}

/// A request that is Twilio's: decided on the raw body.
pub async fn admit(site: &Site, request: Request) -> Result<Asked, Problem> {
    let (parts, raw) = request.into_parts();
    let exposure = Exposure::of(site.config.house(), &parts.headers, &parts.uri);
    let configured = !site.config.twilio.tokens.is_empty();
    if !configured && exposure == Exposure::Public {
        return Err(Problem::TWILIO_NOT_CONFIGURED);
    }
    let raw = body::hook(&parts.headers, raw).await?;
    let query = Form::decode(parts.uri.query().unwrap_or_default().as_bytes());
    let presented = text(&parts.headers, "x-twilio-signature");
    let may_be_unsigned = !configured && exposure == Exposure::Private;
    let Some(signature) = presented else {
        let form = (may_be_unsigned).then(|| unsigned_form(&parts.headers, &raw)).flatten();
        let form = form.ok_or_else(|| refused(&parts, "unsigned"))?;
        return Ok(Asked { form, query, base: site.public_base.clone(), print: None, token: None });
    };
    let form = Form::decode(&raw);
    let tokens = tokens(site, exposure);
    let after = parts.uri.path_and_query().map_or("/", |after| after.as_str());
    let fits =
        |base: &String| verify(&tokens, &format!("{base}{after}"), Signed::Form(&form), signature);
    let base = bases(site, &parts).into_iter().find(fits);
    let base = base.ok_or_else(|| refused(&parts, "the signature does not fit"))?;
    if !is_ours(site, &form) {
        return Err(refused(&parts, "another account"));
    }
    let print = fingerprint(after, Signed::Form(&form));
    let token = text(&parts.headers, "i-twilio-idempotency-token");
    let token = token.map(|token| token.chars().take(128).collect());
    Ok(Asked { form, query, base, print: Some(print), token })
}

impl Asked {
    /// Notes that it was taken: 403 when it was taken before and is not Twilio's
    /// own repetition of a request whose answer was lost.
    pub async fn once(&self, site: &Site, kind: &str) -> Result<(), Refused> {
        let Some(hook) = self.hook(kind) else { return Ok(()) };
        let now = site.system_now();
        match hooks::take(&site.office, &hook, self.token.as_deref(), now).await? {
            Taken::First | Taken::Again => Ok(()),
            Taken::Replayed => {
                tracing::warn!(kind, "TWILIO_REPLAYED");
                Err(Refused::Problem(Problem::REPLAYED))
            }
        }
    }

    /// It could not be dealt with: Twilio may send it again.
    pub async fn give_back(&self, site: &Site, kind: &str) {
        if let Some(hook) = self.hook(kind) {
            hooks::give_back(&site.office, &hook).await;
        }
    }

    /// What came of it; when it could not be dealt with, Twilio may send it again.
    pub async fn settle<T>(
        &self,
        site: &Site,
        kind: &str,
        done: Result<T, Refused>,
    ) -> Result<T, Problem> {
        match done {
            Ok(done) => Ok(done),
            Err(Refused::Problem(problem)) => Err(problem),
            Err(refused) => {
                tracing::error!(kind, ?refused, "a webhook of Twilio could not be dealt with");
                self.give_back(site, kind).await;
                Err(Problem::INTERNAL)
            }
        }
    }

    fn hook<'a>(&'a self, kind: &'a str) -> Option<Hook<'a>> {
        let call = self.form.text("CallSid").filter(|call| call.len() <= 64);
        self.print.as_deref().map(|key| Hook { provider: PROVIDER, key, kind, call })
    }
}

/// Why a request that is Twilio's is not dealt with.
#[derive(Debug)]
pub enum Refused {
    /// By us.
    Problem(Problem),
    /// The database does not answer.
    Store(StoreError),
    /// We were not done in time.
    Late,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn refused(parts: &Parts, why: &str) -> Problem {
    tracing::warn!(why, path = parts.uri.path(), "TWILIO_REFUSED");
    Problem::BAD_SIGNATURE
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A form, or the JSON of the first documents.
fn unsigned_form(headers: &HeaderMap, raw: &Bytes) -> Option<Form> {
    let kind = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    match kind.starts_with("application/json") {
        true => unsigned(&serde_json::from_slice(raw).ok()?),
        false => Some(Form::decode(raw)),
    }
}

/// The account's tokens; in private that of the simulators too.
fn tokens(site: &Site, exposure: Exposure) -> Vec<SecretString> {
    let mut tokens = site.config.twilio.tokens.clone();
    let simulated = site.providers.account == Account::Simulated;
    if exposure == Exposure::Private && simulated {
        tokens.extend(site.providers.twilio.as_ref().map(|known| known.credentials.token.clone()));
    }
    tokens
}

/// Whoever signs with our token speaks for our account: a request that names
/// another is not meant for us.
fn is_ours(site: &Site, form: &Form) -> bool {
    let own = site.config.twilio.credentials.as_ref();
    let named = form.text("AccountSid");
    own.zip(named).is_none_or(|(own, named)| own.account.as_str() == named)
}

/// Where Twilio may have been told to reach us: the public address; as a trusted
/// proxy says; as the request itself says. Whoever signs knows a token, so that
/// nobody gains by naming another host.
fn bases(site: &Site, parts: &Parts) -> Vec<String> {
    let mut bases = vec![site.public_base.clone()];
    let host = parts.uri.host().or_else(|| text(&parts.headers, "host"));
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let trusted = &site.config.trusted_proxies;
    let proxied = peer.is_some_and(|peer| {
        client(&parts.headers, peer, trusted) != peer || trusted.iter().any(|n| n.contains(peer))
    });
    if proxied {
        let first = |name| text(&parts.headers, name).and_then(|all| all.split(',').next());
        let scheme = first("x-forwarded-proto").unwrap_or("https").trim();
        let named = first("x-forwarded-host").map(str::trim).or(host);
        bases.extend(named.map(|host| format!("{scheme}://{host}")));
    }
    bases.extend(host.map(|host| format!("http://{host}")));
    bases
}
