//! Clients against simulators, and calls through them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod elevenlabs_agents;
mod messages;
mod support;
mod twilio_bundles;
mod twilio_calls;
mod twilio_described;
mod twilio_inbound;
mod twilio_numbers;
mod vapi_agents;
mod vapi_calls;
