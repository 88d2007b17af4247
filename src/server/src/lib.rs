//! The program `uwi`: configuration, command line, HTTP.
//!
//! `main` calls [`cli::run`]; [`serve`] starts the server; [`http`] is what it
//! answers.

pub mod accounts;
pub mod cli;
pub mod config;
pub mod http;
pub mod serve;
pub mod telemetry;
