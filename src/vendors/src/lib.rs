//! The providers: for each one its wire types, pure parsers and writers,
//! signature checks, client and simulator.
//!
//! Start with [`vapi`] (calls); [`mail`] sends what has to reach a mailbox.

pub mod mail;
pub mod vapi;
