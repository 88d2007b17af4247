//! From text to values.

use super::{ConfigError, Env, error};
use reqwest::Url;
use std::net::SocketAddr;

/// `UWI_LISTEN`: an address and port; `localhost` is this machine.
pub(super) fn listen(env: Env<'_>) -> Result<SocketAddr, ConfigError> {
    let raw = env("UWI_LISTEN").unwrap_or_else(|| "127.0.0.1:3000".into());
    let raw = raw.replace("localhost:", "127.0.0.1:");
    raw.parse().map_err(|_| error("UWI_LISTEN", "must be an address and a port, 127.0.0.1:3000"))
}

/// An `http` or `https` address.
pub(super) fn url(env: Env<'_>, name: &'static str) -> Result<Option<Url>, ConfigError> {
    let Some(raw) = env(name) else { return Ok(None) };
    let url = Url::parse(&raw).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(Some).ok_or_else(|| error(name, "must be an address, https://example.fr"))
}

/// A whole number.
pub(super) fn number(env: Env<'_>, name: &'static str, default: i64) -> Result<i64, ConfigError> {
    let Some(raw) = env(name) else { return Ok(default) };
    let number = raw.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| error(name, "must be a positive whole number"))
}

/// On or off; off when absent.
pub(super) fn on(env: Env<'_>, name: &'static str) -> Result<bool, ConfigError> {
    match env(name).map(|value| value.to_lowercase()).as_deref() {
        None | Some("off" | "0" | "false" | "no") => Ok(false),
        Some("on" | "1" | "true" | "yes") => Ok(true),
        Some(_) => Err(error(name, "must be on or off")),
    }
}

/// A list separated by commas.
pub(super) fn listed(env: Env<'_>, name: &str) -> Vec<String> {
    let raw = env(name).unwrap_or_default();
    raw.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
