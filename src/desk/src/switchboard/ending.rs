//! The end of a call: reported by the provider, or assumed after a silence.

use super::facts;
use crate::live::Change;
use crate::office::Office;
use crate::recordings;
use dialogue::Effect;
use domain::event::EventKind;
use domain::id::{CallId, TenantId};
use domain::tenant::Profile;
use domain::tenant::notices::Recording;
use jiff::{SignedDuration, Timestamp};
use store::events::NewEvent;
use store::{StoreError, Tx, appointments, calls, conversations, events};

/// A call is closed as if it had ended when nothing was heard of it for so long.
pub const SILENCE: SignedDuration = SignedDuration::from_mins(15);

/// How a call ended, as the provider reports it. What it says of times is not
/// used: the order of our own clock counts.
#[derive(Debug, Clone)]
pub struct CallEnd {
    /// Which.
    pub call: CallId,
    /// The dialled number, for a call that was never heard of.
    pub dialled: Option<String>,
    /// The caller's number, likewise.
    pub caller: Option<String>,
    /// `completed`, `failed`, `busy` or `no-answer`.
    pub status: &'static str,
    /// The provider's reason.
    pub reason: Option<String>,
    /// How long it lasted.
    pub seconds: Option<i64>,
    /// What it cost.
    pub cost_cents: Option<i64>,
    /// Where the recording is.
    pub recording_url: Option<String>,
}

/// Takes note of the end of a call; any number of times.
pub async fn call_ended(office: &Office, end: CallEnd) -> Result<(), StoreError> {
    ended(office, end, Part::Whole).await
}

/// Takes note that a voice provider's part of a call has ended: the caller may
/// still be there, and whoever carries the call says when it is over.
pub async fn agent_ended(office: &Office, end: CallEnd) -> Result<(), StoreError> {
    ended(office, end, Part::Agent).await
}

/// What has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Agent,
}

async fn ended(office: &Office, end: CallEnd, part: Part) -> Result<(), StoreError> {
    let found = facts::whose(office, &end.call, end.dialled.as_deref()).await?;
    let Some(found) = found else { return Ok(()) };
    let caller = super::opening::caller(end.caller.as_deref(), &found.profile);
    let mut tx = office.db.begin(found.profile.tenant).await?;
    found.begin(&mut tx, office, &end.call, caller.as_ref()).await?;
    if let Some(caller) = &caller {
        calls::fill_caller(&mut tx, &end.call, caller).await?;
    }
    let keep = may_keep_recording(&mut tx, &found.profile, &end).await?;
    if end.recording_url.is_some() && !keep {
        recordings::forget(&mut tx, office, &end.call, office.world.clock.now()).await?;
    }
    let report = calls::CallEnd {
        reason: end.reason.as_deref(),
        seconds: end.seconds,
        cost_cents: end.cost_cents,
        recording_url: end.recording_url.as_deref().filter(|_| keep),
        status: end.status,
    };
    let now = office.world.clock.now();
    match part {
        Part::Whole => close(&mut tx, office, &found.profile, (&end.call, &report), now).await?,
        Part::Agent => calls::carrier::agent_ended(&mut tx, &end.call, &report).await?,
    }
    tx.commit().await?;
    if part == Part::Whole {
        office.memories.forget(&end.call);
    }
    office.live.publish(found.profile.tenant, Change::Calls);
    Ok(())
}

/// Whether a recording may be kept: made by the tenant's wish, and not against
/// the caller's.
async fn may_keep_recording(
    tx: &mut Tx,
    profile: &Profile,
    end: &CallEnd,
) -> Result<bool, StoreError> {
    if end.recording_url.is_none() || profile.notices.record == Recording::Off {
        return Ok(false);
    }
    let refused = events::happened(tx, &end.call, EventKind::ConsentRefused).await?;
    Ok(!refused
        && (profile.notices.record == Recording::Announced
            || events::happened(tx, &end.call, EventKind::ConsentObtained).await?))
}

/// Ends a call; the first time, a caller who got nothing has abandoned.
async fn close(
    tx: &mut Tx,
    office: &Office,
    profile: &Profile,
    (call, end): (&CallId, &calls::CallEnd<'_>),
    at: Timestamp,
) -> Result<(), StoreError> {
    appointments::release(tx, call, at).await?;
    if !calls::end(tx, call, end, at).await? || events::was_served(tx, call).await? {
        return Ok(());
    }
    let row = conversations::load(tx, call).await?;
    let effects = match row.and_then(|row| serde_json::from_str(&row.state).ok()) {
        Some(state) => dialogue::ended(&state),
        None => dialogue::ended(&dialogue::State::default()),
    };
    for effect in &effects {
        let Effect::Event { kind, subject, reason, .. } = effect else { continue };
        let event = NewEvent {
            id: office.world.ids.event(at),
            call,
            kind: *kind,
            subject,
            context: "{}",
            reason: reason.as_deref(),
            day: at.to_zoned(profile.zone.clone()).date(),
            at,
        };
        events::create_ivr_event(tx, &event).await?;
    }
    Ok(())
}

/// Closes calls whose end was never reported; gives how many.
pub async fn close_silent_calls(office: &Office) -> Result<usize, StoreError> {
    let now = office.world.clock.now();
    let Ok(before) = now.checked_sub(SILENCE) else { return Ok(0) };
    let open = calls::open_since(&mut office.db.read_directory().await?, before, 500).await?;
    let mut closed = 0;
    for (call, tenant) in open {
        let Some(call) = CallId::parse(&call) else { continue };
        match close_if_silent(office, TenantId(tenant), &call, before).await {
            Ok(was_silent) => closed += usize::from(was_silent),
            Err(error) if error.is_transient() => return Err(error),
            // One call that cannot be closed does not keep the others open.
            Err(error) => tracing::error!(call_id = %call, %error, "a call could not be closed"),
        }
    }
    Ok(closed)
}

async fn close_if_silent(
    office: &Office,
    tenant: TenantId,
    call: &CallId,
    before: Timestamp,
) -> Result<bool, StoreError> {
    let profile = office.profile(tenant).await?;
    let mut tx = office.db.begin(tenant).await?;
    let last = calls::last_sign(&mut tx, call).await?;
    if last > before {
        return Ok(false);
    }
    let end = calls::CallEnd { status: "completed", reason: Some("silence"), ..Default::default() };
    // It ended when it was last heard of, as far as anybody knows.
    close(&mut tx, office, &profile, (call, &end), last).await?;
    tx.commit().await?;
    office.memories.forget(call);
    office.live.publish(tenant, Change::Calls);
    Ok(true)
}
