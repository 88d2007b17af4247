//! Acting on a live call.

use super::client::{Host, Twilio};
use super::sid::CallSid;
use crate::fault::Fault;
use reqwest::Url;

impl Twilio {
    /// Takes a live call away from what it does now (a voice agent, say) and
    /// asks `url` for TwiML. [`Fault::NotFound`]: there is no such call; a
    /// refusal: it is over.
    ///
    /// *Repeating:* harmless: the call goes to the same place, and the caller
    /// hears its beginning again. Not done by itself, because the caller waits.
    pub async fn redirect_call(&self, call: &CallSid, url: &Url) -> Result<(), Fault> {
        let form = [("Url", url.to_string()), ("Method", "POST".to_owned())];
        self.post(Host::Api, &self.owned_path(&format!("Calls/{call}.json")), &form).await.map(drop)
    }

    /// Ends a live call. [`Fault::NotFound`]: there is no such call.
    ///
    /// *Repeating:* safe, a call that is over stays over.
    pub async fn hang_up_call(&self, call: &CallSid) -> Result<(), Fault> {
        let form = [("Status", "completed".to_owned())];
        self.post(Host::Api, &self.owned_path(&format!("Calls/{call}.json")), &form).await.map(drop)
    }
}
