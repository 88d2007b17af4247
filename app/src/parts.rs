//! The parts pages are made of.

mod bars;
mod icon;

pub use bars::bars;
pub use icon::Icon;
