//! Slots are held for the call that offers them, as long as it lasts.

use crate::switchboard::Then;
use dialogue::State;
use domain::availability::Slot;
use domain::id::CallId;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::{StoreError, Tx, appointments};

/// How long a slot is held without a turn that needs it.
const HOLD: SignedDuration = SignedDuration::from_mins(10);
/// With less than this left, a hold is renewed.
const RENEW: SignedDuration = SignedDuration::from_mins(5);

/// What a call holds.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    slots: Arc<[Slot]>,
    until: Timestamp,
}

/// The slots that a call needs: those it has been offered, or the one it chose.
pub(super) fn needed<'a>(state: &'a State, then: &Then) -> &'a [Slot] {
    match (then, &state.chosen) {
        (Then::HangUp | Then::Transfer(_), _) => &[],
        (Then::Listen, Some(chosen)) if state.offered.is_empty() => std::slice::from_ref(chosen),
        (Then::Listen, _) => &state.offered,
    }
}

/// Makes what is held what is needed. [`StoreError::Conflict`], here or at the
/// commit, when another call was faster.
pub(super) async fn renew(
    tx: &mut Tx,
    call: &CallId,
    held: Option<&Held>,
    needed: &[Slot],
    now: Timestamp,
) -> Result<Option<Held>, StoreError> {
    match held {
        None if needed.is_empty() => Ok(None),
        Some(_) if needed.is_empty() => {
            appointments::release(tx, call, now).await?;
            Ok(None)
        }
        Some(held) if held.serves(needed, now) => Ok(Some(held.clone())),
        _ => keep(tx, call, needed, now).await.map(Some),
    }
}

/// Holds these slots for a call, and nothing else.
pub(super) async fn keep(
    tx: &mut Tx,
    call: &CallId,
    slots: &[Slot],
    now: Timestamp,
) -> Result<Held, StoreError> {
    let until = now.saturating_add(HOLD).unwrap_or(now);
    appointments::hold(tx, call, slots, (now, until)).await?;
    Ok(Held { slots: slots.into(), until })
}

impl Held {
    /// True when a slot is held for the call now.
    pub(super) fn covers(&self, slot: &Slot, now: Timestamp) -> bool {
        now < self.until && self.slots.contains(slot)
    }

    fn serves(&self, needed: &[Slot], now: Timestamp) -> bool {
        let lasts = self.until.duration_since(now) > RENEW;
        lasts && needed.iter().all(|slot| self.slots.contains(slot))
    }
}
