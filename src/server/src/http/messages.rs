//! What providers of messages call: what became of ours, and what people write.

mod gate;
pub mod sms;
pub mod whatsapp;

/// Longer bodies are not read.
const MAX_BODY: usize = 8 * 1024 * 1024;
