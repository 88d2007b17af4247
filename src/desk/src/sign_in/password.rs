//! Passwords, for those who want one: argon2id, checked away from the threads
//! that answer calls.

use super::limits::{self, Asked};
use super::{Email, Entered, entered};
use crate::office::Office;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::sync::LazyLock;
use store::StoreError;
use store::identity::passwords;

/// The shortest password, in characters.
pub const SHORTEST: usize = 10;
/// The longest password, in bytes.
pub const LONGEST: usize = 256;

/// What became of a password that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is right.
    In(Entered),
    /// It is wrong, or the address has none, or may open nothing.
    Wrong,
    /// Too many wrong ones lately.
    TooMany,
}

/// Why a password is not accepted as a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Under [`SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// Over [`LONGEST`] bytes.
    #[error("too long")]
    TooLong,
    /// It is the address, or one character again and again.
    #[error("too easy")]
    TooEasy,
}

/// What an unknown address is checked against, so that it takes the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    Argon2::default()
        .hash_password_with_salt(b"nobody has this password", b"sixteen bytes ok")
        .map_or_else(|_| String::new(), |hash| hash.to_string())
});

/// Signs in by password.
pub async fn password_login(
    office: &Office,
    email: &Email,
    password: String,
    network: &str,
) -> Result<Tried, StoreError> {
    let now = office.world.clock.now();
    let mut tx = office.db.begin_directory().await?;
    let asked = limits::note_password(&mut tx, email, network, now).await?;
    tx.commit().await?;
    if asked != Asked::Taken {
        return Ok(Tried::TooMany);
    }
    let stored = passwords::find(&mut office.db.read_directory().await?, email.as_str()).await?;
    let known = stored.is_some();
    let matches = verify(stored.unwrap_or_else(|| NOBODY.clone()), password).await;
    if !(known && matches) {
        return Ok(Tried::Wrong);
    }
    let entered = entered(office, email.clone(), None).await?;
    Ok(entered.map_or(Tried::Wrong, Tried::In))
}

/// Says whether a text may be a new password of this address.
pub fn check(email: &Email, password: &str) -> Result<(), Unfit> {
    let mut letters = password.chars();
    let first = letters.next();
    if password.chars().count() < SHORTEST {
        Err(Unfit::TooShort)
    } else if password.len() > LONGEST {
        Err(Unfit::TooLong)
    } else if password.eq_ignore_ascii_case(email.as_str()) || letters.all(|c| Some(c) == first) {
        Err(Unfit::TooEasy)
    } else {
        Ok(())
    }
}

/// Sets a new password that [`check`] has accepted.
pub async fn set(office: &Office, email: &Email, password: String) -> Result<(), StoreError> {
    let salt = office.world.ids.bytes::<16>();
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
    })
    .await;
    let Ok(Ok(phc)) = hashed else {
        return Err(StoreError::Unavailable("the password could not be hashed".to_owned()));
    };
    let mut tx = office.db.begin_directory().await?;
    passwords::put(&mut tx, email.as_str(), &phc, office.world.clock.now()).await?;
    tx.commit().await
}

/// Removes the password; links remain.
pub async fn remove(office: &Office, email: &Email) -> Result<(), StoreError> {
    let mut tx = office.db.begin_directory().await?;
    passwords::remove(&mut tx, email.as_str()).await?;
    tx.commit().await
}

/// True when the address has a password.
pub async fn exists(office: &Office, email: &Email) -> Result<bool, StoreError> {
    let mut reader = office.db.read_directory().await?;
    Ok(passwords::find(&mut reader, email.as_str()).await?.is_some())
}

async fn verify(phc: String, password: String) -> bool {
    let check = move || {
        let Ok(hash) = PasswordHash::new(&phc) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}
