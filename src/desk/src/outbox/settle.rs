//! What became of a job: done, given up, or when it is tried again.

use super::{Done, after};
use crate::office::Office;
use crate::sending;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::outbox::{self, JobRow};
use store::{StoreError, Tx};

/// How often a job is tried before it is given up.
const TRIES: i64 = 6;
/// How often one is tried that something stored keeps from being done: for
/// about three days, so that it can be mended.
const TRIES_AT_FAULT: i64 = 80;
/// The longest wait before one is tried again.
const LONGEST: i64 = 3_600;
/// What is kept of why it waits, or was given up.
const FAULT: &str = "something stored cannot be used";
/// What is kept of why it waits when that will pass.
const NO_ANSWER: &str = "the database did not answer";
/// How long a lane rests after each failure in a row, in seconds.
const RESTS: [i64; 5] = [5, 15, 30, 60, 120];
/// The most troubles known of; more are forgotten together.
const LIMIT: usize = 10_000;

/// A lane and a tenant.
pub(super) type Place = (String, Option<i64>);

/// Whose carrier did not answer when it was last asked, by this process, and
/// how often in a row.
#[derive(Debug, Default)]
pub(crate) struct Troubles(Mutex<HashMap<Place, usize>>);

impl Troubles {
    fn known(&self) -> MutexGuard<'_, HashMap<Place, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True where the last attempt met nobody.
    pub(super) fn has(&self, place: &Place) -> bool {
        self.known().contains_key(place)
    }

    /// Notes one more; gives how long the lane rests.
    fn note(&self, place: Place) -> SignedDuration {
        let mut known = self.known();
        if known.len() >= LIMIT {
            known.clear();
        }
        let times = known.entry(place).or_default();
        *times += 1;
        SignedDuration::from_secs(RESTS[(*times).min(RESTS.len()) - 1])
    }

    fn over(&self, place: &Place) {
        self.known().remove(place);
    }
}

/// Writes down what became of a job.
pub(super) async fn settle(
    office: &Office,
    job: &JobRow,
    done: Result<Done, StoreError>,
) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let done = match done {
        Ok(Done::Noted) => return Ok(()),
        Ok(done) => done,
        Err(error) if is_over(job, &error) => {
            tracing::error!(%error, kind = job.kind, "a job cannot be done");
            if job.kind == sending::JOB {
                sending::give_up(office, job).await?;
            }
            Done::GivenUp(FAULT)
        }
        Err(error) => {
            tracing::warn!(%error, kind = job.kind, "a job cannot be done now");
            let why = if error.is_transient() { NO_ANSWER } else { FAULT };
            Done::At(why, after(now, backing_off(job)))
        }
    };
    let mut tx = office.db.begin_directory().await?;
    note(&mut tx, (office, job), done, now).await?;
    tx.commit().await
}

/// Notes what became of a job. In the transaction of its effect both happen or
/// neither does.
pub(crate) async fn note(
    tx: &mut Tx,
    (office, job): (&Office, &JobRow),
    done: Done,
    now: Timestamp,
) -> Result<(), StoreError> {
    let place = (job.lane.clone(), job.tenant_id);
    match done {
        Done::Noted => Ok(()),
        Done::Finished => {
            office.troubles.over(&place);
            outbox::finish(tx, job, None, now).await
        }
        Done::At(why, when) => outbox::postpone(tx, job, why, when).await,
        Done::Away(why, earliest) => {
            let until = after(now, office.troubles.note(place));
            outbox::postpone(tx, job, why, until.max(earliest)).await?;
            outbox::rest(tx, job, now, until).await
        }
        Done::Later(why) if job.attempts < TRIES => {
            outbox::postpone(tx, job, why, after(now, backing_off(job))).await
        }
        Done::Later(why) | Done::GivenUp(why) => {
            tracing::warn!(kind = job.kind, why, "a job was given up");
            outbox::finish(tx, job, Some(why), now).await
        }
    }
}

/// Whether it is time to give up what something stored keeps from being done.
fn is_over(job: &JobRow, error: &StoreError) -> bool {
    !error.is_transient() && job.attempts >= TRIES_AT_FAULT
}

/// How long a job waits that failed: twice as long each time, an hour at most.
pub(super) fn backing_off(job: &JobRow) -> SignedDuration {
    let power = u32::try_from(job.attempts.clamp(0, 11)).unwrap_or(11) + 1;
    SignedDuration::from_secs(2_i64.saturating_pow(power).min(LONGEST))
}
