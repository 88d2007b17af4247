//! Is a request Vapi's? Three modes, any configured secret, constant time:
//! the `X-Vapi-Secret` header, a bearer token, or an HMAC over the raw body.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq as _;

/// How far a signed timestamp may lie from the system clock, in seconds.
pub const FRESHNESS_SECONDS: i64 = 300;

/// What a request presents, borrowed from its headers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Presented<'a> {
    /// `X-Vapi-Secret`.
    pub secret: Option<&'a str>,
    /// `Authorization`, with or without `Bearer`.
    pub authorization: Option<&'a str>,
    /// `x-signature` or `x-vapi-signature`, with or without a prefix such as `sha256=`.
    pub signature: Option<&'a str>,
    /// `x-timestamp` or `x-vapi-timestamp`, seconds or milliseconds.
    pub timestamp: Option<&'a str>,
    /// The request's method.
    pub method: &'a str,
    /// The public URL that Vapi was told to call.
    pub url: &'a str,
}

/// Why a request is not taken for Vapi's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It presents nothing.
    #[error("no secret and no signature")]
    Missing,
    /// What it presents is wrong.
    #[error("wrong secret or signature")]
    Wrong,
    /// Its timestamp is too far from now, or unreadable.
    #[error("signature timestamp is not fresh")]
    Stale,
}

/// Accepts a request when anything it presents fits any of the secrets.
/// `now` is the system clock, never the business clock.
pub fn verify(
    secrets: &[SecretString],
    presented: &Presented<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    if shared_secret(secrets, presented) {
        return Ok(());
    }
    if let Some(signature) = presented.signature {
        return signed(secrets, presented, signature, body, now);
    }
    let anything = presented.secret.is_some() || presented.authorization.is_some();
    Err(if anything { Refused::Wrong } else { Refused::Missing })
}

fn shared_secret(secrets: &[SecretString], presented: &Presented<'_>) -> bool {
    let bearer = presented.authorization.map(without_bearer);
    [presented.secret.map(str::trim), bearer].into_iter().flatten().any(|value| {
        // Every secret is compared, so that the time does not tell which one fits.
        secrets.iter().fold(false, |found, secret| {
            found | bool::from(secret.expose_secret().as_bytes().ct_eq(value.as_bytes()))
        })
    })
}

fn without_bearer(header: &str) -> &str {
    let header = header.trim();
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => header,
    }
}

fn signed(
    secrets: &[SecretString],
    presented: &Presented<'_>,
    signature: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    if let Some(timestamp) = presented.timestamp
        && !is_fresh(timestamp, now)
    {
        return Err(Refused::Stale);
    }
    let candidates = decoded(signature);
    let payloads = payloads(presented, body);
    let fits = secrets.iter().any(|secret| {
        let key = secret.expose_secret().as_bytes();
        payloads.iter().any(|parts| candidates.iter().any(|digest| mac_fits(key, parts, digest)))
    });
    if fits { Ok(()) } else { Err(Refused::Wrong) }
}

/// Seconds or milliseconds: the unit is not documented, so the size tells.
fn is_fresh(timestamp: &str, now: Timestamp) -> bool {
    let Ok(number) = timestamp.trim().parse::<i64>() else { return false };
    let seconds = if number.unsigned_abs() >= 100_000_000_000 { number / 1000 } else { number };
    now.as_second().abs_diff(seconds) <= FRESHNESS_SECONDS.unsigned_abs()
}

/// The signed texts of the documented formats, as parts to be hashed in order.
/// With a timestamp the one over the body alone is accepted too: the format is
/// the tenant's choice, and the timestamp's freshness was checked.
fn payloads<'a>(presented: &Presented<'a>, body: &'a [u8]) -> Vec<Vec<&'a [u8]>> {
    let mut formats = vec![vec![body]];
    if let Some(timestamp) = presented.timestamp {
        let timestamp = timestamp.trim().as_bytes();
        formats.push(vec![timestamp, b".", body]);
        let (method, url) = (presented.method.as_bytes(), presented.url.as_bytes());
        formats.push(vec![method, b".", url, b".", timestamp, b".", body]);
    }
    formats
}

/// The digests a header can mean: hex or base64, with or without a prefix.
fn decoded(header: &str) -> Vec<Vec<u8>> {
    let header = header.trim();
    let unprefixed = header.split_once(['=', ',']).map(|(_, rest)| rest);
    [Some(header), unprefixed]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty() && text.len() <= 256)
        .flat_map(|text| {
            let base64 = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text));
            [hex::decode(text).ok(), base64.ok()]
        })
        .flatten()
        .collect()
}

fn mac_fits(key: &[u8], parts: &[&[u8]], digest: &[u8]) -> bool {
    macro_rules! fits {
        ($hash:ty) => {
            Hmac::<$hash>::new_from_slice(key).is_ok_and(|mut mac| {
                parts.iter().for_each(|part| mac.update(part));
                mac.verify_slice(digest).is_ok()
            })
        };
    }
    match digest.len() {
        20 => fits!(Sha1),
        32 => fits!(Sha256),
        64 => fits!(Sha512),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
