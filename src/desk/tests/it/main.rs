//! The use cases on both engines. Set `TEST_POSTGRES_URL` for the second half.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod adoptions;
mod agents;
mod callers;
mod calls;
mod channels;
mod deletions;
mod dossiers;
mod drifts;
mod ends;
mod exchange;
mod failures;
mod handoffs;
mod house;
mod keeping;
mod live;
mod messages;
mod nights;
mod numbers;
mod outbox;
mod pages;
mod post;
mod practice;
mod recordings;
mod reminders;
mod replays;
mod requests;
mod rules;
mod secrets;
mod sending;
mod settings;
mod sign_in;
mod tenants;
mod together;
mod tokens;
mod tools;
