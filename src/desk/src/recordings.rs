//! Recordings that may not be kept: their address is not stored, and the
//! provider is asked to remove what it keeps of the call.

use crate::office::Office;
use crate::outbox::{Done, after};
use domain::id::{CallId, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use store::outbox::{JobRow, Lane, NewJob};
use store::{StoreError, Tx};
use vendors::fault::Fault;
use vendors::vapi::api::Api;

/// The outbox kind of the request to the provider.
pub const JOB: &str = "forget_recording";

/// The provider works on a call for a while after its end.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Who removes recordings.
#[derive(Clone)]
pub enum Recordings {
    /// Nobody: no key is configured.
    Off,
    /// Vapi.
    Vapi(Box<Api>),
    /// The names of calls are kept here, for tests.
    Kept(Arc<Mutex<Vec<String>>>),
}

/// What a job says.
#[derive(Serialize, Deserialize)]
struct Forget {
    call: String,
}

/// Asks for what the provider keeps of a call to be removed; once.
pub(crate) async fn forget(
    tx: &mut Tx,
    office: &Office,
    call: &CallId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let tenant: TenantId = tx.tenant();
    let agents = store::calls::carrier::agents_call(tx, call).await?;
    let named = agents.as_ref().unwrap_or(call).to_string();
    let payload = serde_json::json!(Forget { call: named }).to_string();
    let key = format!("{JOB}:{call}");
    let job = NewJob {
        id: office.world.ids.uuid(now),
        tenant: Some(tenant),
        kind: JOB,
        lane: Lane::Other,
        payload: &payload,
        key: &key,
        due: after(now, PAUSE),
    };
    store::outbox::insert(tx, &job, now).await
}

/// Has it removed.
pub(crate) async fn perform(recordings: &Recordings, job: &JobRow) -> Done {
    let told = serde_json::from_str::<Forget>(&job.payload).ok();
    let Some(call) = told.and_then(|told| CallId::parse(&told.call)) else {
        return Done::GivenUp("unreadable job");
    };
    match recordings {
        Recordings::Off => Done::GivenUp("no key for requests to Vapi"),
        Recordings::Vapi(vapi) => match vapi.delete_call(&call).await {
            Ok(()) | Err(Fault::NotFound) => Done::Finished,
            Err(Fault::Refused(_)) => Done::GivenUp("Vapi refused"),
            Err(Fault::Unauthorised) => Done::Later("Vapi does not accept the key"),
            Err(_) => Done::Later("Vapi cannot do it now"),
        },
        Recordings::Kept(calls) => {
            let mut calls = calls.lock().unwrap_or_else(PoisonError::into_inner);
            calls.push(call.to_string());
            Done::Finished
        }
    }
}
