//! Doing what waits in the outbox: the mail with a login link, a message, the
//! removal of a recording that may not be kept. Who does it and when: [`shift`];
//! what becomes of a job: [`settle`].

mod settle;
mod shift;

pub(crate) use settle::{Troubles, note};
pub use shift::{run, run_all_due, run_due};

use crate::recordings::Recordings;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use vendors::mail::{Letter, MailError, Mailer};

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
    /// Who would carry it does not answer: what waits with it rests, and it is
    /// tried again afterwards, though not before then.
    Away(&'static str, Timestamp),
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

/// An instant later, or the last one there is.
pub(crate) fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
