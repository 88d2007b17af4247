//! Vapi: voice calls.
//!
//! Start with [`message::Message::read`] (what Vapi tells us), [`chat::ChatRequest::read`]
//! (what it asks our dialogue) and [`stream`] (how we answer). [`signature`]
//! decides whether a request is Vapi's, [`assistant`] configures a call,
//! [`control`] acts on a live one and [`simulator`] plays Vapi's part.
//! [`api`] keeps assistants and numbers at Vapi; [`hosted`] is the variant with
//! a model of Vapi's instead of our dialogue.

pub mod answer;
pub mod api;
pub mod assistant;
pub mod assistants;
pub mod bridge;
pub mod call;
pub mod calls;
pub mod chat;
pub mod control;
pub mod destination;
pub mod hosted;
pub mod message;
pub mod numbers;
pub mod redact;
pub mod report;
pub mod signature;
pub mod simulator;
pub mod stream;
pub mod tool;
