//! Forms that spend money: each bears a key, under which it is carried out
//! once, also when it is sent twice or loaded again.

use crate::board::failed;
use axum::response::Response;
use desk::Desk;
use desk::once::{Key, Once};
use std::time::Duration;
use store::StoreError;
use uuid::Uuid;

/// How often it is looked whether the first of two equal forms is done, and how long between.
const LOOKS: u32 = 80;
const BETWEEN: Duration = Duration::from_millis(250);
/// The status under which a refusal is kept.
const REFUSED: u16 = 422;

/// A key for a form that is shown.
pub(crate) fn fresh(desk: &Desk) -> String {
    hex::encode(desk.office().world.ids.bytes::<24>())
}

/// A form that was sent.
pub(crate) struct Sent {
    key: String,
    at: &'static str,
    request: String,
}

/// What is to be done with it.
pub(crate) enum Begin {
    /// Carry it out; what it makes bears this id.
    Go(Uuid),
    /// It was carried out and made that; this was told.
    Done(String, Uuid),
    /// It was carried out, and refused with this sentence.
    Refused(String),
    /// Its key was used for something else, or is none.
    Used,
    /// It is still being carried out.
    Running,
}

impl Sent {
    pub(crate) fn new(key: &str, at: &'static str, request: String) -> Self {
        Self { key: key.to_owned(), at, request }
    }

    fn key(&self) -> Key<'_> {
        Key { text: &self.key, at: self.at, request: &self.request }
    }

    /// The secret of a token that this form makes.
    pub(crate) fn secret(&self, id: Uuid) -> Option<[u8; 24]> {
        self.key().secret(id)
    }

    /// Takes it. A browser that sends a form twice shows the second answer:
    /// that one waits until the first is there.
    pub(crate) async fn begin(&self, desk: &Desk) -> Result<Begin, StoreError> {
        if !self.key().is_usable() {
            return Ok(Begin::Used);
        }
        for _ in 0..LOOKS {
            match desk.once(self.key()).await? {
                Once::Go(id) => return Ok(Begin::Go(id)),
                Once::Done(REFUSED, why, _) => return Ok(Begin::Refused(why)),
                Once::Done(_, told, id) => return Ok(Begin::Done(told, id)),
                Once::Other => return Ok(Begin::Used),
                Once::Running => tokio::time::sleep(BETWEEN).await,
            }
        }
        Ok(Begin::Running)
    }

    /// Keeps what is to be told again: what became of it, or why nothing did.
    pub(crate) async fn end(
        &self,
        desk: &Desk,
        told: Result<&str, &str>,
    ) -> Result<(), StoreError> {
        let (status, text) = match told {
            Ok(word) => (201, word),
            Err(why) => (REFUSED, why),
        };
        desk.answered(self.key(), status, text).await
    }

    /// Lets the next try go on: the database failed.
    pub(crate) async fn let_go(&self, desk: &Desk) -> Result<(), StoreError> {
        desk.answered(self.key(), 503, "").await
    }
}

/// Work that goes on when the browser leaves: what is bought must be written.
pub(crate) async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, Response> {
    let done = tokio::spawn(work).await;
    done.map_err(|_| crate::problem::unavailable())?.map_err(failed)
}
