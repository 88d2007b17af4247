//! Vapi's hooks: [`chat`] answers a turn, [`webhook`] everything else.

pub mod chat;
mod gate;
mod tools;
pub mod webhook;

/// The header in which Vapi may repeat the call's name.
pub(crate) const CALL_HEADER: &str = "x-vapi-call-id";
