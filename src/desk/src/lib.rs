//! What can be done, one file per use case.
//!
//! [`Office`] is the running product: store, clock, caches, house rules. Before
//! a tenant is known the [`switchboard`] works on it (calls, hooks, routes);
//! afterwards everything goes through a [`Desk`], built for one request from a
//! session or a token, which carries the tenant.

pub mod agenda;
pub mod agents;
pub mod appointments;
pub mod book;
pub mod calls;
pub mod channels;
pub mod closures;
pub mod counters;
pub mod demo;
pub mod drill;
pub mod events;
pub mod export;
pub mod feeds;
pub mod hooks;
pub mod incidents;
pub mod jobs;
pub mod live;
pub mod members;
pub(crate) mod notices;
pub mod numbers;
pub mod office;
pub mod onboarding;
pub mod once;
pub mod outbox;
pub mod practice;
pub mod profiles;
pub mod prospects;
pub mod providers;
pub mod recordings;
pub mod reminders;
pub mod replay;
pub mod retention;
pub mod routes;
pub mod sending;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod simulated;
pub mod snapshot;
pub mod switchboard;
pub mod tenants;
pub mod tickets;
pub mod tokens;
pub mod world;

pub use office::{Desk, HouseRules, Office, OfficeError, UnknownDid, Who};
pub use world::{Clock, Ids, World};
