//! Values and rules of the product, pure: no I/O, no clock, no randomness.
//!
//! Start with [`tenant::Profile`] (what a customer business has told us about
//! itself) and [`availability`] (what can be booked with it).

pub mod appointment;
pub mod availability;
pub mod channel;
pub mod dossier;
pub mod email;
pub mod event;
pub mod id;
pub mod message;
pub mod numbers;
pub mod phone;
pub mod qualification;
pub mod reminder;
pub mod role;
pub mod routing;
pub mod scope;
pub mod support;
pub mod tenant;
pub mod ticket;
pub mod time;
