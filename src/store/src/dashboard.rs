//! What the pages show: reads only, each with its limit and its order, of the
//! tenant that the reader was opened for.

pub mod agenda;
pub mod calls;
pub mod events;
pub mod figures;
pub mod prospects;
pub mod tickets;
