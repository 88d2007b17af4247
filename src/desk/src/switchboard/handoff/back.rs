//! Nobody picked up: the caller comes back, and the practice finds somebody to
//! call, even when the caller hangs up at once.

use super::super::facts::{self, Found};
use super::super::memory;
use super::super::{Then, TurnReply, engine};
use super::news::News;
use super::{ATTEMPTS, leave, note};
use crate::live::Change;
use crate::office::Office;
use dialogue::Input;
use dialogue::state::State;
use domain::event::EventKind;
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use jiff::Timestamp;
use store::{StoreError, calls, conversations, events};

/// Whether the caller is still there when a transfer is reported to have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// They are, and hear what we say.
    Open,
    /// The call is over.
    Over,
}

/// Takes note that a transfer failed, for this reason: the event, the request to
/// call back, and what the caller hears now. `None` when nobody was being rung,
/// or when that is known already.
pub async fn transfer_failed(
    office: &Office,
    call: &CallId,
    reason: &str,
    line: Line,
) -> Result<Option<TurnReply>, StoreError> {
    let Some(found) = facts::whose(office, call, None).await? else { return Ok(None) };
    let seat = office.memories.seat(call);
    let mut seat = seat.lock().await;
    for _ in 0..ATTEMPTS {
        let failure = Failure { office, call, reason, line, now: now(office) };
        match failure.take_note(&found).await {
            Err(StoreError::Conflict) => {}
            Ok(reply) => {
                if reply.is_some() {
                    // What this process knew of the call is out of date.
                    *seat = None;
                    office.live.publish(found.profile.tenant, Change::Tickets);
                    office.live.publish(found.profile.tenant, Change::Calls);
                }
                return Ok(reply);
            }
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}

pub(super) fn now(office: &Office) -> Timestamp {
    engine::to_the_millisecond(office.world.clock.now())
}

/// A report that a transfer failed.
struct Failure<'a> {
    office: &'a Office,
    call: &'a CallId,
    reason: &'a str,
    line: Line,
    now: Timestamp,
}

impl Failure<'_> {
    async fn take_note(&self, found: &Found) -> Result<Option<TurnReply>, StoreError> {
        let tenant = found.profile.tenant;
        // Most reports are of calls that nobody passed on: those write nothing.
        let mut reader = self.office.db.read(tenant).await?;
        let row = conversations::load(&mut reader, self.call).await?;
        let state = row.as_ref().map(|row| memory::parse(&row.state)).transpose()?;
        let state = state.unwrap_or_default();
        if let Some(row) = row.filter(|_| state.is_ringing()) {
            drop(reader);
            let input = Input::TransferFailed(self.reason.to_owned());
            let (office, call, line, now) = (self.office, self.call, self.line, self.now);
            let news = News { office, call, found, input: &input, line, now };
            return news.tell(Some(row)).await.map(|(reply, _)| Some(reply));
        }
        let passed = events::happened(&mut reader, self.call, EventKind::TransferredHuman).await?
            && !events::happened(&mut reader, self.call, EventKind::TransferFailed).await?;
        let caller = calls::facts(&mut reader, self.call).await?.unwrap_or_default().from_number;
        drop(reader);
        if !passed {
            return Ok(None);
        }
        let caller = caller.and_then(|number| E164::try_from(number).ok());
        self.without_dialogue(tenant, State { caller, ..state }).await.map(Some)
    }

    /// A call that a provider's own model passed on: there is no dialogue of ours
    /// to go on with.
    async fn without_dialogue(
        &self,
        tenant: TenantId,
        state: State,
    ) -> Result<TurnReply, StoreError> {
        let profile = self.office.profile(tenant).await?;
        let mut tx = self.office.db.begin(tenant).await?;
        let told = (self.call, EventKind::TransferFailed, Some(self.reason));
        note(&mut tx, self.office, &profile, told, self.now).await?;
        let left = (self.call, EventKind::TransferFailed);
        leave(&mut tx, (self.office, &profile), left, &state, self.now).await?;
        tx.commit().await?;
        let say = dialogue::handoff::fallback_message();
        Ok(TurnReply { say, then: Then::Listen })
    }
}
