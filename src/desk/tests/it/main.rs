//! The use cases on both engines. Set `TEST_POSTGRES_URL` for the second half.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod agents;
mod callers;
mod calls;
mod ends;
mod exchange;
mod failures;
mod handoffs;
mod house;
mod keeping;
mod live;
mod numbers;
mod pages;
mod recordings;
mod replays;
mod sending;
mod settings;
mod sign_in;
mod tenants;
mod together;
mod tokens;
mod tools;
