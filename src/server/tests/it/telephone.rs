//! Calls that arrive at Twilio: who may say so, who answers, what is taken down.

mod admitted;
mod agents;
pub mod line;
mod reports;
mod rests;
mod talks;
