//! Passing a call to a human, seen from outside: where to, and what happens
//! when nobody picks up. Any provider reports a failed transfer to
//! [`transfer_failed`], any number of times and in any order.

mod alone;
mod back;
mod left;
mod news;

pub use alone::{Alone, Resumed, left_alone};
pub use back::{Line, transfer_failed};
pub(crate) use left::{leave, leaves};

use super::facts;
use super::memory;
use crate::live::Change;
use crate::office::Office;
use dialogue::handoff;
use dialogue::state::{Handoff, State};
use domain::event::EventKind;
use domain::id::CallId;
use domain::phone::E164;
use domain::tenant::Profile;
use domain::tenant::transfer::{RING_SECONDS, Transfer};
use jiff::Timestamp;
use store::events::NewEvent;
use store::{StoreError, Tx, conversations, events};

/// How often it is tried to tell a call something that turns overtake.
const ATTEMPTS: usize = 6;

/// Where a call is passed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Who is rung.
    pub number: E164,
    /// For how long, in seconds.
    pub ring_seconds: u32,
}

impl Destination {
    pub(super) fn of(transfer: &Transfer) -> Self {
        Self { number: transfer.number.clone(), ring_seconds: transfer.ring_seconds }
    }

    /// That number as this tenant has it rung.
    pub fn at(profile: &Profile, number: &E164) -> Self {
        let known = profile.transfers().into_iter().find(|to| to.number == *number);
        known.map_or_else(|| Self { number: number.clone(), ring_seconds: RING_SECONDS }, Self::of)
    }

    /// Everybody whom this tenant may have rung.
    pub fn all(profile: &Profile) -> Vec<Self> {
        profile.transfers().into_iter().map(Self::of).collect()
    }
}

/// Where a provider is to pass a call that it wants to pass: to whom the
/// dialogue is having rung, otherwise by the tenant's rules and the hour.
pub async fn transfer_destination(
    office: &Office,
    call: &CallId,
    dialled: Option<&str>,
) -> Result<Option<Destination>, StoreError> {
    let Some(found) = facts::whose(office, call, dialled).await? else { return Ok(None) };
    let (profile, now) = (&found.profile, office.world.clock.now());
    let mut tx = office.db.begin(profile.tenant).await?;
    found.begin(&mut tx, office, call, None).await?;
    let known = store::calls::facts(&mut tx, call).await?.unwrap_or_default();
    let state = match conversations::load(&mut tx, call).await? {
        Some(row) => memory::parse(&row.state)?,
        None => State::default(),
    };
    if let Some(Handoff::Ringing { to, .. }) = &state.handoff {
        return Ok(Some(Destination::at(profile, to)));
    }
    let local = now.to_zoned(profile.zone.clone()).datetime();
    let destination = handoff::for_words(profile, &state.cue, local)
        .filter(|_| known.unrouted == 0 && state.handoff.is_none())
        .map(Destination::of);
    let (kind, reason) = match destination {
        Some(_) => (EventKind::TransferredHuman, None),
        None => (EventKind::TransferPrevented, Some("nobody_now")),
    };
    note(&mut tx, office, profile, (call, kind, reason), now).await?;
    tx.commit().await?;
    office.live.publish(profile.tenant, Change::Calls);
    Ok(destination)
}

/// Who is being rung for the caller, by the dialogue.
pub async fn ringing(office: &Office, call: &CallId) -> Result<Option<E164>, StoreError> {
    let Some(found) = facts::whose(office, call, None).await? else { return Ok(None) };
    let mut reader = office.db.read(found.profile.tenant).await?;
    let Some(row) = conversations::load(&mut reader, call).await? else { return Ok(None) };
    Ok(match memory::parse(&row.state)?.handoff {
        Some(Handoff::Ringing { to, .. }) => Some(to),
        _ => None,
    })
}

/// Writes an event that has neither a subject nor facts of its own.
pub(super) async fn note(
    tx: &mut Tx,
    office: &Office,
    profile: &Profile,
    (call, kind, reason): (&CallId, EventKind, Option<&str>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent {
        id: office.world.ids.event(now),
        call,
        kind,
        subject: "",
        context: "{}",
        reason,
        day: now.to_zoned(profile.zone.clone()).date(),
        at: now,
    };
    events::create_ivr_event(tx, &event).await
}
