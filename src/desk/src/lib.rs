//! What can be done, one file per use case.
//!
//! [`Office`] is the running product: store, clock, caches, house rules. Before
//! a tenant is known the [`switchboard`] works on it (calls, hooks, routes);
//! afterwards everything goes through a [`Desk`], built for one request from a
//! session or a token, which carries the tenant.

pub mod live;
pub mod office;
pub mod switchboard;

pub use office::{Desk, HouseRules, Office, UnknownDid, Who};
