//! The public pages: home with the written demonstration, legal pages.

pub mod demo;
pub mod home;
pub mod legal;
pub mod routes;
mod miniature;
mod sections;
mod shell;
