//! Sessions of browsers: kept by the hash of their cookie, listed, ended.

use crate::office::Office;
use crate::sign_in::{Email, hash};
use jiff::Timestamp;
use store::StoreError;
use store::identity::sessions::{self, Listed, Saved};

/// What is kept of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Who is signed in.
    pub email: Option<Email>,
    /// The session's own data, JSON.
    pub data: String,
    /// The browser, shortened.
    pub agent: Option<String>,
    /// The address, shortened.
    pub network: Option<String>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A session in a person's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Names it without opening it.
    pub handle: String,
    /// The browser, shortened.
    pub agent: Option<String>,
    /// The address, shortened.
    pub network: Option<String>,
    /// When somebody signed in.
    pub since: Timestamp,
    /// When it was last used, to within some minutes.
    pub last_seen: Timestamp,
}

/// What names a session whose cookie has this value.
pub fn handle(cookie: &str) -> String {
    hash(cookie)
}

/// Keeps a new session.
pub async fn create(office: &Office, cookie: &str, kept: &Kept) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let id = hash(cookie);
    let mut tx = office.db.begin_directory().await?;
    sessions::sweep(&mut tx, now).await?;
    sessions::save(&mut tx, &saved(&id, kept), now).await?;
    tx.commit().await
}

/// Keeps changes of a session that still exists: one that was ended from
/// another browser does not come back.
pub async fn update(office: &Office, cookie: &str, kept: &Kept) -> Result<(), StoreError> {
    let id = hash(cookie);
    let mut tx = office.db.begin_directory().await?;
    sessions::update(&mut tx, &saved(&id, kept), office.world.clock.now()).await?;
    tx.commit().await
}

fn saved<'a>(id: &'a str, kept: &'a Kept) -> Saved<'a> {
    Saved {
        id_hash: id,
        email: kept.email.as_ref().map(Email::as_str),
        data: &kept.data,
        agent: kept.agent.as_deref(),
        network: kept.network.as_deref(),
        expires_at: kept.expires_at.as_millisecond(),
    }
}

/// A session's data and its end, unless it has ended.
pub async fn find(
    office: &Office,
    cookie: &str,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let mut reader = office.db.read_directory().await?;
    let found = sessions::find(&mut reader, &hash(cookie), office.world.clock.now()).await?;
    Ok(found.map(|(data, ends)| (data, instant(ends))))
}

/// Ends a session.
pub async fn end(office: &Office, cookie: &str) -> Result<(), StoreError> {
    let mut tx = office.db.begin_directory().await?;
    sessions::remove(&mut tx, &hash(cookie)).await?;
    tx.commit().await
}

/// The sessions of a person, last used first.
pub async fn list(office: &Office, email: &Email) -> Result<Vec<Shown>, StoreError> {
    let mut reader = office.db.read_directory().await?;
    let now = office.world.clock.now();
    let found = sessions::of_email(&mut reader, email.as_str(), now).await?;
    Ok(found.into_iter().map(shown).collect())
}

fn shown(listed: Listed) -> Shown {
    Shown {
        handle: listed.id_hash,
        agent: listed.agent,
        network: listed.network,
        since: instant(listed.created_at),
        last_seen: instant(listed.last_seen_at),
    }
}

/// Ends one session of this person; false when they have no such session.
pub async fn end_own(office: &Office, email: &Email, handle: &str) -> Result<bool, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let ended = sessions::remove_own(&mut tx, email.as_str(), handle).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends every session of this person but the one whose handle is given.
pub async fn end_others(office: &Office, email: &Email, keep: &str) -> Result<u64, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let ended = sessions::remove_others(&mut tx, email.as_str(), keep).await?;
    tx.commit().await?;
    Ok(ended)
}

/// A stored instant; one that no calendar has becomes the first one.
pub(crate) fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
