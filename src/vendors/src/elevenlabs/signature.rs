//! Is a report ElevenLabs'? `ElevenLabs-Signature: t=…,v0=…`, an HMAC-SHA256
//! over time and raw body, with any of the secrets, in constant time.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// How old a signature may be, in seconds.
pub const MAX_AGE_SECONDS: i64 = 1800;

/// How far it may lie in the future: clocks differ a little.
const MAX_AHEAD_SECONDS: i64 = 300;

/// Why a report is not taken for ElevenLabs'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The header is absent or not one.
    #[error("no signature")]
    Missing,
    /// It does not fit the body and any secret.
    #[error("wrong signature")]
    Wrong,
    /// Its time is too far from now.
    #[error("signature timestamp is not fresh")]
    Stale,
}

/// Accepts a report whose header fits the raw body and any of the secrets.
/// `now` is the system clock, never the business clock.
pub fn verify(
    secrets: &[SecretString],
    header: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    let (time, digests) = header.and_then(parts).ok_or(Refused::Missing)?;
    let fits = secrets.iter().fold(false, |found, secret| {
        let fits = |digest: &Vec<u8>| mac(secret, time, body).verify_slice(digest).is_ok();
        found | digests.iter().any(fits)
    });
    if !fits {
        return Err(Refused::Wrong);
    }
    let age = time.parse::<i64>().ok().and_then(|t| now.as_second().checked_sub(t));
    match age {
        Some(age) if (-MAX_AHEAD_SECONDS..=MAX_AGE_SECONDS).contains(&age) => Ok(()),
        _ => Err(Refused::Stale),
    }
}

/// The header of a report, for the simulator.
pub fn sign(secret: &SecretString, at: Timestamp, body: &[u8]) -> String {
    let time = at.as_second().to_string();
    let digest = mac(secret, &time, body).finalize().into_bytes();
    format!("t={time},v0={}", hex::encode(digest))
}

fn mac(secret: &SecretString, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// The time and the digests; more than one during a rotation of the secret.
fn parts(header: &str) -> Option<(&str, Vec<Vec<u8>>)> {
    let field = |name: &'static str| {
        header.split(',').take(8).filter_map(move |part| part.trim().strip_prefix(name))
    };
    let time = field("t=").next()?;
    let digests: Vec<_> = field("v0=").filter_map(|digest| hex::decode(digest).ok()).collect();
    (!digests.is_empty()).then_some((time, digests))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn vectors(kind: &str) -> Vec<Value> {
        let file = include_str!("../../tests/fixtures/elevenlabs/signature-vectors.json");
        let file: Value = serde_json::from_str(file).unwrap();
        file[kind].as_array().unwrap().clone()
    }

    fn check(vector: &Value, secret: &str, body: &str, at: i64) -> Result<(), Refused> {
        let secrets = [SecretString::from("older"), SecretString::from(secret)];
        let now = Timestamp::from_second(at).unwrap();
        verify(&secrets, vector["header"].as_str(), body.as_bytes(), now)
    }

    #[test]
    fn every_vector_is_accepted_and_no_altered_one() {
        for vector in vectors("vectors") {
            let text = |name: &str| vector[name].as_str().unwrap();
            let (secret, body) = (text("secret"), text("body"));
            let at = vector["timestamp"].as_i64().unwrap();
            assert_eq!(check(&vector, secret, body, at + 60), Ok(()));
            assert_eq!(check(&vector, "other", body, at), Err(Refused::Wrong));
            assert_eq!(check(&vector, secret, &format!("{body} "), at), Err(Refused::Wrong));
            assert_eq!(check(&vector, secret, body, at - 301), Err(Refused::Stale));
            let at = Timestamp::from_second(at).unwrap();
            assert_eq!(sign(&secret.into(), at, body.as_bytes()), text("header"));
        }
    }

    #[test]
    fn an_old_report_is_not_fresh() {
        for vector in vectors("negative") {
            let (secret, body) = (vector["secret"].as_str(), vector["body"].as_str());
            let at = vector["verifyAt"].as_i64().unwrap();
            assert_eq!(check(&vector, secret.unwrap(), body.unwrap(), at), Err(Refused::Stale));
        }
    }

    #[test]
    fn what_is_no_header_is_missing() {
        for header in [None, Some(""), Some("t=1"), Some("v0=00"), Some("t=1,v0=xyz")] {
            let refused = verify(&[], header, b"", Timestamp::UNIX_EPOCH);
            assert_eq!(refused, Err(Refused::Missing), "{header:?}");
        }
    }
}
