//! What the server answers: hooks, API, health, and the pages around them.

pub mod api;
pub mod body;
pub mod control;
pub mod elevenlabs;
pub mod exposure;
pub mod feed;
pub mod health;
pub mod messages;
pub mod outer;
pub mod problem;
pub mod query;
pub mod router;
pub mod site;
pub mod twilio;
pub mod vapi;
pub mod wall;
