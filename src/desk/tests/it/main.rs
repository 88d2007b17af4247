//! The use cases on both engines. Set `TEST_POSTGRES_URL` for the second half.

mod callers;
mod calls;
mod ends;
mod failures;
mod house;
mod tenants;
mod together;
mod tools;
