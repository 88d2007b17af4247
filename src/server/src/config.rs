//! What the operator decided, read once from the environment and checked.
//!
//! [`VARIABLES`] lists every variable; [`Config::read`] is the only place that
//! reads them.

mod accounts;
mod network;
mod text;

pub use accounts::{ElevenLabsConfig, TwilioConfig, WhatsAppConfig};
pub use network::Network;

use desk::{HouseRules, UnknownDid};
use domain::id::TenantId;
use domain::message::sender::Sender;
use domain::phone::E164;
use domain::routing::TestRoute;
use jiff::Timestamp;
use reqwest::Url;
use secrecy::SecretString;
use std::net::{IpAddr, SocketAddr};
use text::{listed, number, on, url};

/// Looks a variable up; the process's environment outside of tests.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Every variable and what it is for, in the order of the README's table.
pub const VARIABLES: &[(&str, &str)] = &[
    ("UWI_LISTEN", "where the server listens (127.0.0.1:3000)"),
    ("DATABASE_URL", "sqlite://… or postgres://… (sqlite://data/uwi.db)"),
    ("WEBHOOK_BASE_URL", "the public address that providers call, https://…"),
    ("TEST_VOCAL_NUMBER", "the public test number (+33939240575)"),
    ("TEST_TENANT_ID", "the tenant it always reaches (1)"),
    ("DEFAULT_TENANT_ID", "who keeps calls to numbers that are nobody's (1)"),
    ("UWI_UNKNOWN_DID", "what happens to such calls: default or refuse"),
    ("ENCRYPTION_KEY", "32 characters or more; several by comma, the first encrypts"),
    ("STAFF_EMAILS", "who of ours may sign in, by comma"),
    ("SMTP_URL", "smtps://user:password@host:465"),
    ("MAIL_FROM", "the sender of our mails"),
    ("VAPI_API_KEY", "for requests to Vapi"),
    ("VAPI_WEBHOOK_SECRET", "what Vapi proves itself with; several by comma"),
    ("VAPI_BASE_URL", "another host in Vapi's place"),
    ("TWILIO_ACCOUNT_SID", "the Twilio account"),
    ("TWILIO_AUTH_TOKEN", "its token; regional ones by comma"),
    ("TWILIO_PHONE_NUMBER", "our number there"),
    ("TWILIO_BASE_URL", "another host in Twilio's place"),
    ("ELEVENLABS_API_KEY", "for requests to ElevenLabs"),
    ("ELEVENLABS_WEBHOOK_SECRET", "what ElevenLabs signs with"),
    ("ELEVENLABS_BASE_URL", "another host in ElevenLabs's place"),
    ("WHATSAPP_ACCESS_TOKEN", "for requests to WhatsApp"),
    ("WHATSAPP_PHONE_NUMBER_ID", "our number there"),
    ("WHATSAPP_APP_SECRET", "what WhatsApp signs with"),
    ("WHATSAPP_VERIFY_TOKEN", "what its verification presents"),
    ("WHATSAPP_BASE_URL", "another host in WhatsApp's place"),
    ("RETELL_API_KEY", "for requests to Retell"),
    ("RETELL_BASE_URL", "another host in Retell's place"),
    ("UWI_TRUSTED_PROXIES", "addresses or networks whose forwarding headers are believed"),
    ("UWI_SIMULATORS", "on: simulators may stand in for providers in public too"),
    ("UWI_LOG", "text or json"),
    ("UWI_CLOCK", "RFC 3339: the clock starts there and ticks; in private only"),
    ("USE_PG_EVENTS", "of an earlier system; see `uwi doctor`"),
    ("PG_EVENTS_URL", "of an earlier system; see `uwi doctor`"),
];

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The database's address; may hold a password.
    pub database: SecretString,
    /// The public address that providers call.
    pub base_url: Option<Url>,
    /// Rules of the product.
    pub rules: HouseRules,
    /// Keys for stored secrets; the first encrypts.
    pub encryption: Vec<SecretString>,
    /// The mail server and the sender.
    pub mail: Option<MailConfig>,
    /// Vapi.
    pub vapi: VapiConfig,
    /// Twilio.
    pub twilio: TwilioConfig,
    /// ElevenLabs.
    pub elevenlabs: ElevenLabsConfig,
    /// WhatsApp by Meta.
    pub whatsapp: WhatsAppConfig,
    /// The sender of text messages of the house.
    pub sender: Option<Sender>,
    /// Who may tell us the address of a client.
    pub trusted_proxies: Vec<Network>,
    /// Simulators in public.
    pub simulators: bool,
    /// How logs are written.
    pub log: LogFormat,
    /// Where the clock starts, when it is not the system's.
    pub clock: Option<Timestamp>,
    /// Variables that are set, by name: for `uwi doctor`.
    pub set: Vec<&'static str>,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `SMTP_URL`.
    pub url: SecretString,
    /// `MAIL_FROM`.
    pub from: String,
}

/// Vapi's part of the configuration.
#[derive(Debug, Clone, Default)]
pub struct VapiConfig {
    /// For requests to Vapi.
    pub api_key: Option<SecretString>,
    /// Any of them is accepted; the first is given to assistants.
    pub secrets: Vec<SecretString>,
    /// Another host in Vapi's place.
    pub base_url: Option<Url>,
}

/// `UWI_LOG`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// A variable whose value cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct ConfigError {
    /// Which.
    pub name: &'static str,
    /// What is wrong, without its value when that may be a secret.
    pub problem: String,
}

impl Config {
    /// Reads and checks everything; an empty variable counts as absent.
    pub fn read(env: Env<'_>) -> Result<Self, ConfigError> {
        let get = |name: &str| env(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let get: Env<'_> = &get;
        let listen = text::listen(get)?;
        let base_url = url(get, "WEBHOOK_BASE_URL")?;
        let house = House::new(listen.ip(), base_url.as_ref());
        let clock = clock(get, house)?;
        Ok(Self {
            listen,
            database: get("DATABASE_URL").unwrap_or_else(|| "sqlite://data/uwi.db".into()).into(),
            rules: rules(get, house)?,
            encryption: encryption(get)?,
            mail: mail(get)?,
            vapi: VapiConfig {
                api_key: get("VAPI_API_KEY").map(Into::into),
                secrets: secrets(get, "VAPI_WEBHOOK_SECRET"),
                base_url: url(get, "VAPI_BASE_URL")?,
            },
            twilio: accounts::twilio(get)?,
            elevenlabs: accounts::elevenlabs(get)?,
            whatsapp: accounts::whatsapp(get)?,
            sender: accounts::sender(get),
            trusted_proxies: network::networks(get)?,
            simulators: on(get, "UWI_SIMULATORS")?,
            log: log(get)?,
            clock,
            base_url,
            set: VARIABLES.iter().map(|(name, _)| *name).filter(|n| get(n).is_some()).collect(),
        })
    }

    /// Whether this process may treat anything as private at all.
    pub fn house(&self) -> House {
        House::new(self.listen.ip(), self.base_url.as_ref())
    }

    /// Where Vapi reaches us, without a trailing slash.
    pub fn public_base(&self) -> String {
        let own = format!("http://{}", self.listen);
        self.base_url.as_ref().map_or(own, |url| url.as_str().trim_end_matches('/').to_owned())
    }
}

/// Whether the process itself is private: the listener is loopback, and the
/// public address is absent or loopback. A request needs more, see
/// [`crate::http::exposure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum House {
    /// Nobody from outside can have been told to come here.
    Private,
    /// Anybody may come.
    Public,
}

impl House {
    fn new(listen: IpAddr, base_url: Option<&Url>) -> Self {
        let base = base_url.is_none_or(|url| is_loopback(url.host_str().unwrap_or_default()));
        if listen.is_loopback() && base { Self::Private } else { Self::Public }
    }
}

/// True for a host name or address that always means this machine.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let named =
        host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    named || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn rules(env: Env<'_>, house: House) -> Result<HouseRules, ConfigError> {
    let name = "TEST_VOCAL_NUMBER";
    let raw = env(name).unwrap_or_else(|| "+33939240575".into());
    let number = E164::parse(&raw, "FR").map_err(|e| error(name, e))?;
    let unknown_did = match env("UWI_UNKNOWN_DID").as_deref() {
        None | Some("default") => UnknownDid::Default,
        Some("refuse") => UnknownDid::Refuse,
        Some(_) => return Err(error("UWI_UNKNOWN_DID", "must be default or refuse")),
    };
    let mut staff = listed(env, "STAFF_EMAILS");
    staff.iter_mut().for_each(|address| *address = address.to_lowercase());
    if staff.is_empty() && house == House::Private {
        staff.push("staff@localhost".into());
    }
    Ok(HouseRules {
        test: TestRoute { number, tenant: tenant(env, "TEST_TENANT_ID")? },
        default_tenant: tenant(env, "DEFAULT_TENANT_ID")?,
        unknown_did,
        staff,
    })
}

fn tenant(env: Env<'_>, name: &'static str) -> Result<TenantId, ConfigError> {
    number(env, name, 1).map(TenantId)
}

fn encryption(env: Env<'_>) -> Result<Vec<SecretString>, ConfigError> {
    let name = "ENCRYPTION_KEY";
    let keys = listed(env, name);
    if keys.iter().any(|key| key.chars().count() < 32) {
        return Err(error(name, "each key needs 32 characters or more"));
    }
    Ok(keys.into_iter().map(Into::into).collect())
}

fn secrets(env: Env<'_>, name: &'static str) -> Vec<SecretString> {
    listed(env, name).into_iter().map(Into::into).collect()
}

fn mail(env: Env<'_>) -> Result<Option<MailConfig>, ConfigError> {
    match (env("SMTP_URL"), env("MAIL_FROM")) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(error("MAIL_FROM", "is needed when SMTP_URL is set")),
        (Some(url), Some(from)) => Ok(Some(MailConfig { url: url.into(), from })),
    }
}

fn log(env: Env<'_>) -> Result<LogFormat, ConfigError> {
    match env("UWI_LOG").as_deref() {
        None | Some("text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(_) => Err(error("UWI_LOG", "must be text or json")),
    }
}

fn clock(env: Env<'_>, house: House) -> Result<Option<Timestamp>, ConfigError> {
    let name = "UWI_CLOCK";
    // In public it is ignored; `uwi serve` and `uwi doctor` say so.
    let Some(raw) = env(name).filter(|_| house == House::Private) else { return Ok(None) };
    let clock = raw.parse().map_err(|_| error(name, "must be RFC 3339, 2026-11-23T09:00:00+01:00"));
    clock.map(Some)
}

fn error(name: &'static str, problem: impl ToString) -> ConfigError {
    ConfigError { name, problem: problem.to_string() }
}

#[cfg(test)]
mod tests;
