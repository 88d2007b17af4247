//! The pages as a browser gets them: markup, signing in, isolation, headers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod agents;
mod house;
mod lines;
mod opening;
mod papers;
mod public;
mod settings;
mod signed_in;
mod tokens;
mod visits;
