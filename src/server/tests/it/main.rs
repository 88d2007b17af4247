//! The server through its own door: requests against the router, a few over
//! TCP, and the program as an operator runs it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod admission;
mod agents;
mod api;
mod appointments;
mod chat;
mod commands;
mod conforms;
mod description;
mod drill;
mod elevenlabs;
mod fixtures;
mod house;
mod isolation;
mod live_control;
mod messages;
mod number_commands;
mod requests;
mod rights;
mod routing;
mod sessions;
mod simulators;
mod telephone;
mod tools;
mod transfers;
