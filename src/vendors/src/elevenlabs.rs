//! ElevenLabs: voice agents that speak on calls which Twilio brings to us.
//!
//! Start with [`agent::Plan`] (what an agent is made of), [`api::Api`] (agents
//! and numbers at ElevenLabs) and [`bridge`] (passing a call on to an agent).
//! [`signature`] decides whether a report is ElevenLabs', [`report`] reads it.
//! [`simulator`] plays ElevenLabs' part.

pub mod agent;
pub mod api;
pub mod bridge;
pub mod numbers;
pub mod report;
pub mod signature;
pub mod simulator;
