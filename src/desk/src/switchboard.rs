//! Calls, before and while their tenant is known.

use domain::{id::CallId, phone::E164, routing::Channel};

/// One turn of a call or written conversation, as a provider sent it.
#[derive(Debug, Clone)]
pub struct TurnRequest {
    /// The provider's name of the call. `None`: the caller is answered
    /// politely, nothing is stored, the case is counted.
    pub call: Option<CallId>,
    /// By which channel.
    pub channel: Channel,
    /// The dialled number as the provider wrote it.
    pub dialled: Option<String>,
    /// The caller's number as the provider wrote it.
    pub caller: Option<String>,
    /// How many user messages the history has, this one included. Zero: the
    /// provider asks us to speak first.
    pub user_messages: u32,
    /// The text of the last user message; empty when nothing was heard.
    pub heard: String,
    /// True when the history already has an assistant message (ours, with the
    /// disclosure, spoken by the provider).
    pub greeted: bool,
    /// The call's live-control URL, already checked to be the provider's.
    pub control_url: Option<String>,
}

/// What to say and do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnReply {
    /// The sentence; never empty.
    pub say: String,
    /// What follows it.
    pub then: Then,
}

/// What follows a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Listen to the caller.
    Listen,
    /// End the call.
    HangUp,
    /// Pass the call to this number.
    Transfer(E164),
}
