//! What Vapi keeps of a call that is over.

use super::api::Api;
use crate::fault::Fault;
use crate::id::is_plain;
use domain::id::CallId;

impl Api {
    /// Has everything removed that Vapi keeps of a call, its recording included.
    /// A call that Vapi does not know, or not any more, is removed; so is one
    /// whose name cannot be Vapi's.
    ///
    /// *Repeating:* harmless.
    pub async fn delete_call(&self, call: &CallId) -> Result<(), Fault> {
        match is_plain(call.as_str()) {
            true => self.delete(&format!("/call/{call}")).await,
            false => Ok(()),
        }
    }
}
