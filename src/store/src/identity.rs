//! Who signs in: members, links, sessions, passwords, tokens, and how often
//! something was tried. All of it is directory: read before a tenant is known.

pub mod attempts;
pub mod links;
pub mod members;
pub mod passwords;
pub mod sessions;
pub mod tokens;
