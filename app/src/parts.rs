//! The parts pages are made of.

mod bars;
mod chip;
mod icon;
mod notice;

pub use bars::bars;
pub use chip::{Chip, Ended, Look, event_look, event_sentence, outcome};
pub use icon::Icon;
pub use notice::{Empty, Notice, Tone};
