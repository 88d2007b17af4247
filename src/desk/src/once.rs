//! Requests that spend money are carried out once per key: the same key and
//! the same request get the same answer.

use crate::office::Desk;
use crate::outbox::after;
use crate::sign_in::hash;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use store::StoreError;
use store::idempotency::{self, NewKey};
use uuid::Uuid;

/// How long a request may take before somebody else may go on with it.
const HOLD: SignedDuration = SignedDuration::from_mins(3);
/// Shorter keys could be guessed: no secret is made from them.
const SECRET_KEY: usize = 16;

/// A key as a client gives it, and where.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The client's text, 1 to 255 printable characters.
    pub text: &'a str,
    /// The endpoint.
    pub at: &'a str,
    /// What is asked: the body.
    pub request: &'a str,
}

/// What is to be done with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// Carry it out; what it makes bears this id. Then [`Desk::answered`].
    Go(Uuid),
    /// It was carried out: this was answered, and that id made.
    Done(u16, String, Uuid),
    /// The key was used for something else.
    Other,
    /// Somebody is carrying it out.
    Running,
}

impl Key<'_> {
    /// True for a text that can be a key.
    pub fn is_usable(&self) -> bool {
        (1..=255).contains(&self.text.len()) && self.text.bytes().all(|b| b.is_ascii_graphic())
    }

    fn name(&self) -> String {
        hash(&format!("{}\n{}", self.at, self.text))
    }

    /// The secret of a token that this request makes: the same at every try,
    /// and nowhere but with the client. `None` for a key that could be guessed.
    pub fn secret(&self, subject: Uuid) -> Option<[u8; 24]> {
        let long = self.text.len() >= SECRET_KEY;
        let text = format!("uwi agent token\n{}\n{}\n{subject}", self.at, self.text);
        long.then(|| {
            let digest = Sha256::digest(text.as_bytes());
            std::array::from_fn(|at| digest[at])
        })
    }
}

/// The id of something that is wished for in these words: the same every time.
pub fn id_of(words: &str) -> Uuid {
    let digest = Sha256::digest(words.as_bytes());
    let bytes: [u8; 16] = std::array::from_fn(|at| digest[at]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl Desk {
    /// Looks whether a request was carried out, and takes it if not.
    pub async fn once(&self, key: Key<'_>) -> Result<Once, StoreError> {
        let (office, now) = (self.office(), self.office().world.clock.now());
        let subject = office.world.ids.uuid(now);
        let (name, request) = (key.name(), hash(key.request));
        let new = NewKey {
            key: &name,
            request: &request,
            subject: &subject.to_string(),
            until: after(now, HOLD),
        };
        let mut tx = office.db.begin(self.tenant()).await?;
        let once = if idempotency::insert(&mut tx, &new, now).await? {
            Once::Go(subject)
        } else {
            let known = idempotency::get(&mut tx, &name).await?.ok_or(StoreError::Conflict)?;
            let subject = known.subject.parse().map_err(|_| unreadable())?;
            match (known.status, known.answer) {
                _ if known.request_hash != request => Once::Other,
                (Some(status), Some(answer)) => {
                    let status = u16::try_from(status).map_err(|_| unreadable())?;
                    Once::Done(status, answer, subject)
                }
                _ if idempotency::claim(&mut tx, &name, now, new.until).await? => Once::Go(subject),
                _ => Once::Running,
            }
        };
        tx.commit().await?;
        Ok(once)
    }

    /// Keeps what was answered. An answer that decides nothing (our fault or a
    /// provider's) is not kept: the next try goes on.
    pub async fn answered(&self, key: Key<'_>, status: u16, body: &str) -> Result<(), StoreError> {
        let mut tx = self.office().db.begin(self.tenant()).await?;
        match status {
            500.. | 409 | 429 => idempotency::let_go(&mut tx, &key.name()).await?,
            _ => idempotency::answer(&mut tx, &key.name(), status, body).await?,
        }
        tx.commit().await
    }
}

fn unreadable() -> StoreError {
    StoreError::inconsistent("idempotency_keys", "a row cannot be read")
}
