//! Vapi: voice calls.
//!
//! Start with [`message::Message::read`] (what Vapi tells us), [`chat::ChatRequest::read`]
//! (what it asks our dialogue) and [`stream`] (how we answer). [`signature`]
//! decides whether a request is Vapi's, [`assistant`] configures a call,
//! [`control`] acts on a live one and [`simulator`] plays Vapi's part.

pub mod answer;
pub mod api;
pub mod assistant;
pub mod call;
pub mod chat;
pub mod control;
pub mod message;
pub mod redact;
pub mod report;
pub mod signature;
pub mod simulator;
pub mod stream;
pub mod tool;
