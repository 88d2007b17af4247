//! Is a request Twilio's? HMAC-SHA1 over the public URL and the form's fields,
//! with any of the account's tokens, in constant time.
//!
//! Nothing in it is a time or used once: the same request sent again has the
//! same signature, and a caller who says "oui" twice at one URL makes two equal
//! requests. Who must tell a replay puts the turn into the URL of the next step
//! and refuses a step of a call that was taken already.

use super::form::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// What Twilio signed.
#[derive(Debug, Clone, Copy)]
pub enum Signed<'a> {
    /// A posted form.
    Form(&'a Form),
    /// A request without a form (`GET`): its fields are in the URL.
    Url,
    /// Any other body: its hash is in the URL (`bodySHA256`).
    Body(&'a [u8]),
}

/// Whether `signature` (the header `X-Twilio-Signature`) fits any of `tokens`.
///
/// `url` is the URL that Twilio was told to call, as the public sees it: scheme,
/// host, path and query; never what a proxy made of it. Both with and without
/// the default port it is accepted; the fragment does not count.
pub fn verify(tokens: &[SecretString], url: &str, signed: Signed<'_>, signature: &str) -> bool {
    if let Signed::Body(body) = signed
        && !hash_fits(url, body)
    {
        return false;
    }
    let Ok(digest) = STANDARD.decode(signature.trim()) else { return false };
    let texts = urls(url).map(|url| text(&url, signed));
    // Every token is tried, so that the time does not tell which one fits.
    tokens.iter().fold(false, |found, token| {
        texts.iter().fold(found, |found, text| found | mac_fits(token, text, &digest))
    })
}

/// The signature of a request, for the simulator.
pub fn sign(token: &SecretString, url: &str, signed: Signed<'_>) -> String {
    let mut mac = mac(token);
    mac.update(text(url, signed).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// What tells a request from every other: a hash of what is signed of it. The
/// same for all forms of a request that one signature fits.
pub fn fingerprint(url: &str, signed: Signed<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(text(url, signed).as_bytes());
    hash.update([0]);
    if let Signed::Body(body) = signed {
        hash.update(body);
    }
    hex::encode(hash.finalize())
}

fn mac(token: &SecretString) -> Hmac<Sha1> {
    let key = token.expose_secret().as_bytes();
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn mac_fits(token: &SecretString, text: &str, digest: &[u8]) -> bool {
    let mut mac = mac(token);
    mac.update(text.as_bytes());
    mac.verify_slice(digest).is_ok()
}

fn text(url: &str, signed: Signed<'_>) -> String {
    let mut text = url.split('#').next().unwrap_or_default().to_owned();
    if let Signed::Form(form) = signed {
        for (name, values) in form.sorted() {
            for value in values {
                text.push_str(name);
                text.push_str(value);
            }
        }
    }
    text
}

/// The URL with and without its default port.
fn urls(url: &str) -> [String; 2] {
    let url = url.split('#').next().unwrap_or_default();
    [without_port(url), with_port(url)].map(|other| other.unwrap_or_else(|| url.to_owned()))
}

fn with_port(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let port = parsed.port_or_known_default().filter(|_| !has_port)?;
    Some(format!("{scheme}://{host}:{port}{path}"))
}

fn without_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    Some(format!("{scheme}://{}{path}", host.strip_suffix(port)?))
}

fn hash_fits(url: &str, body: &[u8]) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let claimed = url.query_pairs().find(|(name, _)| name == "bodySHA256");
    let actual = hex::encode(Sha256::digest(body));
    claimed.is_some_and(|(_, claimed)| {
        let claimed = claimed.to_ascii_lowercase();
        bool::from(claimed.as_bytes().ct_eq(actual.as_bytes()))
    })
}
