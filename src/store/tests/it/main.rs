//! The store on both engines. Set `TEST_POSTGRES_URL` for the second half.

mod schema;
mod transactions;
