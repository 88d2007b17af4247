//! Is a webhook Meta's? HMAC-SHA256 over the raw body, in constant time.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Whether `header` (`X-Hub-Signature-256`) fits the body.
pub fn verify(secret: &SecretString, body: &[u8], header: &str) -> bool {
    let Some(hex) = header.trim().strip_prefix("sha256=") else { return false };
    let Ok(digest) = hex::decode(hex) else { return false };
    mac(secret, body).verify_slice(&digest).is_ok()
}

/// The header for a body, for the simulator.
pub fn sign(secret: &SecretString, body: &[u8]) -> String {
    format!("sha256={}", hex::encode(mac(secret, body).finalize().into_bytes()))
}

/// Whether the token that a verification presents is ours.
pub fn is_verify_token(ours: &SecretString, presented: &str) -> bool {
    ours.expose_secret().as_bytes().ct_eq(presented.as_bytes()).into()
}

fn mac(secret: &SecretString, body: &[u8]) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(body);
    mac
}
