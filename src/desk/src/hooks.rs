//! Webhooks whose signature carries no time: each is taken once.

use crate::office::Office;
use jiff::{SignedDuration, Timestamp};
use store::StoreError;
use store::hooks::{self, Hook};

/// How long a sender may take to send a request again whose answer was lost:
/// Twilio gives up after 15 seconds, at every one of a few tries.
const RETRIES: SignedDuration = SignedDuration::from_secs(90);

/// How long a webhook is remembered.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a webhook is to those that came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    First,
    /// Its sender sends it again, because our answer was lost.
    Again,
    /// Somebody repeats it.
    Replayed,
}

/// Takes a webhook. `token` is what its sender gives a request and its retries;
/// `now` is the machine's time, which nobody sets.
pub async fn take(
    office: &Office,
    hook: &Hook<'_>,
    token: Option<&str>,
    now: Timestamp,
) -> Result<Taken, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let noted = hooks::note_once(&mut tx, hook, token, now).await?;
    tx.commit().await?;
    let Some(noted) = noted else { return Ok(Taken::First) };
    let age = now.as_millisecond().saturating_sub(noted.received_at);
    let soon = i128::from(age) <= RETRIES.as_millis();
    let same = token.is_some() && noted.retry_token.as_deref() == token;
    Ok(if soon && same { Taken::Again } else { Taken::Replayed })
}

/// Forgets a webhook that could not be dealt with: it may come again. A failure
/// is logged only.
pub async fn give_back(office: &Office, hook: &Hook<'_>) {
    let forgotten = async {
        let mut tx = office.db.begin_directory().await?;
        hooks::forget(&mut tx, hook.provider, hook.key).await?;
        tx.commit().await
    };
    if let Err(error) = forgotten.await {
        tracing::error!(provider = hook.provider, %error, "a webhook cannot come again");
    }
}

/// Forgets webhooks of long ago.
pub(crate) async fn forget_old(office: &Office) -> Result<(), StoreError> {
    let before = office.world.clock.now().checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    let mut tx = office.db.begin_directory().await?;
    hooks::forget_before(&mut tx, before).await?;
    tx.commit().await
}
