//! What providers of messages call: what became of ours, and what people write.

mod gate;
pub mod sms;
pub mod whatsapp;
