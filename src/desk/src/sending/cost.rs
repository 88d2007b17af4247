//! What a message cost: the provider says it some time after it was delivered.

use super::perform::Payload;
use crate::office::Office;
use crate::outbox::{Done, after};
use domain::id::{MessageId, TenantId};
use jiff::{SignedDuration, Timestamp};
use store::messages::progress;
use store::outbox::{self, JobRow, Lane, NewJob};
use store::{StoreError, Tx};
use vendors::twilio::sid::MessageSid;

/// The outbox kind of asking for it.
pub(crate) const JOB: &str = "message_cost";
/// How long after the delivery it is asked for.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// Lets it be asked for, once for each message.
pub(super) async fn order(tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<(), StoreError> {
    let payload = serde_json::json!({ "message": id }).to_string();
    let key = format!("{JOB}:{id}");
    let job = NewJob {
        id: super::id_of(&key, now),
        tenant: Some(tx.tenant()),
        kind: JOB,
        lane: Lane::Other,
        payload: &payload,
        key: &key,
        due: after(now, PATIENCE),
    };
    outbox::insert(tx, &job, now).await
}

/// Asks for it.
pub(crate) async fn ask(office: &Office, job: &JobRow) -> Result<Done, StoreError> {
    let (Some(tenant), Ok(payload)) = (job.tenant_id, serde_json::from_str(&job.payload)) else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    let (tenant, Payload { message }) = (TenantId(tenant), payload);
    let row = progress::get(&mut office.db.read(tenant).await?, message).await?;
    let sid = row.and_then(|row| row.external_message_id).as_deref().and_then(MessageSid::parse);
    let (Some(sid), Some(twilio)) = (sid, &office.carriers().twilio) else {
        return Ok(Done::Finished);
    };
    let price = twilio.message(&sid).await.ok().and_then(|known| known.price);
    let Some(price) = price else { return Ok(Done::Later("the price is not known yet")) };
    let mut tx = office.db.begin(tenant).await?;
    progress::cost(&mut tx, message, price.cents, &price.currency).await?;
    tx.commit().await?;
    Ok(Done::Finished)
}
