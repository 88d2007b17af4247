//! The pages: rendered on the server, complete without script.
//!
//! Start with [`router`]. A handler loads a page struct through a
//! [`desk::Desk`], a pure view shows it ([`page`]), a form posts and is
//! answered by a redirect.

pub mod assets;
pub mod page;
pub mod parts;
pub mod problem;
pub mod sign;
pub mod site;
pub mod typo;
pub mod visitor;
