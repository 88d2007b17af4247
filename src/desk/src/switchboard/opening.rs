//! Finding a call: in memory, in the database, or as a new one.

use super::TurnRequest;
use super::memory::{HeardOf, Memory};
use crate::office::Office;
use dialogue::{Mode, State};
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use domain::routing::{Channel, Resolution};
use domain::tenant::Profile;
use std::sync::Arc;
use store::{StoreError, calls, conversations};

/// Which tenant a number leads to, and how far its assistant may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Who answers; `None`: nobody does.
    pub tenant: Option<TenantId>,
    /// How far.
    pub mode: Mode,
    /// The dialled number in canonical form.
    pub dialled: Option<E164>,
}

/// Resolves a dialled number as the provider wrote it.
pub async fn place(
    office: &Office,
    channel: Channel,
    dialled: Option<&str>,
) -> Result<Place, StoreError> {
    let number = dialled.and_then(|raw| E164::parse(raw, "FR").ok());
    let resolution = match &number {
        Some(number) => office.resolve_tenant_id_from_vocal_call(number, line(channel)).await?,
        None => office.unrouted(),
    };
    Ok(match resolution {
        Resolution::Routed(tenant) => {
            let mode = office.ready(tenant).await?.limit(Mode::Full);
            Place { tenant: Some(tenant), mode, dialled: number }
        }
        Resolution::Default(tenant) => {
            Place { tenant: Some(tenant), mode: Mode::MessageOnly, dialled: number }
        }
        Resolution::Refused => Place { tenant: None, mode: Mode::MessageOnly, dialled: number },
    })
}

/// Who writes on a page names the telephone number whose assistant is wanted.
fn line(channel: Channel) -> Channel {
    match channel {
        Channel::Web => Channel::Vocal,
        other => other,
    }
}

/// The caller's number when it is one and not the tenant's own.
pub(crate) fn caller(raw: Option<&str>, profile: &Profile) -> Option<E164> {
    let number = E164::parse(raw?, &profile.country).ok()?;
    (!profile.numbers.contains(&number)).then_some(number)
}

/// Begins a call of which this process has never heard and whose first turn this
/// is, without looking whether another knows it: its first write would tell.
pub(crate) async fn guess(
    office: &Office,
    call: &CallId,
    request: &TurnRequest,
) -> Result<Option<Memory>, StoreError> {
    match request.user_messages > 1 || office.memories.heard_of(call) {
        true => find(office, call, request).await,
        false => begin(office, request).await,
    }
}

/// Reads a call back, or begins it; `None` when nobody answers such calls.
pub(crate) async fn find(
    office: &Office,
    call: &CallId,
    request: &TurnRequest,
) -> Result<Option<Memory>, StoreError> {
    let tenant = calls::tenant_of(&mut office.db.read_directory().await?, call).await?;
    match tenant {
        Some(tenant) => read_back(office, call, tenant, request).await.map(Some),
        None => begin(office, request).await,
    }
}

async fn read_back(
    office: &Office,
    call: &CallId,
    tenant: TenantId,
    request: &TurnRequest,
) -> Result<Memory, StoreError> {
    let mut reader = office.db.read(tenant).await?;
    if let Some(row) = conversations::load(&mut reader, call).await? {
        return Memory::read(tenant, row, request.greeted);
    }
    // Heard of through a webhook, and this is its first turn.
    let known = calls::facts(&mut reader, call).await?;
    let heard_of = if known.is_some() { HeardOf::Begun } else { HeardOf::Placed };
    let known = known.unwrap_or_default();
    Ok(Memory {
        tenant,
        mode: if known.unrouted == 1 { Mode::MessageOnly } else { Mode::Full },
        version: 0,
        last: None,
        state: Arc::new(State::new(request.greeted)),
        caller: known.from_number.and_then(|number| E164::try_from(number).ok()),
        dialled: None,
        heard_of,
        held: None,
    })
}

async fn begin(office: &Office, request: &TurnRequest) -> Result<Option<Memory>, StoreError> {
    let place = place(office, request.channel, request.dialled.as_deref()).await?;
    let Some(tenant) = place.tenant else { return Ok(None) };
    Ok(Some(Memory {
        tenant,
        mode: place.mode,
        version: 0,
        last: None,
        state: Arc::new(State::new(request.greeted)),
        caller: None,
        dialled: place.dialled,
        heard_of: HeardOf::Never,
        held: None,
    }))
}
