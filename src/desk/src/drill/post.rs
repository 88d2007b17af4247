//! The post office of a drill: takes what is due from the outbox as the
//! sending path does (given to the provider once, nothing after its time, an
//! answer that is lost is looked up), to a provider that refuses, fails, is
//! deaf and answers too late, by a seed. Its book of letters is what is judged.

use crate::office::Office;
use crate::outbox::after;
use domain::id::TenantId;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;
use std::collections::HashSet;
use store::outbox::{self, JobRow};
use store::{StoreError, drill};

/// How long one worker holds a letter.
const HOLD: SignedDuration = SignedDuration::from_mins(4);
/// When a letter that nobody takes is offered again.
const LATER: SignedDuration = SignedDuration::from_mins(5);
/// The most letters of one step.
const PIECE: i64 = 500;

/// What a provider did with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It left.
    Left,
    /// It was not taken, and never will be.
    Refused,
    /// It left and did not arrive.
    Lost,
}

/// A letter in the provider's book.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub key: String,
    pub channel: String,
    pub at: Timestamp,
    pub fate: Fate,
}

/// The provider, which knows what it did.
pub(super) struct Provider {
    chance: StdRng,
    known: HashSet<String>,
    letters: Vec<Letter>,
}

/// What our side hears.
enum Heard {
    Taken,
    Refused,
    Failed,
    /// Not now.
    Busy,
    /// Nothing: it may have left.
    Nothing,
}

impl Provider {
    pub(super) fn new(seed: u64) -> Self {
        let chance = StdRng::seed_from_u64(seed ^ 0x9057);
        Self { chance, known: HashSet::new(), letters: Vec::new() }
    }

    pub(super) fn into_letters(self) -> Vec<Letter> {
        self.letters
    }

    fn take(&mut self, id: &str, letter: &drill::LetterRow, now: Timestamp) -> Heard {
        let mut note = |fate: Fate| {
            let (key, channel) = (letter.idempotency_key.clone(), letter.channel_type.clone());
            self.letters.push(Letter { key, channel, at: now, fate });
        };
        match self.chance.random_range(0..100) {
            0..5 => Heard::Busy,
            10..13 => {
                note(Fate::Refused);
                Heard::Refused
            }
            13..15 => {
                note(Fate::Lost);
                Heard::Failed
            }
            // Not taken, and nobody says so.
            15..17 => Heard::Nothing,
            // Taken, and the answer is lost.
            17..22 => {
                note(Fate::Left);
                self.known.insert(id.to_owned());
                Heard::Nothing
            }
            _ => {
                note(Fate::Left);
                self.known.insert(id.to_owned());
                Heard::Taken
            }
        }
    }
}

/// Gives what is due to the provider.
pub(super) async fn deliver(
    office: &Office,
    provider: &mut Provider,
    (now, deaf): (Timestamp, bool),
) -> Result<(), StoreError> {
    if !outbox::is_due(&mut office.db.read_directory().await?, now).await? {
        return Ok(());
    }
    let mut tx = office.db.begin_directory().await?;
    let jobs = outbox::claim(&mut tx, now, after(now, HOLD), PIECE).await?;
    tx.commit().await?;
    for job in &jobs {
        let again = carry(office, provider, job, (now, deaf)).await?;
        let mut tx = office.db.begin_directory().await?;
        match again {
            Some(at) => outbox::postpone(&mut tx, &job.id, "later", at).await?,
            None => outbox::finish(&mut tx, &job.id, None, now).await?,
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Carries one letter; gives when to look at it again.
async fn carry(
    office: &Office,
    provider: &mut Provider,
    job: &JobRow,
    (now, deaf): (Timestamp, bool),
) -> Result<Option<Timestamp>, StoreError> {
    let payload: Value = serde_json::from_str(&job.payload).unwrap_or_default();
    let (Some(tenant), Some(id)) = (job.tenant_id, payload["message"].as_str()) else {
        return Ok(None);
    };
    let tenant = TenantId(tenant);
    let letter = drill::letter(&mut office.db.read(tenant).await?, id).await?;
    let Some(letter) = letter else { return Ok(None) };
    let turn = async |from: &str, to: &str, code: Option<&str>| {
        let mut tx = office.db.begin(tenant).await?;
        let turned = drill::turn(&mut tx, id, (from, to), code, now).await?;
        tx.commit().await?;
        Ok::<bool, StoreError>(turned)
    };
    let later = after(now, LATER);
    match letter.status.as_str() {
        "pending" if letter.not_after.is_some_and(|end| end <= now.as_millisecond()) => {
            turn("pending", "refused", Some("too_late")).await?;
            Ok(None)
        }
        "pending" if deaf || at_night(office, tenant, &letter, now).await? => Ok(Some(later)),
        "pending" => {
            if !turn("pending", "unknown", None).await? {
                return Ok(None);
            }
            match provider.take(id, &letter, now) {
                Heard::Taken => turn("unknown", "sent", None).await.map(|_| None),
                Heard::Refused => turn("unknown", "refused", Some("21610")).await.map(|_| None),
                Heard::Failed => turn("unknown", "failed", Some("30005")).await.map(|_| None),
                Heard::Busy => turn("unknown", "pending", None).await.map(|_| Some(later)),
                Heard::Nothing => Ok(Some(later)),
            }
        }
        "unknown" if deaf => Ok(Some(later)),
        // Asked, not guessed: what it has is not given to it again.
        "unknown" if provider.known.contains(id) => {
            turn("unknown", "sent", None).await.map(|_| None)
        }
        "unknown" => turn("unknown", "pending", None).await.map(|_| Some(now)),
        _ => Ok(None),
    }
}

/// What is no reminder waits for the morning by the rules of sending.
async fn at_night(
    office: &Office,
    tenant: TenantId,
    letter: &drill::LetterRow,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if letter.origin == "reminder" {
        return Ok(false);
    }
    let profile = office.profile(tenant).await?;
    let hour = profile.zone.to_datetime(now).hour();
    Ok(!(8..21).contains(&hour))
}
