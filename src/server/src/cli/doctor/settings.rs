//! What the configuration says, without the database.

use super::Check;
use crate::config::{Config, House};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use vendors::mail::Mailer;

/// Every check of the configuration.
pub(super) async fn checks(config: &Config) -> Vec<Check> {
    let mut checks = vec![
        house(config),
        vapi(config),
        mail(config),
        staff(config),
        encryption(config),
        clock(config),
    ];
    checks.extend(earlier_system(config));
    checks.extend(reachable(config).await);
    checks.extend(channels(config));
    checks
}

fn house(config: &Config) -> Check {
    let name = "exposure";
    match (config.house(), &config.base_url) {
        (House::Private, _) => Check::note(
            name,
            "private: only this machine is served",
            "for calls from Vapi, set WEBHOOK_BASE_URL to the public https address",
        ),
        (House::Public, None) => Check::wrong(
            name,
            format!("public on {}, and WEBHOOK_BASE_URL is not set", config.listen),
            "set WEBHOOK_BASE_URL to the address that Vapi calls: assistants are told that address",
        ),
        (House::Public, Some(url)) if url.scheme() == "http" => Check::wrong(
            name,
            format!("public at {url}, without TLS"),
            "put a proxy with a certificate in front and use https: secrets travel in headers",
        ),
        (House::Public, Some(url)) => Check::ok(name, format!("public at {url}")),
    }
}

fn vapi(config: &Config) -> Check {
    let name = "vapi-secret";
    match (config.vapi.secrets.first(), config.house()) {
        (Some(first), _) if first.expose_secret().len() < 16 => Check::wrong(
            name,
            "VAPI_WEBHOOK_SECRET is shorter than 16 characters",
            "use a long random one, and the same in Vapi (X-Vapi-Secret, bearer or HMAC credential)",
        ),
        (Some(_), _) => Check::ok(name, "VAPI_WEBHOOK_SECRET is set"),
        (None, House::Private) => {
            Check::note(name, "VAPI_WEBHOOK_SECRET is not set", "needed as soon as you are public")
        }
        (None, House::Public) => Check::wrong(
            name,
            "VAPI_WEBHOOK_SECRET is not set: Vapi gets 503 VAPI_NOT_CONFIGURED",
            "set it here, and in Vapi on the phone number's or organisation's server",
        ),
    }
}

fn mail(config: &Config) -> Check {
    let name = "mail";
    match (&config.mail, config.house()) {
        (Some(mail), _) => match Mailer::new(&mail.url, &mail.from) {
            Ok(_) => Check::ok(name, format!("sign-in links are sent from {}", mail.from)),
            Err(error) => Check::wrong(name, error.to_string(), "correct SMTP_URL and MAIL_FROM"),
        },
        (None, House::Private) => {
            Check::note(name, "not configured: the sign-in link is printed at the start", "")
        }
        (None, House::Public) => Check::wrong(
            name,
            "not configured: nobody can ask for a sign-in link",
            "set SMTP_URL and MAIL_FROM; until then use `uwi login-link EMAIL`",
        ),
    }
}

fn staff(config: &Config) -> Check {
    let name = "staff";
    match config.rules.staff.len() {
        0 => Check::wrong(
            name,
            "STAFF_EMAILS is empty: nobody can open the test tenant",
            "set STAFF_EMAILS to the addresses of your people",
        ),
        many => Check::ok(name, format!("{many} may open the test tenant")),
    }
}

fn encryption(config: &Config) -> Check {
    let name = "encryption-key";
    match config.encryption.len() {
        0 => Check::note(
            name,
            "ENCRYPTION_KEY is not set",
            "needed before a tenant's own provider secrets are stored: 32 characters or more",
        ),
        many => Check::ok(name, format!("{many} set, the first encrypts")),
    }
}

fn clock(config: &Config) -> Check {
    match config.clock {
        None if config.set.contains(&"UWI_CLOCK") => {
            Check::wrong("clock", "UWI_CLOCK is set and ignored: we are public", "remove it")
        }
        None => Check::ok("clock", "the machine's"),
        Some(start) => {
            Check::note("clock", format!("starts at {start}"), "remove UWI_CLOCK for real use")
        }
    }
}

/// What the earlier system needed, and why it is not needed here: it could
/// write events to one database and read them from another.
fn earlier_system(config: &Config) -> Vec<Check> {
    let postgres = config.database.expose_secret().starts_with("postgres");
    let set = |name: &str| config.set.contains(&name);
    let mut checks = Vec::new();
    if set("USE_PG_EVENTS") && !postgres {
        checks.push(Check::wrong(
            "same-database",
            "USE_PG_EVENTS asks for Postgres, and DATABASE_URL is SQLite",
            "set DATABASE_URL to the Postgres address and remove USE_PG_EVENTS",
        ));
    }
    if set("PG_EVENTS_URL") {
        checks.push(Check::wrong(
            "same-database",
            "PG_EVENTS_URL is set and not used",
            "remove it: events are written to and read from DATABASE_URL only",
        ));
    }
    if checks.is_empty() {
        let engine = if postgres { "Postgres" } else { "SQLite" };
        let found = format!("DATABASE_URL ({engine}) is written to and read from");
        checks.push(Check::ok("same-database", found));
    }
    checks
}

/// Does the public address lead here?
async fn reachable(config: &Config) -> Option<Check> {
    let name = "public-address";
    let base = config.base_url.as_ref().filter(|_| config.house() == House::Public)?;
    let client = super::super::http_client(Duration::from_secs(5)).ok()?;
    let url = format!("{}/health/live", base.as_str().trim_end_matches('/'));
    let remedy = "start `uwi`, and check the name, the certificate and the proxy";
    Some(match client.get(&url).send().await {
        Ok(answer) if answer.status().is_success() => Check::ok(name, format!("{url} answers")),
        Ok(answer) => Check::wrong(name, format!("{url} answers {}", answer.status()), remedy),
        Err(_) => Check::wrong(name, format!("{url} does not answer"), remedy),
    })
}

/// Channels of later use: configured or not, never half.
fn channels(config: &Config) -> Vec<Check> {
    const CHANNELS: [(&str, &[&str]); 4] = [
        ("twilio", &["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]),
        ("elevenlabs", &["ELEVENLABS_API_KEY", "ELEVENLABS_WEBHOOK_SECRET"]),
        (
            "whatsapp",
            &[
                "WHATSAPP_ACCESS_TOKEN",
                "WHATSAPP_PHONE_NUMBER_ID",
                "WHATSAPP_APP_SECRET",
                "WHATSAPP_VERIFY_TOKEN",
            ],
        ),
        ("retell", &["RETELL_API_KEY"]),
    ];
    let set = |name: &&&str| config.set.contains(*name);
    let check = |(channel, needed): (&'static str, &[&'static str])| {
        let missing: Vec<_> = needed.iter().filter(|name| !set(name)).copied().collect();
        match missing.len() {
            0 => Check::ok(channel, "configured"),
            all if all == needed.len() => Check::note(channel, "not configured", ""),
            _ => Check::wrong(
                channel,
                "half configured",
                format!("set {} too, or remove the rest", missing.join(", ")),
            ),
        }
    };
    CHANNELS.into_iter().map(check).collect()
}
