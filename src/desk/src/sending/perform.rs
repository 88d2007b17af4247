//! One message that is due.

use super::Refusal;
use crate::office::Office;
use crate::outbox::Done;
use domain::id::{MessageId, TenantId};
use domain::message::Status;
use jiff::Timestamp;
use serde::Deserialize;
use store::StoreError;
use store::messages::{self, MessageRow};
use store::outbox::JobRow;

#[derive(Deserialize)]
struct Payload {
    message: MessageId,
}

/// Does what is to be done about a message now.
pub(crate) async fn perform(office: &Office, job: &JobRow) -> Result<Done, StoreError> {
    let (Some(tenant), Ok(payload)) = (job.tenant_id, serde_json::from_str(&job.payload)) else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    let (tenant, Payload { message }) = (TenantId(tenant), payload);
    let row = messages::get(&mut office.db.read(tenant).await?, message).await?;
    let Some(row) = row.filter(|row| row.status == Status::Pending.as_str()) else {
        return Ok(Done::Finished);
    };
    let now = office.world.clock.now();
    let refusal = refusal(office, tenant, &row, now).await?;
    let mut tx = office.db.begin(tenant).await?;
    messages::refuse(&mut tx, message, refusal.as_str(), now).await?;
    tx.commit().await?;
    Ok(Done::Finished)
}

async fn refusal(
    office: &Office,
    tenant: TenantId,
    row: &MessageRow,
    now: Timestamp,
) -> Result<Refusal, StoreError> {
    if row.not_after.is_some_and(|end| end <= now.as_millisecond()) {
        return Ok(Refusal::TooLate);
    }
    let sandbox = office.profile(tenant).await?.sandbox;
    Ok(if sandbox { Refusal::Sandbox } else { Refusal::ChannelOff })
}
