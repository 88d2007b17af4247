//! Doing what waits in the outbox: the mail with a login link, the removal of a
//! recording that may not be kept.

use crate::office::Office;
use crate::recordings::{self, Recordings};
use crate::{practice, sending, sign_in};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::outbox::{self, JobRow};
use store::{StoreError, Tx};
use vendors::mail::{Letter, MailError, Mailer};

/// How long one worker holds a job.
const HOLD: SignedDuration = SignedDuration::from_secs(60);
/// How often a job is tried before it is given up.
const TRIES: i64 = 6;
/// How many jobs one round takes.
const ROUND: i64 = 20;

/// What lies outside: where mail goes and how people reach us.
#[derive(Clone)]
pub struct Outside {
    /// How mail leaves.
    pub mail: Mail,
    /// Who removes recordings.
    pub recordings: Recordings,
    /// Our own address, without a slash at the end (`https://uwi.example`).
    pub home: String,
}

/// How mail leaves.
#[derive(Clone)]
pub enum Mail {
    /// It does not: nothing is configured.
    Off,
    /// Over SMTP.
    Smtp(Box<Mailer>),
    /// Kept here, for tests and demonstrations.
    Kept(Arc<Mutex<Vec<KeptLetter>>>),
}

/// A letter that was kept instead of sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLetter {
    /// The recipient.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Done {
    /// It is finished.
    Finished,
    /// It cannot be done; trying again is useless.
    GivenUp(&'static str),
    /// It can be tried again.
    Later(&'static str),
    /// It is to be tried again then, however often it was tried.
    At(&'static str, Timestamp),
    /// What became of it was noted ([`note`]) in the transaction of its effect.
    Noted,
}

impl Mail {
    /// Sends one letter.
    pub(crate) async fn send(&self, letter: &Letter<'_>) -> Done {
        match self {
            Self::Off => Done::GivenUp("mail is not configured"),
            Self::Smtp(mailer) => match mailer.send(letter).await {
                Ok(()) => Done::Finished,
                Err(MailError::Refused(_) | MailError::NoMailbox(_)) => {
                    Done::GivenUp("the letter was refused")
                }
                Err(MailError::Unreached(_)) => Done::Later("the mail server cannot be reached"),
                Err(MailError::Later(_)) => Done::Later("the mail server cannot take it now"),
                Err(MailError::Unknown(_)) => Done::Later("the mail server did not answer"),
            },
            Self::Kept(letters) => {
                let kept = KeptLetter {
                    to: letter.to.to_owned(),
                    subject: letter.subject.to_owned(),
                    text: letter.text.to_owned(),
                };
                letters.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
                Done::Finished
            }
        }
    }
}

/// Sends what is due, again and again; ends only with the process.
pub async fn run(office: Arc<Office>, outside: Outside) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = run_all_due(&office, &outside).await {
            tracing::warn!(%error, "the outbox cannot be read");
        }
    }
}

/// Sends what is due now, round after round until nothing is.
pub async fn run_all_due(office: &Office, outside: &Outside) -> Result<(), StoreError> {
    while run_due(office, outside).await? > 0 {}
    Ok(())
}

/// Sends what is due now; gives how many jobs were tried.
pub async fn run_due(office: &Office, outside: &Outside) -> Result<usize, StoreError> {
    let now = office.world.clock.now();
    if !outbox::is_due(&mut office.db.read_directory().await?, now).await? {
        return Ok(0);
    }
    let mut tx = office.db.begin_directory().await?;
    let jobs = outbox::claim(&mut tx, now, after(now, HOLD), ROUND).await?;
    tx.commit().await?;
    for job in &jobs {
        let done = perform(office, outside, job).await?;
        settle(office, job, done).await?;
    }
    Ok(jobs.len())
}

async fn perform(office: &Office, outside: &Outside, job: &JobRow) -> Result<Done, StoreError> {
    match job.kind.as_str() {
        sign_in::JOB => sign_in::send_link(office, outside, job).await,
        sending::JOB => sending::perform(office, job).await,
        store::tickets::ALERT => practice::alert(office, job).await,
        practice::LETTER => practice::send(office, outside, job).await,
        sending::cost::JOB => sending::cost::ask(office, job).await,
        recordings::JOB => Ok(recordings::perform(&outside.recordings, job).await),
        _ => Ok(Done::GivenUp("unknown kind of job")),
    }
}

async fn settle(office: &Office, job: &JobRow, done: Done) -> Result<(), StoreError> {
    if done == Done::Noted {
        return Ok(());
    }
    let mut tx = office.db.begin_directory().await?;
    note(&mut tx, job, done, office.world.clock.now()).await?;
    tx.commit().await
}

/// Notes what became of a job. In the transaction of its effect both happen or
/// neither does.
pub(crate) async fn note(
    tx: &mut Tx,
    job: &JobRow,
    done: Done,
    now: Timestamp,
) -> Result<(), StoreError> {
    match done {
        Done::Noted => Ok(()),
        Done::Finished => outbox::finish(tx, &job.id, None, now).await,
        Done::At(why, when) => outbox::postpone(tx, &job.id, why, when).await,
        Done::Later(why) if job.attempts < TRIES => {
            let wait = SignedDuration::from_secs(2_i64.saturating_pow(job.attempts as u32 + 1));
            outbox::postpone(tx, &job.id, why, after(now, wait)).await
        }
        Done::Later(why) | Done::GivenUp(why) => {
            tracing::warn!(kind = job.kind, why, "a job was given up");
            outbox::finish(tx, &job.id, Some(why), now).await
        }
    }
}

/// An instant later, or the last one there is.
pub(crate) fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
