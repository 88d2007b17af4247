//! Signing in: the pages before anybody is known.

pub mod pages;
