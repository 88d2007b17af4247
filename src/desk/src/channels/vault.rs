//! Secrets at rest: sealed with XChaCha20-Poly1305, bound to their tenant and
//! channel, by the first key; opened by whichever key sealed them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use domain::channel::Kind;
use domain::id::TenantId;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The form of a sealed text.
const FORM: &str = "v1";
/// Bytes of a nonce.
const NONCE: usize = 24;

/// The keys of `ENCRYPTION_KEY`; the first seals.
#[derive(Clone, Default)]
pub struct Vault(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
    links: [u8; 32],
}

/// The secrets of a channel, by name.
pub type Secrets = BTreeMap<String, SecretString>;

/// Why secrets cannot be sealed or opened. Nothing is stored or used then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no key at all.
    #[error("ENCRYPTION_KEY is not set")]
    NoKey,
    /// They were sealed with a key that is not given any more.
    #[error("the key that sealed the secrets is not in ENCRYPTION_KEY")]
    OtherKey,
    /// They are not what was sealed, or for somebody else.
    #[error("the sealed secrets are damaged")]
    Damaged,
}

impl VaultError {
    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoKey => "key_missing",
            Self::OtherKey => "key_wrong",
            Self::Damaged => "secrets_damaged",
        }
    }
}

/// A digest of a key for one use.
fn derive(key: &SecretString, what: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(what.as_bytes());
    hash.update([0]);
    hash.update(key.expose_secret().as_bytes());
    hash.finalize().into()
}

impl Vault {
    /// A vault of these keys; none: it is shut.
    pub fn new(keys: &[SecretString]) -> Self {
        let key = |key: &SecretString| Key {
            id: hex::encode(&derive(key, "uwi key id")[..4]),
            cipher: XChaCha20Poly1305::new(&derive(key, "uwi channel secrets").into()),
            links: derive(key, "uwi links"),
        };
        Self(keys.iter().map(key).collect())
    }

    /// True when nothing can be sealed.
    pub fn is_shut(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the key that seals.
    pub fn key_id(&self) -> Option<&str> {
        self.0.first().map(|key| key.id.as_str())
    }

    /// The keys that sign links; the first signs.
    pub(crate) fn link_keys(&self) -> impl Iterator<Item = &[u8; 32]> {
        self.0.iter().map(|key| &key.links)
    }

    /// Seals secrets for a channel of a tenant; `nonce` is used once.
    pub fn seal(
        &self,
        place: (TenantId, Kind),
        secrets: &Secrets,
        nonce: [u8; NONCE],
    ) -> Result<String, VaultError> {
        let key = self.0.first().ok_or(VaultError::NoKey)?;
        let plain: BTreeMap<&str, &str> =
            secrets.iter().map(|(name, value)| (name.as_str(), value.expose_secret())).collect();
        let plain = serde_json::to_vec(&plain).expect("texts by name are JSON");
        let bound = bound_to(place);
        let payload = Payload { msg: &plain, aad: bound.as_bytes() };
        let sealed = key.cipher.encrypt(&nonce.into(), payload).map_err(|_| VaultError::Damaged)?;
        let text = URL_SAFE_NO_PAD.encode([&nonce[..], &sealed[..]].concat());
        Ok(format!("{FORM}.{}.{text}", key.id))
    }

    /// Opens what was sealed for that channel of that tenant, and nothing else.
    pub fn open(&self, place: (TenantId, Kind), sealed: &str) -> Result<Secrets, VaultError> {
        if self.is_shut() {
            return Err(VaultError::NoKey);
        }
        let mut parts = sealed.splitn(3, '.');
        let (form, id, text) = (parts.next(), parts.next(), parts.next());
        if form != Some(FORM) {
            return Err(VaultError::Damaged);
        }
        let key = self.0.iter().find(|key| Some(key.id.as_str()) == id);
        let key = key.ok_or(VaultError::OtherKey)?;
        let bytes = URL_SAFE_NO_PAD.decode(text.unwrap_or_default());
        let bytes = bytes.map_err(|_| VaultError::Damaged)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(VaultError::Damaged)?;
        let bound = bound_to(place);
        let payload = Payload { msg: sealed, aad: bound.as_bytes() };
        let plain = key.cipher.decrypt(&(*nonce).into(), payload);
        let plain = plain.map_err(|_| VaultError::Damaged)?;
        let secrets: BTreeMap<String, String> =
            serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)?;
        Ok(secrets.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

fn bound_to((tenant, kind): (TenantId, Kind)) -> String {
    format!("uwi channel secrets of {tenant} for {}", kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: (TenantId, Kind) = (TenantId(7), Kind::Email);

    fn vault(keys: &[&str]) -> Vault {
        Vault::new(&keys.iter().map(|key| SecretString::from(*key)).collect::<Vec<_>>())
    }

    fn sealed(vault: &Vault) -> String {
        let secrets = [("password".to_owned(), SecretString::from("sésame"))].into();
        vault.seal(PLACE, &secrets, [9; NONCE]).unwrap()
    }

    fn opened(vault: &Vault, place: (TenantId, Kind), text: &str) -> Result<String, VaultError> {
        vault.open(place, text).map(|secrets| secrets["password"].expose_secret().to_owned())
    }

    #[test]
    fn what_is_sealed_is_opened_in_its_place_only() {
        let vault = vault(&["une clé d’essai assez longue pour cela"]);
        let text = sealed(&vault);
        assert!(!text.contains("sésame"));
        assert_eq!(opened(&vault, PLACE, &text).as_deref(), Ok("sésame"));
        for other in [(TenantId(8), Kind::Email), (TenantId(7), Kind::WhatsApp)] {
            assert_eq!(opened(&vault, other, &text), Err(VaultError::Damaged));
        }
        let mut bent = text.clone();
        bent.replace_range(text.len() - 5..text.len() - 4, "_");
        assert_eq!(opened(&vault, PLACE, &bent), Err(VaultError::Damaged));
        for text in ["", "v1", "v1.x", "v2.a.b", "v1..", "sésame"] {
            assert!(opened(&vault, PLACE, text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys_are_changed_without_losing_what_they_sealed() {
        let old = vault(&["la première clé, assez longue pour cela"]);
        let both = vault(&[
            "la seconde clé, assez longue pour cela",
            "la première clé, assez longue pour cela",
        ]);
        let new = vault(&["la seconde clé, assez longue pour cela"]);
        let text = sealed(&old);
        assert_eq!(opened(&both, PLACE, &text).as_deref(), Ok("sésame"));
        assert_eq!(opened(&new, PLACE, &text), Err(VaultError::OtherKey));
        assert_eq!(opened(&Vault::default(), PLACE, &text), Err(VaultError::NoKey));
        assert_eq!(opened(&new, PLACE, &sealed(&both)).as_deref(), Ok("sésame"));
    }
}
