//! Passwords of those who want one, as argon2id PHC strings.

use crate::{Reader, StoreError, Tx};
use jiff::Timestamp;

/// The stored hash.
pub async fn find(reader: &mut Reader, email: &str) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT phc FROM passwords WHERE email = $1";
    Ok(fetch_optional!(reader, SQL => (String,), email)?.map(|(phc,)| phc))
}

/// Sets or replaces it.
pub async fn put(tx: &mut Tx, email: &str, phc: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO passwords (email, phc, updated_at) VALUES ($1, $2, $3) \
        ON CONFLICT (email) DO UPDATE SET phc = excluded.phc, updated_at = excluded.updated_at";
    execute!(tx, SQL, email, phc, now.as_millisecond())?;
    Ok(())
}

/// Removes it; signing in by link remains.
pub async fn remove(tx: &mut Tx, email: &str) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM passwords WHERE email = $1", email)?;
    Ok(())
}
