//! The store on both engines. Set `TEST_POSTGRES_URL` for the second half.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod appointments;
mod events;
mod identity;
mod isolation;
mod migrations;
mod prospects;
mod routes;
mod schema;
mod transactions;
