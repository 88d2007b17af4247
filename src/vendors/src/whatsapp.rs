//! WhatsApp by Meta's Cloud API (through Twilio: [`crate::twilio::messages`]).
//!
//! [`api`] sends, [`signature`] decides whether a webhook is Meta's,
//! [`webhook`] reads it, [`simulator`] plays Meta's part.

pub mod api;
pub mod signature;
pub mod simulator;
pub mod webhook;
