//! The providers: for each one its wire types, pure parsers and writers,
//! signature checks, client and simulator.
//!
//! Start with [`twilio`] (numbers and the telephone network), [`vapi`] and
//! [`elevenlabs`] (voice agents); [`whatsapp`] is
//! Meta's own way of messages; [`mail`] sends what has to reach a mailbox.
//! [`fault`] is what every client answers when it did not get what it asked
//! for; [`drift`] compares what a provider has set with what we want;
//! [`simulator`] plays the providers when there are no accounts.

pub mod drift;
pub mod elevenlabs;
mod exchange;
pub mod fault;
mod id;
pub mod mail;
pub mod simulator;
pub mod twilio;
pub mod vapi;
pub mod whatsapp;
