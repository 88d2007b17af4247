//! Twilio: telephone numbers, and the calls that arrive on them.
//!
//! Start with [`client::Twilio`] (search, buy, configure and release numbers;
//! addresses and regulatory bundles). [`number`] and [`regulatory`] hold what
//! is asked and answered, [`refusal`] what a refusal means. [`simulator`]
//! plays Twilio's part. Messages are not sent from here yet.

pub mod client;
pub mod form;
pub mod number;
pub mod numbers;
mod place;
pub mod price;
pub mod refusal;
pub mod regulatory;
pub mod sid;
pub mod signature;
pub mod simulator;
