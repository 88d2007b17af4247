//! Twilio: telephone numbers, and the calls that arrive on them.
//!
//! Start with [`client::Twilio`] (search, buy, configure and release numbers;
//! addresses and regulatory bundles). [`number`] and [`regulatory`] hold what
//! is asked and answered, [`refusal`] what a refusal means. For calls:
//! [`signature`] decides whether a request is Twilio's, [`inbound`] reads it,
//! [`twiml`] writes the answer. [`simulator`] plays Twilio's part.
//! [`messages`] sends text messages and WhatsApp, and reads what comes back.

pub mod client;
pub mod form;
pub mod inbound;
mod live;
pub mod messages;
pub mod number;
pub mod numbers;
mod place;
pub mod price;
pub mod refusal;
pub mod regulatory;
pub mod sid;
pub mod signature;
pub mod simulator;
pub mod twiml;
