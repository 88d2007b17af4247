//! The store on both engines. Set `TEST_POSTGRES_URL` for the second half.

mod appointments;
mod events;
mod routes;
mod schema;
mod transactions;
