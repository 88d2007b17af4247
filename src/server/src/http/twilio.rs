//! Twilio's hooks: a call arrives ([`voice`]), what the caller says to us
//! ([`talk`]), how a dialled party answered, how the call ended ([`report`]).
//! [`gate`] decides whether it is Twilio; [`answer`] writes what it is to do.

mod answer;
pub mod gate;
pub mod report;
pub mod talk;
pub mod voice;
